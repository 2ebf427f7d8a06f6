import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { DAY } from '../cadence/time.ts'
import { KINDS, openDatabase } from '../test/support/database.ts'
import { MONDAY } from '../test/support/plans.ts'
import { at, type Db } from './db.ts'
import { newId } from './ids.ts'
import { insertLeads } from './leads.ts'
import type { Store } from './open.ts'
import { FullStretches, firstFree, type MailboxUse } from './slots.ts'

describe('full stretches', () => {
  let real = 0
  let full = new FullStretches(() => real)
  beforeEach(() => {
    real = 0
    full = new FullStretches(() => real)
  })

  test('are skipped, whoever found them, and forgotten after a minute', () => {
    full.add('a', 10, 20)
    full.add('a', 30, 40)
    full.add('a', 20, 30)
    expect([5, 10, 25, 39, 40].map((t) => full.skip('a', t))).toEqual([5, 40, 40, 40, 40])
    expect(full.skip('b', 10)).toBe(10)
    real = 60_001
    expect(full.skip('a', 10)).toBe(10)
  })

  test('are looked at again where something became free', () => {
    full.add('a', 10, 20)
    full.open('a', 15)
    expect(full.skip('a', 10)).toBe(10)
    full.open('b', 15)
  })

  test('are those that were added, in any order', () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 20 }), (stretches) => {
        const some = new FullStretches(() => 0)
        const taken = new Set<number>()
        for (const [from, length] of stretches) {
          some.add('m', from, from + length)
          for (let t = from; t < from + length; t++) taken.add(t)
        }
        for (let t = 0; t < 80; t++) {
          let free = t
          while (taken.has(free)) free += 1
          expect(some.skip('m', t)).toBe(free)
        }
      }),
    )
  })
})

describe.each(KINDS)('the first free slot on %s', (kind) => {
  const MINUTE = 60_000
  let store: Store
  let db: Db
  let mailbox: MailboxUse

  beforeAll(async () => {
    store = await openDatabase(kind)
    db = store.db
  }, 120_000)
  afterAll(() => store.close())
  beforeEach(() => {
    mailbox = { name: newId(), spacing: MINUTE }
  })

  const find = (from: number): Promise<number> => firstFree(db, mailbox, from, new FullStretches())
  async function reserve(...slots: number[]): Promise<void> {
    const people = slots.map((_, i) => ({ email: `p${i}@${mailbox.name}.example`, zone: 'UTC' }))
    const leads = await insertLeads(db, people, { cadence: 'c', version: 1, now: MONDAY })
    for (const [i, slot] of slots.entries()) {
      const { id } = leads[i] as { id: string }
      await db.execute(
        sql`insert into slots (mailbox, at, lead_id) values (${mailbox.name}, ${at(slot)}, ${id})`,
      )
    }
  }
  async function sent(slot: number): Promise<void> {
    const people = [{ email: `sent@${mailbox.name}.example`, zone: 'UTC' }]
    const [lead] = await insertLeads(db, people, { cadence: 'c', version: 1, now: MONDAY })
    const { id } = lead as { id: string }
    await db.execute(
      sql`insert into touches (key, lead_id, visit, step, kind, name, contact, cadence, version, stage, urgency,
            status, token, slot, attempts, claimed_at, mailbox)
          values (${id}, ${id}, 1, 's', 'email', 'n', 'main', 'c', 1, 's', 'u', 'accepted', 't', ${at(slot)}, 1,
            ${at(slot)}, ${mailbox.name})`,
    )
  }

  test('is the one asked for, unless it is reserved or was used', async () => {
    expect(await find(MONDAY)).toBe(MONDAY)
    await reserve(MONDAY, MONDAY + MINUTE, MONDAY + 3 * MINUTE)
    await sent(MONDAY + 2 * MINUTE)
    expect(await find(MONDAY)).toBe(MONDAY + 4 * MINUTE)
    expect(await find(MONDAY + 3 * MINUTE)).toBe(MONDAY + 4 * MINUTE)
    expect(await find(MONDAY - MINUTE)).toBe(MONDAY - MINUTE)
  })

  test('is found behind more than is looked at in one go', async () => {
    await reserve(...Array.from({ length: 120 }, (_, i) => MONDAY + i * MINUTE))
    expect(await find(MONDAY)).toBe(MONDAY + 120 * MINUTE)
  })

  test('is on the next day once the day is full', async () => {
    mailbox.perDay = 2
    const midnight = Math.floor(MONDAY / DAY) * DAY
    await reserve(MONDAY, midnight + DAY)
    expect(await find(MONDAY)).toBe(MONDAY + MINUTE)
    await sent(MONDAY + 5 * MINUTE)
    expect(await find(MONDAY)).toBe(midnight + DAY + MINUTE)
  })
})
