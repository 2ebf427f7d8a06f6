/** Makes text storable: PostgreSQL takes no NUL in texts (error 22021), and no NUL or half letters in JSON (22P05). */

/** NUL in JSON, and an escaped backslash, which begins none. */
const NULS = /\\\\|\\u0000/g
/** Half a letter in JSON, and what isn't one: an escaped backslash, and both halves together. */
const HALVES = /\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\ud[89a-f][0-9a-f]{2}/gi

/**
 * A parameter of a statement as it can be stored, whoever it is from: NUL goes, half a letter becomes a sign for it.
 * What is fine, as nearly everything, stays the same.
 */
export function storable(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const text = value.includes('\0') ? value.replaceAll('\0', '') : value
  if (!/^[[{"]/.test(text) || !/\\u(?:0000|d[89a-f])/i.test(text)) return text
  // NUL first, as in texts: the halves of a letter on both sides of it come together.
  return text
    .replace(NULS, (found) => (found === '\\u0000' ? '' : found))
    .replace(HALVES, (found) => (found === '\\\\' || found.length > 6 ? found : '\\ufffd'))
}
