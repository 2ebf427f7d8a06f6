/** The rules of one recipient: their country's holidays and working week. */
import { describe, expect, test } from '@jest/globals'
import { PLAN } from '../../test/support/plans.ts'
import type { Plan } from '../plan.ts'
import { isBusinessDay } from './calendar.ts'
import { recipientRulesOf } from './recipient-rules.ts'

const weekdays = [1, 2, 3, 4, 5]
const plan: Plan = { ...PLAN, window: { ...PLAN.window, days: weekdays, business: true } }

describe('days: business', () => {
  test.each([
    ['SA', [1, 2, 3, 4, 7]],
    ['IL', [1, 2, 3, 4, 7]],
    ['IR', [1, 2, 3, 4, 6, 7]],
    // Since 2022.
    ['AE', weekdays],
    ['FR', weekdays],
    [null, weekdays],
  ])('of somebody in %s are %j', (country, days) => {
    expect(recipientRulesOf(plan, { zone: 'UTC', country }).window.days).toEqual(days)
  })

  test('a cadence that names its days keeps them', () => {
    expect(recipientRulesOf(PLAN, { zone: 'UTC', country: 'SA' }).window.days).toEqual(PLAN.window.days)
  })

  test('a Sunday in Riyadh is a business day, a Friday is none', () => {
    const rules = recipientRulesOf(plan, { zone: 'Asia/Riyadh', country: 'SA' })
    expect(isBusinessDay(Date.parse('2026-11-22T10:00+03:00'), rules)).toBe(true)
    expect(isBusinessDay(Date.parse('2026-11-27T10:00+03:00'), rules)).toBe(false)
  })
})
