import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import type { Store } from '../../store/open.ts'
import { apiOn, csv, freshStore, NOW, PLAN, publishPlan, TOKEN } from '../../test/support/api.ts'
import { ended, started } from '../../test/support/leads.ts'

let store: Store
let api: ReturnType<typeof apiOn>
let lead: string
let email: string
let n = 0

const message = { messageId: '<1@x>', to: 'lea@atelier.example', subject: 'Hi', date: 'now', file: '1.eml' }

beforeAll(async () => {
  store = await freshStore()
  await publishPlan(store)
})
afterAll(() => store.close())
beforeEach(async () => {
  n += 1
  email = `lea.${n}@atelier.example`
  lead = await started(store, email)
  api = apiOn(store, { listInbox: async () => [message] })
})
afterEach(() => api.stop())

describe('who may come in', () => {
  const get = (path: string, headers: Record<string, string>) => api.app.request(path, { headers })

  test.each([
    ['no token', {}],
    ['a wrong one', { authorization: 'Bearer wrong' }],
    ['one with more behind it', { authorization: `Bearer ${TOKEN}x` }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
  ])('%s: 401 and no word about anything', async (_, headers) => {
    const response = await get(`/v1/leads/${lead}`, headers as Record<string, string>)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('Bearer')
    expect(await response.json()).toMatchObject({ error: { code: 'unauthorized' } })
  })

  test('every route but health asks for the token', async () => {
    const document = (await (await api.app.request('/openapi.json')).json()) as Document
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const real = path.replaceAll(/\{\w+\}/g, 'x')
        const { status } = await api.app.request(real, { method: method.toUpperCase() })
        expect([path, status]).toEqual([path, path === '/v1/health' ? 200 : 401])
      }
    }
  })

  test.each(['evil.example', 'evil.example:7373', '127.0.0.1.evil.example', 'localhost.evil.example:80'])(
    'the host %s is refused, with the right token too',
    async (host) => {
      const response = await get('/v1/leads', { ...api.headers, host })
      expect(response.status).toBe(421)
      expect(await response.json()).toMatchObject({ error: { code: 'host_refused' } })
    },
  )

  test.each(['localhost', '127.0.0.1:7373', '[::1]:7373', 'LOCALHOST:1'])(
    'the host %s is let in',
    async (host) => {
      expect((await get('/v1/leads', { ...api.headers, host })).status).toBe(200)
    },
  )

  test('a configured host is let in', async () => {
    const more = apiOn(store, { hosts: ['relance.internal'] })
    const headers = { ...api.headers, host: 'relance.internal:7373' }
    expect((await more.app.request('/v1/leads', { headers })).status).toBe(200)
    await more.stop()
  })

  test('a body that is too large is refused, whatever it says of its length', async () => {
    const body = JSON.stringify({ type: 'reply.received', fields: { message: 'x'.repeat(2_000_000) } })
    const headers = { ...api.headers, 'content-type': 'application/json' }
    const said: Record<string, string>[] = [{}, { 'content-length': String(body.length) }]
    for (const length of said) {
      const response = await api.app.request(`/v1/leads/${lead}/signals`, {
        method: 'POST',
        headers: { ...headers, ...length },
        body,
      })
      expect(response.status).toBe(413)
      expect(await response.json()).toMatchObject({ error: { code: 'too_large' } })
    }
  })
})

describe('the document', () => {
  test('has every route, and says what each takes, gives and refuses', async () => {
    const document = (await (await api.app.request('/openapi.json')).json()) as Document
    const routes = api.app.routes
      .filter(({ method, path }) => method !== 'ALL' && path !== '/openapi.json')
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(new Set(described)).toEqual(new Set(routes))
    expect(described.length).toBeGreaterThan(14)
    for (const methods of Object.values(document.paths)) {
      for (const { summary, responses } of Object.values(methods)) {
        expect(summary).toBeTruthy()
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(['200', 'default']))
      }
    }
  })

  test('has no inbox where there is none', async () => {
    const without = apiOn(store)
    const response = await without.app.request('/v1/inbox', { headers: api.headers })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'no_such_route' } })
    await without.stop()
  })
})

describe('the contracts', () => {
  test('launch: counts, and refusals by row', async () => {
    const file = csv(`a.${n}@atelier.example,Léa,Atelier`, `b.${n}@atelier.example,,Atelier`, 'c,Léa,Atelier')
    const report = await api.client.launch('first', file)
    expect(report).toEqual({
      launched: 1,
      already: 0,
      refused: [
        {
          row: 3,
          code: 'unfillable_template',
          message: 'hello.md needs contact.first_name',
          values: { gaps: [{ text: { template: 'hello.md' }, variables: ['contact.first_name'] }] },
        },
        {
          row: 4,
          code: 'invalid_email',
          message: '"c": there is no @',
          values: { address: 'c', fault: { kind: 'no_at' } },
        },
      ],
      warnings: [],
      starting: 0,
      dryRun: false,
    })
  })

  test('launch: as a form, and with a mapping', async () => {
    const form = new FormData()
    form.set('file', new Blob([`Wo,Wer\nm.${n}@atelier.example,Léa\n`]), 'leads.csv')
    form.append('map', 'email=Wo')
    form.append('map', 'first_name=Wer')
    form.set('dry_run', 'true')
    const { headers } = api
    const response = await api.app.request('/v1/cadences/first/launch', {
      method: 'POST',
      headers,
      body: form,
    })
    expect(await response.json()).toMatchObject({ launched: 1, refused: [], dryRun: true })
  })

  test('launch: streams its progress; what fails before there is any is an ordinary error', async () => {
    const seen: number[] = []
    const file = csv(...Array.from({ length: 600 }, (_, i) => `s${i}.${n}@atelier.example,Léa,Atelier`))
    const report = await api.client.launch('first', file, { onProgress: ({ done }) => seen.push(done) })
    expect(report.launched).toBe(600)
    expect(seen).toEqual(expect.arrayContaining([0, 500, 600]))
    await expect(api.client.launch('none', file)).rejects.toMatchObject({
      code: 'cadence_unknown',
      remedy: expect.any(String),
    })
  })

  test('leads: one row each, page by page', async () => {
    const all = await api.client.leads({ limit: 2 })
    expect(all.length).toBeGreaterThan(2)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(all.find(({ id }) => id === lead)).toEqual({
      id: lead,
      email,
      company: 'Atelier',
      zone: 'Europe/Paris',
      cadence: 'first',
      version: 1,
      standing: 'lead',
      stage: null,
      urgency: null,
      hold: null,
      outcome: null,
      next: { step: null, at: null, because: 'not started yet', reason: { code: 'not_started' } },
    })
    await ended(store, lead)
    expect((await api.client.leads({ open: 'false' })).map(({ id }) => id)).toContain(lead)
    expect((await api.client.leads({ open: 'true' })).map(({ id }) => id)).not.toContain(lead)
  })

  test('show: by id and by address', async () => {
    const shown = await api.client.show(email)
    expect(await api.client.show(lead)).toEqual(shown)
    expect(shown).toMatchObject({
      lead: { id: lead, email, firstName: 'Léa', launchedAt: new Date(NOW).toISOString() },
      standing: { value: 'lead', missing: [] },
      stage: null,
      urgency: null,
      hold: null,
      outcome: null,
      next: { step: null, at: null, because: expect.any(String) },
      facts: null,
      timeline: [{ at: new Date(NOW).toISOString(), kind: 'launched' }],
    })
  })

  test('signal: acknowledged, with its id', async () => {
    const fields = { level: 'comparing' }
    const answer = await api.client.signal(lead, 'interest.expressed', fields, { id: 'x1' })
    expect(answer).toMatchObject({ lead, id: 'x1', duplicate: false, ended: false, delivered: true })
  })

  test('signals: an answer or an error for each', async () => {
    const results = await api.client.signals([
      { lead, type: 'demo.held' },
      { lead: 'nobody', type: 'demo.held' },
    ])
    expect(results).toMatchObject([{ lead, type: 'demo.held' }, { error: { code: 'lead_unknown' } }])
  })

  test('inbox, cadences, summary, health', async () => {
    expect(await api.client.inbox()).toEqual([message])
    expect(await api.client.cadences()).toMatchObject([{ name: 'first', version: 1 }])
    const summary = await api.client.summary()
    expect(summary).toMatchObject({ now: new Date(NOW).toISOString(), emails: {} })
    expect(summary.waiting.length).toBe(summary.open)
    expect(await api.client.health()).toEqual({ ok: true, temporal: true, database: true, version: '0.0.0' })
    api.workflows.away = true
    expect((await api.call('GET', '/v1/health')).status).toBe(503)
  })
})

describe('what a person asks', () => {
  test('pause closes the gate even when the workflow does not answer; resume opens it', async () => {
    api.workflows.away = true
    expect(await api.client.pause(lead)).toEqual({ lead, done: 'paused' })
    expect((await api.client.show(lead)).hold).toBe('paused')
    await expect(api.client.resume(lead)).rejects.toMatchObject({ code: 'temporal_away' })
    expect((await api.client.show(lead)).hold).toBe('paused')
    api.workflows.away = false
    expect(await api.client.resume(lead)).toEqual({ lead, done: 'resumed' })
    expect((await api.client.show(lead)).hold).toBe(null)
    expect(api.workflows.asked).toEqual([{ lead, ask: { format: FORMAT, kind: 'resume', seen: NOW } }])
  })

  test('drop and move say how', async () => {
    await api.client.drop(lead)
    await api.client.drop(lead, { outcome: 'unresponsive' })
    await api.client.move(lead, { version: 1 })
    expect(api.workflows.asked.map(({ ask }) => ask)).toMatchObject([
      { kind: 'drop', outcome: 'lost' },
      { kind: 'drop', outcome: 'unresponsive' },
      { kind: 'move', plan: { cadence: 'first', version: 1 } },
    ])
    await expect(api.client.move(lead, { version: 9 })).rejects.toMatchObject({ code: 'cadence_unknown' })
    const bare = await api.app.request(`/v1/leads/${lead}/drop`, { method: 'POST', headers: api.headers })
    expect(bare.status).toBe(200)
  })

  test('of a lead that has ended, or of nobody, is refused', async () => {
    await ended(store, lead)
    await expect(api.client.pause(lead)).rejects.toMatchObject({
      code: 'lead_ended',
      values: { outcome: 'lost' },
    })
    await expect(api.client.pause('nobody')).rejects.toMatchObject({ code: 'lead_unknown' })
  })

  test("the workflow's own refusal comes through", async () => {
    api.workflows.refusal = new RelanceError('bad_plan', {})
    await expect(api.client.move(lead)).rejects.toMatchObject({ code: 'bad_plan' })
  })

  test('explain asks the workflow, or the record when that does not answer', async () => {
    const record = await api.client.explain(lead)
    expect(record).toMatchObject({ from: 'record', does: 'unknown', because: 'not started yet' })
    api.workflows.explanation = {
      format: FORMAT,
      lead: { ...newLead(lead, NOW), stage: 'contact', urgency: 'calm' },
      cadence: PLAN.cadence,
      version: 1,
      kind: 'rest',
      hold: 'reply',
      because: { code: 'reply_waits', since: NOW },
      again: NOW,
    }
    expect(await api.client.explain(lead)).toMatchObject({
      from: 'workflow',
      does: 'rest',
      stage: 'contact',
      hold: 'reply',
      because: 'a reply of 23 Nov 2026 waits for the seller',
      reason: { code: 'reply_waits', since: NOW },
      next: { step: null, at: null, reason: { code: 'reply_waits' } },
      again: new Date(NOW).toISOString(),
    })
  })
})

describe('publish', () => {
  const source = `
cadence: published
from: claire
locale: en
stages:
  - stage: contact
    until: { interest: general }
    steps: [{ id: hello, email: hello }]
`
  const hello = '---\nsubject: Hello\n---\nDear {{ contact.first_name }}\n'
  const templates = { 'hello.md': hello }

  test('the same content is the same version; a template of another cadence changes nothing', async () => {
    const first = await api.client.publish({ source, templates })
    expect(first).toEqual({ cadence: 'published', version: 1, isNew: true, warnings: [] })
    const again = await api.client.publish({
      source,
      templates: { ...templates, 'else.md': hello },
    })
    expect(again).toMatchObject({ version: 1, isNew: false, warnings: [{ code: 'unused_template' }] })
    const edited = await api.client.publish({ source, templates: { 'hello.md': `${hello}!` } })
    expect(edited).toMatchObject({ version: 2, isNew: true })
  })

  test('errors name file, line and column, each by itself too', async () => {
    const refused = api.client.publish({ source: `${source}urgence: x`, file: 'mine.yaml', templates })
    await expect(refused).rejects.toMatchObject({
      code: 'cadence_invalid',
      values: { errors: 1 },
      message: expect.stringMatching(/^mine\.yaml:9:1 {2}\S/),
      problems: [
        expect.objectContaining({ file: 'mine.yaml', line: 9, column: 1, remedy: expect.any(String) }),
      ],
    })
  })
})

describe('errors', () => {
  test('a wrong field is named', async () => {
    const { status, body } = await api.call('POST', `/v1/leads/${lead}/signals`, { type: 'demo.held', id: 7 })
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'invalid_request', problems: [{ field: 'id' }] })
    const at = await api.call('POST', `/v1/leads/${lead}/signals`, { type: 'demo.held', at: 'soon' })
    expect(at.body.error).toMatchObject({ code: 'invalid_field', message: expect.stringMatching(/^at /) })
    const extra = await api.call('POST', `/v1/leads/${lead}/signals`, { type: 'demo.held', leed: 1 })
    expect(extra.body.error.message).toContain('leed')
  })

  test.each([
    ['fr', 'fr'],
    ['fr-CA, en;q=0.9', 'fr'],
    ['en;q=0.5, fr;q=0.9', 'fr'],
    ['de, fr;q=0.3', 'fr'],
    ['FR', 'fr'],
    ['en, fr', 'en'],
    ['fr;q=0, de', 'en'],
    ['de', 'en'],
    ['*', 'en'],
    ['', 'en'],
  ])('Accept-Language %j is answered in %s, with values beside the words', async (asked, language) => {
    const headers = { ...api.headers, 'accept-language': asked }
    const response = await api.app.request('/v1/leads/nobody', { headers })
    expect([response.status, response.headers.get('content-language')]).toEqual([404, language])
    expect(await response.json()).toEqual({
      error: {
        code: 'lead_unknown',
        message: language === 'fr' ? 'aucune piste n’a l’identifiant nobody' : 'no lead has the id nobody',
        remedy: expect.stringContaining('relance leads'),
        values: { lead: 'nobody' },
      },
    })
  })

  test('JSON that is none, and a kind of body that is not taken', async () => {
    const send = (type: string) =>
      api.app.request(`/v1/leads/${lead}/signals`, {
        method: 'POST',
        headers: { ...api.headers, 'content-type': type },
        body: '{"type":',
      })
    expect((await send('application/json')).status).toBe(400)
    expect((await send('text/xml')).status).toBe(415)
    expect(await (await send('text/xml')).json()).toMatchObject({ error: { code: 'unsupported_media_type' } })
  })

  test('what nobody expected gets a reference, and tells nothing', async () => {
    const failing = apiOn(store, {
      listInbox: async () => {
        throw new Error('password=hunter2 for lea@atelier.example')
      },
    })
    const response = await failing.app.request('/v1/inbox', { headers: api.headers })
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toContain('hunter2')
    const reference = /reference (\w+)/.exec(text)?.[1]
    expect(failing.log.lines).toHaveLength(1)
    expect(JSON.stringify(failing.log.lines)).toContain(reference)
    expect(JSON.stringify(failing.log.lines)).not.toContain('hunter2')
    await failing.stop()
  })

  test('no body, however bad, is an unexpected error', async () => {
    const paths = [
      '/v1/cadences',
      '/v1/signals',
      ...['signals', 'pause', 'drop', 'move'].map((verb) => `/v1/leads/${lead}/${verb}`),
    ]
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\0', '\ud800', '__proto__', 'constructor', '2026-99-99', 'x'.repeat(5000)),
    )
    const field = fc.oneof(
      nasty,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(nasty, { maxLength: 2 }),
    )
    const bag = fc.dictionary(fc.oneof(nasty, fc.constantFrom('level', 'email', 'topic', 'role')), field)
    const shaped = fc.record(
      {
        type: fc.oneof(
          nasty,
          fc.constantFrom('interest.expressed', 'contact.identified', 'objection.raised', 'fact.recorded'),
        ),
        fields: fc.oneof(bag, nasty),
        id: nasty,
        at: nasty,
        contact: fc.oneof(nasty, fc.constantFrom('main', email)),
        source: nasty,
      },
      { requiredKeys: [] },
    )
    const many = fc.record({
      signals: fc.array(
        shaped.map((signal) => ({ lead, ...signal })),
        { maxLength: 3 },
      ),
    })
    const publication = fc.record({ source: nasty, file: nasty, templates: bag }, { requiredKeys: [] })
    const body = fc.oneof(
      fc.json(),
      nasty,
      fc.oneof(shaped, many, publication, fc.anything()).map((value) => JSON.stringify(value) ?? ''),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), body, async (path, text) => {
        const response = await api.app.request(path, {
          method: 'POST',
          headers: { ...api.headers, 'content-type': 'application/json' },
          body: text,
        })
        const answer = JSON.stringify(await response.json())
        expect([response.status, answer]).not.toEqual([500, expect.anything()])
        expect(answer).not.toContain('"internal"')
      }),
      { numRuns: 400 },
    )
  })

  test('no path, however bad, is an unexpected error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.constantFrom('', '/explain'), async (name, verb) => {
        const known = encodeURIComponent(name)
        const response = await api.app.request(`/v1/leads/${known}x${verb}`, { headers: api.headers })
        expect([400, 404]).toContain(response.status)
      }),
      { numRuns: 200 },
    )
    for (const path of ['/v1/leads/%00', '/v1/leads/%', '/v1/leads?after=%00', '/v1/leads?limit=x']) {
      expect((await api.app.request(path, { headers: api.headers })).status).toBeLessThan(500)
    }
  })
})

interface Document {
  paths: Record<string, Record<string, { summary?: string; responses: Record<string, unknown> }>>
}
