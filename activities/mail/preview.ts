/**
 * Letters as they would go to a reader: each e-mail of a cadence at every level of urgency, with every subject it may
 * have, written by what sends them. Pure.
 */
import type { Failure, Flaw } from '../../cadence/reason.ts'
import type { Instant } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import { letterFile } from '../texts/letter-file.ts'
import { type StoodIn, withStandIns } from '../texts/stand-ins.ts'
import { parseTemplate } from '../texts/template.ts'
import { variantsAt } from '../texts/variants.ts'
import {
  type Letter,
  type LetterContext,
  offerEndForTouch,
  type Written,
  writeLetter,
} from '../texts/write.ts'
import type { Published } from '../touch/published.ts'
import type { Address } from './address.ts'
import { type LetterStep, letterSteps } from './letter-steps.ts'

/** Whom letters are shown for. */
export interface PreviewReader {
  /** What is known for a step; no contact where nobody has its role, a thread where that letter went out. */
  contextFor: (step: LetterStep) => LetterContext
  /** When an offer ends that was made already. */
  offerEnds?: (offer: string) => Instant | undefined
  /** Nobody: all that is known of them is imagined. */
  invented?: boolean
  sender: Address
  /** When the letters would go. */
  at: Instant
}

/** A subject, the variant it is, and whether it is the letter's own or that of the thread it follows up. */
export interface PreviewedSubject {
  subject: string
  variant: string | undefined
  of: 'own' | 'thread'
}

/** A letter, as it reads at some levels of urgency; or why it can't be written then. */
export type PreviewedLetter = LetterStep & {
  file: string | undefined
  language: string | undefined
  urgency: string[]
  recipient: Address | undefined
  /** Variables whose values are imagined. */
  imagined: string[]
} & ({ subjects: PreviewedSubject[]; text: string; html: string } | { failure: Failure | Flaw })

/**
 * @param template - only letters of this template
 * @returns in the cadence's order; levels at which a letter reads the same are one
 */
export function previewLetters(
  published: Published,
  reader: PreviewReader,
  template?: string,
): PreviewedLetter[] {
  const steps = letterSteps(published.plan)
  const wanted = steps.filter((step) => template === undefined || step.template === template)
  const preview = new Preview(published, reader, steps)
  return wanted.flatMap((step) => preview.atEveryLevel(step))
}

/** One subject of a letter, tried out. */
type Tried = Written<Letter> | { failure: Failure }

type Read = { subjects: PreviewedSubject[]; text: string; html: string } | { failure: Failure | Flaw }

class Preview {
  private readonly published: Published
  private readonly reader: PreviewReader
  private readonly steps: LetterStep[]
  private readonly levels: string[]

  constructor(published: Published, reader: PreviewReader, steps: LetterStep[]) {
    this.published = published
    this.reader = reader
    this.steps = steps
    this.levels = published.plan.urgency.map(({ id }) => id)
  }

  atEveryLevel(step: LetterStep): PreviewedLetter[] {
    const { file, language, imagined, context } = this.stoodIn(step)
    const { contact } = context
    const recipient = contact?.email ? { name: nameOf(contact), email: contact.email } : undefined
    const found = new Map<string, PreviewedLetter>()
    for (const level of this.levels) {
      const read = this.atLevel(step, level, context)
      const key = JSON.stringify(read)
      const alike = found.get(key)
      if (alike) alike.urgency.push(level)
      else found.set(key, { ...step, file, language, recipient, imagined, urgency: [level], ...read })
    }
    return [...found.values()]
  }

  /** A letter's file, and the context with what stands in for what isn't known. */
  private stoodIn(step: LetterStep): StoodIn & { file: string | undefined; language: string | undefined } {
    const { plan, files } = this.published
    const context = this.reader.contextFor(step)
    const { file, language } = letterFile(plan, files, step.template, context.locale) ?? {}
    if (file === undefined) return { context, imagined: [], file, language }
    const source = files[file] ?? ''
    const template = parseTemplate(source, file)
    return { ...withStandIns(template, source, context, this.reader.invented), file, language }
  }

  /** The letter with every subject that it may have; the first fault where some of it can't be written. */
  private atLevel(step: LetterStep, level: string, context: LetterContext): Read {
    const write = (thread: LetterContext['thread'], variant?: string): Tried =>
      this.write(step, level, { ...context, thread }, variant)
    const { thread } = context
    const before = thread?.subject ? [thread.subject] : this.subjectsOf(step.thread)
    const following = before.map((subject) => ({
      written: write({ id: '', references: null, subject }),
      of: 'thread' as const,
    }))
    // Until the letter that it follows up has gone out, that one may never do.
    const own = thread?.subject
      ? []
      : this.variantsOf(step, level, context).map((variant) => ({
          written: write(null, variant),
          of: 'own' as const,
        }))
    const subjects: PreviewedSubject[] = []
    let parts: { text: string; html: string } | undefined
    for (const { written, of } of [...following, ...own]) {
      if ('failure' in written) return written
      if ('fault' in written) return { failure: { code: 'text_unwritable', why: written.fault } }
      const { rendered, variant } = written.text
      parts ??= { text: rendered.text, html: rendered.html }
      subjects.push({ subject: rendered.subject, variant, of })
    }
    return { subjects, ...(parts as { text: string; html: string }) }
  }

  private variantsOf(step: LetterStep, level: string, { locale }: LetterContext): (string | undefined)[] {
    const { plan, files } = this.published
    const found = letterFile(plan, files, step.template, locale)
    if (!found) return [undefined]
    const { variants } = parseTemplate(files[found.file] ?? '', found.file)
    const possible = variantsAt([...variants.keys()], plan, level)
    return possible.length > 0 ? possible : [undefined]
  }

  /** What the letter that is followed up may have had for a subject. */
  private subjectsOf(step: string | undefined): string[] {
    if (step === undefined) return []
    const all = this.steps
      .filter((one) => one.step === step)
      .flatMap((one) => this.atEveryLevel(one))
      .flatMap((letter) => ('subjects' in letter ? letter.subjects : []))
    // One that follows up another itself goes by that one's subject.
    const threaded = all.filter(({ of }) => of === 'thread')
    return [...new Set((threaded.length > 0 ? threaded : all).map(({ subject }) => subject))]
  }

  private write(step: LetterStep, level: string, context: LetterContext, variant?: string): Tried {
    const { plan } = this.published
    const { at, sender, offerEnds } = this.reader
    if (!context.contact?.email) return { failure: { code: 'no_address' } }
    const { offer, template } = step
    const touch: Touch = {
      ...{ key: '', lead: '', visit: 0, contact: '', kind: 'email', stage: step.part.id },
      ...{ step: step.step ?? '', name: template, urgency: level },
      ...(offer && { offer: { name: offer.name, ends: offerEnds?.(offer.name) ?? 0 } }),
    }
    const ends = offerEndForTouch(plan, touch, at)
    if (ends !== undefined && ends <= at) return { failure: { code: 'offer_over' } }
    return writeLetter(this.published, touch, context, at, sender, () => variant)
  }
}

const nameOf = ({ first_name, last_name }: { first_name: string | null; last_name: string | null }): string =>
  [first_name, last_name].filter(Boolean).join(' ')
