/**
 * Opens a list that comes in piece by piece: a text is decoded as it comes, in the encoding that its beginning shows; a
 * workbook has to be whole first.
 */
import iconv from 'iconv-lite'
import { RelanceError } from '../../cadence/errors.ts'
import type { FileWarning } from '../../cadence/leads-file.ts'
import { refuseOthers } from './decode.ts'
import { encodingOf } from './encoding.ts'
import { openSource, sheetWarnings } from './source.ts'
import { isArchive } from './workbook/read-workbook.ts'

/** Bytes that are looked at to find the encoding. */
const HEAD = 1 << 18

export interface OpenedBytes {
  encoding: { name: string; confidence: number }
  warnings: FileWarning[]
  /** Without NUL, which is nothing a text holds, and nothing the database takes. */
  text: AsyncIterable<string>
}

/**
 * Opens it. An encoding that isn't clear is taken for windows-1252, and its confidence is 0: addresses and domains read the
 * same in all of them.
 * @throws RelanceError `csv_spreadsheet`, `sheet_*`, `workbook_*`
 */
export async function openBytes(bytes: AsyncIterable<Uint8Array>, sheet?: string): Promise<OpenedBytes> {
  const pieces = bytes[Symbol.asyncIterator]()
  const head = await firstOf(pieces, HEAD)
  if (isArchive(head)) {
    const whole = Buffer.concat([head, await firstOf(pieces, Number.POSITIVE_INFINITY)])
    const { name, confidence, workbook, pieces: texts } = await openSource(whole, { sheet })
    const text = (async function* () {
      for (const piece of texts()) yield piece.text.replaceAll('\0', '')
    })()
    return { encoding: { name, confidence }, warnings: workbook ? sheetWarnings(workbook) : [], text }
  }
  refuseOthers(head)
  if (sheet !== undefined) throw new RelanceError('sheet_unknown', { sheet, sheets: [] })
  const encoding = head.length === 0 ? { name: 'utf-8', confidence: 1 } : encodingIn(head)
  return { encoding, warnings: [], text: decoded(head, pieces, encoding.name) }
}

async function firstOf(pieces: AsyncIterator<Uint8Array>, most: number): Promise<Buffer> {
  const first: Uint8Array[] = []
  for (let size = 0; size < most; ) {
    const { done, value } = await pieces.next()
    if (done) break
    first.push(value)
    size += value.length
  }
  return Buffer.concat(first)
}

function encodingIn(head: Uint8Array): { name: string; confidence: number } {
  try {
    const { name, confidence } = encodingOf(head)
    return { name, confidence }
  } catch (error) {
    if (error instanceof RelanceError && error.code === 'encoding_unclear') {
      return { name: 'windows-1252', confidence: 0 }
    }
    throw error
  }
}

async function* decoded(
  head: Buffer,
  pieces: AsyncIterator<Uint8Array>,
  encoding: string,
): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding)
  for (let piece: Uint8Array | undefined = head; piece; ) {
    yield decoder.write(Buffer.from(piece)).replaceAll('\0', '')
    const next: IteratorResult<Uint8Array> = await pieces.next()
    piece = next.done ? undefined : next.value
  }
  const rest = decoder.end()
  if (rest) yield rest
}
