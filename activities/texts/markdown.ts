/**
 * Markdown to the two parts of a message. The Markdown has marks where values belong (see liquid.ts); the
 * values go into the parsed tokens, never into the source, so the structure is the template's alone.
 */
import MarkdownIt, { type Token } from 'markdown-it'
import { type Direction, directionOf } from './direction.ts'
import { asValue, isolated, withoutMarks, withoutValues } from './isolate.ts'
import { numberItems } from './item-numbers.ts'
import { layOut } from './lay-out.ts'
import { fillLink } from './links.ts'
import type { MarkedText } from './liquid.ts'
import { plainText } from './plain-text.ts'
import { withSignatures } from './signature.ts'

// A line break is one in both parts: letters have addresses and signatures, which are lines.
const markdown = withSignatures(
  new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: true }),
)
// Only what is written as a URL becomes a link by itself: `www.…` and `a@b.c` may be anything.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

markdown.renderer.rules.text = (tokens, index, _, env) =>
  isolated(markdown.utils.escapeHtml(tokens[index]?.content ?? ''), env?.dir as Direction['dir'])

/**
 * Renders Markdown with marks. Throws `link_without_address` for a link that would lead nowhere.
 * @param language - what the letter's template says it is in
 */
export function renderMarkdown(
  marked: MarkedText,
  language: string,
): { text: string; html: string; direction: Direction } {
  const tokens = markdown.parse(marked.text, {})
  fillTokens(tokens, marked)
  numberItems(tokens)
  const withMarks = plainText(tokens)
  const text = withoutMarks(withMarks)
  // By the template's own words: a long name in another script doesn't turn a letter round.
  const own = withoutValues(withMarks)
  const direction = directionOf(/\p{L}/u.test(own) ? own : text, language)
  layOut(tokens, direction)
  const html = markdown.renderer.render(tokens, markdown.options, { ...direction })
  return { text, html: withoutMarks(html), direction }
}

function fillTokens(tokens: Token[], marked: MarkedText): void {
  tokens.forEach((token, index) => {
    const link = tokens[index - 1]
    // A bare address is written as it leads: with its values encoded, it is one link in the text part, too.
    if (link?.type === 'link_open' && link.info === 'auto') token.content = autoText(token.content, link)
    token.content = marked.fill(token.content, token.type === 'text' ? asValue : undefined)
    token.info = marked.fill(token.info)
    for (const attribute of token.attrs ?? []) {
      const isLink = attribute[0] === 'href' || attribute[0] === 'src'
      const text = String(attribute[1])
      attribute[1] = isLink ? fillLink(text, marked) : marked.fill(text)
    }
    if (token.children) fillTokens(token.children, marked)
  })
}

/** The words of a bare address, once its link is filled: `<a@b.example>` has no scheme before it. */
function autoText(written: string, link: Token): string {
  const href = String(link.attrGet('href') ?? '')
  return /^mailto:/i.test(href) && !/^mailto:/i.test(written) ? href.slice('mailto:'.length) : href
}
