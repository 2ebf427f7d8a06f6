/** Reads a file of leads: from bytes to drafts and refusals. Pure: no database, no network, no clock. */
import { z } from 'zod'
import type { FileWarning, RefusedRow } from '../../cadence/leads-file.ts'
import { emailKey } from '../../store/email-key.ts'
import { type Columns, columnName, fieldName, fieldsOf, recognise } from './columns.ts'
import { type Decoded, decode } from './decode.ts'
import type { LeadDraft } from './lead-draft.ts'
import { leadFromRow } from './lead-row.ts'
import type { ConsentKind } from './opt-out-columns.ts'
import { OptedOut } from './opted-out.ts'
import { type Row, readTable } from './table.ts'
import { clean, shown } from './text.ts'
import { Warnings } from './warnings.ts'

const optionsSchema = z.strictObject({
  map: z.record(z.string(), z.string()).optional(),
  required: z.array(z.string()).optional(),
  ignore: z.array(z.string()).optional(),
  encoding: z.string().optional(),
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
}

/** How the file was read: with texts that another encoding would spoil. */
export interface EncodingReading {
  name: string
  confidence: number
  sample: string[]
}

/** What a column was taken for. */
export interface ColumnReading {
  column: string
  /** Fields, and the name of one's own that templates use; none where it is left out. */
  fields: string[]
  /** It says who may be written to. */
  consent?: ConsentKind
  /** A person said that what isn't understood in it is no opt-out. */
  ignored?: true
  /** Its first two values. Personal data. */
  samples: string[]
}

export interface ReadResult {
  /** In the file's order; addresses are unique. */
  leads: LeadDraft[]
  /** In the file's order. */
  refused: RefusedRow[]
  /** Without personal data. */
  warnings: FileWarning[]
  encoding: EncodingReading
  /** In the file's order. */
  columns: ColumnReading[]
  /** Rows that aren't blank: leads and refused together. */
  total: number
}

/**
 * Reads a CSV export of leads.
 *
 * An address that any row says, or may say, is not to be written to is refused in every row. Of several rows with one
 * address, the first that can be a lead is.
 *
 * @throws RelanceError for a file or mapping that can't be read at all: codes `csv_*` and `map_invalid`
 */
export function readLeads(bytes: Uint8Array, options: ReadOptions = {}): ReadResult {
  const { map, required = [], ignore, encoding } = optionsSchema.parse(options)
  const decoded = decode(bytes, encoding)
  const table = readTable([...decoded.pieces()].join(''))
  const columns = recognise(table.header, map, ignore)
  const warnings = new Warnings()
  const wanted = required.map(fieldName)
  const results = table.rows.map((row) => leadFromRow(row, columns, wanted, warnings))

  const said = new OptedOut()
  for (const result of results) {
    if ('refused' in result) said.note(result.refused)
  }
  const leads: LeadDraft[] = []
  const refused: RefusedRow[] = []
  const seen = new Map<string, number>()
  for (const result of results) {
    if ('refused' in result) {
      refused.push(result.refused)
      continue
    }
    const { row, email } = result.ok
    const key = emailKey(email)
    const elsewhere = said.of(key)
    const first = seen.get(key)
    if (elsewhere !== undefined) {
      refused.push({ row, email, ...elsewhere })
    } else if (first !== undefined) {
      refused.push({ row, email, code: 'duplicate_row', values: { first } })
    } else {
      seen.set(key, row)
      leads.push(result.ok)
    }
  }
  return {
    leads,
    refused,
    warnings: [
      ...(decoded.damaged ? [{ code: 'damaged_text' as const, values: { encoding: decoded.name } }] : []),
      ...table.warnings,
      ...warnings.all(),
    ],
    encoding: encodingReading(decoded, columns, table.rows),
    columns: readingsOf(columns, table.rows),
    total: table.rows.length,
  }
}

/** How many values of a column are shown. */
const SAMPLES = 2

function readingsOf(columns: Columns, rows: readonly Row[]): ColumnReading[] {
  return columns.names.map((_, index) => {
    const samples = new Set<string>()
    for (const { cells } of rows) {
      const text = clean(cells[index] ?? '')
      if (text !== '') samples.add(shown(text))
      if (samples.size === SAMPLES) break
    }
    const consent = columns.consent[index]
    return {
      column: columnName(columns, index),
      fields: fieldsOf(columns, index),
      ...(consent !== undefined && consent !== 'status' && { consent }),
      ...(columns.ignored.has(index) && { ignored: true as const }),
      samples: [...samples],
    }
  })
}

/** Names first: they are what a letter begins with. */
function encodingReading(decoded: Decoded, columns: Columns, rows: readonly Row[]): EncodingReading {
  const { name, confidence } = decoded
  const named = (['first_name', 'last_name', 'full_name', 'company'] as const).flatMap(
    (field) => columns.of[field] ?? [],
  )
  const sample = new Set<string>()
  for (const { cells } of rows) {
    for (const index of named) {
      const text = clean(cells[index] ?? '')
      if (sample.size < 3 && /[^\x20-\x7e]/.test(text)) sample.add(shown(text))
    }
  }
  return { name, confidence, sample: [...sample] }
}
