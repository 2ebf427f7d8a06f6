/**
 * Parses a cadence's YAML safely, and turns offsets into line and column (`place`). A cadence may come from anywhere,
 * so nothing in it can make this throw, hang or grow: its size, its depth and what its aliases expand to are bounded
 * before anything looks at it.
 */
import { type Document, LineCounter, parseDocument } from 'yaml'
import { problem } from '../problem-values.ts'
import type { Position } from './problem.ts'
import type { Complaint, Path, Spot } from './tree.ts'
import { MOST_DEPTH, Walk } from './walk.ts'
import { tellingErrors, yamlComplaint } from './yaml-errors.ts'

/** A plan travels in every workflow's input, where a quarter of a megabyte is already too much. */
export const MOST_BYTES = 256 * 1024

export interface Reading {
  /** Undefined when the text can't be read as one YAML document. */
  root: Spot | undefined
  complaints: Complaint[]
  /** The mappings that complaints are about, so that what is missing there is not told again. */
  broken: Path[]
  /** Line and column of an offset. */
  place(offset: number): Position
}

/** Reads a text as YAML 1.2, one document, without tags and merge keys. Never throws. */
export function readDocument(source: string): Reading {
  const unread = { root: undefined, broken: [] }
  const unreadable = textFault(source)
  if (unreadable) return { ...unread, complaints: [unreadable], place: (offset) => placeIn(source, offset) }
  const text = source.replace(/^\uFEFF/, '')
  const lines = new LineCounter()
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const document = parse(text, lines)
  if (!document) {
    return { ...unread, complaints: [{ ...problem('too_deep', { most: MOST_DEPTH }), offset: 0 }], place }
  }
  const errors = tellingErrors([...document.errors, ...document.warnings], place)
  if (errors.length > 0) return { ...unread, complaints: errors.map(yamlComplaint), place }
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    return { ...unread, complaints: [{ ...problem('yaml_version', {}), offset: 0 }], place }
  }
  const walk = new Walk()
  const root = walk.begin(document)
  return { root, complaints: walk.complaints, broken: walk.broken, place }
}

/** Undefined for what the parser itself can't get to the bottom of. */
function parse(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      // Compares every key with every other; the walk does it with a map.
      uniqueKeys: false,
      resolveKnownTags: false,
      logLevel: 'error',
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** What isn't text at all, or too much of it. */
function textFault(source: string): Complaint | undefined {
  if (source.length > MOST_BYTES) {
    return { ...problem('too_big', { bytes: source.length, most: MOST_BYTES }), offset: 0 }
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const strange = source.search(/[\u0000-\u0008\u000E-\u001F\uFFFE\uFFFF]|\uFFFD/)
  if (strange < 0) return undefined
  const values = source.includes('\0') ? { utf16: 'perhaps' as const } : {}
  return { ...problem('not_text', values), offset: strange }
}

/** The place of an offset in a text that was never parsed. */
function placeIn(source: string, offset: number): Position {
  const before = source.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
