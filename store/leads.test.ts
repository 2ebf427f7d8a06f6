/** Launching: who becomes a lead, who is one already, and whose account they share. */

import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { openDatabases } from '../test/support/database.ts'
import { MONDAY } from '../test/support/plans.ts'
import { into, leadsOf, somebody } from '../test/support/store-leads.ts'
import { listContacts } from './contacts.ts'
import { insertLeads, markStarted, pendingStarts } from './leads.ts'
import { leadDetail } from './reads.ts'
import { suppress } from './suppressions.ts'

describe.each(await openDatabases())('launching on %s', (_, { db }) => {
  const { launch, one, end } = leadsOf(db)

  test('writes the lead and its main contact', async () => {
    const person = somebody('Ines', {
      firstName: 'Inès',
      lastName: "O'Brien; drop table leads",
      title: 'CFO',
      phone: '+33 1',
      company: 'Fonderie “Roux”',
      country: 'FR',
      locale: 'fr',
      owner: 'claire',
      role: 'decision_maker',
      source: 'fair',
      externalId: '00Q1',
      custom: { siret: '123', remark: 'a\nb\t"c"' },
    })
    const id = await one('Ines', person)
    const found = await leadDetail(db, id)
    expect(found).toMatchObject({
      ...{ id, email: 'Ines@Ines.example', firstName: 'Inès', lastName: "O'Brien; drop table leads" },
      ...{ company: 'Fonderie “Roux”', country: 'FR', zone: 'Europe/Paris', locale: 'fr', owner: 'claire' },
      ...{
        source: 'fair',
        externalId: '00Q1',
        custom: person.custom,
        launchedAt: MONDAY,
        standing: 'lead',
      },
      ...{ stage: '', hold: null, outcome: null, endedAt: null, next: null, facts: null },
    })
    expect(await listContacts(db, id)).toEqual([
      {
        ...{ id: 'main', email: 'Ines@Ines.example', firstName: 'Inès', lastName: person.lastName },
        ...{ title: 'CFO', phone: '+33 1', role: 'decision_maker' },
      },
    ])
  })

  test('launches nobody twice: not in one list, not in a second one, not in another case', async () => {
    const first = await insertLeads(db, [somebody('twice'), somebody('TWICE'), somebody('once')], into)
    expect(first.map((r) => r.kind)).toEqual(['inserted', 'already', 'inserted'])
    const again = await insertLeads(db, [somebody('Twice'), somebody('once')], into)
    expect(again).toEqual([
      { kind: 'already', zone: 'Europe/Paris', id: (first[0] as { id: string }).id },
      { kind: 'already', zone: 'Europe/Paris', id: (first[2] as { id: string }).id },
    ])
  })

  test('an ended lead is not launched again by the same list, but may be by another cadence', async () => {
    const id = await one('ended')
    await end(id)
    const again = await insertLeads(db, [somebody('ended')], into)
    expect(again).toEqual([{ kind: 'already', id, zone: 'Europe/Paris', ended: true }])
    const elsewhere = await insertLeads(db, [somebody('ended')], { ...into, cadence: 'other' })
    expect(elsewhere).toMatchObject([{ kind: 'inserted' }])
    const third = await insertLeads(db, [somebody('ended')], { ...into, cadence: 'third' })
    expect(third).toMatchObject([{ kind: 'elsewhere', cadence: 'other' }])
  })

  test('a suppressed address is not launched', async () => {
    await suppress(db, 'NO@no.example', 'unsubscribed', MONDAY)
    expect(await insertLeads(db, [somebody('no')], into)).toEqual([
      { kind: 'suppressed', reason: 'unsubscribed' },
    ])
  })

  test('launched by ten at the same moment, each is launched once', async () => {
    const people = Array.from({ length: 20 }, (_, i) => somebody(`crowd${i}`))
    const results = await Promise.all(Array.from({ length: 10 }, () => insertLeads(db, people, into)))
    const inserted = results.flat().filter((r) => r.kind === 'inserted')
    expect(inserted).toHaveLength(20)
    const ids = new Set(results.flat().map((r) => 'id' in r && r.id))
    expect(ids.size).toBe(20)
  })

  test('more than fit in one statement keep their order', async () => {
    const people = Array.from({ length: 2100 }, (_, i) => somebody(`many${i}`))
    const results = await insertLeads(db, people, into)
    const ids = results.map((r) => ('id' in r ? r.id : ''))
    expect(new Set(ids).size).toBe(2100)
    expect((await leadDetail(db, ids[1733] as string))?.email).toBe('many1733@many1733.example')
  })

  test('leads wait to be started, with what their workflow needs', async () => {
    const id = await one('starter', { role: 'user' })
    const all = await pendingStarts(db, 100_000)
    expect(all.find((start) => start.id === id)).toEqual({
      ...{ id, cadence: 'small', version: 1, launchedAt: MONDAY, role: 'user' },
    })
    await markStarted(db, [id])
    expect((await pendingStarts(db, 100_000)).some((start) => start.id === id)).toBe(false)
  })

  test('colleagues share an account by domain, or by company where the domain is everybody’s', async () => {
    const ids = await launch(
      { email: 'a@acme.example', zone: 'UTC' },
      { email: 'b@ACME.example', zone: 'UTC', company: 'Something else' },
      { email: 'a1@gmail.com', zone: 'UTC', company: 'Bakery  Ltd' },
      { email: 'a2@gmail.com', zone: 'UTC', company: 'bakery ltd' },
      { email: 'a3@gmail.com', zone: 'UTC' },
    )
    const found = await db.execute(sql`select id, account_id from leads where account_id is not null`)
    const of = new Map(
      (found as unknown as { rows: { id: string; account_id: string }[] }).rows.map((r) => [
        r.id,
        r.account_id,
      ]),
    )
    const [a, b, c, d, e] = ids.map((id) => of.get(id))
    expect(a).toBe(b)
    expect(c).toBe(d)
    expect(a).not.toBe(c)
    expect(e).toBeUndefined()
  })
})
