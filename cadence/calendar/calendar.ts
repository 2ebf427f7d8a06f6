/**
 * The window and its business days, in the recipient's time zone and across changes of its clocks. Business days are the
 * window's days that are neither public holidays nor the team's own closed days. A window over midnight (`22:00-06:00`) belongs to the day it opens on.
 */
import { RelanceError } from '../errors.ts'
import type { ClosedDays, Window } from '../plan.ts'
import { DAY, type Instant, MINUTE } from '../time.ts'
import { holidayOn } from './holidays.ts'
import { clockChange, dateOf, dayNumber, offsets, weekday } from './zone.ts'

/** What days and times mean for one recipient. */
export interface Calendar {
  window: Window
  /** IANA name of the recipient's time zone. */
  zone: string
  /** Whose public holidays count: the recipient's country or region; without it the window's, if it has any. */
  holidays?: string
}

/** What pushed something to a later day, by day number: names of public holidays, and the team's own closed days. */
export type Passed = Map<number, string | ClosedDays>

/** How many days ahead an open day is looked for; then the window never opens. */
export const DAYS = 400

/** Whether the day at `at`, there, is one of the window's, no public holiday and not closed. */
export const isBusinessDay = (at: Instant, calendar: Calendar): boolean =>
  isOpenDay(dayNumber(at, calendar.zone), calendar)

/** Whether a day, by its number there, is one of the window's; `passed` gets why not, unless it is its weekday. */
export function isOpenDay(day: number, calendar: Calendar, passed?: Passed): boolean {
  if (!calendar.window.days.includes(weekday(day))) return false
  const code = calendar.holidays ?? calendar.window.holidays
  const why = closedOn(day, calendar.window) ?? (code === undefined ? undefined : holidayOn(code, day))
  if (why === undefined) return true
  passed?.set(day, why)
  return false
}

function closedOn(day: number, { closed }: Window): ClosedDays | undefined {
  if (closed === undefined) return undefined
  const date = dateOf(day)
  return closed.find(({ from, to }) => from <= date && date <= to)
}

/**
 * The first instant from `at` on that is inside the window: a time of day from `from` until before `to`, on a business
 * day, as the recipient's clocks show it. Where they skip the opening it is the end of the skip, if that is still
 * inside; where they show a time twice, both are inside.
 * @param passed - gets the public holidays and closed days that were waited out.
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
    // Past midnight, the window of the day before may still be open.
    if (time + DAY < to && isOpenDay(day - 1, calendar)) return t
    const today = time < to && isOpenDay(day, calendar, passed)
    if (today && time >= from) return t
    const next = t - time + (today ? from : DAY)
    // The clocks change on the way: look anew from there.
    t = offset(next) === shift ? next : clockChange(offset, t, next)
  }
  throw neverOpens(calendar)
}

/** The `count`th business day before a day; all by their numbers there. @throws RelanceError `window_never_opens` */
export function businessDayBefore(day: number, count: number, calendar: Calendar): number {
  let found = day
  for (let left = count; left > 0; left--) {
    const from = found
    do {
      found -= 1
      if (from - found > DAYS) throw neverOpens(calendar)
    } while (!isOpenDay(found, calendar))
  }
  return found
}

/** When the window closes that is open at `at`. */
export function closing(at: Instant, calendar: Calendar): Instant {
  const offset = offsets(calendar.zone)
  const to = calendar.window.to * MINUTE
  const day = dayNumber(at, calendar.zone)
  const time = at + offset(at) - day * DAY
  const opened = time + DAY < to && isOpenDay(day - 1, calendar) ? day - 1 : day
  const wall = opened * DAY + to
  const guess = wall - offset(at)
  // Where the clocks change before it closes, what they show then counts.
  return Math.max(at + 1, wall - offset(guess))
}

/** The error for a window that opens on no day. */
export const neverOpens = ({ window, zone }: Calendar): RelanceError =>
  new RelanceError('window_never_opens', {
    zone,
    days: window.days,
    from: window.from,
    to: window.to,
    within: DAYS,
  })
