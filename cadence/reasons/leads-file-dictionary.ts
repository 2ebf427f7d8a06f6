/** What a language has to have for files of leads: refusals of rows, and warnings. Complete by type. */
import type { RefusalValues, WarningValues } from '../leads-file.ts'
import type { ErrorPhrases } from './error-dictionary.ts'

type Phrase<Values> = string | ((values: Values, phrases: ErrorPhrases) => string)

export interface LeadsFileDictionary {
  refusals: { [Code in keyof RefusalValues]: Phrase<RefusalValues[Code]> }
  warnings: { [Code in keyof WarningValues]: Phrase<WarningValues[Code]> }
  /** `row 2`, `rows 2, 3 and 40 more`: what a warning is about. */
  rows(rows: readonly number[], more: number): string
}
