/** What transactions do to each other's slots: on databases only, for the twin has one caller at a time. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { DateTime } from 'luxon'
import type { Instant } from '../cadence/time.ts'
import { KINDS, openDatabase } from '../test/support/database.ts'
import { MONDAY } from '../test/support/plans.ts'
import { FullStretches } from './full-stretches.ts'
import { newId } from './ids.ts'
import type { Store } from './open.ts'
import { slotsIn } from './slots.ts'
import type { MailboxUse } from './slots-port.ts'

describe.each(KINDS)('slots of many at once on %s', (kind) => {
  let store: Store

  beforeAll(async () => {
    store = await openDatabase(kind)
  }, 120_000)
  afterAll(() => store.close())

  /** Finds and reserves a slot in a transaction, as a turn does, in a process of its own. */
  const plan = (use: MailboxUse, from = MONDAY): Promise<Instant> =>
    store.db.transaction(async (tx) => {
      const slots = slotsIn(tx, new FullStretches())
      for (;;) {
        const at = await slots.firstFree(use, from)
        if (await slots.reserve({ mailbox: use.name, at, lead: newId(), account: null })) return at
      }
    })

  test('are each one lead’s', async () => {
    const use = { name: newId(), spacing: 60_000 }
    const found = await Promise.all(Array.from({ length: 30 }, () => plan(use)))
    expect(new Set(found)).toEqual(new Set(Array.from({ length: 30 }, (_, i) => MONDAY + i * 60_000)))
  })

  test.each([
    ['UTC', '2026-11-23T09:00Z'],
    ['America/Los_Angeles', '2026-10-30T15:00-07:00'],
    ['America/Los_Angeles', '2026-03-05T15:00-08:00'],
  ])('never are more than the mailbox’s daily cap, on days in %s from %s on', async (zone, from) => {
    const use = { name: newId(), spacing: 60_000, perDay: { count: 4, zone } }
    // Each looks from a moment of its own, so that no two want the same slot.
    const found = await Promise.all(
      Array.from({ length: 30 }, (_, i) => plan(use, Date.parse(from) + i * 60_000)),
    )
    const days = found.map((at) => DateTime.fromMillis(at, { zone }).toISODate())
    const perDay = [...new Set(days)].map((day) => days.filter((one) => one === day).length)
    expect(perDay.sort()).toEqual([2, 4, 4, 4, 4, 4, 4, 4])
  })
})
