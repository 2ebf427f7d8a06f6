/** Dates in templates: which texts stand for a date, and how `date` writes one for the letter's reader. */

/** A moment as a template can name it. `day`: a date of the calendar, the same in every zone. */
export interface Moment {
  at: Date
  day: boolean
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?$/
const SLASHED = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/

/**
 * Reads a date: ISO 8601, seconds since 1970, or a day with its month and year where only one reading is possible.
 * @returns undefined where it can't be read, or in two ways: nothing is guessed, by no clock and no machine's zone
 */
export function readMoment(value: unknown): Moment | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,11}$/.test(value))) {
    return { at: new Date(Number(value) * 1000), day: false }
  }
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  const [iso, year, month, date] = DAY.exec(text) ?? []
  if (iso) return onDay(Number(year), Number(month), Number(date))
  const [, day, time = '', zone] = INSTANT.exec(text) ?? []
  if (day) {
    const at = new Date(`${day}T${time}${zone === undefined ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2')}`)
    // Without a zone it is what a clock on some wall showed: it is written as it is.
    return Number.isNaN(at.getTime()) ? undefined : { at, day: zone === undefined }
  }
  const [, a, , b, y] = SLASHED.exec(text) ?? []
  if (a === undefined) return undefined
  const [first, second] = [Number(a), Number(b)]
  const readings = [
    onDay(Number(y), second, first),
    first === second ? undefined : onDay(Number(y), first, second),
  ]
  const possible = readings.filter((reading) => reading !== undefined)
  return possible.length === 1 ? possible[0] : undefined
}

function onDay(year: number, month: number, day: number): Moment | undefined {
  const at = new Date(Date.UTC(year, month - 1, day))
  const exists = at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return exists ? { at, day: true } : undefined
}
