/**
 * A check is asked once, as a property: whatever is killed, whenever, and whoever attempts it at the same time, the
 * provider takes one request at most; and what it decided is on record exactly where the ledger says so.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { publishCadence } from '../../store/cadences.ts'
import { rows } from '../../store/db.ts'
import { newId } from '../../store/ids.ts'
import { insertLeads } from '../../store/leads.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { Store } from '../../store/open.ts'
import { insertSignals } from '../../store/signals.ts'
import { type Bureau, hangsUp, type Manner, says, startBureau } from '../../test/support/bureau.ts'
import { openDatabase } from '../../test/support/database.ts'
import { fixedClock } from '../../test/support/fixed-clock.ts'
import { type Killable, killable, seenBy } from '../../test/support/killable.ts'
import { FILES, MONDAY, orderOf, PLAN, touchOf } from '../../test/support/plans.ts'
import type { LeadActivities } from '../../workflows/contract.ts'
import { createActivities } from '../index.ts'
import type { HttpProvider } from './provider.ts'

let store: Store
let bureau: Bureau
beforeAll(async () => {
  store = await openDatabase()
  bureau = await startBureau()
  await publishCadence(store.db, {
    ...{ name: 'small', source: '', files: FILES, plan: PLAN, hash: '1', now: MONDAY },
  })
}, 120_000)
afterAll(async () => {
  await bureau.close()
  await store.close()
})

const HOWS = ['decides', 'is busy', 'refuses', 'hangs up'] as const
type How = (typeof HOWS)[number]
const how = fc.oneof(
  { arbitrary: fc.constant<How>('decides'), weight: 4 },
  { arbitrary: fc.constantFrom<How>(...HOWS), weight: 1 },
)
/** A process: when it dies (counted in steps), and the attempts it makes at once. */
const process_ = fc.record({
  dies: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1, max: 20 })),
  attempts: fc.array(fc.constantFrom('attempt' as const, 'deliver' as const), { minLength: 1, maxLength: 2 }),
})
const world = fc.record({
  processes: fc.array(process_, { minLength: 1, maxLength: 3 }),
  hows: fc.array(how, { minLength: 1, maxLength: 6 }),
  /** Something was heard of the lead that its workflow hasn't taken in. */
  heard: fc.oneof({ arbitrary: fc.constant(false), weight: 5 }, { arbitrary: fc.constant(true), weight: 1 }),
  turns: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 40 }),
})

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

test('one check, one request taken, and its decision on record', async () => {
  const reached = { done: 0, unconfirmed: 0, failed: 0, closed: 0, killed: 0 }
  await fc.assert(
    fc.asyncProperty(world, async ({ processes, hows, heard, turns }) => {
      const id = newId()
      const [launched] = await insertLeads(store.db, [{ email: `p@${id}.example`, zone: 'UTC' }], {
        ...{ cadence: 'small', version: 1, now: MONDAY },
      })
      const lead = (launched as { id: string }).id
      const order = orderOf(touchOf(lead, 'check', { kind: 'credit_check', name: 'bureau' }), MONDAY)
      if (heard) {
        const signal = { id: 'reply', type: 'reply.received' as const, at: MONDAY, seen: MONDAY, data: {} }
        await insertSignals(store.db, [{ lead, signal }])
      }
      // What is not put off is taken.
      let taken = 0
      let decided = 0
      const manner = (one: How): Manner => {
        if (one === 'is busy') return says(503)
        return (response, asked) => {
          taken += 1
          if (one === 'decides') decided += 1
          const say =
            one === 'hangs up' ? hangsUp : one === 'refuses' ? says(400) : says(200, { status: 'ok' })
          return say(response, asked)
        }
      }
      bureau.manners = Array.from({ length: 40 }, (_, i) => manner(hows[i % hows.length] ?? 'decides'))
      let n = 0
      const turn = async (): Promise<void> => {
        n += 1
        for (let i = turns[n % turns.length] ?? 0; i > 0; i--) await new Promise(setImmediate)
      }
      const provider: HttpProvider = {
        kind: 'http',
        request: { method: 'POST', url: `${bureau.url}/{{ reference }}`, headers: {} },
        timeout: 2_000,
        answer: { decision: { path: 'status', values: { approved: ['ok'], pending: ['open'] } } },
      }
      const open = (self: Killable): LeadActivities =>
        createActivities({
          ...{ db: seenBy(self, store.db), clock: fixedClock(MONDAY), log, credit: () => provider },
          mailboxes: () => {
            throw new Error('no mail here')
          },
        })
      await Promise.all(
        processes.map(async ({ dies, attempts }) => {
          const self = killable(dies, turn)
          const activities = open(self)
          await Promise.all(attempts.map((by) => activities[by](order).catch(() => undefined)))
          if (self.dead) reached.killed += 1
        }),
      )
      // Then one that lives, as often as the workflow would try.
      const last = open(killable(Number.POSITIVE_INFINITY, turn))
      let answer = await last.attempt(order)
      for (let i = 0; answer.kind === 'later' && i < hows.length; i++) answer = await last.attempt(order)

      const [row] = await ledgerIn(store.db).list({ lead })
      const decisions = await rows(
        store.db,
        sql`select id from signals where lead_id = ${lead} and type = 'credit.approved'`,
      )
      expect(taken).toBeLessThanOrEqual(1)
      if (heard) expect([answer.kind, taken]).toEqual(['closed', 0])
      expect(decisions.length).toBe(row?.status === 'accepted' && decided === 1 ? 1 : 0)
      if (answer.kind === 'done') {
        expect(row?.status).toBe('accepted')
        reached.done += 1
      }
      if (answer.kind === 'closed') reached.closed += 1
      if (answer.kind === 'came_out') {
        expect(row?.status).toBe(answer.result.kind)
        if (answer.result.kind === 'failed') reached.failed += 1
        if (answer.result.kind === 'unconfirmed') reached.unconfirmed += 1
      }
    }),
    { numRuns: 600 },
  )
  // The worlds were worth looking at.
  expect(Math.min(...Object.values(reached))).toBeGreaterThan(3)
}, 240_000)
