/**
 * Wall clocks: what the clocks of an IANA zone show at an instant. A wall time is a number too, the milliseconds from
 * 1970-01-01T00:00 *as those clocks show it*, so that days and times of day are plain division.
 */
import { IANAZone } from 'luxon'
import { RelanceError } from '../errors.ts'
import { DAY, HOUR, type Instant } from '../time.ts'

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

/** Further from UTC than any zone's clocks. */
const FARTHEST = 16 * HOUR

/**
 * The instant at which the clocks of a zone show a wall time. One that they skip is as much later as they skip; of one
 * that they show twice it is the first, whatever the season in which that is asked.
 */
export function instantOf(wall: number, zone: string): Instant {
  const offset = offsets(zone)
  const before = offset(wall - FARTHEST)
  const after = offset(wall + FARTHEST)
  if (before === after || offset(wall - before) === before) return wall - before
  return offset(wall - after) === after ? wall - after : wall - before
}

/** Turns the hands: from the wall time at `at` to what `turn` makes of it; nothing is turned where that is the same. */
export function turnHands(at: Instant, zone: string, turn: (wall: number) => number): Instant {
  const wall = at + offsets(zone)(at)
  const turned = turn(wall)
  return turned === wall ? at : instantOf(turned, zone)
}

/** Number of the day that the clocks show: 0 is 1970-01-01. */
export const dayNumber = (at: Instant, zone: string): number => Math.floor((at + offsets(zone)(at)) / DAY)

/** The first instant of a day, by its number there. */
export const dayStart = (day: number, zone: string): Instant => instantOf(day * DAY, zone)

/**
 * The number of the day that `at` is in, as days follow each other: each lasts until the next one's first instant. Where
 * the clocks go back over midnight, the hour they show again is the new day's.
 */
export function dayOf(at: Instant, zone: string): number {
  const day = dayNumber(at, zone)
  return at >= dayStart(day + 1, zone) ? day + 1 : day
}

/** The last instant of the day that `at` is in. */
export const endOfDay = (at: Instant, zone: string): Instant => dayStart(dayOf(at, zone) + 1, zone) - 1

/** ISO weekday of a day number: Monday 1 … Sunday 7. */
export const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1

/** `2026-12-25` of a day number. */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)
