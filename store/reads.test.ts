/** What is read from the store: leads found and listed, counts, benefits, tasks. */

import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { DAY } from '../cadence/time.ts'
import { openDatabases } from '../test/support/database.ts'
import { MONDAY, touchOf } from '../test/support/plans.ts'
import { into, leadsOf, signal, somebody } from '../test/support/store-leads.ts'
import { benefits } from './benefits.ts'
import { insertLeads, setPaused } from './leads.ts'
import { ledgerIn } from './ledger.ts'
import { findLeads } from './lookup.ts'
import { leadDetail, listLeads, summary } from './reads.ts'
import { insertSignals } from './signals.ts'
import { doneTask, insertTask, listTasks } from './tasks.ts'

describe.each(await openDatabases())('looking on %s', (_, { db }) => {
  const { one, end } = leadsOf(db)

  test('finds the open lead of an address, else the latest', async () => {
    const old = await one('finder')
    await end(old)
    const email = 'Finder@finder.example'
    expect((await findLeads(db, [email])).get(email)).toMatchObject({ id: old, ended: true })
    const [fresh] = await insertLeads(db, [somebody('finder')], { ...into, cadence: 'finder2' })
    const found = await findLeads(db, [email, old, 'nobody'])
    expect(found.get(email)).toMatchObject({ id: (fresh as { id: string }).id, ended: false })
    expect(found.get(old)).toMatchObject({ id: old, ended: true })
    expect(found.has('nobody')).toBe(false)
  })

  test('lists by filter, in pages', async () => {
    const list = (
      await insertLeads(
        db,
        Array.from({ length: 7 }, (_, i) => somebody(`page${i}`)),
        { ...into, cadence: 'pages' },
      )
    ).map((r) => ('id' in r ? r.id : ''))
    await end(list[0] as string)
    await db.execute(sql`update leads set cadence = 'pages' where id = ${list[0]}`)
    expect(await listLeads(db, { cadence: 'pages' })).toHaveLength(7)
    expect(await listLeads(db, { cadence: 'pages', open: false })).toMatchObject([{ id: list[0] }])
    expect(await listLeads(db, { cadence: 'pages', outcome: 'lost' })).toHaveLength(1)
    const first = await listLeads(db, { cadence: 'pages', limit: 4 })
    const rest = await listLeads(db, { cadence: 'pages', after: first.at(-1)?.id })
    expect([...first, ...rest].map((l) => l.id)).toEqual([...list].sort())
  })

  test('a pause shows before the workflow has heard of it', async () => {
    const lead = await one('pausing')
    await setPaused(db, lead, MONDAY)
    expect((await leadDetail(db, lead))?.hold).toBe('paused')
    await setPaused(db, lead, undefined)
    expect((await leadDetail(db, lead))?.hold).toBeNull()
  })

  test('counts', async () => {
    const cadence = 'counted'
    const ids = (
      await insertLeads(
        db,
        ['n1', 'n2', 'n3'].map((n) => somebody(n)),
        { ...into, cadence },
      )
    ).map((r) => ('id' in r ? r.id : ''))
    await end(ids[0] as string)
    await db.execute(sql`update leads set cadence = ${cadence} where id = ${ids[0]}`)
    const task = { kind: 'task' as const, wording: null, text: 'Call', for: null, at: MONDAY, due: null }
    await insertTask(db, { ...task, id: 'n/1/a', lead: ids[1] as string })
    await insertTask(db, { ...task, id: 'n/1/b', lead: ids[1] as string })
    await doneTask(db, 'n/1/b', MONDAY)
    expect(await summary(db, cadence)).toEqual({
      ...{
        leads: 3,
        open: 2,
        ended: 1,
        asleep: 0,
        standing: { lead: 3 },
        outcome: { lost: 1 },
        stage: { '': 2 },
      },
      ...{ touches: {}, tasks: { open: 1, done: 1 } },
    })
    expect((await summary(db)).leads).toBeGreaterThan(3)
  })

  test('which benefit sells', async () => {
    const [lead] = await insertLeads(db, [somebody('benefit')], into)
    const id = lead && 'id' in lead ? lead.id : ''
    for (const [step, theme] of [
      ['one', 'ease'],
      ['two', 'ease'],
      ['three', 'support'],
    ] as const) {
      const touch = touchOf(id, step, { theme })
      await ledgerIn(db).claim({
        touch,
        account: null,
        cadence: 'small',
        version: 1,
        slot: MONDAY,
        token: step,
        now: MONDAY,
      })
      await ledgerIn(db).settle({ key: touch.key, token: step, status: 'accepted', now: MONDAY })
    }
    const likes = signal('interest.expressed', { data: { level: 'general', theme: 'ease' } })
    await insertSignals(db, [{ lead: id, signal: likes }])
    expect(await benefits(db)).toEqual([
      { theme: 'ease', sent: 2, leads: 1, answered: 1, won: 0 },
      { theme: 'support', sent: 1, leads: 1, answered: 0, won: 0 },
    ])
    await db.execute(sql`update leads set standing = 'customer' where id = ${id}`)
    expect((await benefits(db))[0]).toMatchObject({ theme: 'ease', won: 1 })
  })

  test('tasks: to do first; done once; the same touch twice is one', async () => {
    const lead = await one('desk', { company: 'Desk & Co' })
    const task = {
      lead,
      kind: 'task' as const,
      wording: null,
      text: 'Call Zoé',
      for: 'claire',
      due: MONDAY + DAY,
    }
    await insertTask(db, { ...task, id: `${lead}/1/a`, at: MONDAY })
    await insertTask(db, { ...task, id: `${lead}/1/b`, at: MONDAY + 1 })
    await insertTask(db, { ...task, id: `${lead}/1/a`, at: MONDAY })
    expect(await doneTask(db, `${lead}/1/a`, MONDAY + 9)).toEqual({ heard: false, before: null })
    await doneTask(db, `${lead}/1/a`, MONDAY + 99)
    expect(await doneTask(db, 'nothing', MONDAY)).toBe(false)
    const listed = await listTasks(db, { lead })
    expect(listed.map((t) => [t.id, t.doneAt])).toEqual([
      [`${lead}/1/b`, null],
      [`${lead}/1/a`, MONDAY + 9],
    ])
    expect(listed[0]).toMatchObject({ ...task, at: MONDAY + 1, company: 'Desk & Co' })
    expect(await listTasks(db, { lead, open: true })).toHaveLength(1)
  })
})
