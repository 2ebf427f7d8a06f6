import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { publishCadence } from '../../store/cadences.ts'
import { rows } from '../../store/db.ts'
import { newId } from '../../store/ids.ts'
import { insertLeads, setPaused } from '../../store/leads.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { Store } from '../../store/open.ts'
import { pendingSignals } from '../../store/signals.ts'
import { listTasks } from '../../store/tasks.ts'
import { type Bureau, hangsUp, isSilent, says, startBureau } from '../../test/support/bureau.ts'
import { KINDS, openDatabase } from '../../test/support/database.ts'
import { type FixedClock, fixedClock } from '../../test/support/fixed-clock.ts'
import { FILES, MONDAY, orderOf, PLAN, touchOf } from '../../test/support/plans.ts'
import type { AttemptInput, LeadActivities } from '../../workflows/contract.ts'
import { createActivities } from '../index.ts'
import { referenceOf } from './correlation-id.ts'
import type { CreditProvider, HttpProvider } from './provider.ts'

const MINUTE = 60_000

const UNMAPPABLE = { code: 'error', error: 'credit_unmappable' }

describe.each(KINDS)('a credit check on %s', (kind) => {
  let store: Store
  let bureau: Bureau
  let clock: FixedClock
  let provider: CreditProvider
  let activities: LeadActivities
  let logged: unknown[]
  let told: number
  let lead: string
  let order: AttemptInput

  beforeAll(async () => {
    store = await openDatabase(kind)
    bureau = await startBureau()
    await publishCadence(store.db, {
      ...{ name: 'small', source: '', files: FILES, plan: PLAN, hash: '1', now: MONDAY },
    })
  }, 120_000)
  afterAll(async () => {
    await bureau.close()
    await store.close()
  })

  const http = (more: Partial<HttpProvider> = {}): HttpProvider => ({
    kind: 'http',
    request: {
      method: 'POST',
      url: `${bureau.url}/checks?ours={{ reference }}&of={{ lead.company }}`,
      headers: { Authorization: 'Bearer secret', 'X-Lead': '{{ lead.company }}' },
      body: '{ "name": "{{ lead.company }}", "people": "{{ lead.people | default: 0 }}", "amount": {{ amount | default: 0 }} }',
    },
    timeout: 2_000,
    answer: {
      decision: { path: 'status', values: { approved: ['ok'], refused: ['no'], pending: ['open'] } },
      ...{ limit: 'limit', rating: 'grade', ref: 'id', date: 'on' },
    },
    company: { path: 'company' },
    webhook: {
      decision: { path: 'status', values: {} },
      ...{ secret: 's', auth: { header: 'x' }, reference: 'ours' },
    },
    ...more,
  })

  beforeEach(async () => {
    clock = fixedClock(MONDAY)
    provider = http()
    logged = []
    told = 0
    bureau.asked.length = 0
    bureau.manners.length = 0
    activities = open()
    const id = newId()
    const person = { email: `zoe@${id}.example`, zone: 'UTC', firstName: 'Zoé', company: 'Noël & "Fils"' }
    const [launched] = await insertLeads(store.db, [person], { cadence: 'small', version: 1, now: MONDAY })
    lead = (launched as { id: string }).id
    order = orderOf(touchOf(lead, 'check', { kind: 'credit_check', name: 'bureau' }), MONDAY)
  })

  const open = (budget = { attempt: 3_000, deliver: 5_000 }): LeadActivities => {
    const log = (...line: unknown[]): void => {
      logged.push(line)
    }
    return createActivities({
      ...{ db: store.db, clock, budget, log: { info: log, warn: log, error: log } },
      mailboxes: () => {
        throw new Error('no mail here')
      },
      credit: () => provider,
      signalled: () => {
        told += 1
      },
    })
  }
  const status = async () => (await ledgerIn(store.db).list({ lead })).map((touch) => touch.status)
  const signals = async () =>
    rows<{ id: string; type: string; at: number; data: unknown }>(
      store.db,
      sql`select id, type, (extract(epoch from at) * 1000)::float8 as at, data from signals where lead_id = ${lead}`,
    )
  const requests = () =>
    rows(
      store.db,
      sql`select reference, touch_key as key, ref, company from credit_requests where lead_id = ${lead}`,
    )
  const reference = async (): Promise<string> => {
    const [{ salt } = { salt: '' }] = await rows<{ salt: string }>(
      store.db,
      sql`select salt from environment`,
    )
    return referenceOf(order.touch.key, salt)
  }

  test('asks once, with values that can’t become structure, and waits while it is pending', async () => {
    bureau.manners.push(says(200, { status: 'open', id: 8841, company: 'FR-1' }))
    expect(await activities.attempt(order)).toMatchObject({ kind: 'done', key: order.touch.key })
    expect(await activities.attempt(order)).toMatchObject({ kind: 'done' })
    expect(bureau.asked).toHaveLength(1)
    const [asked] = bureau.asked
    expect(asked).toMatchObject({ method: 'POST', headers: { authorization: 'Bearer secret' } })
    expect(asked?.url).toBe(`/checks?ours=${await reference()}&of=No%C3%ABl%20%26%20%22Fils%22`)
    expect(JSON.parse(asked?.body ?? '')).toEqual({ name: 'Noël & "Fils"', people: '0', amount: 0 })
    expect(await status()).toEqual(['accepted'])
    expect(await requests()).toEqual([
      { reference: await reference(), key: order.touch.key, ref: '8841', company: 'FR-1' },
    ])
    // Its reference is worth knowing while it waits; nothing else is.
    expect(await signals()).toMatchObject([
      { type: 'credit.requested', at: MONDAY + 1, data: { provider: 'bureau', ref: '8841' } },
    ])
    expect(await listTasks(store.db, { lead })).toEqual([])
  })

  test('a decision in the answer is a signal, later than the asking, and the relay is told', async () => {
    const answer = { status: 'ok', limit: '50000', grade: 'B+', id: 'x1', on: '2026-11-01' }
    bureau.manners.push(says(201, answer))
    expect(await activities.attempt(order)).toMatchObject({ kind: 'done' })
    expect(await signals()).toEqual([
      {
        ...{ id: `answer:${order.touch.key}`, type: 'credit.approved', at: MONDAY + 2 },
        data: { provider: 'bureau', limit: 50_000, rating: 'B+', ref: 'x1' },
      },
    ])
    expect(told).toBe(1)
    const pending = (await pendingSignals(store.db, 100)).filter((one) => one.lead === lead)
    expect(pending.map(({ signal }) => signal.id)).toEqual([`answer:${order.touch.key}`])
  })

  test('an empty 202 means that it comes later, where there is a webhook', async () => {
    bureau.manners.push(says(202))
    expect(await activities.attempt(order)).toMatchObject({ kind: 'done' })
    expect([await signals(), told]).toEqual([[], 0])
    provider = { ...http(), webhook: undefined } as never
    order = orderOf(touchOf(lead, 'again', { kind: 'credit_check', name: 'bureau' }), MONDAY, 3)
    bureau.manners.push(says(202))
    expect(await activities.attempt(order)).toMatchObject({ kind: 'came_out', result: { kind: 'failed' } })
  })

  test.each([429, 500, 503])('%i is asked again later, the waits growing', async (code) => {
    bureau.manners.push(says(code), says(code), says(200, { status: 'no' }))
    expect(await activities.attempt(order)).toMatchObject({
      ...{
        kind: 'later',
        now: MONDAY,
        notBefore: MONDAY + MINUTE,
        delay: { code: 'provider_busy', status: code },
      },
    })
    expect(await activities.attempt(order)).toMatchObject({ notBefore: MONDAY + 5 * MINUTE })
    expect(await status()).toEqual(['deferred'])
    expect(await activities.attempt(order)).toMatchObject({ kind: 'done' })
    expect(await signals()).toMatchObject([{ type: 'credit.refused' }])
  })

  test('a provider that can’t be reached wasn’t asked', async () => {
    const gone = await startBureau()
    await gone.close()
    provider = http({ request: { method: 'GET', url: gone.url, headers: {} } })
    expect(await activities.attempt(order)).toMatchObject({
      ...{ kind: 'later', delay: { code: 'provider_unreachable', error: 'ECONNREFUSED' } },
    })
    expect(await requests()).toEqual([])
  })

  test.each([
    [400, { error: 'zoe@acme.example is unknown' }, { code: 'provider_refused', status: 400 }],
    [401, '', { code: 'provider_refused', status: 401 }],
    [302, '', { code: 'provider_refused', status: 302 }],
    [200, '<html>', UNMAPPABLE],
    [200, { status: 'Zoé' }, UNMAPPABLE],
    [200, { status: 'ok' }, UNMAPPABLE],
  ])('%i %j fails, and names nobody', async (code, body, failure) => {
    bureau.manners.push(says(code, body))
    expect(await activities.attempt(order)).toMatchObject({
      kind: 'came_out',
      result: { kind: 'failed', failure },
    })
    expect(await activities.attempt(order)).toMatchObject({
      kind: 'came_out',
      result: { kind: 'failed', failure },
    })
    expect(bureau.asked).toHaveLength(1)
    expect(await signals()).toEqual([])
    expect(JSON.stringify(logged)).not.toMatch(/zo[eé]/i)
  })

  test('a request that can’t be written is never sent', async () => {
    provider = http({ request: { method: 'GET', url: `${bureau.url}/{{ lead.siren }}`, headers: {} } })
    const answer = await activities.attempt(order)
    expect(answer).toMatchObject({ result: { failure: { error: 'variable_without_value' } } })
    expect(JSON.stringify(answer)).toContain('lead.siren')
    expect(bureau.asked).toEqual([])
  })

  test.each([
    ['hangs up', hangsUp],
    ['is silent', isSilent],
  ])('one that %s after it was asked is unconfirmed, and not asked again', async (_, manner) => {
    provider = http({ timeout: 200 })
    bureau.manners.push(manner)
    expect(await activities.attempt(order)).toMatchObject({
      kind: 'came_out',
      result: { kind: 'unconfirmed' },
    })
    expect(await activities.deliver(order)).toMatchObject({
      kind: 'came_out',
      result: { kind: 'unconfirmed' },
    })
    expect([bureau.asked.length, await status()]).toEqual([1, ['unconfirmed']])
    // The late webhook has something to name it by.
    expect(await requests()).toMatchObject([{ reference: await reference() }])
  })

  test('a slow one is left to deliver, which joins it', async () => {
    let answer: () => void = () => undefined
    const told = new Promise<void>((resolve) => {
      answer = resolve
    })
    bureau.manners.push(async (response, asked) => {
      await told
      says(200, { status: 'ok', limit: 1 })(response, asked)
    })
    activities = open({ attempt: 100, deliver: 5_000 })
    expect(await activities.attempt(order)).toMatchObject({ kind: 'slow' })
    const delivered = activities.deliver(order)
    answer()
    expect(await delivered).toMatchObject({ kind: 'done' })
    expect([bureau.asked.length, await status()]).toEqual([1, ['accepted']])
    expect(await signals()).toHaveLength(1)
  })

  test('asked for an earlier slot by an attempt that was killed: not known, as it may have been answered', async () => {
    bureau.manners.push(says(200, { status: 'open' }))
    await activities.attempt(order)
    const later = orderOf(order.touch, MONDAY + 5 * MINUTE, 3)
    expect(await activities.attempt(later)).toMatchObject({
      kind: 'came_out',
      result: { kind: 'unconfirmed' },
    })
    expect(bureau.asked).toHaveLength(1)
  })

  test('a closed gate: it is not asked', async () => {
    await setPaused(store.db, lead, MONDAY)
    expect(await activities.attempt(order)).toMatchObject({
      kind: 'closed',
      delay: { code: 'gate_closed', gate: 'paused' },
    })
    expect([bureau.asked, await requests()]).toEqual([[], []])
  })

  test('a person is asked where that is configured', async () => {
    provider = { kind: 'manual', for: 'Inès' }
    expect(await activities.attempt(order)).toMatchObject({ kind: 'done' })
    expect(await listTasks(store.db, { lead })).toMatchObject([{ kind: 'credit_check', for: 'Inès' }])
    expect(bureau.asked).toEqual([])
  })
})
