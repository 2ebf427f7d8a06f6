/** What of its values a template sees: all that they say, or only a little, which is the same for thousands of readers. */
import { hasValue, type Value } from './liquid.ts'
import { literally } from './literally.ts'
import type { Mention } from './needs.ts'

/** What a template sees of a value: texts that are the same are the same to it. */
export type View = (value: Value) => string

const TEXT = `(?:"[^"]*"|'[^']*')`
/** Filters that leave a visible text visible, and nothing nothing. */
const KEEPING = `(?:\\|\\s*(?:(?:default|append|prepend):\\s*${TEXT}|(?:upcase|downcase|capitalize|strip|lstrip|rstrip|escape|escape_once|url_encode|newline_to_br))\\s*)*`
/**
 * The beginning of a link up to its host, with values or without, before a value: the value decides where it leads. What
 * stands behind the host is encoded, whatever it is.
 */
const LEADING =
  /(?:\]\(|\]:|<|:\/\/)\s*<?(?!mailto:|tel:|sms:)(?:\{\{[^}]*\}\}|[^\s/?#)>{])*$|\]:?\s*\(?\s*<?(?:https?)?$/i
/** Tags that make values of values. */
const DERIVES = /\{%-?\s*(?:capture|cycle|echo|for|liquid)\b/
/** A value in a condition: that it is there, or a text that it is, isn't or contains. */
const TERM = `(?:not\\s+)*[\\w-]+(?:\\.[\\w-]+)?(?:\\s*(?:==|!=|contains)\\s*${TEXT})?`
const CONDITION = new RegExp(
  `\\{%-?\\s*(?:if|elsif|unless)\\s+(${TERM}(?:\\s+(?:and|or)\\s+${TERM})*)\\s*-?%\\}`,
  'g',
)
const COMPARED = new RegExp(`([\\w-]+(?:\\.[\\w-]+)?)(?:\\s*(==|!=|contains)\\s*(${TEXT}))?`, 'g')

const wholly: View = (value) => JSON.stringify(value ?? null)

/**
 * What a template sees of the value of each path that it mentions. All of it, where it looks into it: with a filter that
 * may leave nothing, in other comparisons, at the beginning of a link. In doubt all.
 */
export function viewsOf(source: string, mentions: readonly Mention[]): ReadonlyMap<string, View> {
  const times = new Map<string, number>()
  for (const { path } of mentions) times.set(path, (times.get(path) ?? 0) + 1)
  const derives = DERIVES.test(source)
  return new Map([...times].map(([path, n]) => [path, derives ? wholly : viewOf(source, path, n)]))
}

function viewOf(source: string, path: string, mentioned: number): View {
  const here = literally(path)
  const printed = [...source.matchAll(new RegExp(`\\{\\{-?\\s*${here}\\s*${KEEPING}-?\\}\\}`, 'g'))].filter(
    ({ index }) => !LEADING.test(source.slice(Math.max(0, index - 2_000), index)),
  )
  const terms = [...source.matchAll(CONDITION)].flatMap(([, condition = '']) =>
    [...condition.matchAll(COMPARED)].filter(([, term]) => term === path),
  )
  const plain = printed.length + terms.length
  if (plain !== mentioned || plain !== source.split(path).length - 1) return wholly
  const asked = terms.flatMap(([, , sign, quoted = '']) =>
    sign ? [{ sign, text: quoted.slice(1, -1) }] : [],
  )
  return (value) => {
    const answers = asked.map(({ sign, text }) =>
      sign === 'contains' ? String(value ?? '').includes(text) : value === text,
    )
    return [hasValue(value), ...answers].map(Number).join('')
  }
}
