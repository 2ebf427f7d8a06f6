/** Moments tied to a date: as they are written, on a calendar. */
import { expect, test } from '@jest/globals'
import { DateTime } from 'luxon'
import { readMoment } from '../language/notation.ts'
import type { Base } from '../plan.ts'
import type { Calendar } from './calendar.ts'
import { datedMoment } from './dated-moment.ts'

const PARIS: Calendar = { zone: 'Europe/Paris', window: { days: [1, 2, 3, 4, 5], from: 540, to: 1050 } }
const there = (at: number): string =>
  DateTime.fromMillis(at, { zone: PARIS.zone }).toFormat("yyyy-MM-dd'T'HH:mm")
const at = (text: string): Base => ({ at: DateTime.fromISO(text, { zone: PARIS.zone }).toMillis() })

test.each([
  // A demo on a Thursday at 14:00.
  ['demo - 1d 09:00', at('2026-11-26T14:00'), '2026-11-25T09:00', '2026-11-26T14:00'],
  ['demo - 4h', at('2026-11-26T14:00'), '2026-11-26T10:00', '2026-11-26T14:00'],
  ['demo - 4bh', at('2026-11-26T11:00'), '2026-11-25T15:30', '2026-11-26T11:00'],
  ['demo - 2bd', at('2026-11-23T14:00'), '2026-11-19T14:00', '2026-11-23T14:00'],
  ['demo + 4bh', at('2026-11-26T14:00'), '2026-11-27T09:30', '2026-11-28T00:00'],
  // A day lasts until its end, and keeps the time of day over a change of the clocks.
  ['2027-03-01', { day: '2027-03-01' }, '2027-03-01T00:00', '2027-03-02T00:00'],
  ['2027-03-01 10:00', { day: '2027-03-01' }, '2027-03-01T10:00', '2027-03-02T00:00'],
  ['fact renewal - 1mo', { day: '2027-03-31' }, '2027-02-28T00:00', '2027-04-01T00:00'],
  ['fact renewal - 2w 10:00', { day: '2027-04-05' }, '2027-03-22T10:00', '2027-04-06T00:00'],
] as const)('%s', (text, base, due, over) => {
  const read = readMoment(text)
  if (!('value' in read)) throw new Error(`not read: ${text}`)
  const moment = datedMoment({ ...read.value, base }, PARIS)
  expect([there(moment.due), there(moment.over)]).toEqual([due, over])
})

test.each(['demo - soon', 'demo 25:00', '2027-02-29', 'offer - 3d', 'demo - 3bh 09:75'])(
  '%s is no moment',
  (text) => {
    expect(readMoment(text)).not.toHaveProperty('value')
  },
)
