/**
 * The numbers of lists: as they are written, in both parts of a letter. Markdown counts on from the first one, so that
 * `2. … 4. …` would be 2 and 3 in the HTML. A list whose items all have one number is meant to be counted.
 */
import type { Token } from 'markdown-it'

/** Sets the number of each item, which is in its token's `info`, and `value` where HTML would count otherwise. */
export function numberItems(tokens: Token[]): void {
  /** The items of the lists around, the innermost last. */
  const lists: Token[][] = []
  for (const token of tokens) {
    if (token.type === 'ordered_list_open' || token.type === 'bullet_list_open') lists.push([])
    else if (token.type === 'list_item_open') lists.at(-1)?.push(token)
    else if (token.type === 'ordered_list_close') number(lists.pop() ?? [])
    else if (token.type === 'bullet_list_close') lists.pop()
  }
}

function number(items: Token[]): void {
  const written = items.map(({ info }) => Number(info))
  const [first = 1] = written
  const counted = written.every((n) => n === first)
  items.forEach((item, n) => {
    if (counted) item.info = String(first + n)
    else if (n > 0 && written[n] !== (written[n - 1] ?? 0) + 1) item.attrSet('value', item.info)
  })
}
