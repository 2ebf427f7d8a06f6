/**
 * Reads a file of leads: from bytes to drafts and refusals, in three passes over the file, so that its rows are never in
 * memory together. The first finds out how dates are written, the second checks every row (what one says of an address
 * counts for all of them), the third hands out the leads. Pure: no database, no network, no clock.
 */
import { z } from 'zod'
import type { FileWarning, RefusalData, RefusedRow } from '../../cadence/leads-file.ts'
import { emailKey } from '../../store/email-key.ts'
import { type ColumnReading, type EncodingReading, Readings } from './column-readings.ts'
import { type Columns, columnName, fieldName, recognise } from './columns.ts'
import { type DateOrder, DateOrders } from './date-orders.ts'
import { decode } from './decode.ts'
import { HiddenRows } from './hidden-rows.ts'
import type { LeadDraft } from './lead-draft.ts'
import { leadFromRow } from './lead-row.ts'
import { OptedOut } from './opted-out.ts'
import { openSource, type Source, sheetWarnings } from './source.ts'
import { openTable, type Table } from './table.ts'
import { Warnings } from './warnings.ts'

const optionsSchema = z.strictObject({
  map: z.record(z.string(), z.string()).optional(),
  required: z.array(z.string()).optional(),
  ignore: z.array(z.string()).optional(),
  encoding: z.string().optional(),
  sheet: z.string().optional(),
  dates: z.enum(['dmy', 'mdy']).optional(),
})

export interface ReadOptions {
  /** Field → name of its column, over what is guessed. A field that isn't ours becomes a custom one. */
  map?: Record<string, string>
  /** Fields that every lead must have, beside its address. */
  required?: string[]
  /** Columns in which what looks like an opt-out, and isn't clearly one, is none. */
  ignore?: string[]
  /** How the file is written, where that is not to be found out. */
  encoding?: string
  /** A workbook's sheet, where that is not to be found out. */
  sheet?: string
  /** Whether dates as 01/03/2026 begin with the day or the month, in columns whose own dates don't say. */
  dates?: DateOrder
}

/** What a check of the whole file found. */
export interface Checked {
  /** In the file's order. */
  refused: RefusedRow[]
  /** Without personal data. */
  warnings: FileWarning[]
  encoding: EncodingReading
  /** In the file's order. */
  columns: ColumnReading[]
  /** Rows that aren't blank: leads and refused together. */
  total: number
  /** How many leads there are. */
  leads: number
}

export interface ReadResult extends Omit<Checked, 'leads'> {
  /** In the file's order; addresses are unique. */
  leads: LeadDraft[]
}

/** A reason of the caller's own to refuse a lead that could be read. */
export type Objection = (lead: LeadDraft) => RefusalData | undefined

/**
 * A list of leads, opened.
 *
 * An address that any row says, or may say, is not to be written to is refused in every row. Of several rows with one
 * address, the first that can be a lead is.
 */
export class LeadsFile {
  readonly #source: Source
  readonly #table: Table
  readonly #columns: Columns
  readonly #required: string[]
  readonly #said: DateOrder | undefined
  readonly #hidden: HiddenRows
  /** The order of dates, by column. */
  #dates: ReadonlyMap<number, DateOrder> = new Map()
  /** How much of the file the pass has read, from 0 to 1. */
  #read = 0
  /** Rows that are leads, once the file is checked. */
  #chosen: Set<number> | undefined

  /** @throws RelanceError for a file or mapping that can't be read at all: `csv_*` and `map_invalid` */
  constructor(source: Source, options: ReadOptions = {}) {
    const { map, required = [], ignore, dates } = optionsSchema.parse(options)
    this.#source = source
    this.#hidden = new HiddenRows(source.workbook?.hidden)
    this.#table = openTable(() => this.#pieces(), Object.values(map ?? {}), source.workbook?.width)
    this.#columns = recognise(this.#table.header, map, ignore)
    this.#required = required.map(fieldName)
    this.#said = dates
  }

  /**
   * Opens a list from its bytes.
   * @throws RelanceError as the constructor, and as `openSource`: `csv_*`, `encoding_*`, `sheet_*`, `workbook_*`
   */
  static async open(bytes: Uint8Array, options: ReadOptions = {}): Promise<LeadsFile> {
    const { encoding, sheet, map = {} } = options
    const named = Object.values(map)
    return new LeadsFile(await openSource(bytes, { encoding, sheet, named }), options)
  }

  /**
   * Checks every row. Yields after each batch how many rows are checked and about how many there are.
   * @throws RelanceError where the file can't be read on: `csv_*`
   */
  *check(objection: Objection = () => undefined): Generator<{ done: number; total: number }, Checked> {
    const columns = this.#columns
    const orders = new DateOrders(columns, this.#said)
    for (const batch of this.#table.batches()) {
      for (const row of batch) orders.take(row)
      yield { done: 0, total: batch.length }
    }
    this.#dates = orders.known()
    const odd: FileWarning[] = []
    const warnings = new Warnings()
    const readings = new Readings(columns)
    const said = new OptedOut()
    const refused: RefusedRow[] = []
    const again: { row: number; email: string; first: number }[] = []
    const chosen = new Map<string, { row: number; email: string }>()
    let total = 0
    for (const batch of this.#table.batches((warning) => odd.push(warning))) {
      for (const row of batch) {
        total += 1
        readings.take(row)
        const result = leadFromRow(row, columns, this.#required, warnings, this.#dates)
        const hidden = this.#hidden.has(row.row)
        if ('refused' in result) {
          said.note(result.refused)
          if (!hidden || result.refused.code === 'suppressed') refused.push(result.refused)
          continue
        }
        if (hidden) continue
        const { email } = result.ok
        const key = emailKey(email)
        const first = chosen.get(key)
        const against = first ? undefined : objection(result.ok)
        if (first) again.push({ row: row.row, email, first: first.row })
        else if (against) refused.push({ row: row.row, email, ...against })
        else chosen.set(key, { row: row.row, email })
      }
      yield { done: total, total: Math.max(total, Math.round(total / this.#read)) }
    }
    for (const { row, email, first } of again) {
      const elsewhere = said.of(emailKey(email))
      refused.push({ row, email, ...(elsewhere ?? { code: 'duplicate_row', values: { first } }) })
    }
    for (const [key, { row, email }] of chosen) {
      const elsewhere = said.of(key)
      if (elsewhere === undefined) continue
      refused.push({ row, email, ...elsewhere })
      chosen.delete(key)
    }
    this.#chosen = new Set([...chosen.values()].map(({ row }) => row))
    const { damaged, name, workbook } = this.#source
    return {
      refused: refused.sort((a, b) => a.row - b.row),
      warnings: [
        ...(damaged ? [{ code: 'damaged_text' as const, values: { encoding: name } }] : []),
        ...(workbook ? sheetWarnings(workbook) : []),
        ...odd,
        ...orders.unclear().map((index) => ({
          code: 'dates_unclear' as const,
          values: { column: columnName(columns, index) },
        })),
        ...this.#hidden.warning(),
        ...warnings.all(),
      ],
      encoding: readings.encoding(this.#source),
      columns: readings.all(this.#dates),
      total,
      leads: this.#chosen.size,
    }
  }

  /** The leads, in lists of so many. The file must have been checked. */
  *leads(size: number): Generator<LeadDraft[]> {
    const chosen = this.#chosen
    if (chosen === undefined) throw new Error('the file has not been checked')
    const warnings = new Warnings()
    let list: LeadDraft[] = []
    for (const batch of this.#table.batches()) {
      for (const row of batch) {
        if (!chosen.has(row.row)) continue
        const result = leadFromRow(row, this.#columns, this.#required, warnings, this.#dates)
        if ('ok' in result) list.push(result.ok)
        if (list.length < size) continue
        yield list
        list = []
      }
    }
    if (list.length > 0) yield list
  }

  *#pieces(): Generator<string> {
    for (const { text, share } of this.#source.pieces()) {
      this.#read = share
      yield text
    }
  }
}

/** Reads a whole text at once. @throws RelanceError as `LeadsFile`, and as `decode` */
export const readLeads = (bytes: Uint8Array, options: ReadOptions = {}): ReadResult =>
  readAll(new LeadsFile(decode(bytes, options.encoding), options))

/** Reads a whole list at once. */
export function readAll(file: LeadsFile): ReadResult {
  const check = file.check()
  let step = check.next()
  while (!step.done) step = check.next()
  return { ...step.value, leads: [...file.leads(1000)].flat() }
}
