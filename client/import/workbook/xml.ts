/** Reads a part of a workbook as XML, while it is unpacked. Prefixes of names are dropped: workbooks need none. */
import { Parser } from 'saxen'
import { markedWide } from '../encoding.ts'

export interface Hears {
  open?(name: string, attributes: () => Record<string, string>): void
  close?(name: string): void
  text?(text: string): void
}

/**
 * Parses a document, and yields after each piece of it. What is not read on is not unpacked.
 * @throws Error where it isn't XML
 */
export async function* parseXml(bytes: AsyncIterable<Uint8Array>, hears: Hears): AsyncGenerator<void> {
  const parser = new Parser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('openTag', (name, attributes, decode) => {
    hears.open?.(bare(name), () => plainly(attributes(), decode))
  })
  parser.on('closeTag', (name) => hears.close?.(bare(name)))
  parser.on('text', (text, decode) => hears.text?.(text.includes('&') ? decode(text) : text))
  parser.on('cdata', (text) => hears.text?.(text))
  let decoder: InstanceType<typeof TextDecoder> | undefined
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(markedWide(piece) ?? 'utf-8')
    parser.write(decoder.decode(piece, { stream: true }))
    yield
  }
  // A part that isn't there says nothing.
  if (decoder === undefined) return
  parser.write(decoder.decode())
  parser.end()
  yield
}

/** Parses a whole document. */
export async function readXml(bytes: AsyncIterable<Uint8Array>, hears: Hears): Promise<void> {
  for await (const _ of parseXml(bytes, hears));
}

/** Most elements have neither prefixes nor entities. */
function plainly(given: Record<string, string>, decode: (text: string) => string): Record<string, string> {
  for (const key in given) {
    if (!key.includes(':') && !given[key]?.includes('&')) continue
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [bare(name), decode(value)]))
  }
  return given
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1)

/** Characters that XML can't hold are written as _x000D_ in workbooks. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
