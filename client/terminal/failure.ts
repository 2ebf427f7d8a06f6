/** How a verb ends when it can't do what was asked: in words, with an exit code that scripts can rely on. */
import { RelanceError } from '../../cadence/errors.ts'
import { paintError, sayJson } from './output.ts'

/** Exit codes, as `relance --help` explains them. */
export const EXIT = { ok: 0, problem: 1, usage: 2, notRunning: 3, interrupted: 130 } as const

/** What was typed can't be meant: exit code 2. */
export class UsageError extends RelanceError {
  constructor(message: string, remedy?: string) {
    super('usage', message, { remedy })
  }
}

/**
 * Prints an error: two lines on the standard error, and with `json` the API's error body on the standard output.
 * @returns the exit code
 */
export function fail(error: unknown, json: boolean): number {
  const { code, message, remedy } = inWords(error)
  const { problems } = error as { problems?: unknown }
  if (json)
    sayJson({ error: { code, message, ...(remedy ? { remedy } : {}), ...(problems ? { problems } : {}) } })
  process.stderr.write(`${paintError('red', 'error')} ${message} ${paintError('dim', `(${code})`)}\n`)
  if (remedy) process.stderr.write(`      ${remedy}\n`)
  if (process.env.RELANCE_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  if (code === 'usage') return EXIT.usage
  return code === 'not_running' ? EXIT.notRunning : EXIT.problem
}

function inWords(error: unknown): { code: string; message: string; remedy?: string } {
  if (error instanceof RelanceError) return error
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' && path) return { code: 'not_found', message: `there is no file ${path}` }
  if (code === 'EISDIR') return { code: 'not_a_file', message: `${path ?? 'that'} is a folder, not a file` }
  if (code === 'EACCES' && path) return { code: 'no_access', message: `${path} may not be read or written` }
  return {
    code: 'unexpected',
    message: message || String(error),
    remedy: 'This is a fault in Relance. RELANCE_DEBUG=1 shows where.',
  }
}
