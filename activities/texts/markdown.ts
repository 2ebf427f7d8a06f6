/**
 * Markdown to the two parts of a message. The Markdown has marks where values belong (see liquid.ts); the
 * values go into the parsed tokens, never into the source, so the structure is the template's alone.
 */
import MarkdownIt, { type Token } from 'markdown-it'
import { RelanceError } from '../../cadence/errors.ts'
import type { MarkedText } from './liquid.ts'
import { plainText } from './plain-text.ts'

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false })
// Only what is written as a URL becomes a link by itself: `www.…` and `a@b.c` may be anything.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })

/** Renders Markdown with marks. Throws `link_without_address` for a value that can't be the link it stands for. */
export function renderMarkdown(marked: MarkedText): { text: string; html: string } {
  const tokens = markdown.parse(marked.text, {})
  fillTokens(tokens, marked)
  return { text: plainText(tokens), html: markdown.renderer.render(tokens, markdown.options, {}) }
}

function fillTokens(tokens: Token[], marked: MarkedText): void {
  for (const token of tokens) {
    token.content = marked.fill(token.content)
    token.info = marked.fill(token.info)
    for (const attribute of token.attrs ?? []) {
      const isLink = attribute[0] === 'href' || attribute[0] === 'src'
      const text = String(attribute[1])
      attribute[1] = isLink ? fillLink(text, marked) : marked.fill(text)
    }
    if (token.children) fillTokens(token.children, marked)
  }
}

/**
 * A value inside a link is a piece of it, so it is encoded. A value that begins a link decides where it
 * leads, so the result has to be a web address.
 */
function fillLink(link: string, marked: MarkedText): string {
  const piece = (value: string) => {
    const encoded = encodeURIComponent(value)
    return link.startsWith('mailto:') ? encoded.replaceAll('%40', '@') : encoded
  }
  if (!marked.startsWithValue(link)) return marked.fill(link, piece)
  let first = true
  const filled = marked.fill(link, (value) => {
    const written = first ? value : piece(value)
    first = false
    return written
  })
  if (URL.canParse(filled)) {
    const url = new URL(filled)
    if (url.protocol === 'https:' || url.protocol === 'http:') return url.href
  }
  throw new RelanceError('link_without_address', {})
}
