import { describe, expect, test } from '@jest/globals'
import { DateTime } from 'luxon'
import { parseWait, type Wait } from '../time.ts'
import { type Calendar, isBusinessDay, nextOpening, type Passed } from './calendar.ts'

const WEEK = [1, 2, 3, 4, 5]
const at = (iso: string): number => Date.parse(iso)
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const calendar = (hours: string, holidays?: string, zone = 'Europe/Paris', days = WEEK): Calendar => {
  const [from, to] = hours.split('-') as [string, string]
  const night = minutes(to) < minutes(from) ? 1440 : 0
  const window = { days, from: minutes(from), to: minutes(to) + night, ...(holidays ? { holidays } : {}) }
  return { zone, window }
}
const FRANCE = calendar('09:00-17:30', 'FR')
const there = (instant: number, zone = 'Europe/Paris'): string =>
  DateTime.fromMillis(instant, { zone }).toISO({ suppressMilliseconds: true }) as string
const _wait = (text: string): Wait => parseWait(text) as Wait

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

describe('nextOpening', () => {
  const early = calendar('02:00-03:00', undefined, 'Europe/Paris', [1, 2, 3, 4, 5, 6, 7])
  const night = calendar('22:00-06:00')
  test.each([
    ['over midnight, before', night, '2026-11-23T21:00:00+01:00', '2026-11-23T22:00:00+01:00'],
    ['over midnight, inside', night, '2026-11-24T05:59:59+01:00', '2026-11-24T05:59:59+01:00'],
    ['over midnight, closed', night, '2026-11-24T06:00:00+01:00', '2026-11-24T22:00:00+01:00'],
    ["Friday's night", night, '2026-11-28T03:00:00+01:00', '2026-11-28T03:00:00+01:00'],
    ["Sunday's night, which is none", night, '2026-11-30T03:00:00+01:00', '2026-11-30T22:00:00+01:00'],
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

  test("the team's own closed days are waited out, and said", () => {
    const closed = [
      { from: '2026-12-24', to: '2026-12-24' },
      { from: '2026-12-28', to: '2026-12-31' },
    ]
    const shut = { ...FRANCE, window: { ...FRANCE.window, closed } }
    const passed: Passed = new Map()
    expect(there(nextOpening(at('2026-12-23T18:00+01:00'), shut, passed))).toBe('2027-01-04T09:00:00+01:00')
    // Friday's are holidays; the weekends are nobody's reason.
    expect([...passed.values()]).toEqual([closed[0], 'Noël', ...Array(4).fill(closed[1]), 'Nouvel An'])
    expect(isBusinessDay(at('2026-12-31T12:00+01:00'), shut)).toBe(false)
    expect(there(nextOpening(at('2026-12-23T10:00+01:00'), shut))).toBe('2026-12-23T10:00:00+01:00')
    // A day is one of the recipient's calendar.
    const tokyo = { zone: 'Asia/Tokyo', window: { ...calendar('00:00-24:00').window, closed } }
    expect(there(nextOpening(at('2026-12-23T15:00Z'), tokyo), 'Asia/Tokyo')).toBe('2026-12-25T00:00:00+09:00')
  })

  test.each([
    ['without days', calendar('09:00-17:00', undefined, 'UTC', [])],
    ['without hours', calendar('09:00-09:00')],
  ])('a window %s is refused', (_, never) => {
    expect(() => nextOpening(at('2026-11-23'), never)).toThrow(
      expect.objectContaining({ code: 'window_never_opens' }),
    )
  })
})
