/** What zod finds wrong with a file's shape, in words people use, and what of the file is right nonetheless. */
import type * as z from 'zod'
import { nearest } from './nearest.ts'
import { type Fault, quote } from './notation.ts'
import { nounIn } from './parts.ts'
import type { Path } from './tree.ts'

type Issue = z.core.$ZodIssue

export interface ShapeFault extends Fault {
  path: Path
  /** It is about the key at the end of the path. */
  atKey?: true
}

/** Looking for what was meant by each takes a while; nobody reads so many. */
const MOST_KEYS = 200

/** Turns zod's issues with `value` into faults: one for each thing to mend. */
export function faultsOf(issues: readonly Issue[], value: unknown, under: Path = []): ShapeFault[] {
  return issues.flatMap((issue) => faultsOfOne(issue, value, [...under, ...(issue.path as Path)]))
}

function faultsOfOne(issue: Issue, value: unknown, path: Path): ShapeFault[] {
  const input = at(value, path)
  const what = label(path)
  const noun = nounIn(issue.message)
  const say = (code: string, message: string, remedy: string): ShapeFault[] => [
    { path, code, message, remedy },
  ]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys
        .slice(0, MOST_KEYS)
        .map((key) => ({ ...unknownKey(key, noun, input), path: [...path, key], atKey: true }))
    case 'custom': {
      const { code, remedy } = issue.params as { code: string; remedy: string }
      return say(code, issue.message, remedy)
    }
    case 'invalid_union':
      return faultsOfUnion(issue, value, path)
    case 'invalid_key': {
      const [inner] = issue.issues
      return inner
        ? faultsOfOne({ ...inner, path: [] } as Issue, value, path).map((f) => ({ ...f, atKey: true }))
        : []
    }
  }
  if (input === undefined && issue.code !== 'too_small') {
    return say('missing_key', `${what} is missing`, `add ${addition(issue, noun, path)}`)
  }
  switch (issue.code) {
    case 'invalid_value': {
      const words = issue.values.map(String)
      const meant = typeof input === 'string' ? nearest(input, words) : undefined
      const others = words.filter((word) => word !== meant)
      const remedy = meant
        ? `write ${meant}${others.length > 0 ? ` (or ${listed(others)})` : ''}`
        : `write ${listed(words)}`
      return say('wrong_value', `${what} can't be ${shown(input)}`, remedy)
    }
    case 'invalid_type':
      return say('wrong_type', `${what} can't be ${shown(input)}`, `write ${wanted(issue, noun)}`)
    case 'too_small':
    case 'too_big': {
      const least = issue.code === 'too_small'
      const bound = least ? issue.minimum : issue.maximum
      if (issue.origin === 'array') return say('wrong_value', `${what} is empty`, 'write at least one')
      const strictly = least && !issue.inclusive ? 'more than' : least ? 'at least' : 'at most'
      return say('wrong_value', `${what} can't be ${shown(input)}`, `write ${strictly} ${bound}`)
    }
    default:
      return say('wrong_value', `${what} can't be ${shown(input)}`, 'see the schema')
  }
}

/** A mapping is measured against the union's mapping, if it has one; anything else against all of it. */
function faultsOfUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  value: unknown,
  path: Path,
): ShapeFault[] {
  const input = at(value, path)
  const branch = issue.errors.findLast(
    (errors) => !errors.some((e) => e.path.length === 0 && e.code !== 'unrecognized_keys'),
  )
  if (isMapping(input) && branch) return faultsOf(branch as Issue[], value, path)
  const [message = '', remedy = ''] = issue.message.split('\n')
  return [{ path, code: input === undefined ? 'missing_key' : 'wrong_type', message, remedy }]
}

function unknownKey(key: string, noun: ReturnType<typeof nounIn>, input: unknown): Fault {
  const keys = noun?.keys ?? []
  const free = keys.filter((known) => !isMapping(input) || !Object.hasOwn(input, known))
  const meant = nearest(key, keys)
  const remedy = meant
    ? `did you mean ${meant}?`
    : `its keys are ${listed(free.length > 0 ? free : keys, 'and')}`
  return { code: 'unknown_key', message: `${noun?.is ?? 'this'} has no key ${quote(key)}`, remedy }
}

const EXAMPLES: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list: [ … ]',
  record: 'a mapping: { … }',
}

function wanted(issue: Issue, noun: ReturnType<typeof nounIn>): string {
  if (noun) return `a mapping with ${listed(noun.keys.slice(0, 6), 'or')}`
  const expected = issue.code === 'invalid_type' ? issue.expected : ''
  return EXAMPLES[expected] ?? expected
}

function addition(issue: Issue, noun: ReturnType<typeof nounIn>, path: Path): string {
  const key = path.findLast((part) => typeof part === 'string')
  if (issue.code === 'invalid_value') return `${key}: ${String(issue.values[0])}`
  return `${key}: ${noun ? '{ … }' : issue.code === 'invalid_type' && issue.expected === 'array' ? '[ … ]' : '…'}`
}

/** The last named part of a path: `theme`, `item 2 of authority`. */
function label(path: Path): string {
  const last = path.at(-1)
  if (last === undefined) return 'the file'
  if (typeof last === 'string') return last
  const of = path.findLast((part) => typeof part === 'string')
  return of === undefined ? `item ${last + 1}` : `item ${last + 1} of ${of}`
}

function shown(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  return isMapping(value) ? 'a mapping' : quote(value)
}

const MOST_LISTED = 14

function listed(words: string[], last = 'or'): string {
  if (words.length > MOST_LISTED) return `${words.slice(0, MOST_LISTED).join(', ')}, …`
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function at(value: unknown, path: Path): unknown {
  let here = value
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined
    here = (here as Record<string | number, unknown>)[part]
  }
  return here
}

/** What is left of a file when everything that is wrong is taken out: each part may be missing, none is wrong. */
export type Draft<T> = T extends (infer Item)[]
  ? (Draft<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T

/** Takes out what the faults are about, so that the rest can still be looked at. Items keep their numbers. */
export function withoutFaults<T>(value: unknown, faults: readonly ShapeFault[]): Draft<T> {
  const copy = structuredClone(value)
  for (const { path, code } of faults) {
    const last = path.at(-1)
    if (last === undefined || code === 'missing_key') continue
    const around = at(copy, path.slice(0, -1))
    if (Array.isArray(around)) around[last as number] = undefined
    else if (isMapping(around)) delete around[last]
  }
  return copy as Draft<T>
}
