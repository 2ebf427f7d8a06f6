/**
 * Reads the text of a CSV file as a header and numbered rows.
 *
 * A row's number is the one a spreadsheet shows beside it: the header is row 1, the record under it row 2.
 * A quoted line break stays inside its cell, so the number counts records, not lines of the file; blank
 * rows are left out but counted, and so is what stands above the header.
 */
import { RelanceError } from '../../cadence/errors.ts'
import type { FileWarning, RowFault } from '../../cadence/leads-file.ts'
import { detectSeparator, recordsOf, type Separator } from './csv-records.ts'
import { findHeader, isAddress } from './find-header.ts'
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
  separator: Separator
  /** The rows in batches, in order; anew each time. What was odd is noted as it is found. */
  batches(note?: (warning: FileWarning) => void): Generator<Row[]>
}

/** What is looked at to find the header. */
const HEAD = 200_000
/** Columns beside the header that a workbook's remarks may stand in: one cell far off must not widen every row. */
const MOST_BESIDE = 100

/**
 * Opens a table.
 *
 * @param pieces the text; called for every pass over it
 * @param named columns that must be in the header
 * @param width of a workbook: how many columns it has. Its cells can't have slipped into others
 * @throws RelanceError `csv_empty`, `csv_not_csv` (HTML, JSON), `csv_no_header`, `csv_duplicate_columns`;
 *   while rows are read `csv_record_too_long`, `csv_quote_not_closed`, `csv_malformed`
 */
export function openTable(
  pieces: () => Iterable<string>,
  named: readonly string[] = [],
  width?: number,
): Table {
  const head = headOf(pieces())
  if (head.trim() === '') throw new RelanceError('csv_empty', {})
  if (/^\s*(?:<[!?a-z]|[{[]\s*["{[])/i.test(head)) throw new RelanceError('csv_not_csv', {})
  // Excel's own hint, a first line "sep=;", isn't shown as a row.
  const hint = /^sep=([,;\t|])(?:\r\n|\n|\r)/i.exec(head)
  const skipped = hint?.[0].length ?? 0
  const body = head.slice(skipped)
  const found = findHeader(body, hint ? [hint[1] as Separator] : undefined, named)
  const separator = found?.separator ?? (hint?.[1] as Separator | undefined) ?? detectSeparator(body)
  const records = (): Generator<string[][]> => recordsOf(without(pieces(), skipped), separator)
  const top = found?.row ?? firstRow(records())
  const names = readHeader(recordAt(records(), top))
  const beside = Math.min(MOST_BESIDE, Math.max(0, (width ?? 0) - names.length))
  const header = [...names, ...Array<string>(beside).fill('')]
  return {
    header,
    separator,
    batches: (note = () => undefined) =>
      rowsUnder(records(), top, { header, separator, apart: width !== undefined }, note),
  }
}

/** The beginning of a text, up to what isn't blank. */
function headOf(pieces: Iterable<string>): string {
  let head = ''
  for (const piece of pieces) {
    head = head.trim() === '' ? head.slice(0, HEAD) + piece : head + piece
    if (head.length >= HEAD && head.trim() !== '') break
  }
  return head
}

function* without(pieces: Iterable<string>, first: number): Generator<string> {
  let left = first
  for (const piece of pieces) {
    yield piece.slice(left)
    left = Math.max(0, left - piece.length)
  }
}

/** Calls back for each record with its number, until that says true. */
function walk(lists: Iterable<string[][]>, visit: (cells: string[], row: number) => boolean): void {
  let row = 0
  for (const list of lists) for (const cells of list) if (visit(cells, ++row)) return
}

function firstRow(lists: Iterable<string[][]>): number {
  let found = 1
  walk(lists, (cells, row) => {
    found = row
    return !isBlank(cells)
  })
  return found
}

function recordAt(lists: Iterable<string[][]>, wanted: number): string[] {
  let found: string[] = []
  walk(lists, (cells, row) => {
    found = cells
    return row === wanted
  })
  return found
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '')

function readHeader(cells: readonly string[]): string[] {
  const header = cells.map(clean)
  if (header.some(isAddress) || header.every((name) => /^[\d\s.,/:-]*$/.test(name))) {
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

/** How many rows a warning names. */
const SHOWN = 5

/**
 * The rows under the header. Left out, and said: what stands above it; the header again, where files were put one after
 * the other; the footer that Salesforce writes under a report, which is, after a blank row, lines with one cell each.
 */
function* rowsUnder(
  lists: Iterable<string[][]>,
  top: number,
  { header, separator, apart }: { header: readonly string[]; separator: Separator; apart: boolean },
  note: (warning: FileWarning) => void,
): Generator<Row[]> {
  const width = header.length
  const again: number[] = []
  const unnamed = new Set<number>()
  let held: Row[] = []
  let blankAt: number | undefined
  let above = false
  let row = 0
  let count = 0
  for (const list of lists) {
    const rows: Row[] = []
    for (const cells of list) {
      row += 1
      if (row < top) above ||= !isBlank(cells)
      if (row <= top) continue
      if (isBlank(cells)) {
        blankAt ??= row
        continue
      }
      if (isHeader(cells, header)) {
        again.push(row)
        continue
      }
      const one = toRow(cells, row, width, apart ? undefined : separator)
      const mayBeFooter = width > 1 && cells.length === 1 && !(cells[0] as string).includes('@')
      if (mayBeFooter && blankAt !== undefined) {
        held.push(one)
        continue
      }
      rows.push(...held, one)
      held = []
      blankAt = undefined
      for (const [i, name] of header.entries()) if (name === '' && one.cells[i]?.trim()) unnamed.add(i)
    }
    count += rows.length
    if (rows.length > 0) yield rows
  }
  if (above) note({ code: 'preamble', values: { to: top - 1 } })
  if (again.length > 0) {
    const more = again.length - SHOWN
    note({ code: 'repeated_header', values: {}, rows: again.slice(0, SHOWN), ...(more > 0 && { more }) })
  }
  if (held.length > 0 && blankAt !== undefined) {
    note({ code: 'report_footer', values: { from: blankAt, to: row } })
  }
  for (const i of unnamed) note({ code: 'unnamed_column', values: { column: i + 1 } })
  if (count === 0) note({ code: 'no_rows', values: {} })
}

/** The header's own names again, in any case. */
const isHeader = (cells: readonly string[], header: readonly string[]): boolean =>
  cells.length <= header.length &&
  header.some((name) => name !== '') &&
  header.every((name, i) => {
    const cell = cells[i] ?? ''
    return cell.length <= name.length * 2 + 2 && clean(cell).toLowerCase() === name.toLowerCase()
  })

/** @param separator what may have parted cells wrongly, if anything */
function toRow(cells: string[], row: number, width: number, separator: Separator | undefined): Row {
  if (cells.length > width && !isBlank(cells.slice(width))) {
    return { row, cells, fault: { kind: 'cells', cells: cells.length, header: width } }
  }
  const swallowed =
    separator === undefined ? 0 : cells.reduce((sum, cell) => sum + linesLikeRows(cell, width, separator), 0)
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
