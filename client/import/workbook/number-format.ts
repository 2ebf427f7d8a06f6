/**
 * What a number of a workbook shows, by its format: a date is a number of days, a postcode may owe its zeros to the
 * format. Dates come out in ISO 8601 and in no zone, for a workbook has none; other numbers without grouping, currency,
 * exponent, or what computing in binary left behind the fifteenth digit.
 */

/** Shows a number by what its cell says of it. */
export type NumberFormat = (value: string) => string

const DAY = 86_400
/** The last day of the year 9999. */
const LAST_DAY = 2_958_465
/** Formats without a code of their own (ECMA-376, 18.8.30): dates, those of East Asia included. */
const BUILT_IN: Readonly<Record<number, string>> = {
  ...{ 1: '0', 9: '0%', 10: '0.00%', 18: 'h:mm AM/PM', 19: 'h:mm:ss AM/PM', 20: 'h:mm', 21: 'h:mm:ss' },
  ...{ 22: 'm/d/yy h:mm', 45: 'mm:ss', 46: '[h]:mm:ss', 47: 'mmss.0' },
  ...Object.fromEntries([14, 15, 16, 17, 27, 28, 29, 30, 31, 36].map((id) => [id, 'yyyy-mm-dd'])),
  ...Object.fromEntries([50, 51, 52, 53, 54, 57, 58].map((id) => [id, 'yyyy-mm-dd'])),
  ...{ 32: 'h:mm', 33: 'h:mm:ss', 34: 'h:mm', 35: 'h:mm:ss', 55: 'h:mm', 56: 'h:mm:ss' },
}

/**
 * The format of a cell.
 * @param code as `dd/mm/yyyy`; left out for a built-in one
 * @param from1904 the workbook counts days from 1904
 */
export function numberFormat(id: number, code: string | undefined, from1904: boolean): NumberFormat {
  const [section = ''] = bare(code ?? BUILT_IN[id] ?? '').split(';')
  if (/general|standard/i.test(section)) return plain
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(section)
  const signs = section.replace(/\[[^\]]*\]/g, (mark) => (/^\[(?:h+|m+|s+)\]$/i.test(mark) ? mark : ''))
  const clock = /h|s|am\/pm/i.test(signs)
  const day = /[yd]/i.test(signs) || (/m/i.test(signs) && !clock)
  if ((clock || day) && !/[#?0]/.test(signs.replace(/s+\]?[.,]0+|mmss\.0+/gi, 's'))) {
    const shown = { day, clock, elapsed, seconds: /s/i.test(signs) }
    return (value) => moment(value, shown, from1904) ?? plain(value)
  }
  if (signs.includes('%')) return (value) => `${plain(String(Number(value) * 100))}%`
  const digits = signs.replace(/[ \-()/+]/g, '')
  if (!/^[0#]*0[0#]*$/.test(digits)) return plain
  const least = digits.length - digits.indexOf('0')
  return (value) => (/^\d+$/.test(plain(value)) ? plain(value).padStart(least, '0') : plain(value))
}

/** A format's code without what it shows as it is: `"kg"`, `\-`, and the blanks of `_)` and `*-`. */
const bare = (code: string): string => code.replace(/"[^"]*"|[\\_*]./g, '')

/** A number without exponent and noise; what is no number as it is. Whole numbers keep all of their digits. */
export function plain(value: string): string {
  if (/^-?\d+$/.test(value)) return value
  const number = Number(Number(value).toPrecision(15))
  if (value.trim() === '' || !Number.isFinite(number)) return value
  if (Number.isInteger(number)) return BigInt(number).toString()
  const text = String(number)
  return text.includes('e') ? number.toFixed(20).replace(/\.?0+$/, '') : text
}

interface Shown {
  day: boolean
  clock: boolean
  elapsed: boolean
  seconds: boolean
}

/** A date, a time of day or a length of time; undefined for what is none. */
function moment(
  value: string,
  { day, clock, elapsed, seconds }: Shown,
  from1904: boolean,
): string | undefined {
  const serial = Number(value)
  if (value.trim() === '' || !(serial >= 0 && serial <= LAST_DAY)) return undefined
  const total = Math.round(serial * DAY)
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  const rest = `:${two(m)}${(elapsed && seconds) || s > 0 ? `:${two(s)}` : ''}`
  if (elapsed) return `${h}${rest}`
  const time = `${two(h % 24)}${rest}`
  if (!day) return time
  // Excel counts a 29 February 1900 that never was.
  const first = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, total < 60 * DAY ? 31 : 30)
  const date = new Date(first + Math.floor(total / DAY) * DAY * 1000).toISOString().slice(0, 10)
  return clock ? `${date} ${time}` : date
}

const two = (number: number): string => String(number).padStart(2, '0')
