/**
 * Parses CSV piece by piece, so that a file of any length takes the memory of one piece: the text up to the last line
 * end that isn't inside quotes is parsed, the rest waits for what follows.
 */
import { CsvError, type Options, parse } from 'csv-parse/sync'
import { RelanceError } from '../../cadence/errors.ts'

export type Separator = ',' | ';' | '\t' | '|'
export const SEPARATORS: readonly Separator[] = [',', ';', '\t', '|']

/** Characters in a record. HubSpot's longest text property has 65,536. */
const LONGEST_RECORD = 1_000_000

/**
 * The records of a text, a list for each piece.
 *
 * @throws RelanceError `csv_record_too_long`, `csv_quote_not_closed`, `csv_malformed`
 */
export function* recordsOf(pieces: Iterable<string>, separator: Separator): Generator<string[][]> {
  let rest = ''
  let before = 0
  for (const piece of pieces) {
    rest += piece
    const cut = lastLineEnd(rest)
    if (cut === 0) {
      if (rest.length > LONGEST_RECORD * 2) throw tooLong(before + 1)
      continue
    }
    const records = parsedIfWhole(rest.slice(0, cut), separator, before)
    // The last line end is inside quotes: more is needed to see where they close.
    if (records === undefined) continue
    rest = rest.slice(cut)
    before += records.length
    yield records
  }
  if (rest !== '') yield parsed(rest, separator, before)
}

/** The first records of a text that may be cut off anywhere; none where it can't be read so. */
export function firstRecords(text: string, separator: Separator, most: number): string[][] {
  try {
    return parseAs(text, separator, { to: most, max_record_size: LONGEST_RECORD })
  } catch (error) {
    if (error instanceof CsvError) return []
    throw error
  }
}

/** Where the last line ends, so far as what follows can't change it: a CR may be half of a CRLF. */
function lastLineEnd(text: string): number {
  const feed = text.lastIndexOf('\n')
  if (feed >= 0) return feed + 1
  return text.slice(0, -1).lastIndexOf('\r') + 1
}

function parsedIfWhole(text: string, separator: Separator, before: number): string[][] | undefined {
  try {
    return parsed(text, separator, before)
  } catch (error) {
    const open = error instanceof RelanceError && error.code === 'csv_quote_not_closed'
    if (open && text.length <= LONGEST_RECORD * 2) return undefined
    throw error
  }
}

function parsed(text: string, separator: Separator, before: number): string[][] {
  try {
    return parseAs(text, separator, { max_record_size: LONGEST_RECORD })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = before + Number(error.records) + 1
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw new RelanceError('csv_quote_not_closed', { row })
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw tooLong(row)
    throw new RelanceError('csv_malformed', { row }, { cause: error })
  }
}

const tooLong = (row: number): RelanceError =>
  new RelanceError('csv_record_too_long', { row, most: LONGEST_RECORD })

function parseAs(text: string, separator: Separator, more: Options): string[][] {
  const options: Options = {
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    ltrim: true,
    ...more,
  }
  try {
    // Trimming on the right lets blanks follow a closing quote, but nothing else: `"A" & B` needs a second go.
    return unwrapped(parse(text, { ...options, rtrim: true }))
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE')
      throw error
    return unwrapped(parse(text, options))
  }
}

/** A parser that is lax about quotes leaves those around a cell whose own quotes weren't doubled. */
function unwrapped(records: string[][]): string[][] {
  for (const cells of records) {
    for (const [i, cell] of cells.entries()) if (cell.startsWith('"')) cells[i] = withoutQuotes(cell)
  }
  return records
}

/** Quotes that open after a blank and close before one. */
const PAIR = /(?<=^|[\s(])"[^"]*[^\s"]"(?=$|[\s).,;:!?])/g

/** `"XXX "Bree""` is `XXX "Bree"`, and `"\"Best\" Pizza"` is `"Best" Pizza`; `"A" and "B"` is as it should be. */
function withoutQuotes(cell: string): string {
  const inside = /^"(.*".*)"$/s.exec(cell)?.[1]
  if (inside === undefined) return cell
  if (!/(?<!\\)"/.test(inside)) return inside.replaceAll('\\"', '"')
  return inside.replace(PAIR, '').includes('"') ? cell : inside
}

/** The separator seen most often in the first line that isn't blank, outside of quotes. */
export function detectSeparator(text: string): Separator {
  const counts = { ',': 0, ';': 0, '\t': 0, '|': 0 }
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
