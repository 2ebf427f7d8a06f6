/** Reads the text of `relance.yaml`: puts in secrets from the environment, finds the place of an error. */
import { isMap, type parseDocument } from 'yaml'
import type { z } from 'zod'
import { faultOf, isMissing } from '../cadence/language/zod-faults.ts'
import { type ProblemData, problem } from '../cadence/problem-values.ts'

type Document = ReturnType<typeof parseDocument>

const REFERENCE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g

/** A reference is still in a value only where missing secrets are let pass, or have been reported. */
export const hasReference = (value: unknown): boolean =>
  typeof value === 'string' && value.search(REFERENCE) >= 0

/** Replaces `${NAME}` in every text. */
export function fill(
  value: unknown,
  path: string[],
  look: (name: string, path: string[]) => string | undefined,
): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (whole, name: string) => look(name, path) ?? whole)
  }
  if (Array.isArray(value)) return value.map((item, i) => fill(item, [...path, String(i)], look))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fill(v, [...path, k], look)]))
}

/** The offset of what is at `path` (or of its key), or of the nearest thing around it. */
export function whereOf(document: Document, path: string[], key: boolean): number {
  for (let n = path.length; n > 0; n--) {
    const parent = n > 1 ? document.getIn(path.slice(0, n - 1), true) : document.contents
    if (!isMap(parent)) continue
    const pair = parent.items.find((item) => String(item.key) === String(path[n - 1]))
    const node = (key ? pair?.key : (pair?.value ?? pair?.key)) as { range?: [number, ...number[]] } | null
    if (node?.range) return node.range[0]
  }
  return 0
}

/** The keys that may stand at a path, for those who wrote another one. */
export function keysAt(schema: z.ZodType, path: readonly string[]): string[] {
  let at = bare(schema)
  for (const part of path) at = at && bare(at.shape?.[part] ?? at.valueType)
  return Object.keys(at?.shape ?? {})
}

interface Bare {
  shape?: Record<string, unknown>
  valueType?: unknown
}

/** A schema without what is wrapped around it. */
function bare(schema: unknown): Bare | undefined {
  for (let at = schema as { def?: Record<string, unknown> } | undefined; at?.def; ) {
    const { innerType, out, type, in: from } = at.def
    if (innerType !== undefined) at = innerType as typeof at
    // What a pipe gives is a mapping, or else what it takes is.
    else if (type === 'pipe') at = (bare(out)?.shape ? out : from) as typeof at
    else return at.def as Bare
  }
  return undefined
}

/** What is wrong with a setting. */
export function problemOf(issue: z.core.$ZodIssue): ProblemData {
  const setting = issue.path.join('.')
  if (isMissing(issue)) {
    return problem('missing_setting', { setting })
  }
  if (issue.code === 'custom' && issue.params?.missing) {
    return problem('missing_setting', { setting, about: issue.params.missing })
  }
  return problem('wrong_setting', { setting, fault: faultOf(issue) })
}
