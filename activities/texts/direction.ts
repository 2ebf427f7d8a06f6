/** Which way a letter is read, and in which language its HTML says it is. */

/** Languages that are written from the right. */
const RIGHT_TO_LEFT = new Set('ar arc ckb dv fa he ks nqo ps sd syr ug ur yi'.split(' '))

const FROM_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu
const LETTER = /\p{L}/gu

/** Whether a text has letters that are read from the right. */
export const isFromRight = (text: string): boolean => text.search(FROM_RIGHT) >= 0

export interface Direction {
  lang: string
  dir: 'ltr' | 'rtl'
}

/**
 * The direction of a text, by most of its letters.
 * @param language - what its template says; where the script is of another, the script's own is told
 */
export function directionOf(text: string, language: string): Direction {
  const words = text.replace(/\S*:\/\/\S*/g, '')
  const fromRight = words.match(FROM_RIGHT)?.length ?? 0
  const dir = fromRight * 2 > (words.match(LETTER)?.length ?? 0) ? 'rtl' : 'ltr'
  const expected = RIGHT_TO_LEFT.has(language.split('-')[0]?.toLowerCase() ?? '') ? 'rtl' : 'ltr'
  if (dir === expected) return { lang: language, dir }
  // `und`: not said. An `.en` template in Arabic isn't read aloud as English.
  if (dir === 'rtl') return { lang: /\p{Script=Hebrew}/u.test(words) ? 'he' : 'ar', dir }
  return { lang: /\p{L}/u.test(words) ? 'und' : language, dir: /\p{L}/u.test(words) ? dir : expected }
}
