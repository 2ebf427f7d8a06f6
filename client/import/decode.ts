/**
 * Decodes the bytes of an uploaded file to text, piece by piece, in the encoding that `encodingOf` found. Files that
 * aren't text at all are refused, with advice on how to save them.
 */
import iconv from 'iconv-lite'
import { type ErrorValues, RelanceError } from '../../cadence/errors.ts'
import { type Encoding, encodingOf } from './encoding.ts'

/** First bytes of what people upload by mistake. */
const NOT_TEXT: [format: ErrorValues['csv_spreadsheet']['format'], magic: number[]][] = [
  ['zip', [0x50, 0x4b]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['gzip', [0x1f, 0x8b]],
]

/** Bytes that are decoded at a time. */
const PIECE = 1 << 18

export interface Decoded extends Encoding {
  /** The text in pieces, without the byte order mark; anew each time. `share`: how much of the file that is, so far. */
  pieces(): Generator<{ text: string; share: number }>
}

/**
 * Decodes a file of leads.
 *
 * @param asked its encoding, where the caller knows it
 * @throws RelanceError `csv_empty` (nothing in it), `csv_spreadsheet` (a workbook, a PDF, an archive),
 *   `csv_binary` (not text), `encoding_unknown`, `encoding_unclear`
 */
export function decode(bytes: Uint8Array, asked?: string): Decoded {
  if (bytes.length === 0) throw new RelanceError('csv_empty', {})
  refuseOthers(bytes)
  const zeros = zerosIn(bytes)
  const encoding = zeros === 0 ? encodingOf(bytes, asked) : withZeros(bytes, zeros, asked)
  return { ...encoding, pieces: () => piecesOf(bytes, encoding.name) }
}

/** @throws RelanceError `csv_spreadsheet` for what begins as a workbook, a PDF or an archive does */
export function refuseOthers(bytes: Uint8Array): void {
  for (const [format, magic] of NOT_TEXT) {
    if (magic.every((byte, i) => bytes[i] === byte)) throw new RelanceError('csv_spreadsheet', { format })
  }
}

/** A stray NUL in an old database's export is cleaned later; a file with many of them isn't text. */
function withZeros(bytes: Uint8Array, zeros: number, asked: string | undefined): Encoding {
  let encoding: Encoding | undefined
  try {
    encoding = encodingOf(bytes, asked)
  } catch (error) {
    if (!(error instanceof RelanceError) || error.code !== 'encoding_unclear') throw error
  }
  const wide = encoding?.name.startsWith('utf-16')
  const few = encoding?.name === 'utf-8' && zeros <= bytes.length / 10
  if (encoding === undefined || !(wide || few)) throw new RelanceError('csv_binary', {})
  return encoding
}

function zerosIn(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) count++
  return count
}

function* piecesOf(bytes: Uint8Array, encoding: string): Generator<{ text: string; share: number }> {
  const decoder = iconv.getDecoder(encoding)
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE)
    const text = decoder.write(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength))
    if (text !== '') yield { text, share: Math.min(1, (at + PIECE) / bytes.length) }
  }
  const rest = decoder.end()
  if (rest) yield { text: rest, share: 1 }
}
