/** The moment of a dated step (`at:`) on a recipient's calendar. */
import type { Base, DatedMoment } from '../plan.ts'
import { addFixed, DAY, type Instant, MINUTE, type Wait } from '../time.ts'
import { businessDayBefore, type Calendar } from './calendar.ts'
import { addWait, openHoursBefore } from './waits.ts'
import { dayNumber, dayStart, endOfDay, turnHands } from './zone.ts'

/**
 * @returns when it is due, and from when on it can't be any more: when its date is there (of a calendar day, when that is
 * over), or at the end of the day it is due on, where that is after its date.
 * @example datedMoment({ of: 'demo', shift: { n: 1, unit: 'd', sign: -1 }, time: 540, base: { at: thursdayAt14 } }, calendar)
 * // { due: Wednesday 09:00, over: Thursday 14:00 }
 */
export function datedMoment(
  { base, shift, time }: DatedMoment & { base: Base },
  calendar: Calendar,
): { due: Instant; over: Instant } {
  const { zone } = calendar
  const date = 'at' in base ? base.at : dayStart(Date.parse(base.day) / DAY, zone)
  const over = 'at' in base ? date : endOfDay(date, zone) + 1
  const shifted = shift ? shiftedBy(date, shift, calendar) : date
  const atTime = (wall: number): number => Math.floor(wall / DAY) * DAY + (time ?? 0) * MINUTE
  const due = time === undefined ? shifted : turnHands(shifted, zone, atTime)
  return { due, over: due < over ? over : endOfDay(due, zone) + 1 }
}

function shiftedBy(date: Instant, { n, unit, sign }: Wait & { sign: 1 | -1 }, calendar: Calendar): Instant {
  if (sign === 1) return addWait(date, { n, unit }, 1, calendar)
  const { zone } = calendar
  switch (unit) {
    case 'bd': {
      const first = dayNumber(date, zone)
      const day = businessDayBefore(first, n, calendar)
      return turnHands(date, zone, (wall) => wall + (day - first) * DAY)
    }
    case 'bh':
      return openHoursBefore(date, n, calendar)
    case 'm':
    case 'h':
      return addFixed(date, { n: -n, unit })
    default:
      return turnHands(date, zone, (wall) => addFixed(wall, { n: -n, unit }))
  }
}
