/**
 * What Liquid takes without a word and no author means: conditions that are printed, words that nothing reads,
 * comparisons that never hold, a clock. Looked for when a cadence is checked, not when a letter goes out.
 */
import { TagToken, Tokenizer, TypeGuards } from 'liquidjs'
import type { TemplateFault } from '../../cadence/error-values.ts'
import type { LiquidText } from './liquid.ts'

/** A fault and where it stands in its file, from 1. */
export interface Finding {
  fault: TemplateFault
  line: number
  column: number
}

type Operand = Parameters<typeof TypeGuards.isOperatorToken>[0]
type Filtered = ReturnType<Tokenizer['readFilteredValue']>

/** Every such fault of a piece of Liquid that parses. */
export function lintLiquid(text: LiquidText): Finding[] {
  const findings: Finding[] = []
  for (const token of new Tokenizer(text.source).readTopLevelTokens()) {
    const faults =
      token instanceof TagToken
        ? inTag(token.name, token.args)
        : TypeGuards.isOutputToken(token)
          ? inOutput(token.content)
          : []
    const [row, col] = token.getPosition() as [number, number]
    const line = text.line + row - 1
    const column = row === 1 ? text.column + col - 1 : col
    findings.push(...faults.map((fault) => ({ fault, line, column })))
  }
  return findings
}

function inTag(name: string, args: string): TemplateFault[] {
  if (name === 'if' || name === 'unless' || name === 'elsif') return inCondition(args)
  if (name === 'assign') return inOutput(args.slice(args.indexOf('=') + 1))
  return name === 'echo' ? inOutput(args) : []
}

function inOutput(source: string): TemplateFault[] {
  const { value, rest } = read(source)
  if (value.initial.postfix.some((token) => TypeGuards.isOperatorToken(token))) {
    return [{ kind: 'condition_printed', text: source.trim() }]
  }
  if (rest !== '') return [{ kind: 'not_read', text: rest }]
  const dated = value.filters.some(({ name }) => name === 'date')
  const clock = dated ? literals(value).find((word) => word === 'now' || word === 'today') : undefined
  return clock === undefined ? [] : [{ kind: 'no_clock', word: clock }]
}

/** What stands first, and what `default` puts in its place. */
const literals = ({ initial, filters }: Filtered): string[] =>
  [
    ...initial.postfix,
    ...filters.filter(({ name }) => name === 'default').flatMap(({ args }) => args.slice(0, 1)),
  ]
    .filter((token): token is Operand => !Array.isArray(token))
    .flatMap((token) => (TypeGuards.isQuotedToken(token) ? [token.content] : []))

function inCondition(source: string): TemplateFault[] {
  const { value, rest } = read(source)
  if (rest !== '') return [{ kind: 'not_read', text: rest }]
  const { postfix } = value.initial
  const operators = postfix.flatMap((token) => (TypeGuards.isOperatorToken(token) ? [token.operator] : []))
  const mixed: TemplateFault[] =
    operators.includes('and') && operators.includes('or') ? [{ kind: 'and_with_or' }] : []
  return [...mixed, ...comparisons(postfix)]
}

/** Columns and contacts' fields are texts: `lead.machines == 10` never holds. What is empty is missing. */
function comparisons(postfix: Operand[]): TemplateFault[] {
  return postfix.flatMap((token, index): TemplateFault[] => {
    if (!TypeGuards.isOperatorToken(token) || !/^(==|!=)$/.test(token.operator)) return []
    const sides = [postfix[index - 2], postfix[index - 1]].filter((side) => side !== undefined)
    const variable = sides.find((side) => TypeGuards.isPropertyAccessToken(side))?.getText()
    const literal = sides.find((side) => !TypeGuards.isPropertyAccessToken(side))
    if (variable === undefined || literal === undefined) return []
    if (TypeGuards.isQuotedToken(literal)) {
      return literal.content.trim() === '' ? [{ kind: 'never_equal', variable, with: '' }] : []
    }
    const isOther =
      TypeGuards.isNumberToken(literal) ||
      (TypeGuards.isLiteralToken(literal) && /^(true|false)$/.test(literal.literal))
    const isText = /^(lead|contact|referrer|sender)\b/.test(variable)
    return isOther && isText ? [{ kind: 'never_equal', variable, with: literal.getText() }] : []
  })
}

function read(source: string): { value: Filtered; rest: string } {
  const tokenizer = new Tokenizer(source)
  const value = tokenizer.readFilteredValue()
  return { value, rest: source.slice(spareOperand(value.initial.postfix) ?? tokenizer.p).trim() }
}

/** Where the second value begins that no operator joins to the first: Liquid drops one of them without a word. */
function spareOperand(postfix: Operand[]): number | undefined {
  const begins: number[] = []
  for (const token of postfix) {
    if (!TypeGuards.isOperatorToken(token)) begins.push(token.begin)
    else if (token.operator !== 'not') begins.pop()
  }
  return begins[1]
}
