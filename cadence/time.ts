/**
 * Instants and waits. Nothing here reads a clock, and nothing here knows a calendar: business days need holidays
 * and a time zone; `calendar/calendar.ts` adds them.
 */

/** A moment on the environment's clock: milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

/** Minutes, hours, business hours, days of 24 h, business days, weeks, months, years. */
export const UNITS = ['m', 'h', 'bh', 'd', 'bd', 'w', 'mo', 'y'] as const
export type Unit = (typeof UNITS)[number]

/** Units that only a calendar can count: hours in which a window is open, and days on which one opens. */
export const CALENDAR_UNITS = ['bh', 'bd'] as const

/** A wait that needs no calendar. */
export const isFixed = (wait: Wait): boolean => !(CALENDAR_UNITS as readonly Unit[]).includes(wait.unit)

/** A wait as a cadence writes it: `3bd` is `{ n: 3, unit: 'bd' }`. */
export interface Wait {
  n: number
  unit: Unit
}

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The longest wait of each unit, about ten years (minutes: ten weeks): a longer one is taken for a mistake. */
const MOST: Record<Unit, number> = {
  m: 99_999,
  h: 87_600,
  bh: 20_800,
  d: 3650,
  bd: 2600,
  w: 520,
  mo: 120,
  y: 10,
}

/**
 * Reads `30m`, `4h`, `4bh`, `3d`, `3bd`, `2w`, `6mo`, `2y`.
 * @returns the wait, or undefined when the text isn't one or is longer than ten years.
 */
export function parseWait(text: string): Wait | undefined {
  const match = /^(\d{1,5})\s*(mo|m|bh|h|bd|d|w|y)$/.exec(text.trim())
  if (!match) return undefined
  const wait: Wait = { n: Number(match[1]), unit: match[2] as Unit }
  return wait.n <= MOST[wait.unit] ? wait : undefined
}

/** A stretch of time in a unit that nobody takes for a day or week of the calendar: 24 h for a day, 7 d for a week. */
export const stretchOf = ({ n, unit }: Wait): Wait =>
  unit === 'w' ? { n: 7 * n, unit: 'd' } : unit === 'd' && n === 1 ? { n: 24, unit: 'h' } : { n, unit }

/** `{ n: 3, unit: 'bd' }` → `3bd`. */
export const formatWait = (wait: Wait): string => `${wait.n}${wait.unit}`

/**
 * Adds a wait that needs no calendar: minutes, hours, days (24 h), weeks, months and years (the same day of the month
 * in UTC, or the month's last day).
 * @throws RangeError for business hours and days, which only `calendar/waits.ts` can count.
 */
export function addFixed(at: Instant, wait: Wait): Instant {
  switch (wait.unit) {
    case 'm':
      return at + wait.n * MINUTE
    case 'h':
      return at + wait.n * HOUR
    case 'd':
      return at + wait.n * DAY
    case 'w':
      return at + wait.n * 7 * DAY
    case 'mo':
      return addMonths(at, wait.n)
    case 'y':
      return addMonths(at, wait.n * 12)
    case 'bh':
    case 'bd':
      throw new RangeError('business hours and days need a calendar')
  }
}

function addMonths(at: Instant, months: number): Instant {
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return date.getTime()
}
