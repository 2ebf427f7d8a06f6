import { createHmac } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import type { CreditProvider, Webhook } from '../../../activities/credit/provider.ts'
import { fold } from '../../../cadence/fold.ts'
import { newLead } from '../../../cadence/lead.ts'
import { DAY, HOUR } from '../../../cadence/time.ts'
import { writeCreditRequest } from '../../../store/credit-requests.ts'
import { rows } from '../../../store/db.ts'
import { newId } from '../../../store/ids.ts'
import { ledgerIn } from '../../../store/ledger.ts'
import { apiOn, NOW, PLAN, publishPlan } from '../../../test/support/api.ts'
import { openDatabases } from '../../../test/support/database.ts'
import { ended, started } from '../../../test/support/leads.ts'
import { touchOf } from '../../../test/support/plans.ts'

const ASKED = NOW - 3 * DAY

const WEBHOOK: Webhook = {
  ...{ secret: "the bureau's own", auth: { header: 'x-secret' }, reference: 'ours', event: 'event' },
  decision: {
    path: 'status',
    values: { approved: ['ok'], refused: ['no'], review: ['look'], pending: ['open'] },
  },
  ...{ limit: 'limit?', rating: 'grade', ref: 'id', date: 'on' },
  monitoring: { company: 'company', limit: { path: 'limit' }, rating: { path: 'grade' }, date: 'on' },
}
const provider = (webhook: Webhook): CreditProvider => ({
  kind: 'http',
  request: { method: 'POST', url: 'http://bureau.example', headers: {} },
  timeout: 1,
  answer: webhook,
  webhook,
})

describe.each(await openDatabases())('hooks on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let lead: string
  let ours: string
  let n = 0

  beforeAll(async () => {
    await publishPlan(store)
  })
  beforeEach(async () => {
    n += 1
    ours = `ours-${n}`
    lead = await started(store, `lea.${n}@atelier.example`)
    await asked(lead, ours)
    const signed: Webhook = { ...WEBHOOK, auth: { signature: 'x-signature' } }
    const known: Record<string, CreditProvider> = {
      bureau: provider(WEBHOOK),
      signed: provider(signed),
      finance: { kind: 'manual', for: 'finance' },
    }
    api = apiOn(store, { credit: (name) => known[name] })
  })
  afterEach(() => api.stop())

  const asked = (of: string, reference: string, company: string | null = null) =>
    writeCreditRequest(store.db, {
      ...{ reference, lead: of, key: `${of}/1/check`, provider: 'bureau', askedAt: ASKED, company },
    })

  type Headers = Record<string, string>
  async function post(body: unknown, headers: Headers = { 'x-secret': WEBHOOK.secret }, name = 'bureau') {
    const response = await api.app.request(`/hooks/credit/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const signals = (of = lead) =>
    rows<{ id: string; type: string; at: number; data: Record<string, unknown> }>(
      store.db,
      sql`select id, type, (extract(epoch from at) * 1000)::float8 as at, data from signals
        where lead_id = ${of} order by n`,
    )

  describe('who may come in', () => {
    const body = '{"ours":"ours-x","status":"ok"}'
    const mac = (secret: string, text = body) => createHmac('sha256', secret).update(text).digest()

    test.each<[string, Headers, string]>([
      ['no secret', {}, 'bureau'],
      ['a wrong one', { 'x-secret': 'x' }, 'bureau'],
      ['a part of it', { 'x-secret': 'the bureau' }, 'bureau'],
      ["the API's token", { authorization: 'Bearer the-right-token' }, 'bureau'],
      ['the secret where a signature is wanted', { 'x-signature': "the bureau's own" }, 'signed'],
      [
        'a signature of something else',
        { 'x-signature': mac("the bureau's own", '{}').toString('hex') },
        'signed',
      ],
      ['a provider that is a person', { 'x-secret': "the bureau's own" }, 'finance'],
      ['a provider nobody knows', { 'x-secret': "the bureau's own" }, 'nobody'],
    ])('%s: 401, and nothing is recorded', async (_, headers, name) => {
      const answer = await post(body, headers, name)
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'hook_refused' } } })
      expect(await signals()).toEqual([])
    })

    test.each<[string, string]>([
      ['hex', mac("the bureau's own").toString('hex')],
      ['upper case', mac("the bureau's own").toString('hex').toUpperCase()],
      ['with its method', `sha256=${mac("the bureau's own").toString('hex')}`],
      ['base64', mac("the bureau's own").toString('base64')],
    ])('a signature in %s is let in', async (_, signature) => {
      const answer = await post(body, { 'x-signature': signature }, 'signed')
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'credit_reference_unknown' } } })
    })

    test('a body that is too large is refused', async () => {
      expect((await post(`"${'x'.repeat(1_100_000)}"`)).status).toBe(413)
    })
  })

  describe('a decision', () => {
    const decision = {
      status: 'ok',
      limit: 50_000,
      grade: 'B',
      id: '8841',
      event: 'e1',
      on: '2026-11-22T10:00:00Z',
    }

    test('becomes a signal with the time it happened, and goes to the workflow', async () => {
      const answer = await post({ ...decision, ours })
      expect(answer).toEqual({ status: 200, body: { recorded: 1, duplicate: false, ended: false } })
      expect(await signals()).toEqual([
        {
          ...{ id: 'bureau:e1', type: 'credit.approved', at: Date.UTC(2026, 10, 22, 10) },
          data: { provider: 'bureau', limit: 50_000, rating: 'B', ref: '8841' },
        },
      ])
      expect(api.workflows.signalsOf(lead)).toEqual(['bureau:e1'])
    })

    test('twice counts once; without an id of its own the body says whether it is the same', async () => {
      await post({ ...decision, ours })
      expect((await post({ ...decision, ours })).body).toMatchObject({ recorded: 0, duplicate: true })
      const { event: _, ...plain } = decision
      await post({ ...plain, ours })
      expect((await post({ ...plain, ours })).body).toMatchObject({ recorded: 0, duplicate: true })
      expect(await signals()).toHaveLength(2)
    })

    test('late, second, out of order: the rules go by when each was decided', async () => {
      await post({ ...decision, ours, status: 'no', event: 'e2', on: '2026-11-22T12:00:00Z' })
      await post({ ...decision, ours, status: 'ok', event: 'e1', on: '2026-11-22T10:00:00Z' })
      const seen = api.workflows.arrived.flatMap(({ signals }) => signals)
      const folded = seen.reduce((state, signal) => fold(state, PLAN, signal).lead, newLead(lead, ASKED))
      expect(seen.map(({ type }) => type)).toEqual(['credit.refused', 'credit.approved'])
      expect(folded.facts.credit.value.state).toBe('refused')
    })

    test('can’t be older than the asking, nor newer than now', async () => {
      await post({ ...decision, ours, event: 'a', on: '2020-01-01' })
      await post({ ...decision, ours, event: 'b', on: '2030-01-01T00:00:00Z' })
      await post({ ...decision, ours, event: 'c', on: null })
      expect((await signals()).map(({ at }) => at)).toEqual([ASKED + 2, NOW, NOW])
    })

    test('for an ended lead is recorded, and says so', async () => {
      await ended(store, lead)
      expect((await post({ ...decision, ours })).body).toEqual({ recorded: 1, duplicate: false, ended: true })
      expect(await signals()).toHaveLength(1)
    })

    test('still pending: nothing to record but what they call it, which finds it later', async () => {
      const still = await post({ ours, status: 'open', id: `theirs ${n}` })
      expect(still.body).toMatchObject({ recorded: 0, because: expect.any(String) })
      expect(await signals()).toEqual([])
      expect((await post({ status: 'look', id: `theirs ${n}` })).body).toMatchObject({ recorded: 1 })
      expect(await signals()).toMatchObject([{ type: 'credit.review' }])
    })

    test('settles a check of which nobody knew whether it had arrived', async () => {
      const touch = touchOf(lead, 'check', { kind: 'credit_check', name: 'bureau' })
      const token = newId()
      await ledgerIn(store.db).claim({
        ...{ touch, account: null, cadence: 'first', version: 1, slot: ASKED, token, now: ASKED },
      })
      await ledgerIn(store.db).handOver({ key: touch.key, token, now: ASKED })
      await ledgerIn(store.db).markUnconfirmed(touch.key, token, ASKED)
      await post({ ...decision, ours })
      expect(await ledgerIn(store.db).list({ lead })).toMatchObject([{ status: 'accepted' }])
    })

    test.each([
      ['<xml>', 'the body is no JSON'],
      [{ status: 'ok' }, 'ours is not there'],
      [{ ours: 'X', status: 'Léa' }, 'status is none of ok, no, look, open'],
      [{ ours: 'X', status: 'ok', limit: 'lots' }, 'limit is not a number'],
      [{ ours: 'X', status: 'ok', on: 'Monday' }, 'on is not a date'],
    ])('%j: 422, naming the path', async (body, message) => {
      const sent = typeof body === 'string' ? body : JSON.stringify(body).replace('"X"', `"${ours}"`)
      const answer = await post(sent)
      expect(answer).toMatchObject({ status: 422, body: { error: { code: 'credit_unmappable' } } })
      expect(JSON.stringify(answer.body)).toContain(message)
      expect(JSON.stringify(answer.body)).not.toContain('Léa')
      expect(await signals()).toEqual([])
    })

    test('with another provider’s reference: 404', async () => {
      await writeCreditRequest(store.db, {
        ...{ reference: `other-${n}`, lead, key: `${lead}/2/check`, provider: 'signed', askedAt: ASKED },
        company: null,
      })
      const answer = await post({ ...decision, ours: `other-${n}` })
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'credit_reference_unknown' } } })
    })
  })

  describe('monitoring', () => {
    test('reaches every lead that was checked at the company, each once', async () => {
      const company = `FR-${n}`
      const colleague = await started(store, `ines.${n}@atelier.example`)
      await asked(colleague, `more-${n}`, company)
      await asked(lead, `ours-${n}-a`, company)
      await asked(lead, `ours-${n}-b`, company)
      const event = { company, limit: '5000', grade: 'D', event: 77, on: '2026-11-23' }
      expect((await post(event)).body).toEqual({ recorded: 2, duplicate: false, ended: false })
      expect((await post(event)).body).toMatchObject({ recorded: 0, duplicate: true })
      for (const one of [lead, colleague]) {
        expect(await signals(one)).toMatchObject([
          { type: 'credit.changed', at: NOW, data: { provider: 'bureau', limit: 5000, rating: 'D' } },
        ])
      }
    })

    test('a company is known from the decision that named it', async () => {
      const company = `FR-${n}`
      await post({ ours, status: 'ok', limit: 9, company, on: '2026-11-22T10:00:00Z' })
      await post({ company, limit: 3 })
      const seen = api.workflows.arrived.flatMap(({ signals }) => signals)
      expect(seen.map(({ type, at }) => [type, at])).toEqual([
        ['credit.approved', Date.UTC(2026, 10, 22, 10)],
        ['credit.changed', NOW],
      ])
      expect(NOW - HOUR).toBeGreaterThan(ASKED)
    })

    test('of something else says that there was nothing to record; of a stranger, 404', async () => {
      await asked(lead, `ours-${n}-a`, `FR-${n}`)
      expect((await post({ company: `FR-${n}`, address: 'x' })).body).toMatchObject({ recorded: 0 })
      const stranger = await post({ company: 'FR-0', limit: 1 })
      expect(stranger).toMatchObject({ status: 404, body: { error: { code: 'credit_company_unknown' } } })
    })
  })
})
