/** What is wrong with a file, where, and what would be right. */

/** Lines and columns begin at 1; columns count UTF-16 units, as editors do. */
export interface Position {
  line: number
  column: number
}

export interface Problem extends Position {
  file: string
  /** Stable: scripts rely on it. */
  code: string
  /** What is wrong. */
  message: string
  /** What would be right. */
  remedy: string
  /** A file with errors can't be used; warnings are for thinking twice. */
  severity: 'error' | 'warning'
}

/** In the order of the files, then of the lines. */
export const sortProblems = (problems: Problem[]): Problem[] =>
  problems.sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  )

/** Whether any of them is an error. */
export const hasErrors = (problems: Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error')
