/** The countries and regions whose public holidays are known (date-holidays). */
import Holidays from 'date-holidays'
import { nearest } from './nearest.ts'
import { quote, type Read } from './notation.ts'

const book = new Holidays()

/** `FR`, `DE-BY`: a country (ISO 3166-1), or a country and one of its regions (ISO 3166-2). */
export function readHolidays(text: string): Read<string> {
  const countries: Record<string, string> = book.getCountries('en')
  const [country = '', region, ...more] = text.split('-')
  const fault = (message: string, remedy: string): Read<string> => ({
    fault: { code: 'unknown_holidays', message, remedy },
  })
  if (!Object.hasOwn(countries, country)) {
    const meant = countryLike(text, countries)
    const remedy = meant ? `write ${meant}` : 'write a country as FR, or a region as DE-BY'
    return fault(`no holidays are known for ${quote(text)}`, remedy)
  }
  if (region === undefined) return { is: text }
  const regions: Record<string, string> = book.getStates(country) ?? {}
  if (more.length === 0 && Object.hasOwn(regions, region)) return { is: text }
  const meant = nearest(region, Object.keys(regions)) ?? nearest(region, Object.values(regions))
  const code = Object.keys(regions).find((key) => key === meant || regions[key] === meant)
  const remedy = code ? `write ${country}-${code}` : `write ${country}`
  return fault(`no region ${quote(region)} is known in ${countries[country]}`, remedy)
}

/** What somebody may have meant: `fr`, `France`, `UK`, `FRA`. */
function countryLike(text: string, countries: Record<string, string>): string | undefined {
  const upper = text.trim().toUpperCase()
  if (Object.hasOwn(countries, upper)) return upper
  if (upper === 'UK') return 'GB'
  const own: Record<string, string> = book.getCountries()
  const names = new Map(
    [...Object.entries(own), ...Object.entries(countries)].map(([code, name]) => [name, code]),
  )
  const name = nearest(text, [...names.keys()])
  return name ? names.get(name) : nearest(upper, Object.keys(countries))
}
