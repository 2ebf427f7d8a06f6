/** Problems as lines to read, and to click on in editors and terminals. */
import type { Problem } from '../../cadence/language/problem.ts'

/** `file:line:column  what is wrong, what would be right` */
export function problemLine({ file, line, column, message, remedy, severity }: Problem): string {
  const mark = severity === 'warning' ? 'warning: ' : ''
  return `${file}:${line}:${column}  ${mark}${message}, ${remedy}`
}
