/** Webhooks in: what others send by themselves. Each is let in by its own secret, never by the API's token. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { CreditProvider } from '../../../activities/credit/provider.ts'
import { RelanceError } from '../../../cadence/errors.ts'
import * as shapes from '../../contract/index.ts'
import { takeCredit } from '../../hooks/credit.ts'
import { isFrom } from '../../hooks/verify.ts'
import type { Deps } from '../../services/deps.ts'
import { atMost } from '../guard.ts'
import { answers } from './common.ts'

const HOOK_MB = 1

const creditRoute = createRoute({
  method: 'post',
  path: '/hooks/credit/{provider}',
  summary: 'A credit provider says what it decided, or that monitoring saw a company change',
  description:
    "Let in by the provider's own secret (`webhook` in relance.yaml), in a header or as the body's HMAC-SHA256. The body is the provider's JSON. The same one twice counts once.",
  security: [],
  middleware: atMost(HOOK_MB),
  request: {
    params: shapes.providerParam,
    body: { content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
  },
  responses: answers(shapes.hookAnswer, 'Taken in: it is durable'),
})

export function hookRoutes(
  app: OpenAPIHono,
  deps: Deps & { credit?: (name: string) => CreditProvider | undefined },
): void {
  app.openapi(creditRoute, async (c) => {
    const { provider } = c.req.valid('param')
    const body = new Uint8Array(await c.req.arrayBuffer())
    const configured = deps.credit?.(provider)
    const webhook = configured?.kind === 'http' ? configured.webhook : undefined
    if (!webhook || !isFrom(webhook, (name) => c.req.header(name), body)) throw refused(provider)
    return c.json(await takeCredit(deps, { provider, webhook, body }), 200)
  })
}

/**
 * An unknown provider and a wrong secret get the same answer, so that nobody can find out which providers there are.
 */
const refused = (provider: string): RelanceError => new RelanceError('hook_refused', { provider })
