/** A touch (one step carried out for one lead) as its activity gets it, and the request for its moment. */
import { openObjections } from './facts.ts'
import type { Held, Lead } from './lead.ts'
import type { Base, DatedMoment, Step } from './plan.ts'
import type { Flaw } from './reason.ts'
import { bestTheme, templateOf } from './themes.ts'
import type { Instant, Wait } from './time.ts'
import type { Role, StepKind, Theme, Waiting } from './words.ts'

/** What the planner needs to find the moment for something. */
export interface MomentRequest {
  /**
   * E-mails need a mailbox's slot and count against the caps. `opening` and `moment` are no touches, only times: inside
   * the window, and whenever the waits are over.
   */
  kind: StepKind | 'opening' | 'moment'
  /** The waits are added to this, one after the other; first the time that a provider has, whatever the pace. */
  anchor: Instant
  timeout?: Wait
  waits: Wait[]
  /** Waits are multiplied by it. */
  pace: number
  /** Instead of waits: a moment tied to a date, which has to be before that date is over. */
  dated?: DatedMoment & { base: Base }
  /** Holds since the anchor: no wait runs on in them. What goes on during holds has none. */
  held?: Held[]
  /** The lead's place, from 0 to 1, among those of its account that the last of these holds let go together. */
  share?: number
  /** Not before, however short the waits: a touch that was put off. */
  notBefore?: Instant
  /**
   * It must be before this, or `notice` before the day of it: where the waits end later, an earlier moment is looked for;
   * where there is none, it has no moment.
   */
  before?: Instant
  notice?: Wait
  /** It makes an offer that lasts so long: the answer says when that ends, at the end of a day. */
  lasts?: Wait
  /** A task's, to be done within: the answer says by when. */
  due?: Wait
  /** Its waits begin once a task is done (`done`), or once this patience with it is over, and not before the anchor. */
  awaits?: { due: Instant; patience: Wait; done?: Instant }
}

/** Whether two requests ask for the same moment: planning again would give the same. */
export const isSameRequest = (a: MomentRequest, b: MomentRequest): boolean =>
  a.anchor === b.anchor && isSame(a, b)

/** Whether two values, which are plain data, are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [one, other] = [a, b] as [Record<string, unknown>, Record<string, unknown>]
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => isSame(one[key], other[key]))
}

/** A touch: ids and words of the cadence, nothing personal. */
export interface Touch {
  /** `lead/visit/step`. */
  key: string
  lead: string
  visit: number
  step: string
  kind: StepKind
  /** Template, task text, credit provider, or whom to notify; the code of `asks`, where there is one. */
  name: string
  /** Something that Relance itself asks a person for: not a step of the cadence. */
  asks?: Ask
  /** A notice of something that waits for people, not of urgency. */
  waits?: Waiting
  /** The step of the task that waits. */
  task?: string
  stage: string
  contact: string
  urgency: string
  theme?: Theme
  thread?: string
  /** `ends` is 0 until its moment is planned. */
  offer?: { name: string; ends: Instant }
  /** The topic token of the objection a play answers. */
  objection?: string
  due?: Wait
  /** By when it is to be done; known once its moment is planned. */
  dueAt?: Instant
}

/**
 * What Relance asks a person for by itself: whoever has a role is to be found, a challenge to be answered, or what keeps
 * the touch of a step from being made to be mended.
 */
export type Ask =
  | { code: 'find_role'; role: Role }
  | { code: 'answer_challenge' }
  | { code: 'mend'; step: string; flaw: Flaw }

/** The touch with what was planned with its moment: the end of the offer that it makes, by when the task is to be done. */
export function withPlanned(touch: Touch, { ends, due }: { ends?: Instant; due?: Instant }): Touch {
  const planned = { ...touch }
  if (touch.offer && ends !== undefined) planned.offer = { ...touch.offer, ends }
  if (touch.due && due !== undefined) planned.dueAt = due
  return planned
}

/** The id of the step that a notice is. */
export const noticeStep = (notice: Lead['tell'][number]): string =>
  `tell-${'level' in notice ? notice.level : notice.task === undefined ? notice.waits : `task-${notice.task}`}`

/** The touch of a step, for a contact, in a visit. */
export function touchOf(lead: Lead, visit: number, step: Step, contact: string): Touch {
  const touch: Touch = {
    key: `${lead.id}/${visit}/${step.id}`,
    lead: lead.id,
    visit,
    step: step.id,
    kind: step.kind,
    name: step.name,
    stage: lead.stage,
    contact,
    urgency: lead.urgency,
  }
  if (step.theme === 'best') {
    touch.theme = bestTheme(lead)
    touch.name = templateOf(step.name, touch.theme)
  } else if (step.theme) touch.theme = step.theme
  if (step.thread) touch.thread = step.thread
  if (step.due) touch.due = step.due
  const objection = openObjections(lead.facts)[0]
  if (objection !== undefined) touch.objection = objection
  return touch
}
