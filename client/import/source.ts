/** A list of leads that came as bytes, whatever it is: text in some encoding, or a workbook. */
import { RelanceError } from '../../cadence/errors.ts'
import type { FileWarning } from '../../cadence/leads-file.ts'
import { type Decoded, decode } from './decode.ts'
import { isArchive, readWorkbook } from './workbook/read-workbook.ts'
import type { ListFacts } from './workbook/to-csv.ts'

/** The text of a list as CSV. */
export interface Source extends Decoded {
  /** Of a workbook: what its sheet says beside its cells. */
  workbook?: ListFacts
}

export interface SourceOptions {
  /** How a text is written, where that is not to be found out. */
  encoding?: string
  /** The workbook's sheet, where that is not to be found out. */
  sheet?: string
  /** Columns that the list must have. */
  named?: readonly string[]
}

/**
 * Opens it.
 * @throws RelanceError those of `decode` and `readWorkbook`; `sheet_unknown` where a sheet of a text is asked for
 */
export async function openSource(
  bytes: Uint8Array,
  { encoding, sheet, named = [] }: SourceOptions = {},
): Promise<Source> {
  if (!isArchive(bytes)) {
    const decoded = decode(bytes, encoding)
    if (sheet !== undefined) throw new RelanceError('sheet_unknown', { sheet, sheets: [] })
    return decoded
  }
  const { csv, facts } = await readWorkbook(bytes, { named, ...(sheet !== undefined && { sheet }) })
  return { ...decode(csv, 'utf-8'), name: 'xlsx', workbook: facts }
}

/** What is to be known of a workbook's list. */
export function sheetWarnings({ sheet, others, merged, mergedMore: more }: ListFacts): FileWarning[] {
  return [
    ...(others.length > 0 ? [{ code: 'one_sheet' as const, values: { sheet, others } }] : []),
    ...(merged.length > 0 ? [{ code: 'merged_cells' as const, values: { ranges: merged, more } }] : []),
  ]
}
