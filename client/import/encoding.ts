/**
 * Finds out which encoding a file of leads is in: spreadsheets and CRMs don't say. A byte order mark is believed, then
 * UTF-16 by its zeros, then UTF-8 that is valid; for the rest, jschardet ranks the encodings that lists are written in by
 * the cells that hold more than ASCII, and how well these read as names decides. What is doubtful is asked about: a
 * greeting with a spoilt name can't be taken back.
 */
import iconv from 'iconv-lite'
import { detectAll } from 'jschardet'
import { RelanceError } from '../../cadence/errors.ts'
import { alphabetFit, oddShare } from './legibility.ts'

export interface Encoding {
  /** As `--encoding` takes it. */
  name: string
  /** From 0 to 1. */
  confidence: number
  /** Some bytes are not valid in it. */
  damaged: boolean
}

/** What is told apart, by jschardet's name. */
const CANDIDATES: Readonly<Record<string, string>> = {
  'windows-1252': 'windows-1252',
  'windows-1250': 'windows-1250',
  'windows-1251': 'windows-1251',
  macroman: 'macroman',
  cp932: 'shift_jis',
  'iso-8859-2': 'iso-8859-2',
  'koi8-r': 'koi8-r',
  'windows-1254': 'windows-1254',
  'windows-1253': 'windows-1253',
}
/** jschardet takes it by another name than it answers. */
const ASKED = Object.keys(CANDIDATES).map((name) => (name === 'macroman' ? 'mac-roman' : name))

/** What western spreadsheets write: by far the most lists that aren't in Unicode. */
const USUAL = 'windows-1252'

/** Cells that are looked at. */
const MOST_CELLS = 2000
/** Below this the file is refused. 1,680 short lists in 22 languages were tried: 5 of them were read wrong above it. */
const SURE = 0.65
/** At most this share of cells may look wrong. */
const MOST_ODD = 0.2

/**
 * The encoding of a file.
 *
 * @param asked what the caller says it is
 * @throws RelanceError `encoding_unknown`, `encoding_unclear`
 */
export function encodingOf(bytes: Uint8Array, asked?: string): Encoding {
  if (asked !== undefined) return askedFor(bytes, asked)
  const wide = wideEncoding(bytes)
  if (wide !== undefined) return { name: wide, confidence: 1, damaged: false }
  if (isUtf8(bytes)) return { name: 'utf-8', confidence: 1, damaged: false }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  if (marked || mostlyUtf8(bytes)) return { name: 'utf-8', confidence: 1, damaged: true }
  return guessed(bytes)
}

function askedFor(bytes: Uint8Array, asked: string): Encoding {
  const name = asked.toLowerCase()
  if (!iconv.encodingExists(name) || /^(?:base64|hex|binary|internal)/.test(name)) {
    throw new RelanceError('encoding_unknown', {
      encoding: asked,
      known: ['utf-8', 'utf-16le', 'utf-16be', ...Object.values(CANDIDATES)],
    })
  }
  return { name, confidence: 1, damaged: /^utf-?8$/.test(name) && !isUtf8(bytes) }
}

/** UTF-16, by its byte order mark. */
export function markedWide([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** UTF-16, by its mark, or by the zeros that every ASCII letter has at one side. */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const marked = markedWide(bytes)
  if (marked) return marked
  const length = Math.min(bytes.length, 4096) & ~1
  const zeros = [0, 0]
  for (let i = 0; i < length; i++) if (bytes[i] === 0) zeros[i & 1] = (zeros[i & 1] as number) + 1
  const [even = 0, odd = 0] = zeros
  if (odd > length / 8 && even < odd / 20) return 'utf-16le'
  if (even > length / 8 && odd < even / 20) return 'utf-16be'
  return undefined
}

const CHUNK = 1 << 16

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true })
    }
    decoder.decode()
    return true
  } catch {
    return false
  }
}

/** How much of a file is looked at where all of it would take long. */
const SAMPLE = 1 << 22

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SAMPLE)).toString('latin1')

/**
 * A UTF-8 file with one broken byte must not become "HÃ©lÃ¨ne" throughout: as windows-1252, a letter such
 * as Ã followed by a continuation byte is next to unseen, so the commoner reading of the high bytes wins.
 */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const raw = latin1(bytes)
  const sequences = raw.match(/[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}/g) ?? []
  const high = raw.match(/[\x80-\xff]/g)?.length ?? 0
  const explained = sequences.reduce((sum, sequence) => sum + sequence.length, 0)
  return explained > high / 2
}

/** Different cells that hold more than ASCII, as bytes. */
function tellingCells(bytes: Uint8Array): Buffer {
  const cells = new Set<string>()
  for (const [cell] of latin1(bytes).matchAll(/[^\r\n,;\t]*[\x80-\xff][^\r\n,;\t]*/g)) {
    cells.add(cell)
    if (cells.size === MOST_CELLS) break
  }
  return Buffer.from([...cells].join('\n'), 'latin1')
}

interface Guess {
  name: string
  text: string
  odd: number
  score: number
}

function guessed(bytes: Uint8Array): Encoding {
  const cells = tellingCells(bytes)
  const guesses: Guess[] = []
  for (const { encoding, confidence } of detectAll(cells, { minimumThreshold: 0, detectEncodings: ASKED })) {
    const name = CANDIDATES[encoding?.toLowerCase() ?? '']
    if (name === undefined) continue
    const text = iconv.decode(cells, name)
    // Encodings that read it alike are one guess, by the name of the usual one.
    const same = guesses.find((other) => other.text === text)
    if (same && name === USUAL) same.name = name
    if (same) continue
    const odd = oddShare(text.split('\n'))
    guesses.push({ name, text, odd, score: scoreOf(name, text, odd, confidence) })
  }
  guesses.sort((a, b) => b.score - a.score)
  const [best, second] = guesses
  const confidence = best?.score ? best.score / (best.score + (second?.score ?? 0)) : 0
  if (best === undefined || confidence < SURE || best.odd > MOST_ODD) throw unclear(guesses, confidence)
  return { name: best.name, confidence, damaged: best.text.includes('\ufffd') }
}

/**
 * The detector's own confidence is low for lists, whatever it says, so only the proportions between guesses count.
 */
function scoreOf(name: string, text: string, odd: number, confidence: number): number {
  const usual = name === USUAL ? 1.5 : 1
  return (usual * confidence * (1 - odd) ** 3 * alphabetFit(text) ** 4) ** 3
}

/** How it would read in the likeliest encodings, so that a person sees which is right. */
function unclear(guesses: readonly Guess[], confidence: number): RelanceError {
  return new RelanceError('encoding_unclear', {
    percent: Math.round(confidence * 100),
    readings: guesses.slice(0, 3).map(({ name, text }) => ({
      encoding: name,
      sample: text.split('\n').slice(0, 3).join(', ').slice(0, 60),
    })),
  })
}
