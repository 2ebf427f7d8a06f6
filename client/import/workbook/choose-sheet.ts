/**
 * Decides which sheet of a workbook is the list. The one that was asked for; else the only one that isn't hidden and has
 * a header with a column of addresses; else the only one that isn't hidden and has anything in it. Several are asked
 * about, for one of them may hold who is not to be written to.
 */
import { RelanceError } from '../../../cadence/errors.ts'
import { nearest } from '../../../cadence/language/nearest.ts'
import { DEEPEST, headerIn } from '../find-header.ts'
import { clean, foldText } from '../text.ts'
import type { Archive } from './archive.ts'
import type { SheetName, Workbook } from './parts.ts'
import { rowsOf } from './sheet.ts'

/**
 * Chooses.
 * @param asked name of a sheet
 * @param named columns that the list must have
 * @throws RelanceError `sheet_unknown`, `sheet_unclear`, `csv_empty`
 */
export async function chooseSheet(
  archive: Archive,
  workbook: Workbook,
  asked: string | undefined,
  named: readonly string[],
): Promise<SheetName> {
  const { sheets } = workbook
  const names = sheets.map(({ name }) => name)
  if (asked !== undefined) {
    const found =
      sheets.find(({ name }) => name === asked) ??
      sheets.find(({ name }) => foldText(name) === foldText(asked) && foldText(asked) !== '')
    if (found) return found
    throw new RelanceError('sheet_unknown', { sheet: asked, sheets: names, meant: nearest(asked, names) })
  }
  const filled: SheetName[] = []
  const lists: SheetName[] = []
  for (const sheet of sheets.filter(({ hidden }) => !hidden)) {
    const top = await topOf(archive, workbook, sheet)
    if (top.some((cells) => cells.some((cell) => clean(cell) !== ''))) filled.push(sheet)
    if (headerIn(top, named) >= 0) lists.push(sheet)
  }
  const [only, ...more] = lists.length > 0 ? lists : filled
  if (only === undefined) throw new RelanceError('csv_empty', {})
  if (more.length > 0)
    throw new RelanceError('sheet_unclear', { sheets: [only, ...more].map((one) => one.name) })
  return only
}

async function topOf(archive: Archive, workbook: Workbook, { part }: SheetName): Promise<string[][]> {
  const top: string[][] = []
  for await (const rows of rowsOf(archive.read(part), workbook)) {
    top.push(...rows.map(({ cells }) => cells))
    if (top.length >= DEEPEST) break
  }
  return top.slice(0, DEEPEST)
}
