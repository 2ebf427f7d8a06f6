/** Problems as lines to read, and to click on in editors and terminals. */
import type { Problem } from '../../cadence/language/problem.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayProblem } from '../../cadence/reasons/problems.ts'
import { terminalWords } from './words/words.ts'

/** `file:line:column  what is wrong, what would be right` */
export function problemLine(problem: Problem, language: Language): string {
  const { file, line, column, severity } = problem
  const { message, remedy } = sayProblem(problem, language)
  const text = remedy === undefined ? message : `${message}, ${remedy}`
  return `${file}:${line}:${column}  ${severity === 'warning' ? terminalWords(language).check.warning(text) : text}`
}
