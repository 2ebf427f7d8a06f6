/** How a request fails, as the errors that a program gets: with the server's words, or else with words of our own. */
import { type ErrorData, RelanceError } from '../../cadence/errors.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import type { ErrorBody } from '../contract/index.ts'

/** An error that is found here, with its words: a program prints `message`. */
export function worded(data: ErrorData, language: Language, cause?: unknown): RelanceError {
  return RelanceError.of(data, { cause, words: sayError(RelanceError.of(data), language) })
}

/** The body of an error, if it is one. */
export function readBody(text: string): ErrorBody | undefined {
  try {
    const body = JSON.parse(text) as ErrorBody
    return typeof body?.error?.code === 'string' ? body : undefined
  } catch {
    return undefined
  }
}

/** The server's error, in its words; anything that isn't one came from something else that listens there. */
export function fromBody(body: ErrorBody | undefined, status: number, language: Language): RelanceError {
  if (!body) return worded({ code: 'not_relance', values: { status } }, language)
  const { code, message, remedy, values = {}, problems } = body.error
  return RelanceError.of({ code, values }, { problems, words: { message, ...(remedy ? { remedy } : {}) } })
}

/** The codes of a connection that was never made: nothing was sent. */
const NEVER_MADE = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']

/** No answer came from `url`. */
export function unreachable(url: string, language: Language, cause: unknown): RelanceError {
  const inner = (cause as { cause?: { code?: string; errors?: { code?: string }[] } }).cause
  const code = inner?.code ?? inner?.errors?.[0]?.code
  return code !== undefined && NEVER_MADE.includes(code)
    ? worded({ code: 'not_running', values: { at: { url } } }, language)
    : lost(language, cause)
}

/** An answer broke off. */
export const lost = (language: Language, cause?: unknown): RelanceError =>
  worded({ code: 'connection_lost', values: {} }, language, cause)
