/** The words of a code of an error, from its values, in a language. */
import type { ErrorData, ErrorWords } from '../errors.ts'
import type { Language } from './dictionary.ts'
import { errorsEn, phrasesEn } from './en-errors.ts'
import type { ErrorDictionary, ErrorEntry, ErrorPhrases, ErrorText, ProblemLine } from './error-dictionary.ts'
import { errorsFr, phrasesFr } from './fr-errors.ts'

const DICTIONARIES: Record<Language, ErrorDictionary> = { en: errorsEn, fr: errorsFr }

const PHRASES: Record<Language, ErrorPhrases> = { en: phrasesEn, fr: phrasesFr }

/** The phrases of errors in a language. */
export const errorPhrases = (language: Language): ErrorPhrases => PHRASES[language]

/** What is wrong and what would be right as phrases, for lists that have many: small letters, no full stop. */
export function sayFault(
  { code, values }: ErrorData,
  language: Language,
  problems: readonly ProblemLine[] = [],
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
