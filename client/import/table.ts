/**
 * Parses the text of a CSV file into a header and numbered rows.
 *
 * A row's number is the one a spreadsheet shows beside it: the header is row 1, the record under it row 2.
 * A quoted line break stays inside its cell, so the number counts records, not lines of the file; blank
 * rows are left out but counted.
 */
import { CsvError, type Options, parse } from 'csv-parse/sync'
import { RelanceError } from '../../cadence/errors.ts'
import type { FileWarning, RowFault } from '../../cadence/leads-file.ts'
import { clean, shownColumns } from './text.ts'

export interface Row {
  /** As a spreadsheet numbers it. */
  row: number
  /** As many as the header has; as written in the file. */
  cells: string[]
  /** Why the cells can't be told apart, if so. Such a row is to be refused. */
  fault?: RowFault
}

export interface Table {
  /** Names of the columns, cleaned. '' where a column has none. */
  header: string[]
  rows: Row[]
  separator: Separator
  warnings: FileWarning[]
}

type Separator = ',' | ';' | '\t'
const SEPARATORS: readonly Separator[] = [',', ';', '\t']

/** Characters in a record. HubSpot's longest text property has 65,536. */
const LONGEST_RECORD = 1_000_000

/**
 * Reads a table.
 *
 * @throws RelanceError `csv_empty`, `csv_not_csv` (HTML, JSON), `csv_no_header`, `csv_duplicate_columns`,
 *   `csv_record_too_long`, `csv_quote_not_closed`, `csv_malformed`
 */
export function readTable(text: string): Table {
  if (text.trim() === '') {
    throw new RelanceError('csv_empty', {})
  }
  if (/^\s*(?:<[!?a-z]|[{[]\s*["{[])/i.test(text)) {
    throw new RelanceError('csv_not_csv', {})
  }
  // Excel's own hint, a first line "sep=;", isn't shown as a row.
  const hint = /^sep=([,;\t])(?:\r\n|\n|\r)/i.exec(text)
  const body = hint ? text.slice(hint[0].length) : text
  const separator = (hint?.[1] as Separator | undefined) ?? detectSeparator(body)
  const records = parseRecords(body, separator)
  const top = records.findIndex((cells) => !isBlank(cells))
  const header = readHeader(records[top] ?? [])
  const warnings: FileWarning[] = []
  const end = top + 1 + withoutFooter(records.slice(top + 1), header.length)
  if (end < records.length) {
    warnings.push({ code: 'report_footer', values: { from: end + 1, to: records.length } })
  }
  const rows: Row[] = []
  for (let i = top + 1; i < end; i++) {
    const cells = records[i] as string[]
    if (!isBlank(cells)) rows.push(toRow(cells, i + 1, header.length, separator))
  }
  header.forEach((name, i) => {
    if (name === '' && rows.some(({ cells }) => cells[i]?.trim())) {
      warnings.push({ code: 'unnamed_column', values: { column: i + 1 } })
    }
  })
  if (rows.length === 0) warnings.push({ code: 'no_rows', values: {} })
  return { header, rows, separator, warnings }
}

/** The separator seen most often in the first line that isn't blank, outside of quotes. */
function detectSeparator(text: string): Separator {
  const counts = { ',': 0, ';': 0, '\t': 0 }
  let quoted = false
  let blank = true
  for (let i = 0; i < Math.min(text.length, LONGEST_RECORD); i++) {
    const char = text[i] as string
    if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if ((char === '\n' || char === '\r') && !blank) break
    else if (char in counts) counts[char as Separator]++
    if (char.trim() !== '' && !(char in counts)) blank = false
  }
  return SEPARATORS.reduce((best, next) => (counts[next] > counts[best] ? next : best))
}

function parseRecords(text: string, separator: Separator): string[][] {
  const options: Options = {
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    ltrim: true,
    max_record_size: LONGEST_RECORD,
  }
  try {
    // Trimming on the right lets blanks follow a closing quote, but nothing else: `"A" & B` needs a second go.
    return attempt(() => parse(text, { ...options, rtrim: true })) ?? parse(text, options)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = Number(error.records) + 1
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
      throw new RelanceError('csv_quote_not_closed', { row })
    }
    if (error.code === 'CSV_MAX_RECORD_SIZE') {
      throw new RelanceError('csv_record_too_long', { row, most: LONGEST_RECORD })
    }
    throw new RelanceError('csv_malformed', { row }, { cause: error })
  }
}

/** What it gives; undefined where text follows a closing quote. */
function attempt(read: () => string[][]): string[][] | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE')
      return undefined
    throw error
  }
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

function readHeader(cells: readonly string[]): string[] {
  const header = cells.map(clean)
  const address = header.find((name) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name))
  if (address !== undefined || header.every((name) => /^[\d\s.,/:-]*$/.test(name))) {
    throw new RelanceError('csv_no_header', {})
  }
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const name of header) {
    const key = name.toLowerCase()
    if (name !== '' && seen.has(key)) twice.add(name)
    seen.add(key)
  }
  if (twice.size > 0) {
    throw new RelanceError('csv_duplicate_columns', shownColumns([...twice]))
  }
  return header
}

/**
 * How many records there are before the footer that Salesforce writes under a report: after a blank row,
 * lines with one cell each (the report's name, copyright, "Generated By: …").
 */
function withoutFooter(records: readonly string[][], width: number): number {
  let start = records.length
  while (start > 0 && isFooterLine(records[start - 1] as string[])) start--
  // What comes after the first blank row of that tail is footer; one-cell rows before it are rows.
  while (start < records.length && !isBlank(records[start] as string[])) start++
  const footer = records.slice(start).some((cells) => !isBlank(cells))
  return footer && width > 1 ? start : records.length
}

const isFooterLine = (cells: readonly string[]): boolean =>
  isBlank(cells) || (cells.length === 1 && !(cells[0] as string).includes('@'))

function toRow(cells: string[], row: number, width: number, separator: Separator): Row {
  if (cells.length > width && !isBlank(cells.slice(width))) {
    return { row, cells, fault: { kind: 'cells', cells: cells.length, header: width } }
  }
  const swallowed = cells.reduce((sum, cell) => sum + linesLikeRows(cell, width, separator), 0)
  if (swallowed > 0) {
    return { row, cells, fault: { kind: 'quote', rows: swallowed } }
  }
  if (cells.length === width) return { row, cells }
  // Excel leaves out the empty cells at the end of a row.
  return { row, cells: Array.from({ length: width }, (_, i) => cells[i] ?? '') }
}

/** Lines inside one cell that look like leads of their own: an address, and the header's number of separators. */
function linesLikeRows(cell: string, width: number, separator: Separator): number {
  if (width < 3 || !(cell.includes('\n') || cell.includes('\r'))) return 0
  const [, ...lines] = cell.split(/\r\n|\n|\r/)
  return lines.filter((line) => line.includes('@') && line.split(separator).length === width).length
}
