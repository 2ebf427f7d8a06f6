/** Reads a sheet row by row, as texts. */
import { plain } from './number-format.ts'
import type { Workbook } from './parts.ts'
import { parseXml, unescaped } from './xml.ts'

export interface SheetRow {
  /** As a spreadsheet numbers it, from 1; rows without cells may be left out. */
  row: number
  /** '' where nothing is. */
  cells: string[]
  hidden: boolean
}

/** What a spreadsheet can have. */
const MOST_ROWS = 1_048_576
const MOST_COLUMNS = 16_384

/**
 * The rows of a sheet, in lists, as they are unpacked.
 *
 * A formula is its value, as it was computed last; where a program wrote none, it is the formula, `=A1&B1`. Errors are
 * what they show, `#N/A`. Of merged cells the first has the value.
 *
 * @param merged is told of cells that are merged over several rows, as `A5:A9`
 * @throws Error where it is no sheet
 */
export async function* rowsOf(
  bytes: AsyncIterable<Uint8Array>,
  { texts, formats }: Pick<Workbook, 'texts' | 'formats'>,
  merged: (range: string) => void = () => undefined,
): AsyncGenerator<SheetRow[]> {
  let rows: SheetRow[] = []
  let row: SheetRow = { row: 0, cells: [], hidden: false }
  let cell = noCell(0)
  let element = ''
  let spoken = false

  const open = (name: string, attributes: () => Record<string, string>): void => {
    element = name
    if (name === 'row') {
      const { r, hidden = '' } = attributes()
      const number = r === undefined ? row.row + 1 : Number(r)
      if (!(number > row.row && number <= MOST_ROWS)) throw new Error(`row ${r} after row ${row.row}`)
      row = { row: number, cells: [], hidden: /^(?:1|true)$/.test(hidden) }
    } else if (name === 'c') {
      const { r, t = 'n', s } = attributes()
      const index = r === undefined ? row.cells.length : columnOf(r)
      if (!(index >= row.cells.length && index < MOST_COLUMNS)) throw new Error(`cell ${r} in row ${row.row}`)
      cell = { ...noCell(index), type: t, format: s }
    } else if (name === 'rPh') spoken = true
    else if (name === 'v') cell.value ??= ''
    else if (name === 'f') cell.formula ??= ''
    else if (name === 'mergeCell') {
      const { ref = '' } = attributes()
      const [first, last] = ref.split(':').map((end) => end.replace(/\D/g, ''))
      if (last !== undefined && first !== last) merged(ref)
    }
  }
  const text = (piece: string): void => {
    if (element === 'v') cell.value = (cell.value ?? '') + piece
    else if (element === 't' && !spoken) cell.inline += piece
    else if (element === 'f') cell.formula = (cell.formula ?? '') + piece
  }
  const close = (name: string): void => {
    element = ''
    if (name === 'rPh') spoken = false
    else if (name === 'c') {
      while (row.cells.length < cell.index) row.cells.push('')
      row.cells.push(textOf(cell))
    } else if (name === 'row') rows.push(row)
  }
  const textOf = ({ type, value, inline, formula, format }: Cell): string => {
    if (type === 'inlineStr') return unescaped(inline)
    if (value === undefined) return formula === undefined ? '' : `=${formula}`
    switch (type) {
      case 's':
        return value === '' ? '' : (texts[Number(value)] ?? '')
      case 'str':
        return unescaped(value)
      case 'b':
        return /^(?:1|true)$/.test(value) ? 'TRUE' : 'FALSE'
      case 'd':
        return value
          .replace(/T(?:00:00(?::00(?:\.0+)?)?Z?$)?/, ' ')
          .replace(/(?:\.\d+)?Z?$/, '')
          .trim()
      case 'n':
        return (formats[Number(format)] ?? plain)(value)
      default:
        return value
    }
  }
  for await (const _ of parseXml(bytes, { open, text, close })) {
    if (rows.length === 0) continue
    yield rows
    rows = []
  }
}

interface Cell {
  /** From 0. */
  index: number
  type: string
  format: string | undefined
  value: string | undefined
  inline: string
  formula: string | undefined
}

const noCell = (index: number): Cell => ({
  ...{ index, type: 'n', format: undefined, value: undefined, inline: '', formula: undefined },
})

/** The column of `AB12`, from 0. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const place = letter.charCodeAt(0) - 64
    if (place < 1 || place > 26) break
    column = column * 26 + place
  }
  return column - 1
}
