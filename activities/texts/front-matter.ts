/** The YAML above a template: its subject lines and its preheader, with the place of each. */
import { isMap, isScalar, LineCounter, parseDocument, type Scalar } from 'yaml'
import type { TemplateFault } from '../../cadence/error-values.ts'
import { invalidTemplate } from './liquid.ts'
import { quotePlainValues } from './plain-values.ts'

/** A text of the front matter and where it begins in the file (from 1). */
export interface PlacedText {
  text: string
  line: number
  column: number
}

export interface FrontMatter {
  subject: PlacedText | undefined
  variants: Map<string, PlacedText>
  preheader: PlacedText | undefined
  body: PlacedText
}

const KEYS = ['subject', 'variants', 'preheader']

/** Splits a template into front matter and body. Throws `invalid_template` with the place. */
export function readFrontMatter(source: string, file: string): FrontMatter {
  const match = /^---[ \t]*\n((?:(?!---[ \t]*(?:\n|$)).*\n)*)---[ \t]*(?:\n|$)/.exec(source)
  if (!match) {
    throw invalidTemplate({ file, line: 1, column: 1 }, { kind: 'no_front_matter' })
  }
  const { yaml, quoted } = quotePlainValues(match[1] ?? '')
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: line + 1, column: col }
  }
  const fail = (offset: number, fault: TemplateFault) => invalidTemplate({ file, ...place(offset) }, fault)
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem) {
    const quotes = /\{\{| #|: /.test(yaml)
    throw fail(problem.pos[0], { kind: 'syntax', says: problem.message, quotes })
  }

  const textOf = (node: unknown, offset: number, key: string, variant?: string): PlacedText => {
    if (!isScalar(node) || typeof node.value !== 'string' || node.value.trim() === '') {
      throw fail(offset, { kind: 'no_text', key, variant })
    }
    const start = place(node.range?.[0] ?? offset)
    if (node.type === 'PLAIN' && node.comment !== undefined) {
      throw invalidTemplate({ file, ...start }, { kind: 'comment', key: variant ?? key })
    }
    const width = quoted.has(start.line - 2) ? 0 : quoteWidth(node)
    return { text: node.value, line: start.line, column: start.column + width }
  }

  const result: FrontMatter = {
    subject: undefined,
    variants: new Map(),
    preheader: undefined,
    body: { text: source.slice(match[0].length), line: match[0].split('\n').length, column: 1 },
  }
  if (!isMap(document.contents)) {
    throw invalidTemplate({ file, line: 1, column: 1 }, { kind: 'no_subject' })
  }
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : ''
    const offset = (key as Scalar).range?.[0] ?? 0
    if (name === 'subject' || name === 'preheader') result[name] = textOf(value, offset, name)
    else if (name === 'variants' && isMap(value)) {
      for (const item of value.items) {
        const id = String((item.key as Scalar).value)
        result.variants.set(id, textOf(item.value, (item.key as Scalar).range?.[0] ?? offset, name, id))
      }
    } else if (name === 'variants') {
      throw fail(offset, { kind: 'no_variants' })
    } else throw fail(offset, { kind: 'key_unknown', key: name, keys: KEYS })
  }
  if (!result.subject && result.variants.size === 0) {
    throw invalidTemplate({ file, line: 1, column: 1 }, { kind: 'no_subject' })
  }
  return result
}

function quoteWidth(node: Scalar): number {
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0
}
