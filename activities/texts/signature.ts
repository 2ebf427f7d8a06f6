/**
 * The line above a signature (`-- `, RFC 3676 §4.3) in Markdown. To CommonMark dashes under a text make it a heading; in
 * a letter they never do.
 */
import type MarkdownIt from 'markdown-it'

type Parser = InstanceType<typeof MarkdownIt>

/** What the token of such a line is called. */
export const SIGNATURE = 'signature'

/** Makes a Markdown parser see signatures, and no headings that are underlined. */
export function withSignatures(markdown: Parser): Parser {
  markdown.block.ruler.disable('lheading')
  markdown.block.ruler.before(
    'list',
    SIGNATURE,
    (state, line, _end, silent) => {
      const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)
      if (!/^--[ \t]*$/.test(state.src.slice(start, state.eMarks[line]))) return false
      if (silent) return true
      state.line = line + 1
      state.push(SIGNATURE, '', 0).map = [line, line + 1]
      return true
    },
    { alt: ['paragraph', 'reference', 'blockquote', 'list'] },
  )
  markdown.renderer.rules[SIGNATURE] = () => '<div>-- </div>\n'
  return markdown
}
