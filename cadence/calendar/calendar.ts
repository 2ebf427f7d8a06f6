/**
 * Business days, waits and the window, in the recipient's time zone and across changes of its clocks. Business days are
 * the window's days that aren't public holidays.
 */
import { RelanceError } from '../errors.ts'
import type { Window } from '../plan.ts'
import { addFixed, DAY, HOUR, type Instant, type Wait } from '../time.ts'
import { holidayOn } from './holidays.ts'
import { clockChange, dayNumber, offsets, turnHands, weekday } from './zone.ts'

/** What days and times mean for one recipient. */
export interface Calendar {
  window: Window
  /** IANA name of the recipient's time zone. */
  zone: string
  /** Whose public holidays count: the recipient's country or region; without it the window's, if it has any. */
  holidays?: string
}

/** Public holidays that pushed something to a later day: names by day number. */
export type Passed = Map<number, string>

const MINUTE = 60_000

/** How many days ahead an open day is looked for; then the window never opens. */
const DAYS = 400

/** Whether the day at `at`, there, is one of the window's and no public holiday. */
export const isBusinessDay = (at: Instant, calendar: Calendar): boolean =>
  isOpen(dayNumber(at, calendar.zone), calendar)

function isOpen(day: number, calendar: Calendar, passed?: Passed): boolean {
  if (!calendar.window.days.includes(weekday(day))) return false
  const code = calendar.holidays ?? calendar.window.holidays
  const holiday = code === undefined ? undefined : holidayOn(code, day)
  if (holiday === undefined) return true
  passed?.set(day, holiday)
  return false
}

/**
 * Adds a wait, multiplied by `pace`. Hours are real hours. Days, weeks, months and years keep the time of day that the
 * recipient's clocks show; so do business days, of which at least one is left. A pace other than 1 takes months and
 * years as 30 and 365 days, and what isn't whole days then is hours.
 * @param passed - gets the public holidays that business days were counted around.
 * @throws RelanceError `window_never_opens` when there are no business days to count.
 */
export function addWait(at: Instant, wait: Wait, pace: number, calendar: Calendar, passed?: Passed): Instant {
  const { n, unit } = wait
  const days = (count: number): Instant => addDays(at, paced(count, pace), calendar.zone)
  switch (unit) {
    case 'h':
      return at + Math.round(paced(n, pace) * HOUR)
    case 'd':
      return days(n)
    case 'w':
      return days(7 * n)
    case 'mo':
    case 'y':
      if (pace !== 1) return days((unit === 'mo' ? 30 : 365) * n)
      return turnHands(at, calendar.zone, (wall) => addFixed(wall, wait))
    case 'bd':
      return n === 0 ? at : addBusinessDays(at, Math.max(1, Math.ceil(paced(n, pace))), calendar, passed)
  }
}

/** 50 × 1.1 is 55 days, not 55.00000000000001. */
const paced = (n: number, pace: number): number => Math.round(n * pace * 1e6) / 1e6

const addDays = (at: Instant, days: number, zone: string): Instant =>
  Number.isInteger(days) ? turnHands(at, zone, (wall) => wall + days * DAY) : at + Math.round(days * DAY)

function addBusinessDays(at: Instant, count: number, calendar: Calendar, passed?: Passed): Instant {
  const first = dayNumber(at, calendar.zone)
  let day = first
  for (let left = count; left > 0; left--) {
    const from = day
    do {
      day += 1
      if (day - from > DAYS) throw neverOpens(calendar)
    } while (!isOpen(day, calendar, passed))
  }
  return turnHands(at, calendar.zone, (wall) => wall + (day - first) * DAY)
}

/**
 * The first instant from `at` on that is inside the window: a time of day from `from` until before `to`, on a business
 * day, as the recipient's clocks show it. Where they skip the opening it is the end of the skip, if that is still
 * inside; where they show a time twice, both are inside.
 * @param passed - gets the public holidays that were waited out.
 * @throws RelanceError `window_never_opens`
 */
export function nextOpening(at: Instant, calendar: Calendar, passed?: Passed): Instant {
  const offset = offsets(calendar.zone)
  const from = calendar.window.from * MINUTE
  const to = calendar.window.to * MINUTE
  let t = at
  // A day takes a step to its opening and one to its midnight.
  for (let step = 0; step < 2 * DAYS; step++) {
    const shift = offset(t)
    const day = Math.floor((t + shift) / DAY)
    const time = t + shift - day * DAY
    const today = time < to && isOpen(day, calendar, passed)
    if (today && time >= from) return t
    const next = t - time + (today ? from : DAY)
    // The clocks change on the way: look anew from there.
    t = offset(next) === shift ? next : clockChange(offset, t, next)
  }
  throw neverOpens(calendar)
}

const neverOpens = ({ window, zone }: Calendar): RelanceError =>
  new RelanceError('window_never_opens', {
    zone,
    days: window.days,
    from: window.from,
    to: window.to,
    within: DAYS,
  })
