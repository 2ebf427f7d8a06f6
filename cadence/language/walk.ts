/** From YAML's nodes to the tree: aliases written out within bounds, keys there once, nothing merged. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import { type ProblemData, problem } from '../problem-values.ts'
import { short } from './notation.ts'
import type { Complaint, Path, Spot } from './tree.ts'

const MOST_VALUES = 20_000
export const MOST_DEPTH = 32

/** Thrown when aliases or depth exceed the bounds; reading stops. */
class Exhausted extends Error {}

/** Goes through a parsed document in its order, resolving aliases as it goes. */
export class Walk {
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

  private complain(offset: number, is: ProblemData): void {
    this.complaints.push({ ...is, offset })
  }

  private stop(offset: number, is: ProblemData): never {
    this.complain(offset, is)
    throw new Exhausted()
  }

  /** @param near - where a value that isn't written would stand. */
  private spot(node: unknown, near: number, path: Path): Spot {
    const offset = (node as Node | null)?.range?.[0] ?? near
    this.values += 1
    if (this.values > MOST_VALUES) {
      this.stop(offset, problem('too_many_values', { most: MOST_VALUES }))
    }
    if (path.length > MOST_DEPTH) {
      this.stop(offset, problem('too_deep', { most: MOST_DEPTH }))
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
    if (!node) this.stop(offset, problem('yaml_alias', { name: short(name), fault: 'unknown' }))
    if (this.inside.has(node)) {
      this.stop(offset, problem('yaml_alias', { name: short(name), fault: 'circular' }))
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
        this.complain(at, problem('wrong_key', {}))
        continue
      }
      const key = String(name)
      if (key === '<<') {
        this.broken.push(path)
        this.complain(at, problem('yaml_merge', {}))
        continue
      }
      const before = parts.get(key)
      if (before) {
        this.complain(at, problem('duplicate_key', { key: short(key) }))
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
