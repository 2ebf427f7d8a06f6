/**
 * Which variables a piece of Liquid mentions, and which of them it can't do without: liquidjs knows the
 * first, but not that `{% if contact.title %}` excuses what is inside.
 */
import {
  analyzeSync,
  CaseTag,
  Value as Expression,
  ForTag,
  IfTag,
  type Template as Parsed,
  TypeGuards,
  UnlessTag,
} from 'liquidjs'
import type { LiquidText } from './liquid.ts'

/** A variable as a template uses it, with its place in the file (from 1). */
export interface Mention {
  path: string
  /** Whether the text can't be written without it. */
  required: boolean
  file: string
  line: number
  column: number
}

/** Every variable a piece of Liquid uses, in the order it stands there. */
export function mentions(text: LiquidText): Mention[] {
  const found: Mention[] = []
  const walk = new Walk((path, row, col, required) => {
    const column = row === 1 ? text.column + col - 1 : col
    found.push({ path, required, file: text.file, line: text.line + row - 1, column })
  })
  walk.through(text.parsed, new Set())
  return found
}

/** The required paths, each once. */
export function requiredPaths(list: Mention[]): string[] {
  return [...new Set(list.filter((mention) => mention.required).map((mention) => mention.path))]
}

type Report = (path: string, row: number, col: number, required: boolean) => void
type Argument = Parameters<typeof TypeGuards.isOperatorToken>[0]
type Paths = ReadonlySet<string>
/** The paths that surely have a value when a condition came out true, and when it came out false. */
interface Proof {
  whenTrue: Paths
  whenFalse: Paths
}

const NONE: Paths = new Set()
const both = (a: Paths, b: Paths): Paths => new Set([...a, ...b])
const shared = (a: Paths, b: Paths): Paths => new Set([...a].filter((path) => b.has(path)))

/** Goes through a template in the order it runs, knowing which names are its own and which are proved. */
class Walk {
  private locals = new Set<string>()
  private readonly report: Report

  constructor(report: Report) {
    this.report = report
  }

  through(templates: Iterable<Parsed>, proved: Paths): void {
    for (const template of templates) this.one(template, proved)
  }

  private one(template: Parsed, proved: Paths): void {
    if (template instanceof IfTag || template instanceof UnlessTag) this.condition(template, proved)
    else if (template instanceof CaseTag) this.choice(template, proved)
    else {
      for (const argument of template.arguments?.() ?? []) {
        if (argument instanceof Expression) this.expression(argument, proved, !isDefaulted(argument))
        else this.tokens([argument], proved, true)
      }
      const outer = this.locals
      if (template instanceof ForTag) this.locals = new Set([...outer, ...template.blockScope()])
      this.through(childrenOf(template), proved)
      if (template instanceof ForTag) this.locals = outer
      for (const name of template.localScope?.() ?? []) this.locals.add(name.content)
    }
  }

  private condition(tag: IfTag | UnlessTag, proved: Paths): void {
    let so = proved
    tag.branches.forEach(({ value, templates }, index) => {
      this.expression(value, so, false)
      const { whenTrue, whenFalse } = proofOf(value)
      const negated = tag instanceof UnlessTag && index === 0
      this.through(templates, both(so, negated ? whenFalse : whenTrue))
      so = both(so, negated ? whenTrue : whenFalse)
    })
    this.through(tag.elseTemplates ?? [], so)
  }

  private choice(tag: CaseTag, proved: Paths): void {
    this.expression(tag.value, proved, false)
    const subject = tag.value.filters.length ? undefined : pathOf(tag.value.initial.postfix[0])
    for (const { values, templates } of tag.branches) {
      this.tokens(values, proved, false)
      const isSomething = values.every((value) => !isNothing(value) && pathOf(value) === undefined)
      this.through(templates, subject && isSomething ? both(proved, new Set([subject])) : proved)
    }
    this.through(tag.elseTemplates, proved)
  }

  private expression(value: Expression, proved: Paths, required: boolean): void {
    this.tokens(value.initial.postfix, proved, required)
    for (const filter of value.filters) {
      this.tokens(
        filter.args.flatMap((arg) => (Array.isArray(arg) ? (arg[1] ? [arg[1]] : []) : [arg])),
        proved,
        true,
      )
    }
  }

  private tokens(tokens: Argument[], proved: Paths, required: boolean): void {
    for (const { path, root, row, col } of variablesIn(tokens)) {
      if (!this.locals.has(root)) this.report(path, row, col, required && !proved.has(path))
    }
  }
}

/** `{{ name | default: 'x' }}`: only the first filter excuses a missing value. */
function isDefaulted(value: Expression): boolean {
  return value.filters[0]?.name === 'default'
}

function childrenOf(template: Parsed): Parsed[] {
  if (!template.children) return []
  const result = template.children(false, true).next()
  return (result.value as Parsed[] | undefined) ?? []
}

/** The variables among the tokens of an expression, found by liquidjs' own static analysis. */
function variablesIn(tokens: Argument[]) {
  const probe = { arguments: () => tokens } as unknown as Parsed
  const found = Object.values(analyzeSync([probe]).variables).flat()
  return found.map((variable) => ({
    path: variable.toString(),
    root: String(variable.segments[0]),
    row: variable.location.row,
    col: variable.location.col,
  }))
}

function pathOf(token: Argument): string | undefined {
  return TypeGuards.isPropertyAccessToken(token) ? variablesIn([token])[0]?.path : undefined
}

/** Whether a token stands for having no value. */
function isNothing(token: Argument): boolean {
  return TypeGuards.isLiteralToken(token) && ['nil', 'null', 'empty', 'blank'].includes(token.literal)
}

interface Operand extends Proof {
  path?: string | undefined
  nothing: boolean
}

/** What a condition proves. `if a and b` proves both, `if a or b` neither; `else` of `unless a` proves a. */
function proofOf(value: Expression): Proof {
  const nothingProved: Operand = { whenTrue: NONE, whenFalse: NONE, nothing: false }
  if (value.filters.length > 0) return nothingProved
  const stack: Operand[] = []
  for (const token of value.initial.postfix) {
    if (TypeGuards.isOperatorToken(token)) {
      const right = stack.pop() ?? nothingProved
      const left = token.operator === 'not' ? right : (stack.pop() ?? nothingProved)
      stack.push({ ...prove(token.operator, left, right), nothing: false })
    } else {
      const path = pathOf(token)
      const whenTrue = path === undefined ? NONE : new Set([path])
      stack.push({ path, whenTrue, whenFalse: NONE, nothing: isNothing(token) })
    }
  }
  return stack[0] ?? nothingProved
}

function prove(operator: string, left: Operand, right: Operand): Proof {
  const paths = new Set([left.path, right.path].filter((path) => path !== undefined))
  switch (operator) {
    case 'not':
      return { whenTrue: right.whenFalse, whenFalse: right.whenTrue }
    case 'and':
      return {
        whenTrue: both(left.whenTrue, right.whenTrue),
        whenFalse: shared(left.whenFalse, right.whenFalse),
      }
    case 'or':
      return {
        whenTrue: shared(left.whenTrue, right.whenTrue),
        whenFalse: both(left.whenFalse, right.whenFalse),
      }
    case '==':
    case '!=': {
      if (paths.size !== 1 || (left.path !== undefined && right.path !== undefined)) break
      const equal = operator === '=='
      const something = !left.nothing && !right.nothing
      return equal === something ? { whenTrue: paths, whenFalse: NONE } : { whenTrue: NONE, whenFalse: paths }
    }
    default:
      return { whenTrue: paths, whenFalse: NONE }
  }
  return { whenTrue: NONE, whenFalse: NONE }
}
