/** Leads: looking at them, asking something of them, and telling them what happened. */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { NO_CONFIG } from '../../../worker/config.ts'
import { mailboxSender, type SenderOf } from '../../../worker/senders.ts'
import { tellDone } from '../../contract/done.ts'
import { bodyOf } from '../../contract/error-body.ts'
import * as shapes from '../../contract/index.ts'
import { drop, pause, reopen, resume } from '../../services/commands.ts'
import type { Deps } from '../../services/deps.ts'
import { edit } from '../../services/edit.ts'
import { explain } from '../../services/explain.ts'
import { leads, show } from '../../services/leads.ts'
import { move } from '../../services/move.ts'
import { pauseMany } from '../../services/pause-many.ts'
import { previewLead } from '../../services/preview-lead.ts'
import { referrals } from '../../services/referrals.ts'
import { rehearseLead } from '../../services/rehearse-lead.ts'
import { sendSignal, sendSignals } from '../../services/signals.ts'
import { audienceOf, languageOf } from '../audience.ts'
import { asRelanceError } from '../errors.ts'
import { atMost, needsBody } from '../guard.ts'
import { answers, json, security } from './common.ts'

const SIGNAL_MB = 1
const SIGNALS_MB = 16

const listRoute = createRoute({
  method: 'get',
  path: '/v1/leads',
  summary: 'Leads, page by page',
  security,
  request: { query: shapes.leadQuery },
  responses: answers(shapes.leadPage, 'A page of leads'),
})

const showRoute = createRoute({
  method: 'get',
  path: '/v1/leads/{lead}',
  summary: 'All that is known of a lead',
  security,
  request: { params: shapes.leadParam, query: shapes.readerQuery },
  responses: answers(shapes.leadDetail, 'The lead'),
})

const explainRoute = createRoute({
  method: 'get',
  path: '/v1/leads/{lead}/explain',
  summary: 'What comes next for a lead, when and why',
  security,
  request: { params: shapes.leadParam, query: shapes.readerQuery },
  responses: answers(shapes.explanation, 'The explanation'),
})

const rehearsalRoute = createRoute({
  method: 'get',
  path: '/v1/leads/{lead}/rehearsal',
  summary: 'What comes for the rest of its cadence if nothing happens',
  security,
  request: { params: shapes.leadParam, query: shapes.rehearsalQuery },
  responses: answers(shapes.played, 'The rehearsal'),
})

const previewRoute = createRoute({
  method: 'get',
  path: '/v1/leads/{lead}/preview',
  summary: 'Its letters as they would go: subjects, HTML and text',
  security,
  request: { params: shapes.leadParam, query: shapes.previewQuery },
  responses: answers(shapes.preview, 'The letters'),
})

const referralsRoute = createRoute({
  method: 'get',
  path: '/v1/leads/{lead}/referrals',
  summary: 'Who referred a lead, and who came through it',
  security,
  request: { query: shapes.noQuery, params: shapes.leadParam },
  responses: answers(shapes.referrals, 'Both chains'),
})

const signalRoute = createRoute({
  method: 'post',
  path: '/v1/leads/{lead}/signals',
  summary: 'Say that something happened',
  security,
  middleware: atMost(SIGNAL_MB),
  request: { query: shapes.noQuery, params: shapes.leadParam, body: json(shapes.signalBody) },
  responses: answers(shapes.signalAnswer, 'Taken in: it is durable'),
})

const signalsRoute = createRoute({
  method: 'post',
  path: '/v1/signals',
  summary: 'Say that many things happened; each has its own answer, in the same order',
  security,
  middleware: atMost(SIGNALS_MB),
  request: { query: shapes.noQuery, body: json(shapes.signalsBody) },
  responses: answers(shapes.signalsAnswer, 'The answers'),
})

const plainCommand = <V extends 'resume' | 'reopen'>(verb: V, summary: string) =>
  createRoute({
    method: 'post',
    path: `/v1/leads/{lead}/${verb}`,
    summary,
    security,
    request: { query: shapes.noQuery, params: shapes.leadParam },
    responses: answers(shapes.done, 'It has taken effect'),
  })
const pauseRoute = createRoute({
  method: 'post',
  path: '/v1/leads/{lead}/pause',
  summary: 'Send nothing until it is resumed, or until a date',
  security,
  middleware: atMost(SIGNAL_MB),
  request: {
    query: shapes.noQuery,
    params: shapes.leadParam,
    body: { content: { 'application/json': { schema: shapes.pauseBody } } },
  },
  responses: answers(shapes.done, 'It has taken effect'),
})
const pauseManyRoute = createRoute({
  method: 'post',
  path: '/v1/pause',
  summary: 'Pause the open leads of an owner, a cadence or an account',
  security,
  middleware: [atMost(SIGNAL_MB), needsBody],
  request: { query: shapes.noQuery, body: json(shapes.pauseManyBody) },
  responses: answers(shapes.pausedMany, 'It has taken effect for all of them'),
})
const resumeRoute = plainCommand('resume', 'Go on after a pause')

const reopenRoute = plainCommand('reopen', 'Let an ended lead begin again, with its history')

const dropRoute = createRoute({
  method: 'post',
  path: '/v1/leads/{lead}/drop',
  summary: 'End a lead',
  security,
  middleware: atMost(SIGNAL_MB),
  request: {
    query: shapes.noQuery,
    params: shapes.leadParam,
    body: { content: { 'application/json': { schema: shapes.dropBody } } },
  },
  responses: answers(shapes.done, 'It has ended'),
})

const moveRoute = createRoute({
  method: 'post',
  path: '/v1/leads/{lead}/move',
  summary: 'Put a lead on another version of its cadence',
  security,
  middleware: atMost(SIGNAL_MB),
  request: {
    query: shapes.noQuery,
    params: shapes.leadParam,
    body: { content: { 'application/json': { schema: shapes.moveBody } } },
  },
  responses: answers(shapes.moved, 'It is on that version, or would be'),
})

const editRoute = createRoute({
  method: 'patch',
  path: '/v1/leads/{lead}',
  summary: 'Correct an address, a name, a phone, a company or an owner',
  security,
  middleware: [atMost(SIGNAL_MB), needsBody],
  request: { query: shapes.noQuery, params: shapes.leadParam, body: json(shapes.editBody) },
  responses: answers(shapes.editedLead, 'What was corrected'),
})

/** @param deps.senderOf - the addresses of mailboxes; those of a Relance without a configuration when left out */
export function leadRoutes(
  app: OpenAPIHono,
  { senderOf = mailboxSender(NO_CONFIG), ...deps }: Deps & { senderOf?: SenderOf | undefined },
): void {
  app.openapi(listRoute, async (c) => {
    const { zone, ...query } = c.req.valid('query')
    return c.json(await leads(deps, query, audienceOf(c, zone)), 200)
  })
  app.openapi(showRoute, async (c) => {
    const audience = audienceOf(c, c.req.valid('query').zone)
    return c.json(await show(deps, c.req.valid('param').lead, audience), 200)
  })
  app.openapi(explainRoute, async (c) => {
    const audience = audienceOf(c, c.req.valid('query').zone)
    return c.json(await explain(deps, c.req.valid('param').lead, audience), 200)
  })
  app.openapi(rehearsalRoute, async (c) => {
    const { until, zone } = c.req.valid('query')
    const { lead } = c.req.valid('param')
    return c.json(await rehearseLead(deps, lead, until, senderOf, audienceOf(c, zone)), 200)
  })
  app.openapi(previewRoute, async (c) => {
    const { template, zone } = c.req.valid('query')
    const { lead } = c.req.valid('param')
    return c.json(await previewLead(deps, lead, template, senderOf, audienceOf(c, zone)), 200)
  })
  app.openapi(referralsRoute, async (c) => c.json(await referrals(deps, c.req.valid('param').lead), 200))
  app.openapi(signalRoute, async (c) => {
    const { lead } = c.req.valid('param')
    return c.json(await sendSignal(deps, { lead, ...c.req.valid('json') }), 200)
  })
  app.openapi(signalsRoute, async (c) => {
    const outcomes = await sendSignals(deps, c.req.valid('json').signals)
    const results = outcomes.map((one) =>
      'error' in one ? bodyOf(asRelanceError(one.error, deps.log), languageOf(c)) : one.answer,
    )
    return c.json({ results }, 200)
  })
  app.openapi(editRoute, async (c) => {
    return c.json(await edit(deps, c.req.valid('param').lead, c.req.valid('json')), 200)
  })
  app.openapi(pauseRoute, async (c) => {
    const { until } = shapes.pauseBody.parse(c.req.valid('json') ?? {})
    return c.json(tellDone(await pause(deps, c.req.valid('param').lead, until), languageOf(c)), 200)
  })
  app.openapi(pauseManyRoute, async (c) => c.json(await pauseMany(deps, c.req.valid('json')), 200))
  app.openapi(resumeRoute, async (c) =>
    c.json(tellDone(await resume(deps, c.req.valid('param').lead), languageOf(c)), 200),
  )
  app.openapi(reopenRoute, async (c) =>
    c.json(tellDone(await reopen(deps, c.req.valid('param').lead), languageOf(c)), 200),
  )
  app.openapi(dropRoute, async (c) => {
    const { outcome } = shapes.dropBody.parse(c.req.valid('json') ?? {})
    return c.json(tellDone(await drop(deps, c.req.valid('param').lead, outcome), languageOf(c)), 200)
  })
  app.openapi(moveRoute, async (c) => {
    const body = shapes.moveBody.parse(c.req.valid('json') ?? {})
    return c.json(tellDone(await move(deps, c.req.valid('param').lead, body), languageOf(c)), 200)
  })
}
