/** What zod finds wrong with a file's shape, as problems, and what of the file is right nonetheless. */
import type * as z from 'zod'
import { type ProblemData, problem, type Shown, type Subject, type WantedType } from '../problem-values.ts'
import { nearest } from './nearest.ts'
import { short } from './notation.ts'
import { type MappingInfo, mappingIn, type UnionName } from './parts.ts'
import type { Path } from './tree.ts'

type Issue = z.core.$ZodIssue

/** `atKey`: it is about the key at the end of the path. */
export type ShapeFault = ProblemData & { path: Path; atKey?: true }

/** Looking for what was meant by each takes a while; nobody reads so many. */
const MOST_KEYS = 200

/** Turns zod's issues with `value` into faults: one for each thing to mend. */
export function faultsOf(issues: readonly Issue[], value: unknown, under: Path = []): ShapeFault[] {
  return issues.flatMap((issue) => faultsOfOne(issue, value, [...under, ...(issue.path as Path)]))
}

function faultsOfOne(issue: Issue, value: unknown, path: Path): ShapeFault[] {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const info = mappingIn(issue.message)
      return issue.keys
        .slice(0, MOST_KEYS)
        .map((key) => ({ ...unknownKey(key, info, at(value, path)), path: [...path, key], atKey: true }))
    }
    case 'custom':
      return [{ ...(issue.params as ProblemData), path }]
    case 'invalid_union':
      return faultsOfUnion(issue, value, path)
    case 'invalid_key': {
      const [inner] = issue.issues
      return inner
        ? faultsOfOne({ ...inner, path: [] } as Issue, value, path).map((f) => ({ ...f, atKey: true }))
        : []
    }
    default:
      return [{ ...valueProblem(issue, at(value, path), path), path }]
  }
}

/** What is wrong with a value that is missing, of another type or out of bounds. */
function valueProblem(issue: Issue, input: unknown, path: Path): ProblemData {
  const info = mappingIn(issue.message)
  const subject = subjectOf(path)
  const value = shown(input)
  if (input === undefined && issue.code !== 'too_small') {
    return problem('missing_key', { subject, add: addition(issue, info, path) })
  }
  switch (issue.code) {
    case 'invalid_value': {
      const words = issue.values.map(String)
      const meant = typeof input === 'string' ? nearest(input, words) : undefined
      return problem('wrong_value', { kind: 'one_of', subject, value, words, meant })
    }
    case 'invalid_type':
      return problem('wrong_type', {
        kind: 'value',
        subject,
        value,
        wanted: wantedType(issue.expected, info),
      })
    case 'too_small': {
      if (issue.origin === 'array') return problem('wrong_value', { kind: 'no_items', subject })
      const kind = issue.inclusive ? 'at_least' : 'more_than'
      return problem('wrong_value', { kind, subject, value, bound: Number(issue.minimum) })
    }
    case 'too_big':
      return problem('wrong_value', { kind: 'at_most', subject, value, bound: Number(issue.maximum) })
    default:
      return problem('wrong_value', { kind: 'other', subject, value })
  }
}

/** A mapping is measured against the union's mapping, if it has one; anything else against all of it. */
function faultsOfUnion(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  value: unknown,
  path: Path,
): ShapeFault[] {
  const branch = issue.errors.findLast(
    (errors) => !errors.some((e) => e.path.length === 0 && e.code !== 'unrecognized_keys'),
  )
  if (isMapping(at(value, path)) && branch) return faultsOf(branch as Issue[], value, path)
  return [{ ...problem('wrong_type', { kind: issue.message as UnionName }), path }]
}

function unknownKey(key: string, info: MappingInfo | undefined, input: unknown): ProblemData {
  const keys = info?.keys ?? []
  const free = keys.filter((known) => !isMapping(input) || !Object.hasOwn(input, known))
  return problem('unknown_key', {
    noun: info?.noun,
    key: short(key),
    known: free.length > 0 ? free : keys,
    meant: nearest(key, keys),
  })
}

/** Types of zod, as we call them. */
const TYPES: Record<string, Exclude<WantedType['kind'], 'keys'>> = {
  string: 'text',
  number: 'number',
  int: 'whole_number',
  boolean: 'boolean',
  array: 'list',
}

const wantedType = (expected: string, info: MappingInfo | undefined): WantedType =>
  info ? { kind: 'keys', keys: info.keys.slice(0, 6) } : { kind: TYPES[expected] ?? 'mapping' }

/** A missing key as it would be written. */
function addition(issue: Issue, info: MappingInfo | undefined, path: Path): string {
  const key = path.findLast((part) => typeof part === 'string')
  if (issue.code === 'invalid_value') return `${key}: ${String(issue.values[0])}`
  return `${key}: ${info ? '{ … }' : issue.code === 'invalid_type' && issue.expected === 'array' ? '[ … ]' : '…'}`
}

/** The last named part of a path: `theme`, item 2 of `authority`. */
function subjectOf(path: Path): Subject {
  const last = path.at(-1)
  if (last === undefined) return { kind: 'file' }
  if (typeof last === 'string') return { key: short(last) }
  const of = path.findLast((part) => typeof part === 'string')
  return of === undefined ? { item: last + 1 } : { item: last + 1, of }
}

/** A value of a file as a problem has it. */
export function shown(value: unknown): Shown {
  if (typeof value === 'string') return short(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (value === null || value === undefined) return null
  return { kind: Array.isArray(value) ? 'list' : 'mapping' }
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
