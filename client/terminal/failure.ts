/** Prints the error that a verb ends with, in words, and gives the exit code that scripts rely on. */
import { RelanceError } from '../../cadence/errors.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import { bodyOf } from '../contract/error-body.ts'
import { exitOf } from '../contract/error-table.ts'
import { paintError, sayJson } from './output.ts'
import { terminalLanguage } from './reader.ts'

/**
 * Prints an error in the reader's language: two lines on the standard error, and with `json` the API's error body on
 * the standard output.
 * @returns the exit code
 */
export function fail(error: unknown, json: boolean): number {
  const known = asKnown(error)
  const language = terminalLanguage()
  const { message, remedy } = sayError(known, language)
  if (json) sayJson(bodyOf(known, language))
  process.stderr.write(
    `${paintError('red', WORD[language])} ${message} ${paintError('dim', `(${known.code})`)}\n`,
  )
  if (remedy) process.stderr.write(`      ${remedy}\n`)
  if (process.env.RELANCE_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return exitOf(known.code)
}

const WORD = { en: 'error', fr: 'erreur' }

function asKnown(error: unknown): RelanceError {
  if (error instanceof RelanceError) return error
  const { code, path, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' && path) return new RelanceError('not_found', { path })
  if (code === 'EISDIR') return new RelanceError('not_a_file', { path: path ?? '.' })
  if (code === 'EACCES' && path) return new RelanceError('no_access', { path })
  return new RelanceError('unexpected', { says: message || String(error) })
}
