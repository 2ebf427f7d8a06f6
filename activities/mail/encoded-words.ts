/**
 * Encoded words (RFC 2047) for subjects of ASCII that can't stand as they are: what looks like an encoded word would be
 * decoded by its reader, and a word longer than a line may be can't be folded. What isn't ASCII is encoded by nodemailer.
 */

/** RFC 5322 §2.1.1 allows 998 characters in a line; the field's name and an address stand in it, too. */
const LONGEST_WORD = 500

/** Whether a header's text is ASCII, and wouldn't arrive as it is written. */
export const needsEncoding = (text: string): boolean =>
  /^[\x20-\x7e]*$/.test(text) && (text.includes('=?') || new RegExp(`\\S{${LONGEST_WORD}}`).test(text))

/** Bytes in one word: with `=?UTF-8?B?` and `?=` it has 72 characters of at most 75. */
const BYTES = 45

/** ASCII as encoded words with spaces between them, at which the header is folded. */
export function encodedWords(ascii: string): string {
  const words = ascii.match(new RegExp(`.{1,${BYTES}}`, 'g')) ?? []
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ')
}
