/**
 * Whatever door, whatever order: who said no is not launched, not written to and not reopened until a person lifts it,
 * and goes on having said no under another address.
 */
import { beforeAll, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { RelanceError } from '../../cadence/errors.ts'
import { MAIN, noFacts, outBecause } from '../../cadence/facts.ts'
import { learn } from '../../cadence/learn.ts'
import { rows } from '../../store/db.ts'
import { closed } from '../../store/gate.ts'
import { signalWords } from '../../store/lookup.ts'
import { apiOn, csv, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { seedOf } from '../../test/support/dice.ts'
import { drop, reopen } from './commands.ts'
import { edit } from './edit.ts'
import { launch } from './launch.ts'
import { sendSignal } from './signals.ts'
import { addSuppressions, lift } from './suppressions.ts'

const NAMES = ['ada', 'bob', 'cy'] as const
type Name = (typeof NAMES)[number]

const name = fc.constantFrom(...NAMES)
type Act = { do: string; who: Name; to?: Name }

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constantFrom('launch', 'launch', 'row', 'drop', 'unsubscribed', 'email.complained'),
    who: name,
  }),
  fc.record({
    do: fc.constantFrom('bounced', 'add', 'domain', 'lift', 'undomain', 'end', 'reopen'),
    who: name,
  }),
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('edit', 'readdress', 'know'), who: name, to: name }),
  },
)

const [[, store]] = (await openDatabases()) as [Awaited<ReturnType<typeof openDatabases>>[number]]

beforeAll(async () => {
  for (const cadence of ['first', 'second', 'third']) await publishPlan(store, cadence)
})

let told = 0

/** One story, with addresses of its own. */
async function story(acts: readonly Act[]): Promise<void> {
  told += 1
  const api = apiOn(store)
  const domain = (who: Name): string => `${who === 'cy' ? 'two' : 'one'}-${told}.example`
  const at = (who: Name): string => `${who}@${domain(who)}`
  /** What must not be written to, as a person would say: addresses, and domains with their @. */
  const noes = new Set<string>()
  const isNo = (email: string): boolean => noes.has(email) || noes.has(email.replace(/^.*@/, '@'))

  const people = () =>
    rows<{ lead: string; contact: string; email: string; ended: boolean; gate: string | null }>(
      store.db,
      sql`select c.lead_id as lead, c.id as contact, c.email_key as email, l.ended_at is not null as ended,
            ${closed({ lead: sql`c.lead_id`, contact: sql`c.id`, kind: sql`'email'` })} as gate
          from contacts c join leads l on l.id = c.lead_id
          where c.email_key like ${`%-${told}.example`} order by l.launched_at, c.id`,
    )
  const leadOf = async (who: Name) => (await people()).findLast(({ email }) => email === at(who))

  async function carryOut({ do: what, who, to = who }: Act, n: number): Promise<void> {
    const holder = await leadOf(who)
    const address = at(who)
    switch (what) {
      case 'launch': {
        const file = csv(`${address},Ada,Atelier`)
        const { launched } = await launch(api.deps, {
          cadence: ['first', 'second', 'third'][n % 3] as string,
          csv: file,
        })
        if (isNo(address)) expect(launched).toBe(0)
        return
      }
      case 'row': {
        const file = new TextEncoder().encode(`email,first_name,Email Opt Out\n${address},Ada,1\n`)
        await launch(api.deps, { cadence: 'first', csv: file })
        noes.add(address)
        return
      }
      case 'add':
        await addSuppressions(api.deps, { entries: [{ entry: address }] })
        noes.add(address)
        return
      case 'domain':
        await addSuppressions(api.deps, { entries: [{ entry: domain(who) }] })
        noes.add(`@${domain(who)}`)
        return
      case 'lift':
      case 'undomain': {
        const entry = what === 'lift' ? address : `@${domain(who)}`
        await lift(api.deps, entry, { reason: 'a test' })
        noes.delete(entry)
        return
      }
    }
    if (!holder) return
    const { lead, contact } = holder
    const said = { lead, contact }
    switch (what) {
      case 'drop':
        await drop(api.deps, address, 'opted_out')
        noes.add(address)
        return
      case 'unsubscribed':
      case 'email.complained':
        await sendSignal(api.deps, { ...said, type: what })
        noes.add(address)
        return
      case 'bounced':
        await sendSignal(api.deps, { ...said, type: 'email.bounced', fields: { hard: true } })
        return
      case 'end':
        await store.db.execute(
          sql`update leads set outcome = 'lost', outcome_at = now(), ended_at = now(), final = '{"format": 3}'
              where id = ${lead} and ended_at is null`,
        )
        return
      case 'reopen':
        await reopen(api.deps, lead)
        if (contact === MAIN) expect(isNo(address)).toBe(false)
        return
    }
    const next = at(to)
    if (what === 'know') {
      const fields = { role: 'user', email: next }
      await sendSignal(api.deps, { lead, type: 'contact.identified', fields })
      return
    }
    if (what === 'edit') await edit(api.deps, lead, { contact, email: next })
    else
      await sendSignal(api.deps, {
        ...said,
        type: 'contact.identified',
        fields: { role: 'user', email: next },
      })
    if (next !== address && noes.has(address)) noes.add(next)
  }

  try {
    for (const [n, one] of acts.entries()) {
      api.clock.at = NOW + (n + 1) * 1000
      try {
        await carryOut(one, n)
      } catch (error) {
        // What is refused has changed nothing.
        if (!(error instanceof RelanceError)) throw error
      }
      const open = (await people()).filter(({ ended }) => !ended)
      expect(new Set(open.map(({ email }) => email)).size).toBe(open.length)
      for (const { lead, contact, email, gate } of open) {
        if (!isNo(email)) continue
        expect([email, gate]).toEqual([email, expect.any(String)])
        // Its workflow hears of it, too: the rules write to nobody who said no.
        let facts = noFacts()
        for (const { contact: whose, ...signal } of await signalWords(store.db, lead)) {
          facts = learn(facts, whose === null ? signal : { ...signal, contact: whose }).facts
        }
        expect([email, outBecause(facts, contact)]).toEqual([email, expect.any(String)])
      }
    }
  } finally {
    api.stop()
  }
}

/** Stories that once were wrong. */
const BACK: Act[] = [
  ...([
    { do: 'add', who: 'ada' },
    { do: 'edit', who: 'ada', to: 'bob' },
  ] as const),
  ...([
    { do: 'lift', who: 'bob' },
    { do: 'edit', who: 'bob', to: 'ada' },
  ] as const),
]

test('a no is never written to', async () => {
  const seed = seedOf('a no is never written to', 11)
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 20 }), (acts) =>
      story([{ do: 'launch', who: 'ada' }, { do: 'launch', who: 'cy' }, ...acts]),
    ),
    { seed, numRuns: 150, endOnFailure: false, examples: [[BACK]] },
  )
}, 300_000)
