/** Refusals and warnings of a file of leads in words, from a code and its values. */
import type { FileWarning, RefusalData } from '../leads-file.ts'
import type { Language } from './dictionary.ts'
import { leadsFileEn } from './en-leads-file.ts'
import { errorPhrases } from './error-words.ts'
import { leadsFileFr } from './fr-leads-file.ts'
import type { LeadsFileDictionary } from './leads-file-dictionary.ts'

const DICTIONARIES: Record<Language, LeadsFileDictionary> = { en: leadsFileEn, fr: leadsFileFr }

type Phrase = string | ((values: never, phrases: ReturnType<typeof errorPhrases>) => string)

const say = (phrase: Phrase, values: object, language: Language): string =>
  typeof phrase === 'string' ? phrase : phrase(values as never, errorPhrases(language))

/** Why a row is refused, as a phrase. */
export const sayRefusal = ({ code, values }: RefusalData, language: Language): string =>
  say(DICTIONARIES[language].refusals[code], values, language)

/** What was odd in a file, as a phrase with its rows: `… (rows 8, 12 and 340 more)`. */
export function sayWarning({ code, values, rows = [], more = 0 }: FileWarning, language: Language): string {
  const dictionary = DICTIONARIES[language]
  const text = say(dictionary.warnings[code], values, language)
  return rows.length === 0 ? text : `${text} (${dictionary.rows(rows, more)})`
}
