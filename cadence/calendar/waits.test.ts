import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { HOUR, parseWait, type Wait } from '../time.ts'
import { type Calendar, nextOpening, type Passed } from './calendar.ts'
import { addWait, openHoursBefore } from './waits.ts'

const WEEK = [1, 2, 3, 4, 5]
const at = (iso: string): number => Date.parse(iso)
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const calendar = (hours: string, holidays?: string, zone = 'Europe/Paris', days = WEEK): Calendar => {
  const [from, to] = hours.split('-').map(minutes) as [number, number]
  const window = { days, from, to: to < from ? to + 1440 : to, ...(holidays ? { holidays } : {}) }
  return { zone, window }
}
const FRANCE = calendar('09:00-17:30', 'FR')
const there = (instant: number, zone = 'Europe/Paris'): string =>
  DateTime.fromMillis(instant, { zone }).toISO({ suppressMilliseconds: true }) as string
const wait = (text: string): Wait => parseWait(text) as Wait

describe('addWait', () => {
  test.each([
    // Friday, business days over a weekend, keeping the time of day.
    ['2026-11-20T17:29:00+01:00', '1bd', 1, '2026-11-23T17:29:00+01:00'],
    ['2026-11-21T10:00:00+01:00', '1bd', 1, '2026-11-23T10:00:00+01:00'],
    ['2026-11-23T10:00:00+01:00', '0bd', 1, '2026-11-23T10:00:00+01:00'],
    // An evening loses no day, nor does a weekend's: the time is brought into the window.
    ['2026-11-21T18:00:00+01:00', '1bd', 1, '2026-11-23T09:00:00+01:00'],
    ['2026-11-23T20:00:00+01:00', '1bd', 1, '2026-11-24T09:00:00+01:00'],
    ['2026-11-07T23:00:00+01:00', '1bd', 1, '2026-11-09T09:00:00+01:00'],
    ['2026-11-23T07:00:00+01:00', '1bd', 1, '2026-11-24T07:00:00+01:00'],
    // Business hours pass while the window is open: over a night, a weekend, a holiday, a change of the clocks.
    ['2026-11-23T10:00:00+01:00', '4bh', 1, '2026-11-23T14:00:00+01:00'],
    ['2026-11-23T16:00:00+01:00', '4bh', 1, '2026-11-24T11:30:00+01:00'],
    ['2026-11-20T16:30:00+01:00', '1bh', 1, '2026-11-20T17:30:00+01:00'],
    ['2026-11-20T17:00:00+01:00', '1bh', 1, '2026-11-23T09:30:00+01:00'],
    ['2026-04-03T17:00:00+02:00', '1bh', 1, '2026-04-07T09:30:00+02:00'],
    ['2026-03-27T17:00:00+01:00', '9bh', 1, '2026-03-30T17:30:00+02:00'],
    ['2026-11-23T10:00:00+01:00', '4bh', 0.5, '2026-11-23T12:00:00+01:00'],
    ['2026-11-23T20:00:00+01:00', '0bh', 1, '2026-11-23T20:00:00+01:00'],
    ['2026-11-23T10:00:00+01:00', '30m', 1, '2026-11-23T10:30:00+01:00'],
    ['2026-11-23T10:00:00+01:00', '90m', 0.5, '2026-11-23T10:45:00+01:00'],
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
    const unit = fc.constantFrom('m', 'h', 'bh', 'd', 'bd', 'w', 'mo', 'y' as const)
    const pace = fc.constantFrom(0, 0.3, 0.6, 1, 1.1, 2)
    const n = fc.integer({ min: 0, max: 40 })
    fc.assert(
      fc.property(zone, instant, unit, pace, n, n, (name, from, u, p, a, b) => {
        const where = calendar('09:00-17:00', undefined, name)
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((count) =>
          addWait(from, { n: count, unit: u }, p, where),
        ) as [number, number]
        // Paced waits may be hours beside days: two readings of a day differ by what the clocks skip, a day at most.
        const slack = p === 1 || ['m', 'h', 'bh', 'bd'].includes(u) ? 0 : 25 * HOUR
        return from <= less && less <= more + slack
      }),
      { numRuns: 400 },
    )
  })

  test('one business day never takes longer than to the end of the next business day', () => {
    const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const hours = fc.constantFrom('09:00-17:30', '08:00-12:00', '22:00-06:00', '00:00-24:00')
    const instant = fc.integer({ min: at('1990-01-01'), max: at('2060-01-01') })
    fc.assert(
      fc.property(zone, hours, instant, (name, times, from) => {
        const where = calendar(times, undefined, name)
        const due = nextOpening(addWait(from, wait('1bd'), 1, where), where)
        // The local day after the last business day on or before `from` that the wait may end on.
        let day = DateTime.fromMillis(from, { zone: name }).startOf('day').plus({ days: 1 })
        while (day.weekday > 5) day = day.plus({ days: 1 })
        const latest = day.plus({ days: 1 }).startOf('day').toMillis()
        expect(due).toBeLessThan(times === '22:00-06:00' ? latest + 6 * HOUR : latest)
      }),
      { numRuns: 400 },
    )
  })

  test('business hours are time in which the window is open, minute by minute', () => {
    const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'UTC')
    const hours = fc.constantFrom('09:00-17:30', '01:00-03:00', '22:00-06:00', '00:00-24:00')
    const instant = fc.integer({ min: at('2026-01-01'), max: at('2028-01-01') })
    fc.assert(
      fc.property(zone, hours, instant, fc.integer({ min: 1, max: 12 }), (name, times, minute, n) => {
        const from = minute - (minute % 60_000)
        const where = calendar(times, undefined, name)
        const due = addWait(from, { n, unit: 'bh' }, 1, where)
        let open = 0
        for (let t = from; t < due; t += 60_000) if (nextOpening(t, where) === t) open += 1
        expect(open).toBe(60 * n)
      }),
      { numRuns: 60 },
    )
  })
})

describe('openHoursBefore', () => {
  test.each([
    ['2026-11-23T14:00:00+01:00', 4, '2026-11-23T10:00:00+01:00'],
    ['2026-11-23T11:00:00+01:00', 4, '2026-11-20T15:30:00+01:00'],
    // In the evening, the window has been over for a while.
    ['2026-11-23T20:00:00+01:00', 4, '2026-11-23T13:30:00+01:00'],
    // A whole day begins at its opening, and not as the day before it closes.
    ['2026-11-24T09:00:00+01:00', 8.5, '2026-11-23T09:00:00+01:00'],
    ['2026-11-23T09:00:00+01:00', 17, '2026-11-19T09:00:00+01:00'],
    // Over Easter, and over the change of the clocks.
    ['2026-04-07T10:00:00+02:00', 2, '2026-04-02T16:30:00+02:00'],
    ['2026-03-30T10:00:00+02:00', 2, '2026-03-27T16:30:00+01:00'],
  ])('%s − %dbh = %s', (from, hours, to) => {
    const where = from.startsWith('2026-04') ? { ...FRANCE, holidays: 'DE' } : FRANCE
    expect(there(openHoursBefore(at(from), hours, where))).toBe(there(at(to)))
  })

  test('is the way back: as many business hours later it is the same moment, or the window closed before it', () => {
    const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Apia', 'UTC')
    const hours = fc.constantFrom('09:00-17:30', '01:00-03:00', '22:00-06:00', '00:00-24:00')
    const instant = fc.integer({ min: at('2026-01-01'), max: at('2028-01-01') })
    fc.assert(
      fc.property(zone, hours, instant, fc.integer({ min: 1, max: 90 }), (name, times, to, n) => {
        const where = calendar(times, undefined, name)
        const from = openHoursBefore(to, n, where)
        expect(nextOpening(from, where)).toBe(from)
        const due = addWait(from, { n, unit: 'bh' }, 1, where)
        expect(due).toBeLessThanOrEqual(to)
        if (due < to) expect(nextOpening(due, where)).toBeGreaterThanOrEqual(to)
      }),
      { numRuns: 300 },
    )
  })
})
