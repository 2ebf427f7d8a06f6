/** Turns one row of a table into a lead, or into the reason why it can't be one. */
import type { RefusalCode, RefusalData, RefusalValues, RefusedRow } from '../../cadence/leads-file.ts'
import { parseAddress } from './address.ts'
import { type Columns, columnName } from './columns.ts'
import { type DateOrder, inIso } from './date-orders.ts'
import type { Field } from './headers.ts'
import { type LeadDraft, LONGEST_TEXT, leadDraftSchema } from './lead-draft.ts'
import { isGarbled } from './legibility.ts'
import { type PersonName, splitName } from './names.ts'
import { hasRegions, type Place, placeOf, regionOf } from './region.ts'
import type { Row } from './table.ts'
import { clean, isErrorValue, isFormula, isPlaceholder, shown, unwrapLiteral } from './text.ts'
import { localeOf, roleOf } from './vocabulary.ts'
import type { Warnings } from './warnings.ts'
import { zoneName, zoneOfPlace } from './zone.ts'

export type RowResult =
  | { ok: LeadDraft }
  /** With its address where that could be read: what one row says of it counts for the whole file. */
  | { refused: RefusedRow }

/**
 * Reads one row. Duplicates are the file's business, not the row's (see read.ts).
 *
 * A cell that a spreadsheet would compute, or couldn't (`#N/A`), or that can't be what its column says, counts as
 * empty, with a warning; so does a dash, without one. Line breaks in a cell become spaces. `{{ … }}` stays:
 * a lead's data is never evaluated as a template.
 *
 * @param dates the order of dates, by column
 * @param required fields, by the names of `--map`, that a lead must have beside its address
 */
export function leadFromRow(
  row: Row,
  columns: Columns,
  required: readonly string[],
  warnings: Warnings,
  dates: ReadonlyMap<number, DateOrder> = new Map(),
): RowResult {
  const refuse = <Code extends RefusalCode>(
    code: Code,
    values: RefusalValues[Code],
    email?: string,
  ): RowResult => ({
    refused: {
      row: row.row,
      ...({ code, values } as RefusalData),
      ...(email === undefined ? {} : { email }),
    },
  })
  if (row.fault !== undefined) return refuse('missing_field', row.fault)

  const cells = (columns.of.email ?? []).map((index) => unwrapLiteral(row.cells[index] ?? ''))
  const address = cells.find((cell) => value(cell) !== '')
  if (address === undefined) return refuse('missing_field', { kind: 'no_address' })
  const parsed = parseAddress(address)
  if ('fault' in parsed) {
    return refuse('invalid_email', { address: shown(address), fault: parsed.fault })
  }
  const email = parsed.address

  const heard = optOutIn(row, columns)
  if (heard !== undefined) return refuse(heard.code, heard.values, email)

  const draft = fill(row, columns, email, warnings, dates)
  const spoilt = garbledIn(row, columns)
  if (spoilt !== undefined) return refuse('garbled_text', spoilt, email)
  const missing = required.filter((field) => !has(draft, field))
  if (missing.length > 0) {
    return refuse('missing_field', { kind: 'fields', fields: missing }, email)
  }
  return { ok: leadDraftSchema.parse(draft) }
}

/** What in the row says, or may say, that this person is not to be written to; what is clear comes first. */
function optOutIn(row: Row, columns: Columns): RefusalData<'suppressed' | 'opt_out_unclear'> | undefined {
  let doubt: RefusalData<'opt_out_unclear'> | undefined
  for (const [index, hear] of columns.listeners.entries()) {
    const cell = row.cells[index] ?? ''
    const heard = cell === '' ? undefined : hear(cell)
    if (heard === undefined) continue
    const where = { kind: 'column' as const, column: columnName(columns, index), value: shown(cell) }
    if (heard.says === 'no') return { code: 'suppressed', values: { ...where, reason: heard.reason } }
    if (!columns.ignored.has(index)) doubt ??= { code: 'opt_out_unclear', values: where }
  }
  return doubt
}

/** Fields that letters quote. */
const QUOTED: readonly Field[] = ['first_name', 'last_name', 'full_name', 'company']

/** The first of a lead's names that a wrong encoding has spoilt. */
function garbledIn(row: Row, columns: Columns): RefusalValues['garbled_text'] | undefined {
  for (const index of QUOTED.flatMap((field) => columns.of[field] ?? [])) {
    const cell = row.cells[index] ?? ''
    if (isGarbled(cell)) return { column: columnName(columns, index), value: shown(cell) }
  }
  return undefined
}

function fill(
  row: Row,
  columns: Columns,
  email: string,
  warnings: Warnings,
  dates: ReadonlyMap<number, DateOrder>,
): LeadDraft {
  /** The first value among a field's columns. */
  const read = (field: Field, accept = isText): string | undefined => {
    for (const index of columns.of[field] ?? []) {
      const cell = value(row.cells[index] ?? '')
      if (cell === '') continue
      if (accept(cell) && cell.length <= LONGEST_TEXT) return cell
      const code =
        cell.length > LONGEST_TEXT ? 'too_long' : ADDRESS.test(cell) ? 'name_is_address' : 'formula'
      warnings.add({ code, values: { column: columnName(columns, index) } }, row.row)
    }
    return undefined
  }
  /** The same, translated; a value that isn't understood counts as empty. */
  const translate = <T>(field: Field, meaning: (text: string) => T | undefined): T | undefined => {
    const text = read(field)
    const known = text === undefined ? undefined : meaning(text)
    if (text !== undefined && known === undefined)
      warnings.add({ code: 'not_understood', values: { field } }, row.row)
    return known
  }
  for (const [index, cell] of row.cells.entries()) {
    if (isErrorValue(cell.trim())) {
      warnings.add({ code: 'error_value', values: { column: columnName(columns, index) } }, row.row)
    }
  }
  const place = placeIn(row, columns, translate('country', placeOf), warnings)
  const own = translate('zone', zoneName)
  return {
    row: row.row,
    email,
    ...nameOf(read, columns.familyFirst),
    company: read('company', isCompany),
    phone: read('phone', isPhone),
    title: read('title'),
    owner: read('owner'),
    ...place,
    ...zoneIn(own, place),
    locale: translate('locale', localeOf),
    role: translate('role', roleOf),
    source: read('source'),
    externalId: read('external_id'),
    custom: customOf(row, columns, warnings, dates),
  }
}

/**
 * Where somebody is: their country, and the first region of a column of regions whose holidays are known. Cells of such
 * columns are kept as texts of the team's own too, which says what is wrong with them.
 */
function placeIn(
  row: Row,
  columns: Columns,
  country: Place | undefined,
  warnings: Warnings,
): Place | undefined {
  const cells = (columns.of.region ?? []).map((index) => value(row.cells[index] ?? '')).filter(Boolean)
  for (const cell of cells) {
    const region = regionOf(cell, country?.country)
    if (region !== undefined) return { country: region.slice(0, 2), region }
  }
  if (cells.length > 0 && country && country.region === undefined && hasRegions(country.country)) {
    warnings.add({ code: 'region_without_days', values: { country: country.country } }, row.row)
  }
  return country
}

function zoneIn(own: string | undefined, place: Place | undefined): Pick<LeadDraft, 'zone' | 'zoneFrom'> {
  if (own !== undefined) return { zone: own, zoneFrom: 'column' }
  if (place === undefined) return { zoneFrom: 'default' }
  const { zone, from } = zoneOfPlace(place)
  return { zone, zoneFrom: from }
}

/** First and last name; from the column of whole names where both are empty. */
function nameOf(
  read: (field: Field, accept: (cell: string) => boolean) => string | undefined,
  familyFirst: boolean,
): PersonName {
  const firstName = read('first_name', isName)
  const lastName = read('last_name', isName)
  if (firstName !== undefined || lastName !== undefined) return { firstName, lastName }
  const whole = read('full_name', isName)
  return whole === undefined ? {} : splitName(whole, familyFirst)
}

function customOf(
  row: Row,
  columns: Columns,
  warnings: Warnings,
  dates: ReadonlyMap<number, DateOrder>,
): Record<string, string> {
  const custom: Record<string, string> = {}
  for (const { name, index } of columns.custom) {
    const cell = value(row.cells[index] ?? '')
    if (cell === '') continue
    const order = dates.get(index)
    if (isText(cell)) custom[name] = order === undefined ? cell : inIso(cell, order)
    else warnings.add({ code: 'formula', values: { column: columnName(columns, index) } }, row.row)
  }
  return custom
}

/** A cell as one clean line; '' for what stands for nothing. */
function value(cell: string): string {
  if (cell === '') return ''
  const text = clean(unwrapLiteral(clean(cell)))
  return isPlaceholder(text) ? '' : text
}

const isText = (cell: string): boolean => !isFormula(cell)
/** What programs write for a name they don't have. */
const ADDRESS = /^<?[^\s@]+@[^\s@]+\.[^\s@]+>?$/
/** No name begins with a sign that a spreadsheet computes, or is an address. */
const isName = (cell: string): boolean => !/^[=@+-]/.test(cell) && !ADDRESS.test(cell)
const isCompany = (cell: string): boolean => isText(cell) && !ADDRESS.test(cell)
/** A number that a spreadsheet turned into 3.36E+10 is lost. */
const isPhone = (cell: string): boolean => isText(cell) && !/^\d[.,]?\d*e\+\d+$/i.test(cell)

/** Where a required field is in a draft. */
const PLACE: Partial<Record<Field, keyof LeadDraft>> = {
  email: 'email',
  first_name: 'firstName',
  last_name: 'lastName',
  company: 'company',
  phone: 'phone',
  title: 'title',
  owner: 'owner',
  country: 'country',
  region: 'region',
  zone: 'zone',
  locale: 'locale',
  role: 'role',
  source: 'source',
  external_id: 'externalId',
}

function has(draft: LeadDraft, field: string): boolean {
  if (field === 'full_name') return draft.firstName !== undefined || draft.lastName !== undefined
  const place = PLACE[field as Field]
  return place === undefined ? Object.hasOwn(draft.custom, field) : draft[place] !== undefined
}
