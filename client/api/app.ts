/** The HTTP API: every way into Relance from outside goes through here. */
import { OpenAPIHono } from '@hono/zod-openapi'
import type { CreditProvider } from '../../activities/credit/provider.ts'
import { RelanceError } from '../../cadence/errors.ts'
import type { SenderOf } from '../../worker/senders.ts'
import type { InboxMessage } from '../contract/index.ts'
import type { Deps } from '../services/deps.ts'
import { onlyDeclared } from './declared.ts'
import { answer, asRelanceError, invalidRequest } from './errors.ts'
import { onlyBearer, onlyHosts, onlyOwnPages } from './guard.ts'
import { cadenceRoutes } from './routes/cadences.ts'
import { doctorRoutes } from './routes/doctor.ts'
import { hookRoutes } from './routes/hooks.ts'
import { leadRoutes } from './routes/leads.ts'
import { mailboxRoutes } from './routes/mailboxes.ts'
import { HEALTH, stateRoutes } from './routes/state.ts'
import { suppressionRoutes } from './routes/suppressions.ts'
import { taskRoutes } from './routes/tasks.ts'

export interface AppDeps extends Deps {
  /** The bearer token that callers must send. */
  token: string
  /** Relance's own version, for /openapi.json and health. */
  version: string
  /** Host names it answers for beside this machine's own; `any` when it listens to every interface. */
  hosts?: readonly string[] | 'any'
  /** The addresses that mailboxes send from; those of a Relance without a configuration when left out. */
  senderOf?: SenderOf
  /** Who decides on credit, by name; their webhooks are let in. */
  credit?: (name: string) => CreditProvider | undefined
  /** Lists the built-in inbox, where that is on. */
  listInbox?: () => Promise<InboxMessage[]>
}

/** Makes the API. It holds no state of its own: `deps` is all there is. */
export function createApp(deps: AppDeps): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (!result.success) return answer(c, invalidRequest(result.error, WHERE[result.target] ?? 'request'))
    },
  })
  app.onError((error, c) => answer(c, asRelanceError(error, deps.log)))
  app.notFound((c) =>
    answer(c, new RelanceError('no_such_route', { method: c.req.method, path: c.req.path })),
  )
  if (deps.hosts !== 'any') app.use('*', onlyHosts(deps.hosts))
  app.use('*', onlyOwnPages)
  const bearer = onlyBearer(deps.token)
  app.use('/v1/*', (c, next) => (c.req.path === HEALTH ? next() : bearer(c, next)))
  app.use('*', onlyDeclared(app))

  cadenceRoutes(app, deps)
  leadRoutes(app, deps)
  taskRoutes(app, deps)
  suppressionRoutes(app, deps)
  mailboxRoutes(app, deps)
  doctorRoutes(app, deps)
  stateRoutes(app, deps)
  hookRoutes(app, deps)

  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Relance', version: deps.version, description: 'Sales cadences, one workflow per lead.' },
  })
  return app
}

/** What a part of a request is called in messages. */
const WHERE: Record<string, string> = { json: 'body', query: 'query', param: 'path', form: 'form' }
