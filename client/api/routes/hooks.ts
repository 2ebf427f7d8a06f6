/** Webhooks in: what others send by themselves. Each is let in by its own secret, never by the API's token. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { CreditProvider, Webhook } from '../../../activities/credit/provider.ts'
import { RelanceError } from '../../../cadence/errors.ts'
import { takeCredit } from '../../library/services/credit-hook.ts'
import type { Deps } from '../../library/services/deps.ts'
import { atMost } from '../guard.ts'
import * as shapes from '../shapes.ts'
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
    if (!webhook || !isFrom(c, webhook, body)) throw refused(provider)
    return c.json(await takeCredit(deps, { provider, webhook, body }), 200)
  })
}

/** Digests are compared, so the time taken tells nothing about the secret. */
function isFrom(c: Context, { secret, auth }: Webhook, body: Uint8Array): boolean {
  if ('header' in auth) return same(c.req.header(auth.header) ?? '', secret)
  const given = (c.req.header(auth.signature) ?? '').replace(/^(hmac-)?sha-?256=/i, '').trim()
  const right = createHmac('sha256', secret).update(body).digest()
  return same(given.toLowerCase(), right.toString('hex')) || same(given, right.toString('base64'))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b))

/** Who has no right to know which providers there are isn't told. */
const refused = (provider: string): RelanceError =>
  new RelanceError(
    'hook_refused',
    `credit provider ${provider}: unknown here, or the secret is not the right one`,
    {
      remedy: 'relance.yaml says under credit.NAME.webhook which header carries what.',
      status: 401,
    },
  )
