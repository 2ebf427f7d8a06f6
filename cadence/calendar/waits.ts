/**
 * Waits on a recipient's calendar. Minutes and hours are real time; business hours count while the window is open; days,
 * weeks, months, years and business days keep the time of day that the recipient's clocks show.
 */
import { addFixed, DAY, HOUR, type Instant, MINUTE, type Wait } from '../time.ts'
import { type Calendar, closing, DAYS, isOpenDay, neverOpens, nextOpening, type Passed } from './calendar.ts'
import { dayNumber, dayStart, turnHands } from './zone.ts'

/**
 * Adds a wait, multiplied by `pace`. Of business hours and days at least a minute and a day are left, unless there were
 * none. A pace other than 1 takes months and years as 30 and 365 days, and what isn't whole days then is hours.
 * @param passed - gets the public holidays and closed days that were counted around.
 * @throws RelanceError `window_never_opens` when there are no business days to count.
 * @example addWait(saturdayEvening, { n: 1, unit: 'bd' }, 1, weekdays) // Monday, when the window opens
 */
export function addWait(at: Instant, wait: Wait, pace: number, calendar: Calendar, passed?: Passed): Instant {
  const { n, unit } = wait
  const days = (count: number): Instant => addDays(at, paced(count, pace), calendar.zone)
  switch (unit) {
    case 'm':
      return at + Math.round(paced(n, pace) * MINUTE)
    case 'h':
      return at + Math.round(paced(n, pace) * HOUR)
    case 'bh':
      return n === 0 ? at : addOpenTime(at, Math.max(MINUTE, paced(n, pace) * HOUR), calendar, passed)
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

/**
 * Adds a wait that stands still in holds: what is left of it when one begins goes on when that is over. Of business days
 * those that were whole by then count; of everything else, the time.
 * @param holds - in order; those before `at` don't matter
 */
export function addHeldWait(
  at: Instant,
  wait: Wait,
  pace: number,
  calendar: Calendar,
  holds: readonly Span[],
  passed?: Passed,
): Instant {
  let from = at
  let { n } = wait.unit === 'bd' && wait.n > 0 ? { n: Math.max(1, Math.ceil(paced(wait.n, pace))) } : wait
  const add = (to: Instant): Instant =>
    wait.unit === 'bd'
      ? addWait(to, { n, unit: 'bd' }, 1, calendar, passed)
      : addWait(to, wait, pace, calendar, passed)
  let due = add(from)
  for (const hold of holds) {
    if (hold.to <= from) continue
    if (hold.from >= due) break
    const begun = Math.max(from, hold.from)
    if (wait.unit === 'bd') {
      while (n > 1 && addBusinessDays(from, 1, calendar) <= begun) {
        from = addBusinessDays(from, 1, calendar)
        n -= 1
      }
      due = add(hold.to)
    } else if (wait.unit === 'bh')
      due = addOpenTime(hold.to, openTime(begun, due, calendar), calendar, passed)
    else due = hold.to + (due - begun)
    from = hold.to
  }
  return due
}

/**
 * A place in the time that waits take, for leads that are let go together: `share` of the way from `at` to where the
 * waits would end, counted in time at which the window is open. Where there is no wait, a business day.
 */
export function spreadOver(
  at: Instant,
  waits: readonly Wait[],
  pace: number,
  share: number,
  calendar: Calendar,
): Instant {
  const all = waits.length > 0 ? waits : [{ n: 1, unit: 'bd' } as const]
  const end = all.reduce((from, wait) => addWait(from, wait, pace, calendar), at)
  return addOpenTime(at, share * openTime(at, end, calendar), calendar)
}

/** A stretch of time. */
interface Span {
  from: Instant
  to: Instant
}

/** 50 × 1.1 is 55 days, not 55.00000000000001. */
const paced = (n: number, pace: number): number => Math.round(n * pace * 1e6) / 1e6

const addDays = (at: Instant, days: number, zone: string): Instant =>
  Number.isInteger(days) ? turnHands(at, zone, (wall) => wall + days * DAY) : at + Math.round(days * DAY)

/**
 * The `count`th business day after the day of `at`, at its time of day. A time at which the window is closed for the
 * rest of that day becomes its opening, so that what begins on an evening loses no day.
 */
function addBusinessDays(at: Instant, count: number, calendar: Calendar, passed?: Passed): Instant {
  const first = dayNumber(at, calendar.zone)
  let day = first
  for (let left = count; left > 0; left--) {
    const from = day
    do {
      day += 1
      if (day - from > DAYS) throw neverOpens(calendar)
    } while (!isOpenDay(day, calendar, passed))
  }
  const { from, to } = calendar.window
  return turnHands(at, calendar.zone, (wall) => {
    const time = wall - first * DAY
    return day * DAY + (time >= to * MINUTE ? from * MINUTE : time)
  })
}

/** How long the window is open between two instants, in milliseconds. */
function openTime(from: Instant, to: Instant, calendar: Calendar): number {
  let open = 0
  for (let t = nextOpening(from, calendar); t < to; t = nextOpening(t, calendar)) {
    const end = Math.min(to, closing(t, calendar))
    open += end - t
    t = end
  }
  return open
}

/**
 * The last instant inside the window from which on it is open for `hours` until `at`.
 * @throws RelanceError `window_never_opens`
 * @example openHoursBefore(mondayNoon, 4, weekdaysFromNine) // Friday, an hour before the window closes
 */
export function openHoursBefore(at: Instant, hours: number, calendar: Calendar): Instant {
  const wanted = hours * HOUR
  const last = dayNumber(at, calendar.zone)
  // Twice as far back each time, until there is enough; then forward from there.
  for (let days = 1; days <= FARTHEST; days *= 2) {
    const from = dayStart(last - days, calendar.zone)
    const open = openTime(from, at, calendar)
    if (open >= wanted) return nextOpening(addOpenTime(from, open - wanted, calendar), calendar)
  }
  throw neverOpens(calendar)
}

/** How many days back business hours are counted: more than ten years. */
const FARTHEST = 4096

/** The instant at which the window has been open for `open` milliseconds since `at`. */
function addOpenTime(at: Instant, open: number, calendar: Calendar, passed?: Passed): Instant {
  let left = Math.round(open)
  for (let t = nextOpening(at, calendar, passed); ; t = nextOpening(t, calendar, passed)) {
    const end = closing(t, calendar)
    if (t + left <= end) return t + left
    left -= end - t
    t = end
  }
}
