/**
 * A cadence's texts tried out in `check`: for two imagined readers in each of its languages (one of whom everything is
 * known, one with nothing but what the texts insist on), and for the leads of a list.
 */
import { everyText, type Reader } from '../../activities/texts/every-text.ts'
import { imaginedValue } from '../../activities/texts/imagined.ts'
import { writtenIn } from '../../activities/texts/letter-file.ts'
import { mentionsOf, mentionsOfInline, parseTemplate } from '../../activities/texts/template.ts'
import { textUses } from '../../activities/texts/text-uses.ts'
import type { Published } from '../../activities/touch/published.ts'
import type { TextFault } from '../../cadence/error-values.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { short } from '../../cadence/language/notation.ts'
import type { Problem } from '../../cadence/language/problem.ts'
import { type ProblemValues, problem } from '../../cadence/problem-values.ts'
import { type Addressee, lettersFor, readerOf, WrongCount } from './letters.ts'

/** A list of leads to try a cadence's texts out with. */
export interface SampleLeads {
  /** Its name, for the problems. */
  file: string
  leads: readonly (Addressee & { row: number })[]
  /** Names that templates can use: `company`, and the list's own. */
  columns: readonly string[]
}

/** Any day; offers of imagined leads begin on it. */
const SOME_DAY = Date.UTC(2027, 2, 1, 9)

/** What can't be written for people nothing in particular is wrong with. */
export function tryOnImagined(published: Published, folder: string, file: string): Problem[] {
  const faults = everyText(published, SOME_DAY)
  const found = new Map<string, TextFault>()
  for (const language of writtenIn(published.plan)) {
    for (const reader of imaginedReaders(published, language)) {
      for (const fault of faults(reader)) found.set(JSON.stringify(fault), fault)
    }
  }
  // A letter that isn't there in a language is told at its step.
  const told = [...found.values()].filter(({ kind }) => kind !== 'language')
  return told.map((fault): Problem => {
    const { text, line = 1, column = 1 } = fault
    const place =
      'template' in text ? { file: `${folder}/${text.template}`, line, column } : { file, line: 1, column: 1 }
    const is =
      fault.kind === 'template' ? problem('invalid_template', fault.fault) : problem('unwritable_text', fault)
    return { ...is, ...place, severity: 'error' }
  })
}

/** Somebody of whom everything is known that the letters mention. */
export const imaginedReader = (published: Published, language: string): Reader =>
  imaginedReaders(published, language)[0] as Reader

function imaginedReaders({ plan, files }: Published, language: string): Reader[] {
  const uses = textUses(plan)
  const inTasks = uses.flatMap(({ kind, name }) => (kind === 'task' ? mentionsOfInline(name) : []))
  const all = [...mentionsIn({ plan, files }), ...inTasks]
  const sources = [...Object.values(files), ...uses.map(({ name }) => name)]
  const paths = (list: typeof all): string[] => [...new Set(list.map(({ path }) => path))]
  const required = paths(all.filter((mention) => mention.required))
  return [paths(all), required].map((known) => readerWith(known, sources, language))
}

function readerWith(paths: readonly string[], sources: readonly string[], language: string): Reader {
  const of = (group: string): Record<string, string> =>
    Object.fromEntries(
      paths
        .filter((path) => path.startsWith(`${group}.`))
        .map((path) => [path.slice(group.length + 1), imaginedValue(path, sources)]),
    )
  const { company, country, locale, ...custom } = of('lead')
  const nobody = { first_name: null, last_name: null, title: null, phone: null, company: null }
  return {
    contact: { ...nobody, ...of('contact'), email: 'somebody@example.com' },
    referrer: { ...nobody, ...of('referrer') },
    company: company ?? null,
    country: country === undefined ? null : 'FR',
    locale: language,
    zone: 'UTC',
    custom,
    topic: null,
    facts: null,
  }
}

/** What the leads of a list lack or bring that a cadence's letters can't be written with. */
export function tryOnLeads(published: Published, { file, leads }: SampleLeads): Problem[] {
  const check = lettersFor(published, SOME_DAY)
  const wrong = new WrongCount<number>()
  for (const { row, ...lead } of leads) wrong.note(row, check(readerOf(lead)))
  return wrong.all().map(({ is, first: row, count: rows }): Problem => {
    const values = { row, rows, ...is } as ProblemValues['unwritable_rows']
    // What no row can change is the cadence's fault.
    const severity = 'fault' in is && is.fault.kind === 'language' ? 'error' : 'warning'
    return { ...problem('unwritable_rows', values), file, line: row, column: 1, severity }
  })
}

/** Names of the list's own that no list has: slips, or columns that somebody forgot. */
export function unknownColumns(
  published: Published,
  folder: string,
  known: { columns: readonly string[]; kind: 'list' | 'launched' },
): Problem[] {
  const names = known.columns.map((column) => `lead.${column}`)
  return mentionsIn(published).flatMap(({ path, file, line, column }): Problem[] => {
    if (!isOwn(path) || names.includes(path)) return []
    const meant = nearest(path, [...names, ...OURS])
    const is = problem('unknown_column', { variable: short(path), kind: known.kind, meant })
    const severity = known.kind === 'list' ? 'error' : 'warning'
    return [{ ...is, file: `${folder}/${file}`, line, column, severity }]
  })
}

/** Names that are one of ours but for a letter or two, where no list is at hand. */
export function slips(published: Published, folder: string): Problem[] {
  return mentionsIn(published).flatMap(({ path, file, line, column }): Problem[] => {
    const meant = isOwn(path) ? nearest(path, OURS) : undefined
    if (meant === undefined) return []
    const is = problem('unknown_column', { variable: short(path), kind: 'slip', meant })
    return [{ ...is, file: `${folder}/${file}`, line, column, severity: 'warning' }]
  })
}

const OURS = ['lead.company', 'lead.country', 'lead.locale']
const isOwn = (path: string): boolean => path.startsWith('lead.') && !OURS.includes(path)
const mentionsIn = ({ files }: Published) =>
  Object.entries(files).flatMap(([name, source]) => mentionsOf(parseTemplate(source, name)))
