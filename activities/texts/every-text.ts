/**
 * Every text of a cadence, written for one reader before anything is sent: all variants, urgency levels and uses, with
 * what may be known later and without. Pure. Thousands of readers share a few templates: what was found for one holds for
 * all in whom a template sees the same (`sensitive.ts`).
 */
import type { TextFault } from '../../cadence/error-values.ts'
import { type Facts, noFacts } from '../../cadence/facts.ts'
import type { Plan } from '../../cadence/plan.ts'
import { addFixed, type Instant } from '../../cadence/time.ts'
import type { Role } from '../../cadence/words.ts'
import type { Person } from '../../store/touch-context.ts'
import type { Published } from '../touch/published.ts'
import { textFaultOf } from './failure.ts'
import { imaginedValue } from './imagined.ts'
import { letterFile } from './letter-file.ts'
import { invalidTemplate, type Value } from './liquid.ts'
import { type View, viewsOf } from './sensitive.ts'
import {
  mentionsOf,
  mentionsOfInline,
  parseTemplate,
  renderInline,
  renderSubject,
  renderTemplate,
} from './template.ts'
import { placeOfText, type TextUse, textUses } from './text-uses.ts'
import { type Known, valuesFor } from './values.ts'

/** A reader, and their role where it is known. */
export type Reader = Known & { role?: Role | undefined }

/** Compiles a cadence's texts. @returns for a reader: what can't be written for them; nothing where all can */
export function everyText(published: Published, at: Instant): (reader: Reader) => TextFault[] {
  const uses = textUses(published.plan).map((use) => ({ use, sheets: new Map<string | undefined, Sheet>() }))
  return (reader) => {
    const faults = new Map<string, TextFault>()
    for (const { use, sheets } of uses) {
      const fault = faultOf(published, use, reader, sheets, at)
      if (fault) faults.set(JSON.stringify(fault.text), fault)
    }
    return [...faults.values()]
  }
}

function faultOf(
  { plan, files }: Published,
  use: TextUse,
  reader: Reader,
  /** Of this use, by file. */
  sheets: Map<string | undefined, Sheet>,
  at: Instant,
): TextFault | undefined {
  const found = use.kind === 'letter' ? letterFile(plan, files, use.name, reader.locale) : undefined
  if (use.kind === 'letter' && !found) {
    const language = reader.locale ?? plan.locale
    return { text: placeOfText(use, undefined), kind: 'language', language }
  }
  const language = found?.language ?? plan.locale
  const file = found?.file
  const sheet = sheets.get(file) ?? new Sheet(plan, use, { at, language, file, files })
  sheets.set(file, sheet)
  return sheet.faultFor(reader)
}

/** How many readers' answers a text remembers. */
const REMEMBERED = 5_000

/** One use of one text in one language. */
class Sheet {
  private readonly known = new Map<string, TextFault | undefined>()
  private readonly paths: string[]
  private readonly required: ReadonlySet<string>
  private readonly views: ReadonlyMap<string, View>
  private readonly source: string
  private readonly plan: Plan
  private readonly use: TextUse
  private readonly of: { at: Instant; language: string; file: string | undefined }

  constructor(
    plan: Plan,
    use: TextUse,
    of: { at: Instant; language: string; file: string | undefined; files: Record<string, string> },
  ) {
    this.plan = plan
    this.use = use
    this.of = of
    this.source = of.file === undefined ? use.name : (of.files[of.file] ?? '')
    const mentions =
      of.file === undefined ? mentionsOfInline(use.name) : mentionsOf(parseTemplate(this.source, of.file))
    this.paths = [...new Set(mentions.map(({ path }) => path))]
    this.required = new Set(mentions.filter(({ required }) => required).map(({ path }) => path))
    this.views = viewsOf(this.source, mentions)
  }

  faultFor(reader: Reader): TextFault | undefined {
    let key = ''
    for (const [path, view] of this.views) key += `${view(saidOf(path, reader, this.plan))}\n`
    if (this.known.has(key)) return this.known.get(key)
    if (this.known.size >= REMEMBERED) this.known.clear()
    const fault = this.find(reader)
    this.known.set(key, fault)
    return fault
  }

  private find(reader: Reader): TextFault | undefined {
    for (const world of this.worlds(reader)) {
      for (const urgency of this.urgencies()) {
        const fault = this.attempt(world, urgency)
        if (fault) return fault
      }
    }
    return undefined
  }

  /** What may be known when it is written: now nothing but what the list says, later perhaps all. */
  private worlds(reader: Reader): Reader[] {
    const { objection, to } = this.use
    const base = to !== undefined && reader.role !== to ? { ...reader, contact: this.somebody() } : reader
    const named: Facts['named'] = {}
    for (const path of this.paths.filter((one) => one.startsWith('fact.'))) {
      named[path.slice('fact.'.length)] = { value: imaginedValue(path, [this.source]), at: 0, by: '' }
    }
    const later = this.paths.filter((path) => path.startsWith('fact.') || path === 'objection.topic')
    const all = { ...base, facts: { ...noFacts(), named }, topic: 'x' }
    const none = { ...base, facts: null, topic: objection ? 'x' : null }
    const needed = later.some((path) => this.required.has(path))
    return later.length === 0 ? [none] : needed ? [all] : [all, none]
  }

  /** Whoever has another role isn't known yet. */
  private somebody(): Person {
    const value = (name: string): string => imaginedValue(`contact.${name}`, [this.source])
    const [first_name, last_name, title, phone] = ['first_name', 'last_name', 'title', 'phone'].map(value)
    return { email: 'somebody@example.com', ...{ first_name, last_name, title, phone } } as Person
  }

  private urgencies(): string[] {
    const levels = this.plan.urgency.map(({ id }) => id)
    return this.paths.includes('urgency') ? levels : levels.slice(0, 1)
  }

  private attempt(reader: Reader, urgency: string): TextFault | undefined {
    const { language, file, at } = this.of
    const { offer } = this.use
    const reading = { language, zone: reader.zone }
    const occasion = {
      ...{ urgency, language },
      ...(offer && { offer: { name: offer.name, ends: addFixed(at, offer.lasts) } }),
    }
    try {
      if (file === undefined) {
        const line = renderInline(this.use.name, valuesFor(reader, this.plan, occasion), reading)
        if (line === '') throw invalidTemplate({ file: '', line: 1, column: 1 }, { kind: 'body_empty' })
        return undefined
      }
      const sender = { name: this.plan.from, email: `${this.plan.from}@example.com` }
      const variables = valuesFor(reader, this.plan, { ...occasion, sender })
      const template = parseTemplate(this.source, file)
      const [first, ...others] = [...template.variants.keys()]
      renderTemplate(template, variables, { reading, variant: first })
      for (const variant of others) renderSubject(template, variables, { reading, variant })
      if (first !== undefined) renderSubject(template, variables, { reading })
      return undefined
    } catch (error) {
      return textFaultOf(error, placeOfText(this.use, this.of.file))
    }
  }
}

/** The value that a path has for a reader, as far as that is known when they are launched. */
export function saidOf(path: string, reader: Reader, plan: Plan): Value {
  const [group = '', name = ''] = path.split('.')
  switch (group) {
    case 'contact':
      return reader.contact?.[name as keyof Person]
    case 'referrer':
      return reader.referrer?.[name as 'company']
    case 'lead':
      if (name === 'company' || name === 'country') return reader[name]
      if (name === 'locale') return reader.locale ?? plan.locale
      return Object.hasOwn(reader.custom, name) ? reader.custom[name] : undefined
    default:
      return undefined
  }
}
