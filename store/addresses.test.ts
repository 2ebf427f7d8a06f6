/** An address is one person's, whoever is given it at the same moment by whatever way. */
import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { openDatabases } from '../test/support/database.ts'
import { MONDAY } from '../test/support/plans.ts'
import { into, leadsOf, signal, somebody } from '../test/support/store-leads.ts'
import { anyOf, rows } from './db.ts'
import { editLead } from './edit.ts'
import { insertLeads } from './leads.ts'
import { insertSignals } from './signals.ts'

describe.each(await openDatabases())('addresses on %s', (_, { db }) => {
  const { launch } = leadsOf(db)

  test('two who are given one at once see each other', async () => {
    const wanted = Array.from({ length: 30 }, (_, i) => `wanted@w${i}.example`)
    const leads = await launch(
      ...wanted.flatMap((_, i) => [somebody(`a${i}`), somebody(`b${i}`), somebody(`c${i}`)]),
    )
    const at = (i: number, n: number): string => leads[3 * i + n] as string
    const edit = (lead: string, email: string) =>
      editLead(db, { lead, contact: 'main', fields: { email }, now: MONDAY, by: undefined })
    const identified = (lead: string, email: string) =>
      insertSignals(db, [
        {
          ...{ lead, personal: { email } },
          signal: signal('contact.identified', { contact: 'c1', data: { role: 'user' } }),
        },
      ])
    await Promise.all(
      wanted.flatMap((email, i) => [
        edit(at(i, 0), email),
        edit(at(i, 1), email),
        identified(at(i, 2), email),
        insertLeads(db, [{ email, zone: 'UTC' }], into),
      ]),
    )
    const held = await rows<{ email: string; n: number }>(
      db,
      sql`select c.email_key as email, count(*)::int as n from contacts c join leads l on l.id = c.lead_id
          where c.email_key = ${anyOf(wanted)} and l.ended_at is null group by 1`,
    )
    expect(held.map(({ n }) => n)).toEqual(wanted.map(() => 1))
  })
})
