/** Errors in words: the one way from a code and its values to what a person reads. */
import type { ErrorData, ErrorProblem, ErrorWords, RelanceError } from '../errors.ts'
import type { Language } from './dictionary.ts'
import { errorsEn, phrasesEn } from './en-errors.ts'
import type { ErrorDictionary, ErrorEntry, ErrorPhrases, ErrorText } from './error-dictionary.ts'
import { errorsFr, phrasesFr } from './fr-errors.ts'

const DICTIONARIES: Record<Language, ErrorDictionary> = { en: errorsEn, fr: errorsFr }

const PHRASES: Record<Language, ErrorPhrases> = { en: phrasesEn, fr: phrasesFr }

/** The phrases of errors in a language. */
export const errorPhrases = (language: Language): ErrorPhrases => PHRASES[language]

/** What an error says in a language, `problems` and all; an error that came with words keeps them. */
export function sayError(
  error: Pick<RelanceError, 'code' | 'values' | 'problems' | 'also' | 'worded' | 'message' | 'remedy'>,
  language: Language,
): ErrorWords {
  if (error.worded) return { message: error.message, ...(error.remedy ? { remedy: error.remedy } : {}) }
  const { code, values } = error
  const all = [{ code, values } as ErrorData, ...error.also].map((one) =>
    sayFault(one, language, error.problems),
  )
  const remedies = new Set(all.flatMap(({ remedy }) => (remedy ? [sentence(remedy)] : [])))
  return {
    message: all.map(({ message }) => message).join(PHRASES[language].between),
    ...(remedies.size > 0 ? { remedy: [...remedies].join(' ') } : {}),
  }
}

/** What is wrong and what would be right as phrases, for lists that have many: small letters, no full stop. */
export function sayFault(
  { code, values }: ErrorData,
  language: Language,
  problems: readonly ErrorProblem[] = [],
): ErrorWords {
  // A code of a newer process has no words here.
  const entry = DICTIONARIES[language][code] as ErrorEntry<never> | undefined
  const say = (text: ErrorText<never>): string =>
    typeof text === 'string' ? text : text(values as never, problems)
  if (!entry) return { message: `${code} ${JSON.stringify(values)}` }
  return { message: say(entry.message), ...(entry.remedy ? { remedy: say(entry.remedy) } : {}) }
}

/** A stored code with its values as a phrase; one of a version that knew other codes or values speaks for itself. */
export function sayCode(code: string, values: object, language: Language): string {
  try {
    return sayFault({ code, values } as ErrorData, language).message
  } catch {
    return code
  }
}

/** A phrase as a sentence; what begins with something to be typed, as `relance.yaml`, keeps its letters. */
function sentence(text: string): string {
  const begun = /^\p{L}[\p{L}’'-]*[ ,;:]/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
  return /[.?!…]$/.test(begun) ? begun : `${begun}.`
}
