/** What is wrong with a file, and where: as data. `reasons/problems.ts` has the words. */
import type { ProblemData } from '../problem-values.ts'

/** Lines and columns begin at 1; columns count UTF-16 units, as editors do. */
export interface Position {
  line: number
  column: number
}

/** Where, and how bad it is. */
export interface Placed extends Position {
  file: string
  /** A file with errors can't be used; warnings are for thinking twice. */
  severity: 'error' | 'warning'
}

export type Problem = ProblemData & Placed

/** In the order of the files, then of the lines. */
export const sortProblems = (problems: Problem[]): Problem[] =>
  problems.sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  )

/** Whether any of them is an error. */
export const hasErrors = (problems: Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error')
