/**
 * Decodes the bytes of an uploaded file to text. Spreadsheets and CRMs don't say which encoding they wrote, so it is
 * detected: a byte order mark is believed, else strict UTF-8, else windows-1252 (what Excel writes as "CSV" in western
 * Europe; a superset of Latin-1). Files that aren't text at all are refused, with advice on how to save them.
 */
import { type ErrorValues, RelanceError } from '../../cadence/errors.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface Decoded {
  /** Without the byte order mark. */
  text: string
  encoding: Encoding
  /** True where some bytes weren't valid in the encoding, and stand as U+FFFD in the text. */
  damaged: boolean
}

/** First bytes of what people upload by mistake. */
const NOT_TEXT: [format: ErrorValues['csv_spreadsheet']['format'], magic: number[]][] = [
  ['zip', [0x50, 0x4b]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['gzip', [0x1f, 0x8b]],
]

/**
 * Decodes a file of leads.
 *
 * @throws RelanceError `csv_empty` (nothing in it), `csv_spreadsheet` (a workbook, a PDF, an archive),
 *   `csv_binary` (not text)
 */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) throw new RelanceError('csv_empty', {})
  for (const [format, magic] of NOT_TEXT) {
    if (magic.every((byte, i) => bytes[i] === byte)) throw new RelanceError('csv_spreadsheet', { format })
  }
  const decoded = detect(bytes)
  // A stray NUL in an old database's export is cleaned later; a file with many of them isn't text.
  const nuls = decoded.text.split('\0').length - 1
  if (nuls > 0 && (decoded.encoding === 'windows-1252' || nuls > decoded.text.length / 10)) {
    throw new RelanceError('csv_binary', {})
  }
  return decoded
}

function detect(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return lossy(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return lossy(bytes, 'utf-16be')
  try {
    return {
      text: new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      encoding: 'utf-8',
      damaged: false,
    }
  } catch {
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return lossy(bytes, marked || mostlyUtf8(bytes) ? 'utf-8' : 'windows-1252')
  }
}

function lossy(bytes: Uint8Array, encoding: Encoding): Decoded {
  const raw = new TextDecoder(encoding).decode(bytes)
  const text = encoding === 'windows-1252' ? raw.replace(/[\x80-\x9f]/g, windows1252) : raw
  return { text, encoding, damaged: text.includes('\ufffd') }
}

/** What windows-1252 has at 0x80 to 0x9F, where Latin-1 has controls; a blank is unassigned. */
const EXTRAS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** Node 20's TextDecoder reads "windows-1252" as Latin-1, against the Encoding Standard it follows. */
function windows1252(control: string): string {
  const found = EXTRAS[control.charCodeAt(0) - 0x80]
  return found === undefined || found === ' ' ? control : found
}

/**
 * A UTF-8 file with one broken byte must not become "HÃ©lÃ¨ne" throughout: as windows-1252, a letter such
 * as Ã followed by a continuation byte is next to unseen, so the commoner reading of the high bytes wins.
 */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const sequences = raw.match(/[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}/g) ?? []
  const high = raw.match(/[\x80-\xff]/g)?.length ?? 0
  const explained = sequences.reduce((sum, sequence) => sum + sequence.length, 0)
  return explained > high / 2
}
