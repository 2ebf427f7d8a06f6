import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { exchange } from '../../activities/credit/exchange.ts'
import { readChange, readDecision } from '../../activities/credit/mapping.ts'
import type { Webhook } from '../../activities/credit/provider.ts'
import { writeRequest } from '../../activities/credit/request.ts'
import { DAY, type Instant } from '../../cadence/time.ts'
import { type Bureau, hangsUp, says, startBureau } from '../../test/support/bureau.ts'
import { localProvider } from '../credit/providers.ts'
import { type Bank, startBank } from './bank.ts'
import { type BankDecision, byReference } from './bank-decision.ts'
import { openAccounts } from './files.ts'

const NOW: Instant = Date.UTC(2026, 10, 23, 9)

let dir: string
let hook: Bureau
let bank: Bank | undefined
/** The environment's clock: days pass when a test lets them. */
let now: Instant
let decision: BankDecision | undefined
let asked: number
let looks = 0
/** What the bank waits for. */
let waitsFor: Instant

const clock = {
  now: async () => now,
  // Whoever waits looks again and again: here, every few milliseconds.
  msUntil: async (at: Instant) => {
    waitsFor = at
    looks += 1
    return at <= now ? 0 : 5
  },
}
/** Waits until something holds; nothing depends on how long that takes. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(2)
}
/** Waits until the bank has looked at its clock a few more times. */
async function looked(): Promise<void> {
  const enough = looks + 3
  await until(() => looks >= enough)
}

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'relance-bank-'))
  hook = await startBureau(says(200, {}))
  now = NOW
  decision = { after: 3, status: 'approved', limit: 50_000, rating: 'B' }
  asked = 0
})
afterEach(async () => {
  await bank?.close()
  await hook.close()
  rmSync(dir, { recursive: true })
})

const open = async (): Promise<void> => {
  bank = await startBank({
    ...{ clock, dir, webhook: { url: hook.url, secret: 'shh' } },
    decide: () => {
      asked += 1
      return decision
    },
  })
}

/** Asks as the activity does. */
async function ask(reference = 'ours', company = 'Acme & "Sons"') {
  const provider = localProvider(bank?.url ?? '', 'shh')
  const written = writeRequest('bank', provider, {
    lead: { company, country: 'FR' },
    contact: {},
    reference,
    amount: 12,
  })
  if ('failure' in written) throw new Error(written.failure.code)
  const reply = await exchange(written.request, { timeout: 1000, handingOver: async () => undefined })
  if (reply.kind !== 'answered') throw new Error(reply.kind)
  return { status: reply.status, json: JSON.parse(reply.body) as unknown, provider }
}

/** Waits until the webhook has been called so often. */
async function said(times: number): Promise<Record<string, unknown>[]> {
  await until(() => hook.asked.length >= times)
  return hook.asked.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
}

describe('the local bank', () => {
  test('is pending at once, and decides when the days have passed, in the preset’s shape', async () => {
    await open()
    const { status, json, provider } = await ask()
    expect([status, readDecision(json, provider.answer)]).toEqual([200, { decision: 'pending' }])
    now += 2 * DAY
    await looked()
    expect(hook.asked).toEqual([])
    now += DAY
    const [body] = await said(1)
    expect(hook.asked[0]?.headers['x-relance-secret']).toBe('shh')
    expect(body).toMatchObject({ originationId: 'ours', companyId: 'Acme & "Sons"', statusCode: 1 })
    expect(readDecision(body, provider.webhook as Webhook)).toEqual({
      ...{ decision: 'approved', limit: 50_000, rating: 'B' },
      date: { at: NOW + 3 * DAY, whole: false },
    })
  })

  test('a request asked again isn’t decided again', async () => {
    await open()
    await Promise.all([ask(), ask(), ask()])
    expect(asked).toBe(1)
  })

  test('silence is silence', async () => {
    decision = undefined
    await open()
    await ask()
    expect(await openAccounts(dir)).toMatchObject([{ request: { reference: 'ours' }, notices: [] }])
  })

  test('monitoring follows, with old and new values', async () => {
    decision = {
      ...{ after: 1, status: 'approved', limit: 9000 },
      changes: [
        { after: 10, limit: 4000 },
        { after: 20, limit: 0, rating: 'E' },
      ],
    }
    await open()
    const { provider } = await ask()
    now += 100 * DAY
    const [first, ...events] = await said(4)
    expect(first).toMatchObject({ statusCode: 1 })
    expect(events).toMatchObject([
      { globalEventCode: 'CL', oldValue: '9000', newValue: '4000' },
      { globalEventCode: 'CL', oldValue: '4000', newValue: '0' },
      { ruleName: 'International Rating Change', oldValue: null, newValue: 'E' },
    ])
    const monitoring = provider.webhook?.monitoring as NonNullable<Webhook['monitoring']>
    expect(events.map((event) => readChange(event, monitoring))).toMatchObject([
      { limit: 4000, date: { at: NOW + 11 * DAY } },
      { limit: 0 },
      { rating: 'E' },
    ])
    expect(new Set([first, ...events].map((event) => event?.eventId)).size).toBe(4)
  })

  test('what was still to be said when the process died is said by the next one, once', async () => {
    decision = { ...(decision as BankDecision), changes: [{ after: 1, rating: 'C' }] }
    await open()
    await ask()
    now += 3 * DAY
    await said(1)
    // The disk has it by the time the next notice is waited for.
    await until(() => waitsFor === NOW + 4 * DAY)
    await bank?.close()
    await open()
    await ask()
    expect(asked).toBe(1)
    now += DAY
    const bodies = await said(2)
    expect(bodies.map(({ eventId }) => eventId)).toEqual(['ours-0', 'ours-1'])
  })

  test('a webhook that is away is told again, one that refuses is not', async () => {
    hook.manners.push(says(503), hangsUp, says(404))
    await open()
    await ask()
    now += 3 * DAY
    await said(3)
    // Refused is over: it is written down as said.
    while ((await openAccounts(dir))[0]?.said !== 1) await sleep(2)
    expect(hook.asked).toHaveLength(3)
  })

  test.each([
    ['another path', '/v1/companies', '{}', 404],
    ['no reference', '/v1/decisionEngine/t?companyId=1', '{}', 400],
    ['no JSON', '/v1/decisionEngine/t?companyId=1&originationId=2', 'x', 400],
  ])('%s is refused', async (_, path, body, status) => {
    await open()
    expect((await fetch(`${bank?.url}${path}`, { method: 'POST', body })).status).toBe(status)
  })
})

test('by the reference: the same for the same, mostly approved, and some of each', () => {
  const counts: Record<string, number> = {}
  for (let i = 0; i < 1000; i++) {
    const request = { reference: `r${i}`, companyId: '1', company: 'A', country: 'FR', amount: 7_500 }
    const decided = byReference(request)
    expect(byReference(request)).toEqual(decided)
    if (decided?.status === 'approved') expect(decided.limit).toBeGreaterThanOrEqual(7_500)
    const kind = decided?.status ?? 'silence'
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  expect(counts.approved).toBeGreaterThan(500)
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(50)
  expect(Object.keys(counts).sort()).toEqual(['approved', 'refused', 'review', 'silence'])
})
