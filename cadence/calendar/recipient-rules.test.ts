/** The rules of one recipient: their country's holidays and working week. */
import { describe, expect, test } from '@jest/globals'
import { PLAN } from '../../test/support/plans.ts'
import type { Plan } from '../plan.ts'
import { isBusinessDay } from './calendar.ts'
import { recipientRulesOf } from './recipient-rules.ts'

const weekdays = [1, 2, 3, 4, 5]
const plan: Plan = { ...PLAN, window: { ...PLAN.window, days: weekdays, business: true } }

describe('holidays', () => {
  const observing = (holidays: string): Plan => ({ ...PLAN, window: { ...PLAN.window, holidays } })

  test.each([
    ['FR', 'DE', 'DE-BY', 'DE-BY'],
    ['DE', 'DE', 'DE-BY-A', 'DE-BY-A'],
    ['DE-BY', 'DE', 'DE-BE', 'DE-BE'],
    ['DE-BY', 'DE', null, 'DE-BY'],
    ['FR', 'DE', null, 'DE'],
    ['FR', null, null, 'FR'],
    // A region that is known no longer.
    ['FR', 'DE', 'DE-XX', 'DE'],
  ])('%s, of somebody in %s, %s are those of %s', (observed, country, region, holidays) => {
    expect(recipientRulesOf(observing(observed), { zone: 'UTC', country, region }).holidays).toBe(holidays)
  })

  test('Epiphany is a working day in Berlin, and none in Munich', () => {
    const at = Date.parse('2026-01-06T10:00+01:00')
    const works = (region: string): boolean =>
      isBusinessDay(at, recipientRulesOf(observing('FR'), { zone: 'Europe/Berlin', country: 'DE', region }))
    expect([works('DE-BE'), works('DE-BY')]).toEqual([true, false])
  })

  test('a cadence that observes none keeps none', () => {
    const rules = recipientRulesOf(PLAN, { zone: 'UTC', country: 'DE', region: 'DE-BY' })
    expect(rules.holidays).toBe(PLAN.window.holidays)
  })
})

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
