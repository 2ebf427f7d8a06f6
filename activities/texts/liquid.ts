/**
 * Liquid as templates and task texts may use it: strict, bounded, without files, clock or chance.
 *
 * Values are data. Every `{{ output }}` leaves a mark in the rendered text, and the value goes into a
 * table beside it. Whoever lays the text out (Markdown, a subject line) sees marks, which are plain words,
 * and puts the values in last, escaped for the place where they stand. So a value can't become markup,
 * a header or another template: nothing ever parses it.
 */
import { CaptureTag, Context, Drop, Liquid, LiquidError, type Template as Parsed } from 'liquidjs'
import type { TemplateFault } from '../../cadence/error-values.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { isVisible, withoutControls } from '../mail/clean-text.ts'
import { type Reading, setFilters, setReading } from './filters.ts'
import { Forbidden } from './forbidden.ts'
import { markTagLines, withoutTagLines } from './tag-lines.ts'

/** What a template can print. */
export type Value = string | number | boolean | null | undefined
/** Values by group and name: `{ contact: { first_name: 'Zoé' }, urgency: 'calm' }`. */
export type Variables = Record<string, Value | Record<string, Value>>

/** A piece of Liquid, parsed, and where it stands in its file (both from 1). */
export interface LiquidText {
  source: string
  parsed: Parsed[]
  file: string
  line: number
  column: number
  mark: string
}

/** A text with a mark for each value, and the values in the order of the marks. */
export interface MarkedText {
  text: string
  /** Puts the values in, each passed through `write` (as it is, when left out). */
  fill: (text: string, write?: (value: string) => string) => string
  /** Whether the text begins with a value. */
  startsWithValue: (text: string) => boolean
}

const LIMITS = { template: 100_000, rendered: 1_000_000, milliseconds: 2_000, objects: 100_000 }

/** No includes (there are no files), no raw HTML, and nothing that changes the variables. */
const TAGS = 'assign break capture case comment continue cycle echo for if liquid raw unless #'.split(' ')
const VALUES = 'values'
const MARK = 'mark'

/** Called by liquidjs for each output: keeps the value aside and leaves its mark. */
function keepAside(this: { context: Context }, output: unknown): string {
  if (output === undefined || output === null) throw new Forbidden('nothing_to_print')
  const value = withoutControls(Array.isArray(output) ? output.join('') : String(output))
  if (value === '') return ''
  const values = this.context.getRegister<string[]>(VALUES)
  values.push(value)
  return `${this.context.getRegister<string>(MARK)}${values.length - 1}z`
}

/** A captured text is a value like any other: its marks are resolved before a filter could cut them. */
class Capture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    yield* super.render(context)
    const scope = context.bottom() as Record<string, string>
    scope[this.variable] = fillMarks(
      withoutTagLines(scope[this.variable] ?? ''),
      context.getRegister<string>(MARK),
      context.getRegister<string[]>(VALUES),
    )
  }
}

function makeEngine(): Liquid {
  const engine = new Liquid({
    templates: {},
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    outputEscape: keepAside as (value: unknown) => string,
    parseLimit: LIMITS.template,
    renderLimit: LIMITS.milliseconds,
    memoryLimit: LIMITS.objects,
    timezoneOffset: 0,
    locale: 'en-GB',
  })
  for (const name of Object.keys(engine.tags)) if (!TAGS.includes(name)) delete engine.tags[name]
  setFilters(engine)
  engine.registerTag('capture', Capture)
  return engine
}

const engine = makeEngine()

/** Parses a piece of Liquid that stands at `line`:`column` of `file`. Throws `invalid_template`. */
export function parseLiquid(source: string, file: string, line = 1, column = 1): LiquidText {
  let mark = 'relancevalue'
  while (source.includes(mark)) mark += 'x'
  const text: LiquidText = { source, parsed: [], file, line, column, mark }
  if (source.length > LIMITS.template) {
    throw invalidTemplate(text, { kind: 'too_long', characters: source.length, most: LIMITS.template })
  }
  try {
    text.parsed = engine.parse(markTagLines(source))
  } catch (error) {
    throw explain(error, text)
  }
  return text
}

/**
 * Renders to a text with marks. A variable without a value (missing, empty or blank) throws
 * `variable_without_value`; anything else that goes wrong, `invalid_template`.
 */
export function renderLiquid(
  liquid: LiquidText,
  variables: Variables,
  reading: Reading = { language: 'en', zone: 'UTC' },
): MarkedText {
  const context = new Context(filled(variables), engine.options, { sync: true }, { liquid: engine })
  const values: string[] = []
  context.setRegister(VALUES, values)
  context.setRegister(MARK, liquid.mark)
  setReading(context, reading)
  let text: string
  try {
    text = engine.renderSync(liquid.parsed, context) as string
  } catch (error) {
    throw explain(error, liquid)
  }
  if (text.length > LIMITS.rendered) {
    throw invalidTemplate(liquid, { kind: 'boundless' })
  }
  return {
    text: withoutTagLines(text),
    fill: (marked, write) => fillMarks(marked, liquid.mark, values, write),
    startsWithValue: (marked) => marked.startsWith(liquid.mark),
  }
}

function fillMarks(text: string, mark: string, values: string[], write = (value: string) => value): string {
  return text.replace(new RegExp(`${mark}(\\d+)z`, 'g'), (_, index) => write(values[Number(index)] ?? ''))
}

/** A group of variables: to Liquid `lead.size` would be how many there are, were it not the name of a column. */
class Group extends Drop {
  constructor(values: Record<string, unknown>) {
    super()
    Object.assign(this, values)
  }

  override valueOf(): string {
    return ''
  }
}

/** The variables that have a value: Liquid takes an empty string for one, a person doesn't. */
function filled(variables: Variables): Record<string, unknown> {
  const scope: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(variables)) {
    if (value !== null && typeof value === 'object') scope[name] = new Group(filled(value))
    else if (hasValue(value)) scope[name] = value
  }
  return scope
}

/** Whether a value is there to be printed. */
export function hasValue(value: Value): boolean {
  return value !== undefined && value !== null && isVisible(String(value))
}

/** Where something stands in a template, from 1. */
export interface TemplatePlace {
  file: string
  line: number
  column: number
}

/** An error of a template, with its place. */
export const invalidTemplate = ({ file, line, column }: TemplatePlace, fault: TemplateFault): RelanceError =>
  new RelanceError('invalid_template', { file, line, column, fault })

function explain(error: unknown, text: LiquidText): unknown {
  if (!LiquidError.is(error)) return error
  const cause = innermost(error)
  const [row, col] = error.token.getPosition() as [number, number]
  const place = {
    file: text.file,
    line: text.line + row - 1,
    column: row === 1 ? text.column + col - 1 : col,
  }
  if (error.name === 'UndefinedVariableError') {
    return new RelanceError('variable_without_value', { ...place, variable: error.token.getText() })
  }
  if (cause instanceof Forbidden) {
    const { fault } = cause
    return fault === 'nothing_to_print'
      ? new RelanceError('variable_without_value', place)
      : invalidTemplate(place, fault)
  }
  // liquidjs has no codes for these.
  const [, tag] = /^tag "(.+)" not found$/.exec(cause.message) ?? []
  if (tag !== undefined) return invalidTemplate(place, { kind: 'tag_unknown', tag, tags: TAGS })
  const [, filter] = /^undefined filter: (.+)$/.exec(cause.message) ?? []
  if (filter !== undefined) return invalidTemplate(place, { kind: 'filter_unknown', filter })
  return invalidTemplate(place, { kind: 'syntax', says: cause.message })
}

function innermost(error: LiquidError): Error {
  const inner = error.originalError
  if (inner === undefined) return new Error(error.message.replace(/, line:\d+, col:\d+$/, ''))
  return LiquidError.is(inner) ? innermost(inner) : inner
}
