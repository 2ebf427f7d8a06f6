/** A launch's report on the wire: its data, and its words in a language. */
import type { FileWarning, RefusedRow } from '../../cadence/leads-file.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayRefusal, sayWarning } from '../../cadence/reasons/leads-file.ts'
import type { LaunchReport } from './cadences.ts'

/** What became of the rows of a file, as data. */
export type LaunchOutcome = Omit<LaunchReport, 'refused' | 'warnings'> & {
  refused: RefusedRow[]
  warnings: FileWarning[]
}

/** The report for a reader. */
export const tellReport = (outcome: LaunchOutcome, language: Language): LaunchReport => ({
  ...outcome,
  refused: outcome.refused.map(({ row, code, values }) => {
    const message = sayRefusal({ code, values } as RefusedRow, language)
    return { row, code, message, values: { ...values } }
  }),
  warnings: outcome.warnings.map((warning) => tellWarning(warning, language)),
})

/** A warning for a reader. */
export function tellWarning(
  { rows, values, ...warning }: FileWarning,
  language: Language,
): LaunchReport['warnings'][number] {
  const message = sayWarning({ ...warning, values, rows } as FileWarning, language)
  return { ...warning, message, values: { ...values }, ...(rows ? { rows: [...rows] } : {}) }
}
