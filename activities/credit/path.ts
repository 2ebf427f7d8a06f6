/**
 * Paths into JSON, as relance.yaml writes them: `decision.status`, `items[0].limit`, and the one of a list whose
 * member says so, `Audits[RuleName=Credit Limit].description`.
 */

type Part = { key: string } | { index: number } | { member: string; is: string }

const PART = /^(?:\[(\d{1,4})\]|\[([^[\]=]+)=([^[\]]+)\]|\.?([^.[\]=?]+))/

/** A path's parts; undefined when it is none. */
export function parsePath(path: string): Part[] | undefined {
  const parts: Part[] = []
  for (let rest = path; rest !== ''; ) {
    const match = PART.exec(rest)
    if (!match || (parts.length === 0 && rest.startsWith('.'))) return undefined
    const [whole, index, member, is, key] = match
    if (index !== undefined) parts.push({ index: Number(index) })
    else if (member !== undefined) parts.push({ member, is: is as string })
    else parts.push({ key: key as string })
    rest = rest.slice(whole.length)
  }
  return parts.length > 0 ? parts : undefined
}

/** What stands at a path; undefined where nothing does, or null. */
export function valueAt(json: unknown, path: string): unknown {
  let at = json
  for (const part of parsePath(path) ?? []) {
    if (at === null || typeof at !== 'object') return undefined
    if ('key' in part)
      at = Object.hasOwn(at, part.key) ? (at as Record<string, unknown>)[part.key] : undefined
    else if (!Array.isArray(at)) return undefined
    else if ('index' in part) at = at[part.index]
    else at = at.find((item) => scalar(valueAt(item, part.member)) === part.is)
  }
  return at ?? undefined
}

/** A number, a text or a truth value, as text; undefined for anything else, and for nothing. */
export function scalar(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
