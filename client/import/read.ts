/** Reads a file of leads: from bytes to drafts and refusals. Pure: no database, no network, no clock. */
import { z } from 'zod'
import type { FileWarning, RefusedRow } from '../../cadence/leads-file.ts'
import { emailKey } from '../../store/email-key.ts'
import { describe, fieldName, recognise } from './columns.ts'
import { decode } from './decode.ts'
import type { LeadDraft } from './lead-draft.ts'
import { leadFromRow } from './lead-row.ts'
import { readTable } from './table.ts'
import { Warnings } from './warnings.ts'

const optionsSchema = z.strictObject({
  map: z.record(z.string(), z.string()).optional(),
  required: z.array(z.string()).optional(),
})

export interface ReadOptions {
  /** Field → name of its column, over what is guessed. A field that isn't ours becomes a custom one. */
  map?: Record<string, string>
  /** Fields that every lead must have, beside its address. */
  required?: string[]
}

export interface ReadResult {
  /** In the file's order; addresses are unique. */
  leads: LeadDraft[]
  /** In the file's order. */
  refused: RefusedRow[]
  /** Without personal data. */
  warnings: FileWarning[]
  /** Field → the column it was read from. */
  columns: Record<string, string>
  /** Rows that aren't blank: leads and refused together. */
  total: number
}

/**
 * Reads a CSV export of leads.
 *
 * An address that any row says is not to be written to is refused in every row. Of several rows with one
 * address, the first that can be a lead is.
 *
 * @throws RelanceError for a file or mapping that can't be read at all: codes `csv_*` and `map_invalid`
 */
export function readLeads(bytes: Uint8Array, options: ReadOptions = {}): ReadResult {
  const { map, required = [] } = optionsSchema.parse(options)
  const { text, encoding, damaged } = decode(bytes)
  const table = readTable(text)
  const columns = recognise(table.header, map)
  const warnings = new Warnings()
  const wanted = required.map(fieldName)
  const results = table.rows.map((row) => leadFromRow(row, columns, wanted, warnings))

  const suppressed = new Map<string, number>()
  for (const result of results) {
    if ('refused' in result && result.refused.code === 'suppressed' && result.email !== undefined) {
      suppressed.set(emailKey(result.email), result.refused.row)
    }
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
    const stopped = suppressed.get(key)
    const first = seen.get(key)
    if (stopped !== undefined) {
      refused.push({ row, code: 'suppressed', values: { kind: 'row', row: stopped } })
    } else if (first !== undefined) {
      refused.push({ row, code: 'duplicate_row', values: { first } })
    } else {
      seen.set(key, row)
      leads.push(result.ok)
    }
  }
  return {
    leads,
    refused,
    warnings: [
      ...(damaged ? [{ code: 'damaged_text' as const, values: { encoding } }] : []),
      ...table.warnings,
      ...warnings.all(),
    ],
    columns: describe(columns),
    total: table.rows.length,
  }
}
