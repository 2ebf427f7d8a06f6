/**
 * Caps: at most so many e-mails. Calendar caps count the days, weeks and months that the lead's clocks show, so that a
 * daily e-mail doesn't drift to a later time each day. Rolling caps count any stretch of time, so that four can't go out
 * between a Thursday and the Tuesday after it.
 */
import type { Cap } from '../plan.ts'
import { addFixed, DAY, type Instant, type Wait } from '../time.ts'
import { dayOf, dayStart, weekday } from './zone.ts'

/**
 * The first instant from `at` on at which the cap lets one more e-mail go out.
 * @param times - past e-mails and others' reservations, in any order; the one being planned is not among them.
 * @param zone - whose days, weeks and months a calendar cap counts.
 * @throws RangeError for a cap of none at all.
 */
export function nextAllowed(times: readonly Instant[], at: Instant, cap: Cap, zone: string): Instant {
  if (cap.count < 1) throw new RangeError('a cap of less than one e-mail never lets any go out')
  if (times.length < cap.count) return at
  return cap.kind === 'calendar' ? nextPlace(times, at, cap, zone) : nextStretch(times, at, cap)
}

/** The first instant from `at` on whose day, week or month there has less than `count`. */
function nextPlace(times: readonly Instant[], at: Instant, { count, per }: Cap, zone: string): Instant {
  for (let t = at; ; ) {
    const [first, next] = daysOf(dayOf(t, zone), per)
    const [from, to] = [dayStart(first, zone), dayStart(next, zone)]
    if (times.filter((time) => time >= from && time < to).length < count) return t
    t = to
  }
}

/** The day, week or month of a day: its first day, and the next one's; all by their numbers. */
function daysOf(day: number, { unit }: Wait): [number, number] {
  if (unit === 'd') return [day, day + 1]
  if (unit === 'w') return [day + 1 - weekday(day), day + 8 - weekday(day)]
  const date = new Date(day * DAY)
  const [first, next] = [0, 1].map((n) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + n) / DAY)
  return [first as number, next as number]
}

/**
 * The first instant from `at` on at which one more e-mail leaves no stretch `[x, x + per)` with more than `count`.
 * Stretches that are over the cap without it (the cap was tightened since) don't count against it.
 */
function nextStretch(times: readonly Instant[], at: Instant, cap: Cap): Instant {
  const { count } = cap
  // Whatever a stretch from `at` on can't hold doesn't matter.
  const near = times.filter((time) => stretchEnd(time, cap) > at)
  if (near.length < count) return at
  const sorted = near.sort((a, b) => a - b)
  let t = at
  // `count` neighbours and t are one too many when a stretch holds them all. Later neighbours let go later.
  for (let i = 0; i + count <= sorted.length; i++) {
    const first = sorted[i] as Instant
    const last = sorted[i + count - 1] as Instant
    if (Math.max(last, t) < stretchEnd(Math.min(first, t), cap)) t = stretchEnd(first, cap)
  }
  return t
}

/**
 * Where the stretches end that hold `from`: `per` after it. A month after the 29th, 30th and 31st of January is all
 * the last of February: then it is the end of that day, or one begun on the 30th would outlast one of the 31st.
 */
function stretchEnd(from: Instant, { per }: Cap): Instant {
  const end = addFixed(from, per)
  if (per.unit !== 'mo' && per.unit !== 'y') return end
  const date = new Date(end)
  if (date.getUTCDate() === new Date(from).getUTCDate()) return end
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1)
}
