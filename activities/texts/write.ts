/**
 * Writes the text of a touch: `writeLetter` for e-mails, `writeNote` for tasks and notices, and the values they are
 * filled with.
 */
import type { TextFault, TextPlace } from '../../cadence/error-values.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { TaskWording } from '../../cadence/reasons/dictionary.ts'
import { sayTask } from '../../cadence/reasons/say.ts'
import { addFixed, type Instant } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { Address } from '../mail/address.ts'
import type { Published } from '../touch/published.ts'
import { textFaultOf } from './failure.ts'
import { letterFile } from './letter-file.ts'
import { parseTemplate, type Rendered, renderInline, renderTemplate } from './template.ts'
import { answerTo } from './thread-subject.ts'
import { type Known, type Occasion, valuesFor } from './values.ts'
import { chooseVariant } from './variants.ts'

/** A text, or why it can't be written. */
export type Written<T> = { text: T } | { fault: TextFault }

/** The text of a task, and as data where the words are Relance's own. */
export interface Note {
  text: string
  wording: TaskWording | null
}

/** An e-mail's text, and which of its template's subjects it has. */
export interface Letter {
  rendered: Rendered
  variant: string | undefined
}

/** What is known of whom a letter goes to, and of the letter that it follows up. */
export type LetterContext = Known & Pick<TouchContext, 'thread'>

/**
 * Writes an e-mail, from the template in the reader's language, or in the one that the cadence says stands in. What
 * follows up another carries its subject.
 * @param choose - picks one of the template's variants; the touch's own when left out
 */
export function writeLetter(
  { plan, files }: Published,
  touch: Touch,
  context: LetterContext,
  slot: Instant,
  sender: Address,
  choose: (variants: readonly string[]) => string | undefined = (all) => chooseVariant(all, plan, touch),
): Written<Letter> {
  const found = letterFile(plan, files, touch.name, context.locale)
  if (!found) {
    const language = context.locale ?? plan.locale
    return { fault: { text: { template: touch.name }, kind: 'language', language } }
  }
  const { file, language } = found
  return attemptTo({ template: file }, () => {
    const template = parseTemplate(files[file] ?? '', file)
    const before = context.thread?.subject
    const variant = before ? undefined : choose([...template.variants.keys()])
    const variables = valuesFor(context, plan, { ...moment(plan, touch, slot), language, sender })
    const rendered = renderTemplate(template, variables, {
      variant,
      reading: { language, zone: context.zone },
    })
    return { rendered: before ? { ...rendered, subject: answerTo(before) } : rendered, variant }
  })
}

/** What a lead is called where people read of it. */
export function nameOfLead({ contact, company }: TouchContext): string | undefined {
  const who = [contact?.first_name, contact?.last_name].filter(Boolean).join(' ')
  return [who, company].filter(Boolean).join(', ') || contact?.email || undefined
}

/** Writes the text of a task, a credit check or a notice. */
export function writeNote(
  { plan }: Published,
  touch: Touch,
  context: TouchContext,
  slot: Instant,
): Written<Note> {
  const lead = nameOfLead(context) ?? touch.lead
  const own = (wording: TaskWording): Written<Note> => ({ text: { text: sayTask(wording, 'en'), wording } })
  const { asks, stage, urgency, waits, task } = touch
  if (asks?.code === 'find_role') return own(asks)
  if (asks?.code === 'answer_challenge') return own({ ...asks, topic: context.topic })
  if (asks?.code === 'mend') return own({ ...asks, lead })
  switch (touch.kind) {
    case 'credit_check':
      return own({ code: 'credit_check', provider: touch.name, company: context.company ?? lead })
    case 'notify':
      if (waits) return own({ code: 'waiting_notice', lead, waits, ...(task !== undefined && { task }) })
      return own({ code: 'urgency_notice', lead, stage, urgency })
    default:
      return attemptTo({ step: touch.step }, () => ({
        text: renderInline(
          touch.name,
          valuesFor(context, plan, { ...moment(plan, touch, slot), language: plan.locale }),
          { language: plan.locale, zone: context.zone },
        ),
        wording: null,
      }))
  }
}

function attemptTo<T>(place: TextPlace, write: () => T): Written<T> {
  try {
    return { text: write() }
  } catch (error) {
    return { fault: textFaultOf(error, place) }
  }
}

/** What of a text's values is the touch's. */
function moment(plan: Plan, touch: Touch, slot: Instant): Pick<Occasion, 'urgency' | 'offer'> {
  const ends = offerEndForTouch(plan, touch, slot)
  const { offer, urgency } = touch
  return { urgency, ...(offer && ends !== undefined && { offer: { name: offer.name, ends } }) }
}

/** When a touch's offer ends: where it is made for the first time, its length is counted from the touch. */
export function offerEndForTouch(plan: Plan, touch: Touch, slot: Instant): Instant | undefined {
  if (!touch.offer) return undefined
  if (touch.offer.ends > 0) return touch.offer.ends
  const steps = [...plan.stages, ...plan.plays].flatMap((part) => part.steps)
  const step = steps.find(({ id, offer }) => id === touch.step && offer?.name === touch.offer?.name)
  return step?.offer ? addFixed(slot, step.offer.lasts) : slot
}
