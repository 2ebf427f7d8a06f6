/**
 * Promises 1 and 2, as properties: whatever is killed, whenever, and whoever attempts a touch at the same time, the
 * server accepts one message at most; and none whose opt-out was acknowledged before it was handed over.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { publishCadence } from '../../store/cadences.ts'
import { newId } from '../../store/ids.ts'
import { insertLeads } from '../../store/leads.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { Store } from '../../store/open.ts'
import { insertSignals } from '../../store/signals.ts'
import { openDatabase } from '../../test/support/database.ts'
import { fixedClock } from '../../test/support/fixed-clock.ts'
import { type Killable, killable, seenBy } from '../../test/support/killable.ts'
import { FILES, MONDAY, orderOf, PLAN, touchOf } from '../../test/support/plans.ts'
import { reserveSlot } from '../../test/support/reserve-slots.ts'
import type { AttemptAnswer, LeadActivities } from '../../workflows/contract.ts'
import { createActivities } from '../index.ts'
import { no } from '../mail/fake-mailbox.ts'
import type { Mailbox } from '../mail/transport.ts'

let store: Store
beforeAll(async () => {
  store = await openDatabase()
  await publishCadence(store.db, {
    ...{ name: 'small', source: '', files: FILES, plan: PLAN, hash: '1', now: MONDAY },
  })
}, 120_000)
afterAll(() => store.close())

/** What the server does with a message it is given. */
type Manner = 'accepts' | 'is busy' | 'is busy at the dot' | 'refuses' | 'is silent'
const manner = fc.oneof(
  { arbitrary: fc.constant<Manner>('accepts'), weight: 4 },
  { arbitrary: fc.constantFrom<Manner>('is busy', 'is busy at the dot', 'refuses', 'is silent'), weight: 1 },
)

/** A process: when it dies (counted in steps), and the attempts it makes at once, with what the server does. */
const process_ = fc.record({
  dies: fc.oneof(fc.constant(Number.POSITIVE_INFINITY), fc.integer({ min: 1, max: 30 })),
  attempts: fc.array(fc.record({ by: fc.constantFrom('attempt', 'deliver'), manner }), {
    minLength: 1,
    maxLength: 2,
  }),
})

const world = fc.record({
  processes: fc.array(process_, { minLength: 1, maxLength: 3 }),
  /** How many turns the opt-out waits before it is acknowledged; never, when there is none. */
  optOut: fc.option(fc.integer({ min: 0, max: 40 })),
  /** Who goes how far at each step. */
  turns: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 60 }),
})

interface Wire {
  /** Message-IDs the server accepted. */
  accepted: string[]
  /** Those whose opt-out had been acknowledged when they were about to be handed over. */
  afterOptOut: string[]
  acknowledged: boolean
}

/** A mailbox of a killable process at a server that outlives it. */
function mailboxOf(self: Killable, wire: Wire, manners: Manner[]): Mailbox {
  return {
    from: { name: 'Claire', email: 'claire@atelier.example' },
    close: async () => undefined,
    send: async (message, { handingOver }) => {
      const how = manners.shift() ?? 'accepts'
      await self.step()
      if (how === 'is busy') return no('trouble', { code: 451 })
      if (how === 'refuses') return no('letter')
      const before = wire.acknowledged
      try {
        await handingOver()
      } catch (reason) {
        return { kind: 'closed', why: '', reason }
      }
      // Killed here, the dot is never sent.
      await self.step()
      if (how === 'is busy at the dot') return no('trouble', { stage: 'dot', code: 451 })
      wire.accepted.push(message.messageId)
      if (before) wire.afterOptOut.push(message.messageId)
      await self.step()
      if (how === 'is silent') return { kind: 'unconfirmed', why: '' }
      return { kind: 'accepted', response: '250' }
    },
  }
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

test('one touch, one message, and none after an opt-out', async () => {
  const reached = { done: 0, unconfirmed: 0, closed: 0, killed: 0 }
  await fc.assert(
    fc.asyncProperty(world, async ({ processes, optOut, turns }) => {
      const id = newId()
      const [launched] = await insertLeads(
        store.db,
        [{ email: `p@${id}.example`, zone: 'UTC', firstName: 'P' }],
        {
          ...{ cadence: 'small', version: 1, now: MONDAY },
        },
      )
      const lead = (launched as { id: string }).id
      const order = orderOf(touchOf(lead, 'hello'), MONDAY)
      await reserveSlot(store.db, order)
      const wire: Wire = { accepted: [], afterOptOut: [], acknowledged: false }
      let n = 0
      const turn = async (): Promise<void> => {
        n += 1
        for (let i = turns[n % turns.length] ?? 0; i > 0; i--) await new Promise(setImmediate)
      }
      const open = (self: Killable, manners: Manner[]): LeadActivities =>
        createActivities({
          ...{ db: seenBy(self, store.db), clock: fixedClock(MONDAY), log },
          mailboxes: () => ({ mailbox: mailboxOf(self, wire, manners), spacing: 1000 }),
        })

      const lives = processes.map(async ({ dies, attempts }) => {
        const self = killable(dies, turn)
        const activities = open(
          self,
          attempts.map((attempt) => attempt.manner),
        )
        const answers = attempts.map(({ by }) =>
          activities[by as 'attempt' | 'deliver'](order).catch(() => undefined),
        )
        await Promise.all(answers)
        if (self.dead) reached.killed += 1
      })
      const leaving = async (): Promise<void> => {
        if (optOut === null) return
        for (let i = 0; i < optOut; i++) await new Promise(setImmediate)
        const signal = { id: 'out', type: 'unsubscribed' as const, at: MONDAY, seen: MONDAY, data: {} }
        await insertSignals(store.db, [{ lead, signal }])
        wire.acknowledged = true
      }
      await Promise.all([...lives, leaving()])

      // Then one that lives, as often as the workflow would try.
      const last = open(killable(Number.POSITIVE_INFINITY, turn), [])
      const answer = await last.attempt(order)
      const [row] = await ledgerIn(store.db).list({ lead })

      expect(wire.accepted.length).toBeLessThanOrEqual(1)
      expect(wire.afterOptOut).toEqual([])
      expect(consistent(answer, row?.status, wire.accepted.length)).toBe(true)
      if (optOut !== null && wire.accepted.length === 0) expect(answer.kind).not.toBe('done')
      if (answer.kind === 'done') reached.done += 1
      if (answer.kind === 'closed') reached.closed += 1
      if (answer.kind === 'came_out' && answer.result.kind === 'unconfirmed') reached.unconfirmed += 1
    }),
    { numRuns: 300 },
  )
  // The worlds were worth looking at.
  expect(Math.min(reached.done, reached.unconfirmed, reached.closed, reached.killed)).toBeGreaterThan(5)
}, 240_000)

/** What the workflow is told, what the ledger says and what the server has agree. */
function consistent(answer: AttemptAnswer, status: string | undefined, accepted: number): boolean {
  if (answer.kind === 'done') return status === 'accepted' && accepted === 1
  if (answer.kind === 'closed') return accepted === 0 && status !== 'accepted'
  if (answer.kind !== 'came_out') return false
  return answer.result.kind === 'unconfirmed' ? status === 'unconfirmed' : accepted === 0
}
