/**
 * Reads a do-not-contact list: addresses and domains, one a row, with or without a header, in any column. It is read as
 * it comes in, so that its size is no matter.
 */
import { Readable } from 'node:stream'
import { type Options, parse } from 'csv-parse'
import type { AddressFault } from '../../cadence/error-values.ts'
import { type FileWarning, SUPPRESSION_REASONS, type SuppressionReason } from '../../cadence/leads-file.ts'
import { isEverybodys } from '../../store/accounts.ts'
import { parseAddress } from './address.ts'
import type { ColumnReading, EncodingReading } from './column-readings.ts'
import { openBytes } from './open-bytes.ts'
import { SeenColumns } from './seen-columns.ts'
import { foldText, shown } from './text.ts'

/** An entry of the list as it is stored: an address, or a domain as `@atelier.example`. */
export type ParsedEntry = { entry: string } | { fault: AddressFault }

/** Reads an entry as people write it: `lea@atelier.example`, `@atelier.example`, `atelier.example`, `*.atelier.example`. */
export function parseEntry(text: string): ParsedEntry {
  const cell = text.trim()
  if (cell.lastIndexOf('@') > 0) {
    const parsed = parseAddress(cell)
    return 'fault' in parsed ? parsed : { entry: parsed.address.toLowerCase() }
  }
  const parsed = parseAddress(
    `x@${cell.replace(/^(?:@|\*\.|https?:\/\/(?:www\.)?)/i, '').replace(/\/$/, '')}`,
  )
  if ('fault' in parsed) return { fault: { kind: cell.startsWith('@') ? 'no_domain' : 'no_at' } }
  const domain = parsed.address.slice(parsed.address.lastIndexOf('@') + 1)
  return isEverybodys(domain) ? { fault: { kind: 'everybodys_domain' } } : { entry: `@${domain}` }
}

/** A row that is no blank one. */
export type ListRow = { row: number } & (
  | { entry: string; reason?: SuppressionReason; note?: string }
  | { fault: AddressFault; value: string }
)

export interface ListReading {
  encoding: EncodingReading
  warnings: FileWarning[]
  /** What the columns were taken for, so far as rows were read. A list without a header has `column 1`. */
  columns(): ColumnReading[]
  rows: AsyncIterable<ListRow>
}

type Column = 'entry' | 'reason' | 'note'

const NAMES: Record<Column, RegExp> = {
  entry:
    /^(?:e ?mail|email address|mail|address|adresse(?: e ?mail| mail)?|courriel|entry|domain|domaine?|do not contact)s?$/,
  reason: /^(?:reason|motif|raison|grund)$/,
  note: /^(?:note|comment|commentaire|remarque|bemerkung)s?$/,
}

const OPTIONS: Options = {
  ...{ delimiter: [',', ';', '\t'], bom: true, trim: true, skip_empty_lines: false },
  ...{ relax_column_count: true, relax_quotes: true, max_record_size: 100_000 },
}

/** Longest note that is kept. */
const LONGEST_NOTE = 1000

/**
 * Reads a list from its bytes: a text, or a workbook.
 * @param sheet a workbook's sheet, where several may be the list
 * @throws RelanceError those of `openBytes`
 */
export async function readNoList(bytes: AsyncIterable<Uint8Array>, sheet?: string): Promise<ListReading> {
  const opened = await openBytes(bytes, sheet)
  const seen = new SeenColumns()
  return {
    encoding: { ...opened.encoding, sample: seen.names },
    warnings: opened.warnings,
    columns: () => seen.all(),
    rows: read(opened.text, seen),
  }
}

async function* read(text: AsyncIterable<string>, seen: SeenColumns): AsyncGenerator<ListRow> {
  const records = Readable.from(text).pipe(parse(OPTIONS)) as AsyncIterable<string[]>
  const of: Partial<Record<Column, number>> = {}
  let row = 0
  let begun = false
  for await (const cells of records) {
    row += 1
    if (cells.every((cell) => cell.trim() === '')) continue
    if (begun || cells.some((cell) => looksLikeEntry(cell))) begun = true
    // A title may stand above the header.
    else if (row === 1 || cells.some((name) => NAMES.entry.test(foldText(name)))) {
      seen.header = cells.map(shown)
      for (const column of Object.keys(NAMES) as Column[]) {
        const index = cells.findIndex((name) => NAMES[column].test(foldText(name)))
        if (index < 0) continue
        of[column] = index
        seen.take(index, column)
      }
      continue
    }
    seen.note(cells)
    yield { row, ...entryOf(cells, of, seen) }
  }
}

function entryOf(cells: string[], of: Partial<Record<Column, number>>, seen: SeenColumns) {
  const cell = (index: number | undefined): string => unquoted(cells[index ?? -1] ?? '')
  // Without a name to go by it is the first cell that is one.
  const at = of.entry ?? Math.max(0, cells.findIndex(looksLikeEntry))
  const value = cell(at)
  const parsed = parseEntry(value)
  if ('entry' in parsed) seen.take(at, 'entry')
  if ('fault' in parsed) return { fault: parsed.fault, value: shown(value) }
  const said = foldText(cell(of.reason))
  const reason = SUPPRESSION_REASONS.find((one) => one === said)
  const note = cell(of.note).slice(0, LONGEST_NOTE)
  return { entry: parsed.entry, ...(reason && { reason }), ...(note !== '' && { note }) }
}

const looksLikeEntry = (cell: string): boolean =>
  /^\S+$/.test(cell.trim()) && /[@.]/.test(cell) && 'entry' in parseEntry(unquoted(cell))

/** What a spreadsheet would compute is written with an apostrophe before it, here and in what spreadsheets export. */
const FORMULA = /^'*[=+\-@\t\r]/
const unquoted = (cell: string): string => (cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell)

/** A cell of a CSV file that no spreadsheet computes, and that `readNoList` reads as it was. */
export function safeCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
