import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Cap } from '../plan.ts'
import { addFixed, DAY, HOUR, parseWait, type Wait } from '../time.ts'
import { nextAllowed } from './caps.ts'

const at = (iso: string): number => Date.parse(iso)
const cap = (count: number, per: string): Cap => ({ count, per: parseWait(per) as Wait })

describe('nextAllowed', () => {
  const monday = at('2026-11-23T10:00Z')
  test.each([
    ['nothing before it', [], monday, cap(1, '1w'), monday],
    ['one of two', [monday - DAY], monday, cap(2, '1w'), monday],
    ['both used', [monday - DAY, monday - 2 * DAY], monday, cap(2, '1w'), monday + 5 * DAY],
    ['the moment the first is a week ago', [monday - DAY, monday - 7 * DAY], monday, cap(2, '1w'), monday],
    ['a moment before that', [monday - DAY, monday - 7 * DAY + 1], monday, cap(2, '1w'), monday + 1],
    ['before a reservation', [monday + 2 * DAY], monday, cap(1, '1w'), monday + 9 * DAY],
    ['between two', [monday - 3 * DAY, monday + 3 * DAY], monday, cap(2, '1w'), monday + 4 * DAY],
    ['well before one', [monday + 8 * DAY], monday, cap(1, '1w'), monday],
    [
      'over a chain of them',
      [monday - DAY, monday + 6 * DAY, monday + 13 * DAY],
      monday,
      cap(1, '1w'),
      monday + 20 * DAY,
    ],
    ['two at one moment', [monday, monday], monday, cap(2, '1d'), monday + DAY],
    [
      'already over it, elsewhere',
      [monday - 20 * DAY, monday - 20 * DAY, monday - 20 * DAY],
      monday,
      cap(2, '1w'),
      monday,
    ],
    ['a month from the 31st', [at('2026-01-31T10:00Z')], at('2026-02-01'), cap(1, '1mo'), at('2026-03-01')],
    [
      'a month from the 15th',
      [at('2026-01-15T10:00Z')],
      at('2026-02-01'),
      cap(1, '1mo'),
      at('2026-02-15T10:00Z'),
    ],
    ['a year from a leap day', [at('2028-02-29T10:00Z')], at('2028-03-01'), cap(1, '1y'), at('2029-03-01')],
  ])('%s', (_, times, from, limit, next) => {
    expect(nextAllowed(times, from, limit)).toBe(next)
  })

  test('a cap of none is refused', () => {
    expect(() => nextAllowed([], 0, cap(0, '1w'))).toThrow(RangeError)
  })

  const hours = fc.integer({ min: 0, max: 300 })
  const limits = fc.record({
    count: fc.integer({ min: 1, max: 4 }),
    per: fc.record({ n: fc.integer({ min: 0, max: 90 }), unit: fc.constant('h' as const) }),
  })

  test('is the first hour that an hour-by-hour search finds', () => {
    fc.assert(
      fc.property(fc.array(hours, { maxLength: 12 }), hours, limits, (times, from, limit) => {
        const touches = times.map((h) => h * HOUR)
        let t = from * HOUR
        while (over([...touches, t], t, limit)) t += HOUR
        expect(nextAllowed(touches, from * HOUR, limit)).toBe(t)
      }),
      { numRuns: 2000 },
    )
  })

  test('months and years: never over, and asking again from anywhere before it gives the same', () => {
    const days = fc.integer({ min: 0, max: 800 }).map((d) => at('2027-01-15T09:30Z') + d * DAY)
    const per = fc.constantFrom('1mo', '2mo', '7mo', '1y').map((text) => parseWait(text) as Wait)
    const months = fc.record({ count: fc.integer({ min: 1, max: 3 }), per })
    fc.assert(
      fc.property(fc.array(days, { maxLength: 10 }), days, months, fc.nat(), (times, from, limit, later) => {
        const t = nextAllowed(times, from, limit)
        expect(over([...times, t], t, limit)).toBe(false)
        expect(nextAllowed(times, from + Math.min(t - from, later), limit)).toBe(t)
      }),
      { numRuns: 1000 },
    )
  })
})

/** The cap, naively: does a stretch that begins with a touch and holds `t` hold too many? */
function over(touches: number[], t: number, { count, per }: Cap): boolean {
  return touches.some((from) => {
    const end = addFixed(from, per)
    return from <= t && t < end && touches.filter((other) => from <= other && other < end).length > count
  })
}
