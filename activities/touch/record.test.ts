/** Recording a turn: the slot it reserves, what it shows, when the lead wakes. */

import { describe, expect, test } from '@jest/globals'
import { FORMAT } from '../../cadence/format.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import { newId } from '../../store/ids.ts'
import { leadDetail } from '../../store/reads.ts'
import { openDatabases } from '../../test/support/database.ts'
import { fixedClock } from '../../test/support/fixed-clock.ts'
import { MONDAY, touchOf, want } from '../../test/support/plans.ts'
import { touchesOn } from '../../test/support/touches.ts'
import { createActivities } from '../index.ts'

const WEEK = 7 * DAY

describe.each(await openDatabases())('record on %s', (_, { db }) => {
  test('reserves the mailbox’s slot, one for each lead', async () => {
    const { activities, launch, turn } = touchesOn(db)
    const [a, b] = [await launch(), await launch()]
    const first = await activities.record(turn(a, 1, MONDAY, { want: want('email', MONDAY) }))
    expect(first).toMatchObject({ slot: MONDAY, wake: MONDAY, waitMs: 0 })
    const second = await activities.record(turn(b, 1, MONDAY, { want: want('email', MONDAY) }))
    expect(second).toMatchObject({ slot: MONDAY + 1000, waitMs: 1000 })
    expect((await leadDetail(db, b))?.endedAt).toBeNull()
  })

  test('again, or after something else was wanted, gives the slot back first', async () => {
    const { activities, plan, launch, turn, slotsOf } = touchesOn(db)
    const lead = await launch()
    const email = turn(lead, 1, MONDAY, { want: want('email', MONDAY) })
    expect(await activities.record(email)).toEqual(await activities.record(email))
    expect(await slotsOf(plan.from)).toBe(1)
    await activities.record(turn(lead, 2, MONDAY, { want: want('task', MONDAY) }))
    expect(await slotsOf(plan.from)).toBe(0)
  })

  test('the same turn at the same moment, by several workers, reserves one slot, and all are told of it', async () => {
    const { deps, plan, launch, turn, slotsOf } = touchesOn(db)
    const lead = await launch()
    const email = turn(lead, 1, MONDAY, { want: want('email', MONDAY) })
    const workers = Array.from({ length: 4 }, () => createActivities(deps))
    const answers = await Promise.all([...workers, ...workers].map((worker) => worker.record(email)))
    expect(new Set(answers.map(({ slot }) => slot))).toEqual(new Set([MONDAY]))
    expect(await slotsOf(plan.from)).toBe(1)
  })

  test('shows what comes next', async () => {
    const { activities, launch, turn } = touchesOn(db)
    const lead = await launch()
    const base = turn(lead, 1, MONDAY, { want: want('email', MONDAY, { waits: [{ n: 1, unit: 'bd' }] }) })
    const view = { ...base.view, next: { step: 'hello', kind: 'email' as const } }
    const answer = await activities.record({ ...base, view })
    expect(answer.slot).toBe(MONDAY + DAY)
    expect((await leadDetail(db, lead))?.next).toMatchObject({
      ...{ step: 'hello', kind: 'email', at: answer.slot, why: answer.why },
    })
    expect(answer.why).toMatchObject([{ code: 'waited', waits: [{ n: 1, unit: 'bd' }] }])
  })

  test('plans by the holidays of the region a lead is in', async () => {
    const { activities, clock, plan, launch, turn } = touchesOn(db)
    plan.window = { ...plan.window, holidays: 'FR' }
    const eve = Date.parse('2027-01-05T10:00+01:00')
    clock.at = eve
    const next = async (region: string): Promise<number | undefined> => {
      const lead = await launch({ country: 'DE', region, zone: 'Europe/Berlin' })
      const waits = [{ n: 1, unit: 'bd' as const }]
      return (await activities.record(turn(lead, 1, eve, { want: want('email', eve, { waits }) }))).slot
    }
    // Epiphany is a holiday in Bavaria.
    expect([await next('DE-BE'), await next('DE-BY')]).toEqual([eve + DAY, eve + 2 * DAY])
  })

  test('wakes for what is sooner, the slot or another look; for neither when there is neither', async () => {
    const { activities, launch, turn } = touchesOn(db)
    const lead = await launch()
    const input = turn(lead, 1, MONDAY, { want: want('email', MONDAY + DAY), again: MONDAY + HOUR })
    expect(await activities.record(input)).toMatchObject({
      ...{ slot: MONDAY + DAY, wake: MONDAY + HOUR, waitMs: HOUR },
    })
    expect(await activities.record(turn(lead, 2, MONDAY, { again: MONDAY + HOUR }))).toMatchObject({
      ...{ wake: MONDAY + HOUR, waitMs: HOUR },
    })
    expect(await activities.record(turn(lead, 3, MONDAY))).toEqual({
      ...{ format: FORMAT, details: "every stage's goal is met; waits for the deal" },
    })
  })

  test('a moment’s noise of the machine changes nothing; an outage is planned again from now', async () => {
    const { clock, activities, launch, turn } = touchesOn(db)
    const lead = await launch()
    clock.at = MONDAY + 9000
    const noise = await activities.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))
    expect(noise.slot).toBe(MONDAY)
    clock.at = MONDAY + 2 * DAY
    const outage = await activities.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))
    expect(outage.slot).toBe(MONDAY + 2 * DAY)
  })

  test('being late is judged in real time', async () => {
    const { deps, carrier, launch, turn } = touchesOn(db)
    const lead = await launch()
    const fast = fixedClock(MONDAY + 9 * DAY, 86_400)
    const sped = carrier({ ...deps, clock: fast })
    const answer = await sped.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))
    expect(answer.slot).toBe(MONDAY)
  })

  test('puts nobody over their cap, and counts what was sent', async () => {
    const { clock, activities, launch, turn, order } = touchesOn(db)
    const lead = await launch()
    await activities.attempt(order(touchOf(lead, 'hello'), MONDAY, 1))
    clock.at = MONDAY + DAY
    await activities.attempt(order(touchOf(lead, 'gain'), MONDAY + DAY, 2))
    const third = await activities.record(turn(lead, 3, clock.at, { want: want('email', clock.at) }))
    expect(third.slot).toBe(MONDAY + WEEK)
  })

  test('colleagues that plan at one moment share their account’s cap, and no slot', async () => {
    const { activities, launch, turn } = touchesOn(db)
    const company = `${newId()}.example`
    const leads = await Promise.all(
      Array.from({ length: 8 }, (_, i) => launch({ email: `p${i}@${company}` })),
    )
    const planned = await Promise.all(
      leads.map((lead) => activities.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))),
    )
    const slots = planned.map(({ slot }) => slot as number).sort((a, b) => a - b)
    expect(new Set(slots).size).toBe(8)
    for (const slot of slots) {
      expect(slots.filter((other) => other >= slot && other < slot + WEEK).length).toBeLessThanOrEqual(3)
    }
    expect(slots[2]).toBeLessThan(MONDAY + DAY)
  })

  test('an older turn that comes late is told what is on record', async () => {
    const { activities, launch, turn } = touchesOn(db)
    const lead = await launch()
    const now = await activities.record(turn(lead, 2, MONDAY + 5, { want: want('email', MONDAY + DAY) }))
    const late = await activities.record(turn(lead, 1, MONDAY, { want: want('email', MONDAY) }))
    expect(late).toEqual(now)
  })
})
