import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { overCap } from '../../test/support/caps.ts'
import type { Cap } from '../plan.ts'
import { DAY, HOUR, parseWait, type Wait } from '../time.ts'
import { nextAllowed } from './caps.ts'
import { dayOf, dayStart } from './zone.ts'

const at = (iso: string): number => Date.parse(iso)
const cap = (count: number, per: string): Cap => ({ kind: 'rolling', count, per: parseWait(per) as Wait })
const PARIS = 'Europe/Paris'

describe('rolling caps', () => {
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
    expect(nextAllowed(times, from, limit, PARIS)).toBe(next)
  })

  test('a cap of none is refused', () => {
    expect(() => nextAllowed([], 0, cap(0, '1w'), PARIS)).toThrow(RangeError)
  })

  const hours = fc.integer({ min: 0, max: 300 })
  const limits = fc.record({
    kind: fc.constant('rolling' as const),
    count: fc.integer({ min: 1, max: 4 }),
    per: fc.record({ n: fc.integer({ min: 0, max: 90 }), unit: fc.constant('h' as const) }),
  })

  test('is the first hour that an hour-by-hour search finds', () => {
    fc.assert(
      fc.property(fc.array(hours, { maxLength: 12 }), hours, limits, (times, from, limit) => {
        const touches = times.map((h) => h * HOUR)
        let t = from * HOUR
        while (overCap([...touches, t], limit, PARIS, t)) t += HOUR
        expect(nextAllowed(touches, from * HOUR, limit, PARIS)).toBe(t)
      }),
      { numRuns: 2000 },
    )
  })

  test('months and years: never over, and asking again from anywhere before it gives the same', () => {
    const days = fc.integer({ min: 0, max: 800 }).map((d) => at('2027-01-15T09:30Z') + d * DAY)
    const per = fc.constantFrom('1mo', '2mo', '7mo', '1y').map((text) => parseWait(text) as Wait)
    const months = fc.record({
      kind: fc.constant('rolling' as const),
      count: fc.integer({ min: 1, max: 3 }),
      per,
    })
    fc.assert(
      fc.property(fc.array(days, { maxLength: 10 }), days, months, fc.nat(), (times, from, limit, later) => {
        const t = nextAllowed(times, from, limit, PARIS)
        expect(overCap([...times, t], limit, PARIS, t)).toBe(false)
        expect(nextAllowed(times, from + Math.min(t - from, later), limit, PARIS)).toBe(t)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('calendar caps', () => {
  const per = (count: number, unit: 'd' | 'w' | 'mo'): Cap => ({
    kind: 'calendar',
    count,
    per: { n: 1, unit },
  })
  const [daily, weekly, monthly] = [per(1, 'd'), per(2, 'w'), per(1, 'mo')]
  test.each([
    [
      'a day',
      daily,
      'Europe/Paris',
      ['2026-11-23T16:00+01:00'],
      '2026-11-23T17:00+01:00',
      '2026-11-24T00:00+01:00',
    ],
    [
      'the next day, earlier',
      daily,
      'Europe/Paris',
      ['2026-11-23T16:00+01:00'],
      '2026-11-24T09:00+01:00',
      '2026-11-24T09:00+01:00',
    ],
    [
      'a day that is one in UTC',
      daily,
      'America/Los_Angeles',
      ['2026-11-23T15:00-08:00'],
      '2026-11-23T16:30-08:00',
      '2026-11-24T00:00-08:00',
    ],
    [
      'a day of 25 hours',
      daily,
      'Europe/Paris',
      ['2026-10-25T00:00+02:00'],
      '2026-10-25T23:30+01:00',
      '2026-10-26T00:00+01:00',
    ],
    [
      'a day of 23 hours',
      daily,
      'Europe/Paris',
      ['2026-03-28T23:59+01:00'],
      '2026-03-29T00:00+01:00',
      '2026-03-29T00:00+01:00',
    ],
    [
      'a day whose midnight is skipped',
      daily,
      'America/Havana',
      ['2026-03-07T12:00-05:00'],
      '2026-03-07T13:00-05:00',
      '2026-03-08T01:00-04:00',
    ],
    [
      'clocks back over midnight',
      daily,
      'America/St_Johns',
      ['2010-11-07T02:30:30Z'],
      '2010-11-07T02:40Z',
      '2010-11-08T00:00-03:30',
    ],
    [
      'a week, from Monday',
      weekly,
      'Europe/Paris',
      ['2026-11-26T10:00+01:00', '2026-11-27T10:00+01:00'],
      '2026-11-29T23:59+01:00',
      '2026-11-30T00:00+01:00',
    ],
    [
      'four from a Thursday to a Tuesday',
      weekly,
      'Europe/Paris',
      ['2026-11-26T10:00+01:00', '2026-11-27T10:00+01:00', '2026-11-30T10:00+01:00'],
      '2026-12-01T10:00+01:00',
      '2026-12-01T10:00+01:00',
    ],
    [
      'a month',
      monthly,
      'Europe/Paris',
      ['2026-12-01T10:00+01:00'],
      '2026-12-15T10:00+01:00',
      '2027-01-01T00:00+01:00',
    ],
    [
      'over a month that is reserved',
      monthly,
      'Europe/Paris',
      ['2026-12-01T10:00+01:00', '2027-01-31T10:00+01:00'],
      '2026-12-15T10:00+01:00',
      '2027-02-01T00:00+01:00',
    ],
  ] as const)('%s', (_, limit, zone, times, from, next) => {
    const found = nextAllowed(times.map(at), at(from), limit, zone)
    expect(new Date(found)).toEqual(new Date(next))
  })

  test('a daily e-mail, always put off by its window, drifts nowhere', () => {
    const sent: number[] = []
    for (let day = 0, t = at('2026-10-20T09:00+02:00'); day < 14; day++) {
      t = nextAllowed(sent, t, daily, PARIS)
      const nine = Math.max(t, dayStart(dayOf(t, PARIS), PARIS) + 9 * HOUR)
      sent.push(nine)
    }
    expect(new Set(sent.map((t) => dayOf(t, PARIS))).size).toBe(14)
    expect(sent[13]).toBe(dayStart(dayOf(sent[0] as number, PARIS) + 13, PARIS) + 9 * HOUR)
  })

  test('are never over, and asking again from anywhere before it gives the same, in every zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const days = fc.integer({ min: 0, max: 24 * 70 }).map((h) => at('2026-09-15T09:30Z') + h * HOUR)
    const limits = fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('d', 'w', 'mo'))
      .map(([n, u]) => per(n, u))
    fc.assert(
      fc.property(
        zones,
        fc.array(days, { maxLength: 30 }),
        days,
        limits,
        fc.nat(),
        (zone, times, from, limit, later) => {
          const t = nextAllowed(times, from, limit, zone)
          expect(overCap([...times, t], limit, zone, t)).toBe(false)
          if (t > from) expect(overCap([...times, t - 1], limit, zone, t - 1)).toBe(true)
          expect(nextAllowed(times, from + Math.min(t - from, later), limit, zone)).toBe(t)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
