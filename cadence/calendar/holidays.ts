/**
 * Public holidays, by country or region, from date-holidays, with corrections: bank holidays, observances and the optional ones are days
 * like any other. A day that is only in part a holiday counts as one. Lunar holidays are as date-holidays reckons
 * them, which can be a day off from what is proclaimed.
 */
import Holidays from 'date-holidays'
import { DAY } from '../time.ts'
import { correct } from './holiday-corrections.ts'

/** Holidays by day number (0 is 1970-01-01), with the name in the region's language. */
type Year = ReadonlyMap<number, string>

/** Region-years that are kept: one takes milliseconds to work out and some kilobytes to keep. */
const KEPT = 400
const years = new Map<string, Year>()
const paths = new Map<string, string[]>()
const lists = new Map<string, string[]>()

/**
 * The code of a country's holidays, or of one of its regions' where those are known: `FR`, `DE-BY`, `DE-BY-A`.
 * @returns the code as `Window.holidays` takes it; the country's when only that is known; undefined when neither is.
 */
export function region(country: string, part?: string): string | undefined {
  const path = (part === undefined ? undefined : find(`${country}-${part}`)) ?? find(country)
  return path?.join('-')
}

/** The name of the public holiday on a day, or undefined. With a code that isn't known, no day is a holiday. */
export function holidayOn(code: string, day: number): string | undefined {
  const { days, first } = yearOf(code, day)
  // One that begins in December may reach into January (Eswatini's Incwala).
  return days.get(day) ?? (day < first + 14 ? yearOf(code, first - 1).days.get(day) : undefined)
}

/** The year that was asked for last, by its days: a plan asks for one day after the other. */
let last: { code: string; first: number; end: number; days: Year } | undefined

/** The year of a day, with its holidays. */
function yearOf(code: string, day: number): { days: Year; first: number } {
  if (last && last.code === code && day >= last.first && day < last.end) return last
  const year = new Date(day * DAY).getUTCFullYear()
  const [first, end] = [Date.UTC(year, 0, 1) / DAY, Date.UTC(year + 1, 0, 1) / DAY]
  last = { code, first, end, days: holidays(code, year) }
  return last
}

/** A year's holidays; those used last are kept. */
function holidays(code: string, year: number): Year {
  const key = `${code} ${year}`
  const kept = years.get(key)
  const found = kept ?? workOut(code, year)
  if (kept) years.delete(key)
  else if (years.size >= KEPT) years.delete(years.keys().next().value as string)
  years.set(key, found)
  return found
}

function workOut(code: string, year: number): Year {
  const days = new Map<number, string>()
  const [country, state, area] = find(code) ?? []
  if (country === undefined) return days
  const place: { country: string; state?: string; region?: string } = { country }
  if (state !== undefined) place.state = state
  if (area !== undefined) place.region = area
  // In UTC no day has 23 or 25 hours; a holiday's date is that of the calendar on the wall either way.
  const calendar = new Holidays(place, { timezone: 'UTC', types: ['public'] })
  for (const holiday of calendar.getHolidays(year)) {
    // Days that begin at sunset are given by `date`; `start` is the evening before.
    const first = Date.parse(holiday.date.slice(0, 10)) / DAY
    const last = Math.floor((holiday.end.getTime() - 1) / DAY)
    for (let day = first; day <= last; day++) if (!days.has(day)) days.set(day, holiday.name)
  }
  correct(country, year, days)
  return days
}

/** Country, state and region of a code, as date-holidays spells them. */
function find(code: string): string[] | undefined {
  const kept = paths.get(code)
  if (kept) return kept
  const path: string[] = []
  for (const part of code.split('-')) {
    const key = parts(path).find((name) => name.toUpperCase() === part.toUpperCase())
    if (key === undefined) return undefined
    path.push(key)
  }
  if (paths.size >= 5000) paths.clear()
  paths.set(code, path)
  return path
}

/** The regions of a country whose holidays are known: code and name, under each name that date-holidays has. */
export function regionNames(country: string): [code: string, name: string][] {
  const languages = new Holidays(country).getLanguages() ?? []
  return [undefined, ...languages, 'en', 'fr'].flatMap((language) =>
    Object.entries(new Holidays().getStates(country, language) ?? {}),
  )
}

/** What there is within a path: countries, a country's states, a state's regions. */
function parts(path: string[]): string[] {
  const key = path.join('-')
  let names = lists.get(key)
  if (!names) {
    const [country, state, area] = path
    const all = new Holidays()
    const found =
      country === undefined
        ? all.getCountries()
        : state === undefined
          ? all.getStates(country)
          : area === undefined
            ? all.getRegions(country, state)
            : {}
    names = Object.keys(found ?? {})
    lists.set(key, names)
  }
  return names
}
