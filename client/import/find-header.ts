/**
 * Finds the header of a file that begins with something else: LinkedIn's "Notes:", a report's name and filters, the date
 * of an export.
 */
import { firstRecords, SEPARATORS, type Separator } from './csv-records.ts'
import { fieldOf } from './headers.ts'
import { clean, foldText } from './text.ts'

/** How far down it is looked for. */
export const DEEPEST = 40

export const isAddress = (name: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name)

/**
 * The first row that has a column of addresses by a known name, or the columns that were named, and the separator it is
 * found with. Undefined where there is none, or where addresses stand above it: these would be leads.
 */
export function findHeader(
  text: string,
  separators: readonly Separator[] = SEPARATORS,
  named: readonly string[],
): { row: number; separator: Separator } | undefined {
  const found = separators.flatMap((separator) => {
    const records = firstRecords(text, separator, DEEPEST)
    const at = headerIn(records, named)
    if (at < 0) return []
    return [{ row: at + 1, separator, width: (records[at] as string[]).length }]
  })
  const [best] = found.sort((a, b) => a.row - b.row || b.width - a.width)
  return best && { row: best.row, separator: best.separator }
}

/** Which of these records is the header, from 0; -1 where none is, or where addresses stand above it. */
export function headerIn(records: readonly (readonly string[])[], named: readonly string[]): number {
  const wanted = named.map(foldText)
  const at = records.findIndex((cells) => isHeader(cells.map(clean), wanted))
  const lead = records.findIndex((cells) => cells.some((cell) => isAddress(clean(cell))))
  return lead >= 0 && lead < at ? -1 : at
}

function isHeader(names: readonly string[], wanted: readonly string[]): boolean {
  if (names.some((name) => name.length <= 60 && fieldOf(name)?.field === 'email')) return true
  const folded = new Set(names.map(foldText))
  return wanted.length > 0 && wanted.every((name) => folded.has(name))
}
