/**
 * Cleans and compares the text of cells and headers: one line of NFC text without control
 * characters; folded forms for comparing; spreadsheet formulas told apart from text.
 */

/** Anything a plain ASCII, single-spaced text hasn't got: most cells need no cleaning. */
const UNCLEAN = /[^\x20-\x7e]|^ | $| {2}/
/** Controls, zero-width and bidirectional marks: invisible, and able to make one name look like another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const INVISIBLE = /[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/**
 * One line: white space of any kind (line breaks and no-break spaces too) is one space, control and
 * invisible characters are gone, ends are trimmed, NFC. Cleaning twice changes nothing.
 */
export function clean(text: string): string {
  if (!UNCLEAN.test(text)) return text
  return text
    .replace(/[\s\u0085]+/g, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/** Lower case, without accents or punctuation, words apart: "Prénom", "FirstName" → "prenom", "first name". */
export function foldText(text: string): string {
  return text
    .replace(/œ/gi, 'oe')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** A name a template can use: "Chiffre d'affaires" → "chiffre_d_affaires". Empty where no ASCII letter is. */
export function slug(text: string): string {
  const plain = foldText(text)
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^\d/.test(plain) ? `n_${plain}` : plain
}

/** What people write for "nothing": a dash, n/a, ####. */
const PLACEHOLDER = /^(?:[-–—_.?*#]+|n\/a)$/i
/** What spreadsheets show for a formula that failed, in their user's language: #REF!, #N/A, #NOM?, #NV, Err:502. */
const ERROR_VALUE = /^(?:#(?:\p{Lu}[\p{Lu}\d_/]*[!?]|DIV\/0|N\/[ABDabd]|n\/a|NV)|(?:Err|Fehler):\d{3})$/u

export const isErrorValue = (text: string): boolean => /^[#EF]/.test(text) && ERROR_VALUE.test(text)
export const isPlaceholder = (text: string): boolean => PLACEHOLDER.test(text) || isErrorValue(text)

/**
 * What exporters write so that a spreadsheet neither eats zeros nor computes, as the plain text it is: `="00123"`,
 * `'+33 1 99 00 11 01`. "'t Hart" is a name.
 */
export const unwrapLiteral = (text: string): string =>
  /^="([^"]*)"$/.exec(text)?.[1]?.trim() ?? text.replace(/^'(?=[=+\-@\d])/, '')

/**
 * True where a spreadsheet would compute the cell: `=…`, `@SUM(1)`, `+cmd|…`, `-A1`. Phone numbers,
 * negative numbers, "@handle" and "- a remark" are text.
 */
export function isFormula(text: string): boolean {
  if (text.startsWith('=')) return true
  if (!/^[@+-]/.test(text) || /^[-+][\d\s().,/-]+$/.test(text)) return false
  return /^[@+-](?:[\w.+*/^$:-]*[(|!]|\$?[a-z]{1,3}\$?\d+\b)/i.test(text)
}

/**
 * `answer`, remembered by the text it was given: a column of a hundred thousand cells has few countries.
 * A hostile column of many can't make it grow for ever.
 */
export function remembered<T>(answer: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    if (known.has(text)) return known.get(text) as T
    if (known.size >= 5000) known.clear()
    const found = answer(text)
    known.set(text, found)
    return found
  }
}

/** What a message may quote: cleaned, and short. */
export function shown(text: string): string {
  const line = clean(text)
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

/** The names of columns as a message may quote them: the first 40, and how many more there are. */
export function shownColumns(header: readonly string[]): { columns: string[]; more: number } {
  const names = header.filter((name) => name !== '')
  return { columns: names.slice(0, 40).map(shown), more: Math.max(0, names.length - 40) }
}
