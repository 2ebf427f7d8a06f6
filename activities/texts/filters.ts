/**
 * Filters that aren't as Liquid has them: `date` writes in the letter's language and the reader's zone and knows no
 * today, and what escapes gives its value back: each value is escaped once, for the place where it stands.
 */
import type { Context, Liquid } from 'liquidjs'
import { Forbidden } from './forbidden.ts'
import { readMoment } from './moments.ts'

/** What a letter is written in, and for a clock where. */
export interface Reading {
  /** A language (BCP 47). */
  language: string
  /** IANA. */
  zone: string
}

const READING = 'reading'

/** `raw` would print a value as markup; `sample` is chance; Jekyll's dates would read the clock. */
const NOT_FILTERS = [
  'raw',
  'sample',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
]

const ESCAPING = [
  'escape',
  'escape_once',
  'xml_escape',
  'url_encode',
  'cgi_escape',
  'uri_escape',
  'newline_to_br',
]

/** Takes out of an engine the filters that a template can't have, and puts in ours. */
export function setFilters(engine: Liquid): void {
  for (const name of NOT_FILTERS) engine.unregisterFilter(name)
  for (const name of ESCAPING) engine.registerFilter(name, (value: unknown) => value)
  const write = engine.filters.date as (this: unknown, ...values: unknown[]) => unknown
  engine.registerFilter('date', function (this: { context: Context }, value, format, zone) {
    if (value === 'now' || value === 'today') throw new Forbidden({ kind: 'no_clock', word: value })
    if (value === undefined || value === null || value === '') return value
    const moment = readMoment(value)
    if (!moment) throw new Forbidden({ kind: 'date_unclear' })
    const reading = this.context.getRegister<Reading>(READING)
    const opts = { ...this.context.opts, locale: reading.language }
    const context = Object.create(this.context, { opts: { value: opts } })
    return write.call({ context }, moment.at, format, moment.day ? 'UTC' : (zone ?? reading.zone))
  })
}

/** Tells a rendering's filters whom it is for. */
export const setReading = (context: Context, reading: Reading): void => context.setRegister(READING, reading)
