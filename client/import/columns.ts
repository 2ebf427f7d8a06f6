/**
 * Decides which column is which field (e-mail, name, company …): by `--map`, else by its header (`headers.ts`).
 */
import { RelanceError } from '../../cadence/errors.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { FIELDS, type Field, fieldOf, looksLikeEmail } from './headers.ts'
import type { ConsentKind } from './opt-out-columns.ts'
import { type Listener, listenerOf } from './opt-outs.ts'
import { foldText, remembered, shown, shownColumns, slug } from './text.ts'

export interface Columns {
  /** For each field, its columns: the first that has a value counts. Consents count in every column. */
  of: Partial<Record<Field, number[]>>
  /** Columns of the team's own, by the name that templates use. */
  custom: { name: string; index: number }[]
  /** The header. */
  names: readonly string[]
  /** True where whole names are written last name first. */
  familyFirst: boolean
  /** What each column is to opt-outs, whatever else it is. */
  consent: readonly (ConsentKind | 'status' | undefined)[]
  /** What hears an opt-out in it. */
  listeners: readonly Listener[]
  /** Columns in which a person said that what isn't understood is no opt-out. */
  ignored: ReadonlySet<number>
}

/** Fields that only say who may be written to: nothing of them is kept. */
const CONSENT: readonly (Field & ConsentKind)[] = [
  'marketing_status',
  'email_status',
  'opted_out',
  'opted_in',
]

/**
 * Reads `--map` pairs: `["email=Adresse mail", "first_name=Prénom"]` → `{ email: "Adresse mail", … }`.
 *
 * @throws RelanceError `map_invalid` for a pair without `=`, or a field given twice
 */
export function parseMap(pairs: readonly string[]): Record<string, string> {
  const map = new Map<string, string>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const field = pair.slice(0, Math.max(at, 0)).trim()
    const column = pair.slice(at + 1).trim()
    if (field === '' || column === '') {
      throw new RelanceError('map_invalid', { kind: 'no_pair', text: shown(pair) })
    }
    if (map.has(field)) throw new RelanceError('map_invalid', { kind: 'twice', name: shown(field) })
    map.set(field, column)
  }
  return Object.fromEntries(map)
}

/**
 * The name of a field as this module writes it: `firstName`, `first_name`, `time zone` and `Account` are
 * understood. A name that is nobody's is a custom field, unless it looks like a slip.
 *
 * @throws RelanceError `map_invalid`
 */
export function fieldName(name: string): string {
  if (/^(?:nom|name)$/.test(foldText(name))) {
    throw new RelanceError('map_invalid', { kind: 'whole_or_last', name: shown(name) })
  }
  const known = fieldOf(name)?.field
  if (known !== undefined) return known
  const meant = nearest(name, FIELDS)
  if (meant !== undefined) {
    throw new RelanceError('map_invalid', { kind: 'slip', name: shown(name), meant, fields: FIELDS })
  }
  const own = slug(name)
  if (own === '') throw new RelanceError('map_invalid', { kind: 'no_name', name: shown(name) })
  return own
}

/**
 * Decides what each column is. A mapping takes precedence over the guess, for its field and its column.
 *
 * @param map field → name of a column
 * @param ignore columns in which only what is clearly an opt-out counts as one
 * @throws RelanceError `csv_unknown_column` for a column that isn't there, `map_invalid`,
 *   `csv_no_email_column`
 */
export function recognise(
  header: readonly string[],
  map: Record<string, string> = {},
  ignore: readonly string[] = [],
): Columns {
  const ignored = new Set(ignore.map((column) => findColumn(header, column)))
  const of: Partial<Record<Field, number[]>> = {}
  const named = new Map<number, string>()
  const taken = new Set<number>()
  for (const [wanted, column] of Object.entries(map)) {
    const index = findColumn(header, column)
    const field = fieldName(wanted)
    taken.add(index)
    if (!isField(field)) named.set(index, field)
    else if (of[field] === undefined) of[field] = [index]
    else throw new RelanceError('map_invalid', { kind: 'twice', name: shown(field) })
  }
  guess(header, taken, of)
  if (of.email === undefined) {
    throw new RelanceError('csv_no_email_column', shownColumns(header))
  }
  const whole = header[of.full_name?.[0] ?? -1]
  const consent = consentsIn(header, of)
  return {
    of,
    custom: customColumns(header, of, taken, named),
    names: header,
    familyFirst:
      whole !== undefined && /^(?:nom|last ?name|surname)\b.*\b(?:prenoms?|first)/.test(foldText(whole)),
    consent,
    listeners: header.map((name, index) => remembered(listenerOf(name, consent[index]))),
    ignored,
  }
}

/** What a column was taken for: our fields, then the name of one's own. */
export const fieldsOf = (columns: Columns, index: number): string[] => [
  ...FIELDS.filter((field) => columns.of[field]?.includes(index)),
  ...columns.custom.flatMap((one) => (one.index === index ? [one.name] : [])),
]

/** The name that a column is shown by. */
export const columnName = (columns: Columns, index: number): string =>
  shown(columns.names[index] ?? '') || `column ${index + 1}`

const isConsent = (field: Field): boolean => (CONSENT as readonly Field[]).includes(field)

/** What opt-outs are listened for in: what a mapping says, and what the column's own name says all the same. */
function consentsIn(header: readonly string[], of: Columns['of']): Columns['consent'] {
  return header.map((name, index) => {
    const mapped = CONSENT.find((field) => of[field]?.includes(index))
    if (mapped !== undefined) return mapped
    const named = CONSENT.find((field) => field === fieldOf(name)?.field)
    return named ?? (of.status?.includes(index) ? 'status' : undefined)
  })
}

const isField = (name: string): name is Field => (FIELDS as readonly string[]).includes(name)

/** Adds what the names of the remaining columns say, to fields that no mapping has filled. */
function guess(
  header: readonly string[],
  taken: ReadonlySet<number>,
  of: Partial<Record<Field, number[]>>,
): void {
  const mapped = new Set(Object.keys(of))
  const found = header
    .map((name, index) => ({ index, name, match: taken.has(index) ? undefined : fieldOf(name) }))
    .flatMap(({ index, name, match }) => (match ? [{ index, name, ...match }] : []))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
  for (const { index, field } of found) {
    // A consent column is never mapped away by another one.
    if (mapped.has(field) && !isConsent(field)) continue
    of[field] = [...(of[field] ?? []), index]
  }
  settleNames(header, mapped, of)
  if (of.email === undefined) {
    const likely = header.flatMap((name, index) =>
      !taken.has(index) && fieldOf(name) === undefined && looksLikeEmail(name) ? [index] : [],
    )
    if (likely.length === 1) of.email = likely
  }
}

/**
 * "Nom" or "Name" is the last name where a first name has a column of its own and the last name has none; "Nombre" and
 * "Nome" are the first name where the last name has.
 */
function settleNames(
  header: readonly string[],
  mapped: ReadonlySet<string>,
  of: Partial<Record<Field, number[]>>,
): void {
  if (of.first_name === undefined && of.last_name !== undefined) {
    const first = header.findIndex((name) => /^(?:nombre|nome)$/.test(foldText(name)))
    if (first < 0 || mapped.has('first_name')) return
    of.first_name = [first]
    leaveOut(of, first)
    return
  }
  if (of.first_name === undefined || of.last_name !== undefined || mapped.has('full_name')) return
  const wholeNameColumn = of.full_name?.find((index) =>
    /^(?:nom|name)$/.test(foldText(stripEntity(header[index] ?? ''))),
  )
  if (wholeNameColumn === undefined) return
  of.last_name = [wholeNameColumn]
  leaveOut(of, wholeNameColumn)
}

/** A column of whole names is one no more. */
function leaveOut(of: Columns['of'], column: number): void {
  const rest = of.full_name?.filter((index) => index !== column) ?? []
  if (rest.length > 0) of.full_name = rest
  else delete of.full_name
}

const stripEntity = (header: string): string => header.replace(/^.* - /, '')

/** Fields whose columns are kept under their own names too: not all that they hold has a place in a draft. */
const KEPT: readonly Field[] = ['status', 'region']

/** Every column that fills no field, and those that only fill in for another, under a name of its own. */
function customColumns(
  header: readonly string[],
  of: Partial<Record<Field, number[]>>,
  taken: ReadonlySet<number>,
  named: ReadonlyMap<number, string>,
): Columns['custom'] {
  const used = new Set(CONSENT.flatMap((field) => of[field] ?? []))
  for (const field of FIELDS) {
    const first = of[field]?.[0]
    if (first !== undefined && !KEPT.includes(field)) used.add(first)
  }
  const kept = new Set(KEPT.flatMap((field) => of[field] ?? []))
  const names = new Set<string>([...FIELDS.filter((field) => field !== 'region'), ...named.values()])
  return header.flatMap((column, index) => {
    const given = named.get(index)
    if (given !== undefined) return [{ name: given, index }]
    if (used.has(index) || (taken.has(index) && !kept.has(index)) || column === '') return []
    const name = unique(slug(column.replace(/^Person\s+-\s+/i, '')) || `column_${index + 1}`, names)
    names.add(name)
    return [{ name, index }]
  })
}

function unique(name: string, names: ReadonlySet<string>): string {
  if (!names.has(name)) return name
  let n = 2
  while (names.has(`${name}_${n}`)) n++
  return `${name}_${n}`
}

function findColumn(header: readonly string[], column: string): number {
  const exact = header.indexOf(column)
  if (exact >= 0) return exact
  const wanted = foldText(column)
  const folded = header.findIndex((name) => wanted !== '' && foldText(name) === wanted)
  if (folded >= 0) return folded
  const meant = nearest(column, header)
  throw new RelanceError('csv_unknown_column', {
    column: shown(column),
    meant: meant === undefined ? undefined : shown(meant),
    ...shownColumns(header),
  })
}
