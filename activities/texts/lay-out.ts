/** How a letter's parts are laid out where mail programs' own way is ugly: a few styles, and the direction of addresses. */
import type { Token } from 'markdown-it'
import type { Direction } from './direction.ts'
import { SIGNATURE } from './signature.ts'

/** Puts them on a letter's tokens. */
export function layOut(tokens: Token[], { dir }: Direction): void {
  const [start, end] = dir === 'rtl' ? ['right', 'left'] : ['left', 'right']
  tokens.forEach((token, index) => {
    // A signature's lines are one block, with the line above them.
    if (token.type === 'paragraph_open' && tokens[index - 1]?.type === SIGNATURE)
      token.attrSet('style', 'margin-top:0')
    if (token.type === 'th_open' || token.type === 'td_open') {
      // An alignment that the template asks for is there already, and stands behind.
      const asked = token.attrGet('style') ?? ''
      token.attrSet(
        'style',
        `padding:2px 0;padding-${end}:12px;vertical-align:top;text-align:${start};${asked}`,
      )
    }
    // An address reads from the left in every letter.
    if (token.type === 'link_open' && token.info === 'auto' && dir === 'rtl') token.attrSet('dir', 'ltr')
    if (token.children) layOut(token.children, { lang: '', dir })
  })
}
