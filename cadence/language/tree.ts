/** The tree of values and offsets that `walk.ts` builds, and the offset of a path in it. */
import type { ProblemData } from '../problem-values.ts'

export type Path = readonly (string | number)[]

/** A value and where it begins, with the places of its keys. */
export interface Spot {
  value: unknown
  offset: number
  /** Of the value's own keys or items. */
  parts: Map<string | number, { key: number; spot: Spot }>
}

/** A problem, and where in the text it is. */
export type Complaint = ProblemData & { offset: number }

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
