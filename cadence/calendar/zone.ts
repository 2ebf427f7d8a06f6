/**
 * Wall clocks: what the clocks of an IANA zone show at an instant. A wall time is a number too, the milliseconds from
 * 1970-01-01T00:00 *as those clocks show it*, so that days and times of day are plain division.
 */
import { IANAZone } from 'luxon'
import { RelanceError } from '../errors.ts'
import { DAY, type Instant } from '../time.ts'

/** Wall time minus instant, in milliseconds. */
export type Offset = (at: Instant) => number

const known = new Map<string, Offset>()

/** An IANA zone that this machine's data knows. Bare offsets (`+02:00`) are none: they say nothing of summer time. */
export const validZone = (zone: string): boolean =>
  known.has(zone) || (/^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone))

/** How many zones, and days of a zone, are kept; the names come from outside, so there has to be a limit. */
const ZONES = 1000
const DAYS = 20_000

/**
 * The offsets of a zone. Asking Intl costs microseconds each time and a plan asks often, so each UTC day's are kept.
 * @throws RelanceError `unknown_zone`
 */
export function offsets(zone: string): Offset {
  const before = known.get(zone)
  if (before) return before
  if (!validZone(zone)) {
    throw new RelanceError('unknown_zone', { zone })
  }
  const iana = IANAZone.create(zone)
  const ask: Offset = (at) => Math.round(iana.offset(at) * 60_000)
  const starts = new Map<number, number>()
  const changes = new Map<number, Instant>()
  const start = (day: number): number => {
    const kept = starts.get(day)
    if (kept !== undefined) return kept
    if (starts.size >= DAYS) starts.clear()
    const offset = ask(day * DAY)
    starts.set(day, offset)
    return offset
  }
  // No zone changes its clocks twice within a day: a week is the least in the time zone database.
  const offset: Offset = (at) => {
    const day = Math.floor(at / DAY)
    const first = start(day)
    const last = start(day + 1)
    if (first === last) return first
    let change = changes.get(day)
    if (change === undefined) {
      change = clockChange(ask, day * DAY, (day + 1) * DAY)
      changes.set(day, change)
    }
    return at < change ? first : last
  }
  if (known.size >= ZONES) known.clear()
  known.set(zone, offset)
  return offset
}

/** The first instant of the offset that holds at `to`, where `from` still has another one. */
export function clockChange(offset: Offset, from: Instant, to: Instant): Instant {
  const before = offset(from)
  let low = from
  let high = to
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offset(middle) === before) low = middle
    else high = middle
  }
  return high
}

/**
 * Turns the hands: `turn` gets the wall time at `at`, and the answer is the instant at which the clocks show what it
 * returns. A time that clocks skip is as much later as they skip; one that they show twice keeps the offset of `at`
 * if it can. (What luxon's `plus` does, and its tests compare.)
 */
export function turnHands(at: Instant, zone: string, turn: (wall: number) => number): Instant {
  const offset = offsets(zone)
  const here = offset(at)
  const wall = turn(at + here)
  const there = offset(wall - here)
  if (there === here) return wall - here
  const again = offset(wall - there)
  return again === there ? wall - there : wall - Math.min(there, again)
}

/** Number of the day that the clocks show: 0 is 1970-01-01. */
export const dayNumber = (at: Instant, zone: string): number => Math.floor((at + offsets(zone)(at)) / DAY)

/** The first instant of a day, by its number there. @param near - an instant not far from it */
export const dayStart = (day: number, near: Instant, zone: string): Instant =>
  turnHands(near, zone, () => day * DAY)

/** The last instant of the day that the clocks show at `at`. */
export const endOfDay = (at: Instant, zone: string): Instant =>
  dayStart(dayNumber(at, zone) + 1, at, zone) - 1

/** ISO weekday of a day number: Monday 1 … Sunday 7. */
export const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** `2026-12-25` of a day number. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
