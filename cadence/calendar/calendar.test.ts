import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { HOUR, parseWait, type Wait } from '../time.ts'
import { addWait, type Calendar, isBusinessDay, nextOpening, type Passed } from './calendar.ts'

const WEEK = [1, 2, 3, 4, 5]
const at = (iso: string): number => Date.parse(iso)
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const calendar = (hours: string, holidays?: string, zone = 'Europe/Paris', days = WEEK): Calendar => {
  const [from, to] = hours.split('-') as [string, string]
  return { zone, window: { days, from: minutes(from), to: minutes(to), ...(holidays ? { holidays } : {}) } }
}
const FRANCE = calendar('09:00-17:30', 'FR')
const there = (instant: number, zone = 'Europe/Paris'): string =>
  DateTime.fromMillis(instant, { zone }).toISO({ suppressMilliseconds: true }) as string
const wait = (text: string): Wait => parseWait(text) as Wait

describe('isBusinessDay', () => {
  test.each([
    ['2026-11-23T12:00+01:00', true],
    ['2026-11-22T23:59+01:00', false],
    ['2026-11-23T00:00+01:00', true],
    ['2026-04-06T12:00+02:00', false],
    ['2026-05-14T12:00+02:00', false],
    ['2026-05-15T12:00+02:00', true],
  ])('%s in France: %s', (iso, is) => {
    expect(isBusinessDay(at(iso), FRANCE)).toBe(is)
  })

  test("the recipient's country comes before the window's", () => {
    const epiphany = at('2026-01-06T12:00+01:00')
    expect(isBusinessDay(epiphany, FRANCE)).toBe(true)
    expect(isBusinessDay(epiphany, { ...FRANCE, holidays: 'DE-BY' })).toBe(false)
    expect(isBusinessDay(at('2026-07-14T12:00+02:00'), { ...FRANCE, holidays: 'DE-BY' })).toBe(true)
  })
})

describe('addWait', () => {
  test.each([
    // Friday, business days over a weekend, keeping the time of day.
    ['2026-11-20T17:29:00+01:00', '1bd', 1, '2026-11-23T17:29:00+01:00'],
    ['2026-11-21T10:00:00+01:00', '1bd', 1, '2026-11-23T10:00:00+01:00'],
    ['2026-11-23T10:00:00+01:00', '0bd', 1, '2026-11-23T10:00:00+01:00'],
    // Good Friday is a working day in France, Easter Monday is not; the clocks changed on the Sunday before.
    ['2026-04-02T10:00:00+02:00', '1bd', 1, '2026-04-03T10:00:00+02:00'],
    ['2026-04-02T10:00:00+02:00', '2bd', 1, '2026-04-07T10:00:00+02:00'],
    ['2026-03-27T10:00:00+01:00', '1bd', 1, '2026-03-30T10:00:00+02:00'],
    ['2026-05-13T10:00:00+02:00', '1bd', 1, '2026-05-15T10:00:00+02:00'],
    // Paced: rounded up, and never to nothing.
    ['2026-11-23T10:00:00+01:00', '3bd', 0.6, '2026-11-25T10:00:00+01:00'],
    ['2026-11-23T10:00:00+01:00', '1bd', 0.1, '2026-11-24T10:00:00+01:00'],
    // 50 × 1.1 is 55.00000000000001 to a computer.
    ['2026-08-17T10:00:00+02:00', '50bd', 1.1, '2026-11-02T10:00:00+01:00'],
    ['2026-10-01T10:00:00+02:00', '50d', 1.1, '2026-11-25T10:00:00+01:00'],
    // Hours are real, days are the clocks'.
    ['2026-03-28T10:00:00+01:00', '24h', 1, '2026-03-29T11:00:00+02:00'],
    ['2026-03-28T10:00:00+01:00', '1d', 1, '2026-03-29T10:00:00+02:00'],
    ['2026-10-24T10:00:00+02:00', '1w', 1, '2026-10-31T10:00:00+01:00'],
    ['2026-03-28T10:00:00+01:00', '10d', 0.3, '2026-03-31T10:00:00+02:00'],
    ['2026-03-28T10:00:00+01:00', '3d', 0.5, '2026-03-29T23:00:00+02:00'],
    ['2026-11-23T10:00:00+01:00', '4h', 0.6, '2026-11-23T12:24:00+01:00'],
    ['2026-11-23T10:00:00+01:00', '3d', 0, '2026-11-23T10:00:00+01:00'],
    // Months and years: the same day, or the month's last; 30 and 365 days when paced.
    ['2026-01-31T10:00:00+01:00', '1mo', 1, '2026-02-28T10:00:00+01:00'],
    ['2026-03-15T10:00:00+01:00', '6mo', 1, '2026-09-15T10:00:00+02:00'],
    ['2028-02-29T10:00:00+01:00', '1y', 1, '2029-02-28T10:00:00+01:00'],
    ['2026-01-31T10:00:00+01:00', '1mo', 0.5, '2026-02-15T10:00:00+01:00'],
    ['2026-01-01T10:00:00+01:00', '1y', 2, '2028-01-01T10:00:00+01:00'],
  ])('%s + %s × %s', (from, text, pace, to) => {
    expect(there(addWait(at(from), wait(text), pace, FRANCE))).toBe(to)
  })

  test('says which holidays it counted around', () => {
    const passed: Passed = new Map()
    addWait(at('2026-12-24T10:00+01:00'), wait('5bd'), 1, FRANCE, passed)
    expect([...passed.values()]).toEqual(['Noël', 'Nouvel An'])
  })

  test('business days of a window without days are refused', () => {
    const never = calendar('09:00-17:00', undefined, 'UTC', [])
    expect(() => addWait(0, wait('1bd'), 1, never)).toThrow(
      expect.objectContaining({ code: 'window_never_opens' }),
    )
  })

  test('in every zone, no wait ends before it begins, and none outlasts a longer one', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const instant = fc.integer({ min: at('1990-01-01'), max: at('2060-01-01') })
    const unit = fc.constantFrom('h', 'd', 'bd', 'w', 'mo', 'y' as const)
    const pace = fc.constantFrom(0, 0.3, 0.6, 1, 1.1, 2)
    const n = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(zone, instant, unit, pace, n, n, (name, from, u, p, a, b) => {
        const where = calendar('09:00-17:00', undefined, name)
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((count) =>
          addWait(from, { n: count, unit: u }, p, where),
        ) as [number, number]
        // Paced waits may be hours beside days: two readings of a day differ by what the clocks skip, a day at most.
        const slack = p === 1 || u === 'bd' || u === 'h' ? 0 : 25 * HOUR
        return from <= less && less <= more + slack
      }),
      { numRuns: 400 },
    )
  })
})

describe('nextOpening', () => {
  const early = calendar('02:00-03:00', undefined, 'Europe/Paris', [1, 2, 3, 4, 5, 6, 7])
  test.each([
    ['inside', FRANCE, '2026-11-23T10:12:31+01:00', '2026-11-23T10:12:31+01:00'],
    ['at the opening', FRANCE, '2026-11-23T09:00:00+01:00', '2026-11-23T09:00:00+01:00'],
    ['before it', FRANCE, '2026-11-23T08:59:59+01:00', '2026-11-23T09:00:00+01:00'],
    ['the last second', FRANCE, '2026-11-23T17:29:59+01:00', '2026-11-23T17:29:59+01:00'],
    ['just closed', FRANCE, '2026-11-23T17:30:00+01:00', '2026-11-24T09:00:00+01:00'],
    ['Friday evening', FRANCE, '2026-11-20T18:00:00+01:00', '2026-11-23T09:00:00+01:00'],
    ['over Easter Monday', FRANCE, '2026-04-04T10:00:00+02:00', '2026-04-07T09:00:00+02:00'],
    ['over Ascension', FRANCE, '2026-05-13T18:00:00+02:00', '2026-05-15T09:00:00+02:00'],
    [
      'Saturday, when it counts',
      calendar('10:00-12:00', 'FR', 'Europe/Paris', [6]),
      '2026-08-10T10:00:00+02:00',
      // The 15th of August is a holiday.
      '2026-08-22T10:00:00+02:00',
    ],
    [
      'Corpus Christi in Bavaria',
      calendar('09:00-17:00', 'DE-BY', 'Europe/Berlin'),
      '2026-06-04T10:00:00+02:00',
      '2026-06-05T09:00:00+02:00',
    ],
    ['whose opening the clocks skip', early, '2026-03-28T12:00:00+01:00', '2026-03-30T02:00:00+02:00'],
    [
      'half of it skipped',
      { ...early, window: { ...early.window, to: 210 } },
      '2026-03-28T12:00:00+01:00',
      '2026-03-29T03:00:00+02:00',
    ],
    ['shown twice: the first', early, '2026-10-24T12:00:00+02:00', '2026-10-25T02:00:00+02:00'],
    ['shown twice: between', early, '2026-10-25T02:59:00+02:00', '2026-10-25T02:59:00+02:00'],
    ['shown twice: the second', early, '2026-10-25T02:10:00+01:00', '2026-10-25T02:10:00+01:00'],
    [
      'a window that comes again',
      { ...early, window: { ...early.window, to: 130 } },
      '2026-10-25T02:15:00+02:00',
      '2026-10-25T02:00:00+01:00',
    ],
    [
      'no midnight',
      calendar('00:00-08:00', undefined, 'America/Havana', [7]),
      '2026-03-07T20:00:00-05:00',
      '2026-03-08T01:00:00-04:00',
    ],
    [
      'half an hour skipped',
      calendar('02:00-03:00', undefined, 'Australia/Lord_Howe', [7]),
      '2026-10-03T20:00:00+10:30',
      '2026-10-04T02:30:00+11:00',
    ],
    [
      'a day that never was',
      calendar('09:00-17:00', undefined, 'Pacific/Apia'),
      '2011-12-29T18:00:00-10:00',
      '2012-01-02T09:00:00+14:00',
    ],
    ['all day', calendar('00:00-24:00', undefined, 'UTC'), '2026-11-21T10:00:00Z', '2026-11-23T00:00:00Z'],
  ])('%s', (_, where, from, opens) => {
    expect(there(nextOpening(at(from), where), where.zone)).toBe(opens)
  })

  test('says which holidays it waited out, and only those of the days it opens', () => {
    const passed: Passed = new Map()
    nextOpening(at('2027-12-24T18:00+01:00'), FRANCE, passed)
    // Christmas and New Year's Day 2027/28 are Saturdays.
    expect([...passed]).toEqual([])
    nextOpening(at('2026-12-25T08:00+01:00'), FRANCE, passed)
    expect([...passed.values()]).toEqual(['Noël'])
  })

  test.each([
    ['without days', calendar('09:00-17:00', undefined, 'UTC', [])],
    ['without hours', calendar('09:00-09:00')],
    ['that ends before it begins', calendar('17:00-09:00')],
  ])('a window %s is refused', (_, never) => {
    expect(() => nextOpening(at('2026-11-23'), never)).toThrow(
      expect.objectContaining({ code: 'window_never_opens' }),
    )
  })
})
