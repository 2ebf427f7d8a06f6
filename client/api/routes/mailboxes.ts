/** Mailboxes: which are in trouble, letting one go on, and taking back whom its refusals ended. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import * as shapes from '../../contract/index.ts'
import type { Deps } from '../../services/deps.ts'
import { mailboxes, resumeMailbox } from '../../services/mailboxes.ts'
import { reopenMany } from '../../services/reopen-many.ts'
import { languageOf } from '../audience.ts'
import { atMost } from '../guard.ts'
import { answers, json, security } from './common.ts'

const BODY_MB = 1

const listRoute = createRoute({
  method: 'get',
  path: '/v1/mailboxes',
  summary: 'Mailboxes that are refused or paused, with what their servers say and what to do',
  security,
  request: { query: shapes.noQuery },
  responses: answers(shapes.mailboxList, 'The mailboxes in trouble'),
})

const resumeRoute = createRoute({
  method: 'post',
  path: '/v1/mailboxes/{mailbox}/resume',
  summary: 'Let a paused mailbox send again',
  security,
  request: { query: shapes.noQuery, params: shapes.mailboxParam },
  responses: answers(shapes.mailboxResumed, 'Its e-mails are planned anew, from now'),
})

const reopenRoute = createRoute({
  method: 'post',
  path: '/v1/reopen',
  summary: 'Open again who ended as unreachable by the refusals of a mailbox, and lift their bounces',
  security,
  middleware: atMost(BODY_MB),
  request: { query: shapes.noQuery, body: json(shapes.reopenManyBody) },
  responses: answers(shapes.reopenedMany, 'How many they are, and what the server had said'),
})

export function mailboxRoutes(app: OpenAPIHono, deps: Deps): void {
  app.openapi(listRoute, async (c) => c.json({ mailboxes: await mailboxes(deps, languageOf(c)) }, 200))
  app.openapi(resumeRoute, async (c) => c.json(await resumeMailbox(deps, c.req.valid('param').mailbox), 200))
  app.openapi(reopenRoute, async (c) => c.json(await reopenMany(deps, c.req.valid('json')), 200))
}
