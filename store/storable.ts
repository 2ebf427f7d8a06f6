/** Makes text storable: PostgreSQL takes no NUL in texts (error 22021), and no NUL or half letters in JSON (22P05). */

/** What a backslash begins in JSON: an escaped one, a letter of two halves, and what can't be stored. */
const ESCAPES = /\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\u0000|\\ud[89a-f][0-9a-f]{2}/gi

/**
 * A parameter of a statement as it can be stored, whoever it is from: NUL goes, half a letter becomes a sign for it.
 * What is fine, as nearly everything, stays the same.
 */
export function storable(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const text = value.includes('\0') ? value.replaceAll('\0', '') : value
  if (!/^[[{"]/.test(text) || !/\\u(?:0000|d[89a-f])/i.test(text)) return text
  return text.replace(ESCAPES, (found) => {
    if (found === '\\\\' || found.length > 6) return found
    return found === '\\u0000' ? '' : '\\ufffd'
  })
}
