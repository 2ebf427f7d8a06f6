/** A server's reply as text that can be stored, read by a person, and matched: without what doesn't belong in a line. */

/** How far the conversation had come when the server said no. `dot`: after the whole message. */
export type Stage = 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'auth' | 'mail' | 'rcpt' | 'data' | 'dot'

export interface Reply {
  /** 400 to 599; nothing where the reply can't be read. */
  code: number | undefined
  /** RFC 3463, as `5.1.1`; also where it stands at the end, as qmail's `(#5.1.1)`. */
  enhanced: string | undefined
  /** All its lines in one, in lower case, without codes and addresses. */
  words: string
}

/** As much of a reply as a person reads. */
const KEPT = 500
/** As much of a reply as is looked at. */
const LOOKED_AT = 4000

/**
 * A reply in one line that any database and terminal takes: NUL, control characters and broken letters are gone, and
 * what is longer than a person reads is cut.
 */
export function cleaned(text: string, most = KEPT): string {
  const line = inOneLine(text.slice(0, LOOKED_AT))
  if (line.length <= most) return line
  // Cutting may leave half a letter.
  return `${line
    .slice(0, most - 1)
    .replace(/\p{Cs}/u, '')
    .trimEnd()}…`
}

const inOneLine = (text: string): string =>
  text
    // The codes of the lines behind the first say nothing that the first one's don't.
    .replace(/\r?\n(?:\d{3}[ -](?:\d\.\d{1,3}\.\d{1,3} )?)?/g, ' ')
    .replace(/^(\d{3})-/, '$1 ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\ufffd]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** A line without the addresses in it, fit for a log. */
export const withoutAddresses = (line: string): string =>
  line.replace(/<[^<>]*>|[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;]+/g, '<…>')

const ENHANCED = /[245]\.\d{1,3}\.\d{1,3}/

/** Reads a reply. */
export function readReply(text: string): Reply {
  const line = inOneLine(text.slice(0, LOOKED_AT))
  const [, digits, rest = ''] = /^([45]\d\d)(?:[ -]+|$)(.*)$/.exec(line) ?? []
  if (digits === undefined) return { code: undefined, enhanced: undefined, words: line.toLowerCase() }
  const [, first] = new RegExp(`^#?(${ENHANCED.source})(?![\\d.])`).exec(rest) ?? []
  const [, last] = new RegExp(`\\(#(${ENHANCED.source})\\)`).exec(rest) ?? []
  const words = withoutAddresses(rest)
    .replace(new RegExp(`(^|[\\s(#])${ENHANCED.source}(?![\\d.])`, 'g'), '$1')
    .toLowerCase()
    .trim()
  return { code: Number(digits), enhanced: first ?? last, words }
}
