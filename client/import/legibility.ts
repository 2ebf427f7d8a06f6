/**
 * How well a text reads as names that people write: what tells a right encoding from a wrong one in a list too short for
 * statistics of letters. "CrŽpin", "BŠckerei", "£ukasz" and "Pawe³" don't; nor do words that no language's alphabet has.
 */

/** What only signs written in a wrong encoding have: one alternative a kind. */
const ODD = new RegExp(
  [
    // Controls of Latin-1, and what could not be decoded.
    '[\\x80-\\x9f\\ufffd]',
    // A capital with an accent after a small letter (CrŽpin), or as the second of a word in small letters (BŠckerei).
    '\\p{Ll}(?![\\x00-\\x7f])\\p{Lu}(?:\\p{Ll}|$|[ ;,-])',
    '\\p{Lu}(?![\\x00-\\x7f])\\p{Lu}\\p{Ll}',
    // A sign before, in or after a word; trade marks and "m²" are none.
    '(?![®™©°+&|^`~=<>$])[\\p{S}§¶¹²³¼½¾ªº¡¿ˆ˜]\\p{L}',
    '\\p{L}(?![®™©°+&|^`~=<>$])(?<!m)[\\p{S}§¶¹²³¼½¾ªº¡¿ˆ˜]',
    '(?:^|[\\s\\p{L}-])[®™©]\\p{L}',
    '\\p{L}[„‚“”‹›…†‡‰•¿¡]\\p{L}',
    '\\p{L}‘',
    '\\p{Ll}[–—]\\p{Ll}',
    '(?<=\\p{Lu}\\p{Ll}+)-(?![\\x00-\\x7f])\\p{Ll}',
    // Two scripts in one word.
    '\\p{Script=Latin}[\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Han}]',
    '[\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Han}]\\p{Script=Latin}',
  ].join('|'),
  'u',
)

/** Letters beyond ASCII, by language. */
const ALPHABETS = [
  ...[
    'àâçéèêëîïôœùûüÿ',
    'äöüß',
    'áéíñóúü',
    'áâãàçéêíóôõúü',
    'àèéìòù',
    'àçèéíïòóúü',
    'åäöé',
    'åæøé',
    'éëïöüèáó',
  ],
  ...['áðéíóúýþæö', 'äöå', 'ąćęłńóśźż', 'áčďéěíňóřšťúůýž', 'áäčďéíĺľňóôŕšťúýž', 'áéíóöőúüű', 'čćđšž', 'čšž'],
  ...['ăâîşţ', 'ëç', 'çğıöşüâİ', 'äõöüšž'],
].map((letters) => new Set([...letters, ...letters.toUpperCase()]))

const FOREIGN = /(?![ -~])\p{Script=Latin}/u

/** The share of texts that look as if they had been read in a wrong encoding. */
export const oddShare = (texts: readonly string[]): number =>
  texts.length === 0 ? 0 : texts.filter((text) => ODD.test(text)).length / texts.length

/** From 0 to 1: how far the accented letters are those of one language, and those of each word of some language. */
export function alphabetFit(text: string): number {
  const letters = text.match(new RegExp(FOREIGN, 'gu')) ?? []
  if (letters.length === 0) return 1
  const words = text.split(/[^\p{L}\p{M}]+/u).filter((word) => FOREIGN.test(word))
  const whole = Math.max(...ALPHABETS.map((known) => shareOf(letters, (letter) => known.has(letter))))
  const each = shareOf(words, (word) => {
    const own = word.match(new RegExp(FOREIGN, 'gu')) ?? []
    return ALPHABETS.some((known) => own.every((letter) => known.has(letter)))
  })
  return 0.4 * whole + 0.6 * each
}

const shareOf = <T>(list: readonly T[], test: (item: T) => boolean): number =>
  list.length === 0 ? 1 : list.filter(test).length / list.length

/** UTF-8 that was taken for windows-1252 and written as UTF-8 again: "HÃ©lÃ¨ne". */
const TWICE = /[ÃÂ][\u00a1-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ“”˜\u009d\u0093]/u
/** What Mac Roman's small letters are in windows-1252, and the other way round: "CrŽpin", "CrÈpin". */
const WRONG_CAPITAL = /\p{Ll}[ŽŠŸÈÊËÍÙ]\p{Ll}/u

/** True of a name that was spoilt by a program that read it in a wrong encoding: no letter may begin with it. */
export const isGarbled = (name: string): boolean =>
  name.includes('\ufffd') || TWICE.test(name) || WRONG_CAPITAL.test(name)
