/** Errors in words: the one way from an error to what a person reads. */
import type { ErrorData, ErrorWords, RelanceError } from '../errors.ts'
import type { Language } from './dictionary.ts'
import { errorPhrases, sayFault } from './error-words.ts'
import { worded } from './problems.ts'

/** What an error says in a language, `problems` and all; an error that came with words keeps them. */
export function sayError(
  error: Pick<RelanceError, 'code' | 'values' | 'problems' | 'also' | 'worded' | 'message' | 'remedy'>,
  language: Language,
): ErrorWords {
  if (error.worded) return { message: error.message, ...(error.remedy ? { remedy: error.remedy } : {}) }
  const { code, values, problems = [] } = error
  const lines = problems.map((problem) => worded(problem, language))
  const all = [{ code, values } as ErrorData, ...error.also].map((one) => sayFault(one, language, lines))
  const remedies = new Set(all.flatMap(({ remedy }) => (remedy ? [sentence(remedy)] : [])))
  return {
    message: all.map(({ message }) => message).join(errorPhrases(language).between),
    ...(remedies.size > 0 ? { remedy: [...remedies].join(' ') } : {}),
  }
}

/** A phrase as a sentence; what begins with something to be typed, as `relance.yaml`, keeps its letters. */
function sentence(text: string): string {
  const begun = /^\p{L}[\p{L}’'-]*[ ,;:]/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return /[.?!…]$/.test(begun) ? begun : `${begun}.`
}
