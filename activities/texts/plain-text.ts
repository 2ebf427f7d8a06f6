/** The text part of a message: parsed Markdown, laid out to be read as it is. */
import type { Token } from 'markdown-it'
import { SIGNATURE } from './signature.ts'

/** A list item or a quotation around the current line. */
interface Level {
  marker: string
  pad: string
}

/** Lays Markdown tokens out as plain text: links as `words (address)`, lists and quotations with marks. */
export function plainText(tokens: Token[]): string {
  const lines: string[] = []
  const levels: Level[] = []
  let blankBefore = false
  /** How many levels the last line and the next one share: a blank line between them belongs to those. */
  let shared = 0
  let cells: string[] = []

  const write = (text: string) => {
    if (blankBefore && lines.length > 0) {
      const around = levels.slice(0, shared).map((level) => level.pad)
      lines.push(around.join('').trimEnd())
    }
    shared = levels.length
    for (const line of text.split('\n')) {
      const prefix = levels.map((level) => level.marker).join('')
      for (const level of levels) level.marker = level.pad
      lines.push((prefix + line).trimEnd())
    }
    blankBefore = false
  }

  const leave = () => {
    levels.pop()
    shared = Math.min(shared, levels.length)
  }

  tokens.forEach((token, index) => {
    switch (token.type) {
      case 'inline':
        if (tokens[index - 1]?.tag === 'td' || tokens[index - 1]?.tag === 'th') cells.push(inlineText(token))
        else write(inlineText(token))
        break
      case 'tr_close':
        write(cells.join(' | '))
        cells = []
        break
      case 'fence':
      case 'code_block':
        write(token.content.replace(/\n$/, ''))
        blankBefore = true
        break
      case SIGNATURE:
        write('--')
        // Its space is what programs know it by.
        lines[lines.length - 1] += ' '
        break
      case 'hr':
        write('---')
        blankBefore = true
        break
      case 'list_item_open': {
        const marker = token.info ? `${token.info}${token.markup} ` : '- '
        levels.push({ marker, pad: ' '.repeat(marker.length) })
        break
      }
      case 'blockquote_open':
        levels.push({ marker: '> ', pad: '> ' })
        break
      case 'list_item_close':
        leave()
        break
      case 'blockquote_close':
        leave()
        blankBefore = true
        break
      case 'bullet_list_close':
      case 'ordered_list_close':
        // A list that ends its item is followed by the next item.
        if (tokens[index + 1]?.type !== 'list_item_close') blankBefore = true
        break
      case 'table_close':
      case 'heading_close':
        blankBefore = true
        break
      case 'paragraph_close':
        blankBefore = !token.hidden
    }
  })
  return `${lines.join('\n')}\n`
}

function inlineText(token: Token): string {
  let text = ''
  let link = { href: '', start: 0 }
  for (const child of token.children ?? []) {
    if (child.type === 'text' || child.type === 'code_inline' || child.type === 'image') text += child.content
    else if (child.type === 'softbreak' || child.type === 'hardbreak') text += '\n'
    else if (child.type === 'link_open')
      link = { href: String(child.attrGet('href') ?? ''), start: text.length }
    else if (child.type === 'link_close' && !sameAddress(text.slice(link.start), link.href)) {
      text += ` (${link.href.replace(/^(mailto|tel):/, '')})`
    }
  }
  return text
}

function sameAddress(words: string, href: string): boolean {
  const bare = (address: string) => address.replace(/^(https?:\/\/|mailto:|tel:)/, '').replace(/\/$/, '')
  return bare(words) === bare(href)
}
