/**
 * Templates: Markdown with Liquid under a YAML front matter, to a subject, a text part and an HTML part.
 *
 * ```
 * ---
 * subject: "A question about {{ lead.company }}"
 * variants: { short: "{{ contact.first_name }}?" }      # other subjects, for A/B tests; optional
 * preheader: "Two minutes of your time"                 # what inboxes show beside the subject; optional
 * ---
 * Hello {{ contact.first_name }}, …
 * ```
 */
import { createHash } from 'node:crypto'
import { isVisible, oneLine } from '../mail/clean-text.ts'
import type { Reading } from './filters.ts'
import { readFrontMatter } from './front-matter.ts'
import { type Finding, lintLiquid } from './lint-liquid.ts'
import { lintWords } from './lint-words.ts'
import { invalidTemplate, type LiquidText, parseLiquid, renderLiquid, type Variables } from './liquid.ts'
import { renderMarkdown } from './markdown.ts'
import { type Mention, mentions, requiredPaths } from './needs.ts'
import { page } from './page.ts'
import { withoutValue } from './variables.ts'

/** A parsed template. */
export interface Template {
  file: string
  /** The subject when no variant is asked for. */
  subject: LiquidText
  /** Other subjects by the variant's name, in the file's order. */
  variants: ReadonlyMap<string, LiquidText>
  preheader: LiquidText | undefined
  body: LiquidText
}

/** What a template gives. `subject` is one line without control characters. */
export interface Rendered {
  subject: string
  text: string
  html: string
}

const REMEMBERED = 500

/** Parses a template; `file` is only for messages. Throws `invalid_template` as `file:line:column  what`. */
export function parseTemplate(source: string, file: string): Template {
  return remembered(templates, `${file}\n${source}`, () => {
    const { subject, variants, preheader, body } = readFrontMatter(
      source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'),
      file,
    )
    const parse = (text: { text: string; line: number; column: number }) =>
      parseLiquid(text.text, file, text.line, text.column)
    const parsedVariants = new Map([...variants].map(([name, text]) => [name, parse(text)]))
    const [firstVariant] = parsedVariants.values()
    return {
      file,
      subject: subject ? parse(subject) : (firstVariant as LiquidText),
      variants: parsedVariants,
      preheader: preheader && parse(preheader),
      body: parse(body),
    }
  })
}

/** Every variable a template mentions, with its place and whether it is required. */
export function mentionsOf(template: Template): Mention[] {
  const texts = [template.subject, ...template.variants.values(), template.preheader, template.body]
  return [...new Set(texts)].flatMap((text) => (text ? mentions(text) : []))
}

/** What a template does that its author can't mean, by place: it would go out, but not as a letter. */
export function lintTemplate(template: Template): Finding[] {
  const lines = [template.subject, ...template.variants.values(), template.preheader].filter(
    (line) => line !== undefined,
  )
  const texts = [
    ...[...new Set(lines)].map((text) => ({ text, isMarkdown: false })),
    { text: template.body, isMarkdown: true },
  ]
  return texts.flatMap(({ text, isMarkdown }) => [...lintLiquid(text), ...lintWords(text, { isMarkdown })])
}

/** The same of a line of Liquid. */
export function lintInline(source: string, file = 'text'): Finding[] {
  const text = inline(source, file)
  return [...lintLiquid(text), ...lintWords(text, { isMarkdown: false })]
}

/** The variables a template can't do without: not excused by `default:` and not inside an `if` that asks for them. */
export function variablesOf(template: Template): string[] {
  return requiredPaths(mentionsOf(template))
}

/** The required variables that have no value here: rendering would throw `variable_without_value`. */
export function missingFrom(template: Template, variables: Variables): string[] {
  return withoutValue(variablesOf(template), variables)
}

/**
 * Renders a template. Throws `variable_without_value` when a variable it comes to has no value, `invalid_template` when
 * its subject or its text comes out empty, `link_without_address`.
 * @param options.variant the subject to use, one of `template.variants`
 * @param options.reading its language and its reader's zone, for dates
 */
export function renderTemplate(
  template: Template,
  variables: Variables,
  options: { variant?: string | undefined; reading?: Reading } = {},
): Rendered {
  const { reading = { language: 'en', zone: 'UTC' } } = options
  const subject = renderSubject(template, variables, options)
  const marked = renderLiquid(template.body, variables, reading)
  const { text, html, direction } = renderMarkdown(marked, reading.language)
  if (!isVisible(text)) throw invalidTemplate(template.body, { kind: 'body_empty' })
  const preheader = template.preheader ? lineOf(template.preheader, variables, reading) : ''
  return { subject, text, html: page(html, preheader, direction) }
}

/** Renders one of a template's subjects. Throws as `renderTemplate` does. */
export function renderSubject(
  template: Template,
  variables: Variables,
  { variant, reading }: { variant?: string | undefined; reading?: Reading } = {},
): string {
  const chosen = variant === undefined ? template.subject : template.variants.get(variant)
  if (!chosen) {
    throw invalidTemplate(
      { file: template.file, line: 1, column: 1 },
      { kind: 'variant_unknown', variant: variant ?? '', variants: [...template.variants.keys()] },
    )
  }
  const subject = lineOf(chosen, variables, reading)
  if (!isVisible(subject)) throw invalidTemplate(chosen, { kind: 'subject_empty' })
  return subject
}

/** Renders a line of Liquid, as the text of a task: no Markdown, no control characters. */
export function renderInline(source: string, variables: Variables, reading?: Reading, file = 'text'): string {
  return lineOf(inline(source, file), variables, reading)
}

/** Every variable a line of Liquid mentions; throws `invalid_template` if it isn't Liquid. */
export function mentionsOfInline(source: string, file = 'text'): Mention[] {
  return mentions(inline(source, file))
}

/** The variables a line of Liquid can't do without. */
export function variablesOfInline(source: string, file = 'text'): string[] {
  return requiredPaths(mentionsOfInline(source, file))
}

function lineOf(text: LiquidText, variables: Variables, reading?: Reading): string {
  const marked = renderLiquid(text, variables, reading)
  return oneLine(marked.fill(marked.text))
}

const templates = new Map<string, Template>()
const lines = new Map<string, LiquidText>()

function inline(source: string, file: string): LiquidText {
  return remembered(lines, `${file}\n${source}`, () => parseLiquid(source, file))
}

/** Parsing is most of the work, and thousands of leads share a few templates: the latest used are kept. */
function remembered<T>(cache: Map<string, T>, content: string, make: () => T): T {
  const key = createHash('sha256').update(content).digest('base64')
  const value = cache.get(key) ?? make()
  cache.delete(key)
  cache.set(key, value)
  const [oldest] = cache.keys()
  if (cache.size > REMEMBERED && oldest !== undefined) cache.delete(oldest)
  return value
}
