import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { DAY, HOUR } from '../time.ts'
import {
  clockChange,
  dateOf,
  dayNumber,
  dayOf,
  dayStart,
  endOfDay,
  offsets,
  turnHands,
  validZone,
  weekday,
} from './zone.ts'

const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT+12', 'Etc/GMT-14', 'US/Eastern']
const at = (iso: string): number => Date.parse(iso)
const zones = fc.constantFrom(...ZONES)
const instants = fc.integer({ min: at('1990-01-01T00:00Z'), max: at('2060-01-01T00:00Z') })

describe('validZone', () => {
  test.each(['Europe/Paris', 'Australia/Lord_Howe', 'UTC', 'europe/paris', 'Etc/GMT+3'])('%s', (zone) => {
    expect(validZone(zone)).toBe(true)
  })
  test.each(['', 'Mars/Olympus', '+02:00', '-0330', 'UTC+2', 'Europe/Paris\n'])('not %j', (zone) => {
    expect(validZone(zone)).toBe(false)
    expect(() => offsets(zone)).toThrow(expect.objectContaining({ code: 'unknown_zone' }))
  })
})

describe('offsets', () => {
  test('are those of luxon, in every zone', () => {
    fc.assert(
      fc.property(zones, instants, (zone, t) => {
        expect(offsets(zone)(t)).toBe(DateTime.fromMillis(t, { zone }).offset * 60_000)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['Europe/Paris', '2026-03-29T01:00Z'],
    ['America/Havana', '2026-03-08T05:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
    ['Pacific/Apia', '2011-12-30T10:00Z'],
  ])('%s changes its clocks exactly at %s', (zone, iso) => {
    const offset = offsets(zone)
    expect(offset(at(iso) - 1)).not.toBe(offset(at(iso)))
    expect(clockChange(offset, at(iso) - DAY, at(iso) + HOUR)).toBe(at(iso))
  })
})

describe('turnHands', () => {
  test('adds days as luxon does, in every zone and across changes of the clocks', () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: 1, max: 400 }), (zone, t, days) => {
        const there = DateTime.fromMillis(t, { zone }).plus({ days })
        // Of a time that clocks show twice, luxon keeps the summer or winter time that it comes from.
        const first = Math.min(...there.getPossibleOffsets().map((possible) => possible.toMillis()))
        expect(turnHands(t, zone, (wall) => wall + days * DAY)).toBe(first)
      }),
      { numRuns: 1000 },
    )
  })

  test.each([
    ['skipped, so an hour later', 'Europe/Paris', '2026-03-28T02:30+01:00', '2026-03-29T03:30+02:00'],
    ['shown twice, the first', 'Europe/Paris', '2026-10-24T02:30+02:00', '2026-10-25T02:30+02:00'],
    ['half an hour skipped', 'Australia/Lord_Howe', '2026-10-03T02:15+10:30', '2026-10-04T02:45+11:00'],
    ['a whole day skipped', 'Pacific/Apia', '2011-12-29T10:00-10:00', '2011-12-31T10:00+14:00'],
  ])('%s', (_, zone, from, to) => {
    expect(turnHands(at(from), zone, (wall) => wall + DAY)).toBe(at(to))
  })
})

describe('a time that clocks show twice is the first, and one that they skip is moved on, in every season', () => {
  test.each([
    ['Europe/Paris', '2026-10-25T02:30Z', '2026-10-25T02:30+02:00'],
    ['America/New_York', '2026-11-01T01:30Z', '2026-11-01T01:30-04:00'],
    ['Australia/Lord_Howe', '2026-04-05T01:45Z', '2026-04-05T01:45+11:00'],
    ['America/Havana', '2026-11-01T00:30Z', '2026-11-01T00:30-04:00'],
    ['Europe/Paris', '2026-03-29T02:30Z', '2026-03-29T03:30+02:00'],
    ['Australia/Sydney', '2026-10-04T02:30Z', '2026-10-04T03:30+11:00'],
    ['Pacific/Apia', '2011-12-30T12:00Z', '2011-12-31T12:00+14:00'],
  ])('%s %s', (zone, wall, is) => {
    for (const asked of ['2026-07-15T12:00Z', '2026-12-15T12:00Z'])
      expect(turnHands(at(asked), zone, () => at(wall))).toBe(at(is))
  })

  test('nothing is turned back within the second of two', () => {
    const second = at('2026-10-25T02:30+01:00')
    expect(turnHands(second, 'Europe/Paris', (wall) => wall)).toBe(second)
  })
})

test('days follow each other without gaps, and each has an end, in every zone', () => {
  fc.assert(
    fc.property(zones, instants, (zone, t) => {
      const day = dayOf(t, zone)
      expect(dayStart(day, zone)).toBeLessThanOrEqual(t)
      expect(dayStart(day + 1, zone)).toBeGreaterThan(t)
      expect(endOfDay(t, zone)).toBe(dayStart(day + 1, zone) - 1)
    }),
    { numRuns: 1000, examples: [['America/St_Johns', at('2010-11-07T02:45Z')]] },
  )
})

test('days have numbers, weekdays and dates', () => {
  expect(dayNumber(at('2026-11-22T23:30Z'), 'Europe/Paris')).toBe(at('2026-11-23') / DAY)
  expect(weekday(at('2026-11-23') / DAY)).toBe(1)
  expect(weekday(at('1969-12-28') / DAY)).toBe(7)
  expect(dateOf(at('2026-12-25') / DAY)).toBe('2026-12-25')
})
