/** `holidays: FR` of a cadence: what is known, and what somebody may have meant. */
import Holidays from 'date-holidays'
import { region } from '../calendar/holidays.ts'
import { problem } from '../problem-values.ts'
import { nearest } from './nearest.ts'
import { type Read, short } from './notation.ts'

const book = new Holidays()

/** `FR`, `DE-BY`: a country (ISO 3166-1), or one of its regions (ISO 3166-2). */
export function readHolidays(text: string): Read<string> {
  const dash = text.indexOf('-')
  const [country, part] = dash < 0 ? [text] : [text.slice(0, dash), text.slice(dash + 1)]
  const known = region(country, part)
  if (known === text) return { value: text }
  const countries: Record<string, string> = book.getCountries('en')
  if (known === undefined || part === undefined) {
    const meant = known ?? countryLike(text, countries)
    return { fault: problem('unknown_holidays', { text: short(text), meant }) }
  }
  const regions: Record<string, string> = book.getStates(country) ?? {}
  const meant = nearest(part, Object.keys(regions)) ?? nearest(part, Object.values(regions))
  const code = Object.keys(regions).find((key) => key === meant || regions[key] === meant)
  const instead = code ? `${country}-${code}` : country
  return { fault: problem('unknown_holidays', { text: short(part), country, meant: instead }) }
}

/** The country somebody may have meant by `France`, `UK` or `FRX`. */
function countryLike(text: string, countries: Record<string, string>): string | undefined {
  if (text.toUpperCase() === 'UK') return 'GB'
  const own: Record<string, string> = book.getCountries()
  const names = new Map(
    [countries, own].flatMap((list) => Object.entries(list).map(([code, name]) => [name, code])),
  )
  const name = nearest(text, [...names.keys()])
  return name ? names.get(name) : nearest(text, Object.keys(countries))
}
