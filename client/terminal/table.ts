/** Tables for people: as wide as they must be, as wide as the terminal at most. */
import { columns, paint } from './output.ts'

export interface Column<Row> {
  head: string
  cell: (row: Row) => string | number | null | undefined
  /** Gives way when the line gets too long; others keep their width. */
  shrinks?: true
  right?: true
}

const GAP = '  '
const NARROWEST = 10

/** The table's lines, the head first. Columns that are empty in every row are left out. */
export function table<Row>(rows: readonly Row[], all: readonly Column<Row>[], width = columns()): string[] {
  const text = rows.map((row) => all.map((column) => oneLine(column.cell(row))))
  const shown = all.map((_, i) => i).filter((i) => text.some((cells) => cells[i] !== ''))
  const widths = shown.map((i) =>
    Math.max(length(all[i]?.head ?? ''), ...text.map((cells) => length(cells[i] ?? ''))),
  )
  const total = (): number => widths.reduce((sum, w) => sum + w, 0) + GAP.length * (widths.length - 1)
  while (total() > width) {
    const able = shown.map((i, at) => (all[i]?.shrinks ? (widths[at] as number) : 0))
    const widest = able.indexOf(Math.max(...able))
    if ((able[widest] ?? 0) <= NARROWEST) break
    widths[widest] = (widths[widest] as number) - 1
  }
  const line = (cells: (string | undefined)[]): string =>
    shown
      .map((i, at) => pad(cells[i] ?? '', widths[at] as number, all[i]?.right))
      .join(GAP)
      .trimEnd()
  return [paint('dim', line(all.map((column) => column.head))), ...text.map(line)]
}

const oneLine = (value: string | number | null | undefined): string =>
  String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim()

const length = (text: string): number => [...text.normalize('NFC')].length

/** Cut with an ellipsis, or filled up, to exactly this many characters. */
export function pad(text: string, width: number, right?: true): string {
  const characters = [...text.normalize('NFC')]
  if (characters.length > width) return `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
  const space = ' '.repeat(width - characters.length)
  return right ? space + text : text + space
}
