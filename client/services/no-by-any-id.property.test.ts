/**
 * A no holds at every address that we have written to for that person, and at the one they have now, whatever ids
 * were used before and however often the address was corrected.
 */
import { beforeAll, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { MAIN, noFacts, outBecause } from '../../cadence/facts.ts'
import { learn } from '../../cadence/learn.ts'
import { FullStretches } from '../../store/full-stretches.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { signalWords } from '../../store/lookup.ts'
import { slotsIn } from '../../store/slots.ts'
import { suppressedAmong } from '../../store/suppressions.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { seedOf } from '../../test/support/dice.ts'
import { started } from '../../test/support/leads.ts'
import { touchOf } from '../../test/support/plans.ts'
import { edit } from './edit.ts'
import { sendSignal } from './signals.ts'
import { addSuppressions } from './suppressions.ts'

const [[, store]] = (await openDatabases()) as [Awaited<ReturnType<typeof openDatabases>>[number]]

beforeAll(async () => {
  await publishPlan(store, 'first')
})

const IDS = ['a', 'b', 'c'] as const
const act = fc.oneof(
  fc.record({ what: fc.constant('write' as const) }),
  fc.record({ what: fc.constant('correct' as const), to: fc.constantFrom(0, 1, 2, 3) }),
  fc.record({
    what: fc.constant('say' as const),
    id: fc.constantFrom(...IDS),
    type: fc.constantFrom('demo.held', 'reply.received', 'link.clicked'),
  }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** The door by which the no comes in the end; an address is one of those that were written to, or else today's. */
const door = fc.record({
  by: fc.constantFrom('lead', 'address', 'contact', 'list'),
  type: fc.constantFrom('unsubscribed', 'email.complained'),
  id: fc.constantFrom(...IDS),
  which: fc.nat(),
  at: fc.constantFrom(undefined, -3_600_000, 7_200_000),
})
type No = typeof door extends fc.Arbitrary<infer T> ? T : never

let told = 0

async function story(acts: readonly Act[], no: No): Promise<void> {
  told += 1
  const api = apiOn(store)
  const address = (n: number): string => `zoe-${n}@any-id-${told}.example`
  const lead = await started(store, address(0))
  let now = 0
  const writtenTo = new Set<string>()
  let touches = 0
  try {
    for (const [n, one] of acts.entries()) {
      api.clock.at = NOW + (n + 1) * 60_000
      if (one.what === 'correct') {
        await edit(api.deps, lead, { contact: MAIN, email: address(one.to) })
        now = one.to
      } else if (one.what === 'say') {
        await sendSignal(api.deps, {
          lead,
          type: one.type,
          id: one.id,
          at: new Date(NOW).toISOString(),
        }).catch((error) => expect(error).toMatchObject({ code: 'signal_conflict' }))
      } else {
        touches += 1
        await write(lead, touches, address(now), api.clock.at)
        writtenTo.add(address(now))
      }
    }
    const choices = [address(now), ...writtenTo]
    const email = choices[no.which % choices.length] as string
    const at = no.at === undefined ? {} : { at: new Date(api.clock.at + no.at).toISOString() }
    const send = (who: { lead: string; contact?: string }) =>
      sendSignal(api.deps, { ...who, ...at, type: no.type, id: no.id })
    if (no.by === 'list') await addSuppressions(api.deps, { entries: [{ entry: email }] })
    else {
      const who = { lead: { lead }, address: { lead: email }, contact: { lead, contact: email } }[no.by]
      expect(await send(who)).toMatchObject({ lead, duplicate: false, suppressed: true })
      // The same once more is the same; with no time, it has the time that it had.
      expect(await send(who)).toMatchObject({ lead, duplicate: true, suppressed: true })
    }
    const must = [...new Set(choices)]
    const suppressed = await suppressedAmong(store.db, must)
    expect(must.filter((one) => !suppressed.has(one))).toEqual([])
    let facts = noFacts()
    for (const { contact, ...signal } of await signalWords(store.db, lead)) {
      facts = learn(facts, contact === null ? signal : { ...signal, contact }).facts
    }
    expect(outBecause(facts, MAIN)).toBeDefined()
  } finally {
    api.stop()
  }
}

/** Hands an e-mail over for an address, as a worker does. */
async function write(lead: string, n: number, email: string, at: number): Promise<void> {
  const touch = touchOf(lead, `step-${n}`)
  const ledger = ledgerIn(store.db)
  const token = `token-${n}`
  await store.db.execute(sql`update signals set folded = true where lead_id = ${lead}`)
  const slots = slotsIn(store.db, new FullStretches())
  await slots.release({ lead, account: null, since: at })
  expect(await slots.reserve({ mailbox: `of ${lead}`, at, lead, account: null })).toBe(true)
  await ledger.claim({ touch, account: null, cadence: 'first', version: 1, slot: at, token, now: at })
  const mail = { mailbox: `of ${lead}`, address: email, messageId: `<${touch.key}>`, references: [] }
  const handed = await ledger.handOver({
    ...{ key: touch.key, token, now: at },
    email: { ...mail, subject: 'Hello', variant: undefined },
  })
  expect(handed).toBe('handed_over')
}

test('a no is a no, whatever id it has', async () => {
  const seed = seedOf('a no is a no, whatever id it has', 5)
  await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 12 }), door, story), {
    ...{ seed, numRuns: 150, endOnFailure: false },
  })
}, 300_000)
