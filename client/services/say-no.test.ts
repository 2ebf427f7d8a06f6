/** Who said no stays no: every door does the same one thing. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { fold } from '../../cadence/fold.ts'
import { newLead } from '../../cadence/lead.ts'
import type { Signal } from '../../cadence/signals.ts'
import { getCadence } from '../../store/cadences.ts'
import { rows } from '../../store/db.ts'
import { insertLeads } from '../../store/leads.ts'
import { findLeads, signalWords } from '../../store/lookup.ts'
import { suppressionsOf } from '../../store/suppression-list.ts'
import { apiOn, csv, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended, started } from '../../test/support/leads.ts'
import { drop } from './commands.ts'
import { launch } from './launch.ts'
import { sayNo } from './say-no.ts'
import { sendSignal } from './signals.ts'

const caseFile = (name: string): Uint8Array =>
  readFileSync(new URL(`../../test/cases/data-and-mail/twice/${name}`, import.meta.url))

describe.each(await openDatabases())('a no on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let n = 0

  beforeAll(async () => {
    for (const name of ['first', 'second', 'third']) await publishPlan(store, name)
  })
  beforeEach(() => {
    n += 1
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  /** A person with an open lead; and another lead, which knows them as a contact (from before that was refused). */
  async function person(): Promise<{ email: string; lead: string; other: string }> {
    const email = `lea@doors-${n}.example`
    const lead = await started(store, email)
    const other = await started(store, `max@doors-${n}-b.example`)
    await store.db.execute(
      sql`insert into contacts (lead_id, id, email, email_key) values (${other}, 'c1', ${email}, ${email})`,
    )
    return { email, lead, other }
  }

  /** What a lead's rules make of the signals that are on record. */
  async function rulesOf(id: string) {
    const { plan } = (await getCadence(store.db, 'first')) ?? {}
    if (!plan) throw new Error('not published')
    let lead = newLead(id, NOW - 1)
    for (const { type, at, seen, data, contact, id: signal } of await signalWords(store.db, id)) {
      const arrival: Signal = { id: signal, type, at, seen, data, ...(contact && { contact }) }
      lead = fold(lead, plan, arrival).lead
    }
    return lead
  }

  const doors: [name: string, walk: (who: { email: string; lead: string }) => Promise<unknown>][] = [
    ['a signal', ({ lead }) => sendSignal(api.deps, { lead, type: 'unsubscribed' })],
    ['a signal to the address', ({ email }) => sendSignal(api.deps, { lead: email, type: 'unsubscribed' })],
    ['a complaint', ({ lead }) => sendSignal(api.deps, { lead, type: 'email.complained' })],
    ['a drop', ({ lead }) => drop(api.deps, lead, 'opted_out')],
    [
      'a drop while Temporal is away',
      ({ lead }) => {
        api.workflows.away = true
        return drop(api.deps, lead, 'opted_out')
      },
    ],
    [
      'a row of a list',
      ({ email }) =>
        launch(api.deps, {
          cadence: 'third',
          csv: new TextEncoder().encode(`email,first_name,Email Opt Out\n${email},Léa,1\n`),
        }),
    ],
    [
      'an entry of a list',
      ({ email }) =>
        sayNo(api.deps, [{ email: email.toUpperCase(), reason: 'asked', at: NOW, source: 'list' }]),
    ],
    [
      'a domain',
      ({ email }) =>
        sayNo(api.deps, [{ email: email.replace(/^.*@/, '@'), reason: 'asked', at: NOW, source: 'list' }]),
    ],
  ]
  test.each(doors)(
    '%s: kept, told to every lead that knows them, and nobody launches them',
    async (_, walk) => {
      const { email, lead, other } = await person()
      await walk({ email, lead })
      expect(await suppressionsOf(store.db, email)).toHaveLength(1)
      expect((await rulesOf(lead)).ending).toMatchObject({ outcome: 'opted_out' })
      const theirs = await rulesOf(other)
      expect(theirs.ending).toBeUndefined()
      expect(Object.keys(theirs.facts.out)).toEqual(['c1'])
      await ended(store, lead)
      const again = await launch(api.deps, { cadence: 'second', csv: csv(`${email},Léa,Atelier`) })
      expect(again.refused).toMatchObject([{ code: 'suppressed' }])
    },
  )

  test('said to a lead that has ended, it holds, and says so', async () => {
    const { email, lead } = await person()
    await ended(store, lead)
    api.workflows.gone.add(lead)
    expect(await sendSignal(api.deps, { lead, type: 'unsubscribed' })).toMatchObject({
      ...{ ended: true, suppressed: true },
    })
    expect(await suppressionsOf(store.db, email)).toHaveLength(1)
    expect((await drop(api.deps, lead, 'opted_out')).done).toEqual({ code: 'suppressed' })
  })

  test('what is no no says nothing of it', async () => {
    const { lead } = await person()
    expect(await sendSignal(api.deps, { lead, type: 'demo.held' })).not.toHaveProperty('suppressed')
  })

  test('a bounce is less than a no, whichever comes first', async () => {
    const { email, lead } = await person()
    await sendSignal(api.deps, { lead, type: 'email.bounced', fields: { hard: true } })
    expect(await suppressionsOf(store.db, email)).toMatchObject([{ reason: 'bounced' }])
    await sendSignal(api.deps, { lead, type: 'unsubscribed' })
    expect(await suppressionsOf(store.db, email)).toMatchObject([{ reason: 'unsubscribed' }])
    await sendSignal(api.deps, { lead, type: 'email.bounced', fields: { hard: true } })
    expect(await suppressionsOf(store.db, email)).toMatchObject([{ reason: 'unsubscribed' }])
    expect((await rulesOf(lead)).facts.out).toMatchObject({ main: { value: 'unsubscribed' } })
  })

  test('said once more, nobody hears it twice', async () => {
    const { email, other } = await person()
    const no = { email, reason: 'asked' as const, source: 'list' as const }
    await sayNo(api.deps, [{ ...no, at: NOW }])
    await sayNo(api.deps, [{ ...no, at: NOW + 1 }])
    expect(await signalWords(store.db, other)).toHaveLength(1)
  })

  test('a row that says no ends the lead in flight at once, and the report names it; dry, it only says so', async () => {
    const first = await launch(api.deps, { cadence: 'first', csv: caseFile('first.csv') })
    expect(first).toMatchObject({ launched: 1, suppressed: 0, stopped: [] })
    const lead = (await findLeads(store.db, ['opt2@later.example'])).get('opt2@later.example')?.id as string
    const dry = await launch(api.deps, { cadence: 'second', csv: caseFile('second.csv'), dryRun: true })
    const stopped = [{ row: 2, lead, cadence: 'first' }]
    expect(dry).toMatchObject({ launched: 0, suppressed: 1, stopped, dryRun: true })
    expect(await suppressionsOf(store.db, 'opt2@later.example')).toEqual([])
    expect(await signalWords(store.db, lead)).toEqual([])

    const wet = await launch(api.deps, { cadence: 'second', csv: caseFile('second.csv') })
    expect({ ...wet, dryRun: true }).toEqual(dry)
    expect((await rulesOf(lead)).ending).toMatchObject({ outcome: 'opted_out' })
    expect(await suppressionsOf(store.db, 'opt2@later.example')).toMatchObject([
      { reason: 'unsubscribed', source: 'row', note: 'row 2' },
    ])
    // Nothing is sent from this moment on, whatever the workflow has heard.
    const open = await rows(store.db, sql`select from signals where lead_id = ${lead} and not folded`)
    expect(open).toHaveLength(1)
    expect(await launch(api.deps, { cadence: 'third', csv: caseFile('first.csv') })).toMatchObject({
      launched: 0,
      refused: [{ code: 'suppressed' }],
    })
  })

  test('a domain stands for all of its addresses and subdomains, and for no other domain', async () => {
    const domain = `atelier-${n}.example`
    await sayNo(api.deps, [{ email: `@${domain}`, reason: 'asked', at: NOW, source: 'list' }])
    const launched = async (email: string): Promise<string | undefined> =>
      (await insertLeads(store.db, [{ email, zone: 'UTC' }], { cadence: 'first', version: 1, now: NOW }))[0]
        ?.kind
    expect(await launched(`Lea@${domain}`)).toBe('suppressed')
    expect(await launched(`lea@mail.${domain}`)).toBe('suppressed')
    expect(await launched(`lea@not${domain}`)).toBe('inserted')
    expect(await launched(`lea@${domain}.org`)).toBe('inserted')
  })
})
