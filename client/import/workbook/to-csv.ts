/** Writes a workbook's list as CSV, with a line for every row, so that a line's number is the row's. */
import { RelanceError } from '../../../cadence/errors.ts'
import { Archive } from './archive.ts'
import { chooseSheet } from './choose-sheet.ts'
import { readParts } from './parts.ts'
import { rowsOf } from './sheet.ts'

/** What there is to say of a list that was taken out of a workbook. */
export interface ListFacts {
  sheet: string
  /** The other sheets that aren't hidden. */
  others: string[]
  /** How many columns have anything in them, at most, in a row. */
  width: number
  /** Rows that are hidden, from and to, by their numbers. */
  hidden: [number, number][]
  /** Cells that are merged over several rows, as `A5:A9`: the first few. */
  merged: string[]
  mergedMore: number
}

/** How many merged cells are named. */
const NAMED = 5
/** How much CSV is put together before it is written. */
const PIECE = 1 << 16

/**
 * Converts.
 * @param write is handed the CSV in pieces, and waited for
 * @throws RelanceError `csv_spreadsheet` for an archive that is no workbook, and those of `chooseSheet`; Error where it
 *   is broken
 */
export async function toCsv(
  bytes: Buffer,
  { sheet: asked, named }: { sheet?: string; named: readonly string[] },
  write: (csv: string) => Promise<void>,
): Promise<ListFacts> {
  const archive = await Archive.open(bytes)
  const workbook = await readParts(archive)
  if (!workbook) throw new RelanceError('csv_spreadsheet', { format: 'zip' })
  const sheet = await chooseSheet(archive, workbook, asked, named)
  const others = workbook.sheets.filter((one) => one !== sheet && !one.hidden).map(({ name }) => name)
  const facts: ListFacts = {
    ...{ sheet: sheet.name, others, width: 0, hidden: [], merged: [], mergedMore: 0 },
  }
  const merged = (range: string): void => {
    if (facts.merged.length < NAMED) facts.merged.push(range)
    else facts.mergedMore += 1
  }
  let csv = ''
  let written = 0
  for await (const rows of rowsOf(archive.read(sheet.part), workbook, merged)) {
    for (const { row, cells, hidden } of rows) {
      const width = cells.findLastIndex((cell) => cell !== '') + 1
      // Formats reach far below what is filled in.
      if (width === 0) continue
      csv += `${'\n'.repeat(row - written - 1)}${cells.slice(0, width).map(quoted).join(',')}\n`
      written = row
      facts.width = Math.max(facts.width, width)
      if (hidden) addTo(facts.hidden, row)
    }
    if (csv.length < PIECE) continue
    await write(csv)
    csv = ''
  }
  await write(csv)
  return facts
}

const quoted = (cell: string): string =>
  /[",;|\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

function addTo(ranges: [number, number][], row: number): void {
  const last = ranges.at(-1)
  if (last && last[1] === row - 1) last[1] = row
  else ranges.push([row, row])
}
