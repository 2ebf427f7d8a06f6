/** A signal's fields in words: `level general, first name Ada`. */
import type { Interest, Role, Theme } from '../words.ts'
import { phrasesFor, type Reader } from './phrases.ts'
import { dictionaryOf } from './say.ts'

/** Fields that hold an instant. */
const INSTANTS = ['at', 'until', 'returns']

/** @param fields - by name; instants as milliseconds or as text, as they are given */
export function sayFields(fields: Record<string, unknown>, reader: Reader): string {
  const dictionary = dictionaryOf(reader.language)
  const { words } = dictionary
  const phrases = phrasesFor(reader, dictionary)
  const value = (name: string, given: unknown): string => {
    const text = String(given)
    if (typeof given === 'boolean') return given ? words.yes : words.no
    if (typeof given === 'number') return INSTANTS.includes(name) ? phrases.day(given) : phrases.number(given)
    if (name === 'level') return words.interest[text as Interest] ?? text
    if (name === 'role' || name === 'by') return words.role[text as Role] ?? text
    if (name === 'theme') return words.theme[text as Theme] ?? text
    if (name === 'then') return words.then[text as 'resume'] ?? text
    if (name === 'stance') return words.stance[text as 'for'] ?? text
    return text
  }
  return dictionary.typeset(
    Object.entries(fields)
      // Which fields were corrected is seen by their values.
      .filter(([name]) => name !== 'fields')
      .filter(([, given]) => given !== undefined && given !== null && given !== '')
      .map(([name, given]) => `${words.field[name] ?? name} ${value(name, given)}`)
      .join(', '),
  )
}
