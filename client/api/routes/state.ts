/** The state of the whole: health, the summary, and the built-in inbox where there is one. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as shapes from '../../contract/index.ts'
import type { Deps } from '../../services/deps.ts'
import { health, summary } from '../../services/summary.ts'
import { audienceOf } from '../audience.ts'
import { answers, security } from './common.ts'

export const HEALTH = '/v1/health'

const healthRoute = createRoute({
  method: 'get',
  path: HEALTH,
  summary: 'Whether Relance, its database and Temporal answer, and whether leads are asleep; needs no token',
  security: [],
  request: { query: shapes.noQuery },
  responses: {
    ...answers(shapes.health, 'Everything answers'),
    503: { description: 'Something is away', content: { 'application/json': { schema: shapes.health } } },
  },
})

const summaryRoute = createRoute({
  method: 'get',
  path: '/v1/summary',
  summary: 'The funnel, e-mails by status, and what open leads wait for',
  security,
  request: { query: shapes.readerQuery },
  responses: answers(shapes.summary, 'The summary'),
})

const inboxRoute = createRoute({
  method: 'get',
  path: '/v1/inbox',
  summary: 'What the built-in inbox has received; there only where it is on',
  security,
  request: { query: shapes.noQuery },
  responses: answers(shapes.inboxList, 'The messages'),
})

export function stateRoutes(
  app: OpenAPIHono,
  deps: Deps & { version: string; listInbox?: () => Promise<shapes.InboxMessage[]> },
): void {
  app.openapi(healthRoute, async (c) => {
    const report = await health(deps)
    // Who balances loads asks whether this process can answer: leads that sleep are no reason to send it none.
    return c.json({ ...report, version: deps.version }, report.database && report.temporal ? 200 : 503)
  })
  app.openapi(summaryRoute, async (c) => {
    return c.json(await summary(deps, audienceOf(c, c.req.valid('query').zone)), 200)
  })
  const { listInbox } = deps
  if (listInbox) app.openapi(inboxRoute, async (c) => c.json({ messages: await listInbox() }, 200))
}
