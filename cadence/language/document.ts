/**
 * YAML as a tree of values that know their place. A cadence may come from anywhere, so nothing in it can make this
 * throw, hang or grow: its size, its depth and what its aliases expand to are bounded before anything looks at it.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml'
import { type Fault, quote } from './notation.ts'
import type { Place } from './problem.ts'

/** A plan travels in every workflow's input, where a quarter of a megabyte is already too much. */
export const MOST_BYTES = 256 * 1024
const MOST_VALUES = 20_000
const MOST_DEPTH = 32

export type Path = readonly (string | number)[]

/** A value and where it begins, with the places of its keys. */
export interface Spot {
  value: unknown
  offset: number
  /** Of the value's own keys or items. */
  parts: Map<string | number, { key: number; spot: Spot }>
}

export interface Complaint extends Fault {
  offset: number
}

export interface Reading {
  /** Undefined when the text can't be read as one YAML document. */
  root: Spot | undefined
  complaints: Complaint[]
  /** The mappings that complaints are about, so that what is missing there is not told again. */
  broken: Path[]
  /** Line and column of an offset. */
  place(offset: number): Place
}

/** Reads a text as YAML 1.2, one document, without tags and merge keys. Never throws. */
export function readDocument(source: string): Reading {
  const unread = { root: undefined, broken: [] }
  const unreadable = textFault(source)
  if (unreadable) return { ...unread, complaints: [unreadable], place: (offset) => placeIn(source, offset) }
  const text = source.replace(/^\uFEFF/, '')
  const lines = new LineCounter()
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const document = parse(text, lines)
  if (!document) {
    const deep = fault('too_deep', 'the file is nested too deeply', `nest ${MOST_DEPTH} deep at most`)
    return { ...unread, complaints: [{ ...deep, offset: 0 }], place }
  }
  const errors = tellingErrors([...document.errors, ...document.warnings], place)
  if (errors.length > 0) return { ...unread, complaints: errors.map(yamlComplaint), place }
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    const version = fault('yaml_version', 'Relance reads YAML 1.2', 'take the %YAML line out')
    return { ...unread, complaints: [{ ...version, offset: 0 }], place }
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

const fault = (code: string, message: string, remedy: string): Fault => ({ code, message, remedy })

/** What isn't text at all, or too much of it. */
function textFault(source: string): Complaint | undefined {
  if (source.length > MOST_BYTES) {
    const size = `${Math.round(source.length / 1024)} KB`
    return {
      ...fault('too_big', `the file has ${size}`, `a cadence has ${MOST_BYTES / 1024} KB at most`),
      offset: 0,
    }
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const strange = source.search(/[\u0000-\u0008\u000E-\u001F\uFFFE\uFFFF]|\uFFFD/)
  if (strange < 0) return undefined
  const utf16 = source.includes('\0') ? ' (it may be UTF-16)' : ''
  return {
    ...fault('not_text', `the file is not text in UTF-8${utf16}`, 'save it as UTF-8'),
    offset: strange,
  }
}

/** The place of an offset in a text that was never parsed. */
function placeIn(source: string, offset: number): Place {
  const before = source.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

/** What stands by itself; after anything else the rest of the file is read askew. */
const BY_ITSELF: YAMLError['code'][] = [
  'TAB_AS_INDENT',
  'BAD_DQ_ESCAPE',
  'TAG_RESOLVE_FAILED',
  'MULTIPLE_DOCS',
]
const MOST_ERRORS = 20

/** The first error and those that don't follow from it, one a line. */
function tellingErrors(errors: YAMLError[], place: (offset: number) => Place): YAMLError[] {
  const told = new Set<number>()
  const telling: YAMLError[] = []
  for (const error of errors) {
    const { line } = place(error.pos[0])
    if (told.has(line) || (telling.length > 0 && !BY_ITSELF.includes(error.code))) continue
    told.add(line)
    telling.push(error)
    if (telling.length === MOST_ERRORS) break
  }
  return telling
}

const REMEDIES: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'indent with spaces',
  MULTIPLE_DOCS: 'write one cadence a file, without a second ---',
  BAD_INDENT: 'begin all keys of a mapping in the same column',
  BLOCK_AS_IMPLICIT_KEY: 'put what follows the colon in quotes, or on lines of its own',
  BAD_DQ_ESCAPE: 'write the backslash twice, or use single quotes',
  TAG_RESOLVE_FAILED: 'leave the ! tag out',
  RESOURCE_EXHAUSTION: `nest ${MOST_DEPTH} deep at most`,
  BAD_ALIAS: 'put the text in quotes when it begins with *',
  MULTILINE_IMPLICIT_KEY: 'end the line above with a colon, or put the text in quotes',
  MISSING_CHAR: 'close what was opened: quotes, ] or }, and put texts with {{ }} in quotes',
  UNEXPECTED_TOKEN: 'put the text in quotes when it has {, }, [, ], : or # in it',
  BAD_SCALAR_START: 'put the text in quotes',
}

const CODES: Partial<Record<YAMLError['code'], string>> = {
  TAB_AS_INDENT: 'tab',
  MULTIPLE_DOCS: 'several_documents',
  RESOURCE_EXHAUSTION: 'too_deep',
  TAG_RESOLVE_FAILED: 'yaml_tag',
}

function yamlComplaint(error: YAMLError): Complaint {
  const message = error.code === 'MULTIPLE_DOCS' ? 'a second document begins here' : lowerFirst(error.message)
  const remedy = REMEDIES[error.code] ?? 'check quotes, colons and indentation around here'
  return { ...fault(CODES[error.code] ?? 'yaml_syntax', message, remedy), offset: error.pos[0] }
}

const lowerFirst = (text: string): string =>
  (text.charAt(0).toLowerCase() + text.slice(1)).split('\n')[0]?.replace(/\.$/, '').slice(0, 200) ?? ''

/** Gone too far: everything after it would be about something else. */
class Exhausted extends Error {}

/** Goes through a parsed document in its order, resolving aliases as it goes. */
class Walk {
  readonly complaints: Complaint[] = []
  readonly broken: Path[] = []
  private readonly anchors = new Map<string, Node>()
  /** Anchored values being read: an alias to one of them would contain itself. */
  private readonly inside = new Set<Node>()
  private values = 0

  begin(document: Document.Parsed): Spot | undefined {
    try {
      return this.spot(document.contents, 0, [])
    } catch (error) {
      if (error instanceof Exhausted) return undefined
      throw error
    }
  }

  private complain(offset: number, code: string, message: string, remedy: string): void {
    this.complaints.push({ ...fault(code, message, remedy), offset })
  }

  private stop(offset: number, code: string, message: string, remedy: string): never {
    this.complain(offset, code, message, remedy)
    throw new Exhausted()
  }

  /** @param near - where a value that isn't written would stand. */
  private spot(node: unknown, near: number, path: Path): Spot {
    const offset = (node as Node | null)?.range?.[0] ?? near
    this.values += 1
    if (this.values > MOST_VALUES) {
      this.stop(
        offset,
        'too_many_values',
        `the file says more than ${MOST_VALUES} things, aliases written out`,
        'use fewer aliases',
      )
    }
    if (path.length > MOST_DEPTH) {
      this.stop(offset, 'too_deep', 'this is nested too deeply', `nest ${MOST_DEPTH} deep at most`)
    }
    if (isAlias(node)) return this.alias(node.source, offset, path)
    const empty: Spot = { value: null, offset, parts: new Map() }
    if (!isMap(node) && !isSeq(node)) {
      if (!isScalar(node)) return empty
      if (node.anchor) this.anchors.set(node.anchor, node)
      return {
        ...empty,
        value: node.value,
        offset: node.value === null && node.source === '' ? near : offset,
      }
    }
    if (node.anchor) this.anchors.set(node.anchor, node)
    this.inside.add(node)
    const spot = isMap(node)
      ? this.map(node.items as Pair[], offset, path)
      : this.list(node.items, offset, path)
    this.inside.delete(node)
    return spot
  }

  private alias(name: string, offset: number, path: Path): Spot {
    const node = this.anchors.get(name)
    if (!node)
      this.stop(offset, 'yaml_alias', `there is no anchor &${name} before this`, 'write the value itself')
    if (this.inside.has(node)) {
      this.stop(offset, 'yaml_alias', `*${name} contains itself`, 'write the value itself')
    }
    return this.spot(node, offset, path)
  }

  private list(items: unknown[], offset: number, path: Path): Spot {
    const parts: Spot['parts'] = new Map()
    const value = items.map((item, index) => {
      const spot = this.spot(item, offset, [...path, index])
      parts.set(index, { key: spot.offset, spot })
      return spot.value
    })
    return { value, offset, parts }
  }

  private map(items: Pair[], offset: number, path: Path): Spot {
    const parts: Spot['parts'] = new Map()
    const value: Record<string, unknown> = {}
    for (const item of items) {
      const at = (item.key as Node | null)?.range?.[0] ?? offset
      const name = isScalar(item.key) ? item.key.value : undefined
      if (name === undefined || name === null || typeof name === 'object') {
        this.broken.push(path)
        this.complain(
          at,
          'wrong_key',
          'a key has to be a plain word',
          'put texts with {{ }} or [ ] in quotes',
        )
        continue
      }
      const key = String(name)
      if (key === '<<') {
        this.broken.push(path)
        this.complain(at, 'yaml_merge', 'merge keys (<<) are not read', 'write the keys themselves')
        continue
      }
      const before = parts.get(key)
      if (before) {
        this.complain(
          at,
          'duplicate_key',
          `the key ${quote(key)} stands twice in one mapping`,
          'keep one of the two',
        )
        continue
      }
      const spot = this.spot(item.value, at, [...path, key])
      parts.set(key, { key: at, spot })
      Object.defineProperty(value, key, {
        value: spot.value,
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    return { value, offset, parts }
  }
}

/** The offset of what is at a path; of the nearest thing around it when it isn't written. */
export function offsetOf(root: Spot, path: Path): number {
  let spot = root
  for (const part of path) {
    const next = spot.parts.get(part)
    if (!next) return spot.offset
    spot = next.spot
  }
  return spot.offset
}

/** The offset of the key that a path ends in. */
export function keyOffsetOf(root: Spot, path: Path): number {
  let spot = root
  let offset = root.offset
  for (const part of path) {
    const next = spot.parts.get(part)
    if (!next) return offset
    offset = next.key
    spot = next.spot
  }
  return offset
}

/** Whether a path begins with another. */
export const isPrefix = (start: Path, path: Path): boolean => start.every((part, i) => path[i] === part)
