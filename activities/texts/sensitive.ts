/** Which of a template's values matter by what they say, and which only by being there. */
import { literally } from './literally.ts'
import type { Mention } from './needs.ts'

const DEFAULTED = `(?:\\|\\s*default:\\s*(?:"[^"]*"|'[^']*')\\s*)?`
/** A link, or what may become one, before a value: the value decides where it leads. */
const LEADING = /(?:\]\(|\]:|<|:\/\/\S*)\s*<?$/
/** Tags that make values of values. */
const DERIVES = /\{%-?\s*(?:capture|cycle|echo|for|liquid)\b/
/** A condition that asks for nothing but values being there. */
const PRESENCE = /\{%-?\s*(?:if|elsif|unless)\s+((?:(?:[\w-]+(?:\.[\w-]+)?|and|or|not)\s*)+)-?%\}/g

/**
 * The paths whose values a template looks into: with a filter, in a comparison, at the beginning of a link. Of any other
 * only matters whether it has a value. In doubt a path is one of these.
 */
export function sensitivePaths(source: string, mentions: readonly Mention[]): ReadonlySet<string> {
  if (DERIVES.test(source)) return new Set(mentions.map(({ path }) => path))
  const times = new Map<string, number>()
  for (const { path } of mentions) times.set(path, (times.get(path) ?? 0) + 1)
  const isPlain = (path: string, n: number): boolean => {
    const plain = plainUses(source, path)
    return plain === n && plain === source.split(path).length - 1
  }
  return new Set([...times].filter(([path, n]) => !isPlain(path, n)).map(([path]) => path))
}

/** How often a path is only printed, or only asked for. */
function plainUses(source: string, path: string): number {
  const here = literally(path)
  const printed = [...source.matchAll(new RegExp(`\\{\\{-?\\s*${here}\\s*${DEFAULTED}-?\\}\\}`, 'g'))].filter(
    ({ index }) => !LEADING.test(source.slice(Math.max(0, index - 2_000), index)),
  )
  const asked = [...source.matchAll(PRESENCE)].flatMap(([, condition = '']) =>
    condition.split(/\s+/).filter((word) => word === path),
  )
  return printed.length + asked.length
}
