/** An attempt that comes before its moment, because a timer of another clock went off, does nothing. */
import { describe, expect, test } from '@jest/globals'
import { delayTouch } from '../../cadence/after-attempt.ts'
import { newLead } from '../../cadence/lead.ts'
import { DAY } from '../../cadence/time.ts'
import { openDatabases } from '../../test/support/database.ts'
import { MONDAY, touchOf } from '../../test/support/plans.ts'
import { touchesOn } from '../../test/support/touches.ts'
import { EARLY_MS } from './retry-policy.ts'

describe.each(await openDatabases())('too early, on %s', (_, { db }) => {
  test.each(['attempt', 'deliver'] as const)('%s says when to come again', async (way) => {
    const { activities, clock, mailbox, launch, order, ledger } = touchesOn(db)
    const lead = await launch()
    const slot = MONDAY + DAY
    expect(await activities[way](order(touchOf(lead, 'hello'), slot))).toMatchObject({
      ...{ kind: 'later', now: MONDAY, notBefore: slot, delay: { code: 'too_early' } },
    })
    expect(mailbox.tried).toEqual([])
    expect(await ledger(lead)).toEqual([])
    // A timer may be a little early by another machine's clock.
    clock.at = slot - EARLY_MS
    expect((await activities[way](order(touchOf(lead, 'hello'), slot))).kind).toBe('done')
    expect(mailbox.sent).toHaveLength(1)
  })

  test('what was done already is known all the same', async () => {
    const { activities, clock, launch, order } = touchesOn(db)
    const lead = await launch()
    expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
    clock.at -= DAY
    expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
  })
})

test('the lead goes on from what the clock says, not from the moment that has not come', () => {
  const woken = { ...newLead('l', MONDAY), now: MONDAY + 14 * DAY }
  const put = { until: MONDAY + 14 * DAY, delay: { code: 'too_early' } as const }
  const { lead, changes } = delayTouch(woken, touchOf('l', 'hello'), MONDAY + DAY, put)
  expect(lead.now).toBe(MONDAY + DAY)
  expect(changes).toMatchObject([{ kind: 'delayed', at: MONDAY + DAY, until: MONDAY + 14 * DAY }])
})
