/**
 * A cadence, compiled: what `language/` makes of a YAML file, and all that the rules know of it. Plain JSON data
 * without defaults left open, because it travels in every workflow's input and outlives the code that wrote it.
 */
import type { Condition } from './condition.ts'
import type { Format } from './format.ts'
import type { SignalType } from './signals.ts'
import type { Instant, Wait } from './time.ts'
import type { AccountRule, Once, OutcomeWord, Role, Staff, StepKind, Theme } from './words.ts'

export interface Plan {
  format: Format
  cadence: string
  /** Numbered by `publish`; 0 while it's only a file. */
  version: number
  /** The mailbox (a name in relance.yaml) e-mails go out from. */
  from: string
  /** Whose a lead is that has no owner. */
  owner: string
  /** BCP 47 language of the templates: `fr`. */
  locale: string
  /** The other languages its letters are written in, and which of them stands in for a reader's own. */
  locales?: Locales
  window: Window
  limits: { perLead?: Cap; perAccount?: Cap }
  /** What the other leads of an account do when one replies. */
  account: AccountRule
  /** What makes a prospect and a qualified prospect, beyond docs/design.md's words. */
  prospect: Condition
  qualified: Condition
  credit: { validFor?: Wait }
  /** Lowest first; the first has no `when`. Never empty. */
  urgency: Level[]
  /** Who is told of what waits for people, and after how long; days of 24 h. */
  escalate: { reply: Escalation; role: Escalation; task: Escalation }
  stages: Stage[]
  plays: Play[]
  nurture?: Nurture
}

/** Languages (BCP 47). `standIn`: by the reader's; `others`: for readers of all that isn't named. */
export interface Locales {
  written: string[]
  standIn: Record<string, string>
  others?: string
}

/** When touches may happen, in the recipient's time zone. */
export interface Window {
  /** ISO weekdays, Monday 1 … Sunday 7. */
  days: number[]
  /** The days are those of the recipient's country's working week; `days`, where the country isn't known. */
  business?: true
  /**
   * Minutes since local midnight; a touch may start at `from`, and must before `to`. Over midnight `to` is more than
   * 1440: 22:00 to 06:00 is 1320 to 1800, on the days on which it opens.
   */
  from: number
  to: number
  /** Country, or country and region, of the public holidays: `FR`, `DE-BY`. */
  holidays?: string
  /** Days on which the team is closed, whatever the recipient's country. */
  closed?: ClosedDays[]
}

/** Calendar dates as `2026-12-24`, the last one included. */
export interface ClosedDays {
  from: string
  to: string
}

/**
 * At most `count` e-mails. `calendar`: on each day, in each week (from Monday) or month of the lead's calendar, and `per`
 * is one of them. `rolling`: in any stretch of time as long as `per`, which is never in business days.
 */
export interface Cap {
  kind: 'calendar' | 'rolling'
  count: number
  per: Wait
}

/** After how long each is told; who is missing isn't. */
export type Escalation = { [Who in Staff]?: Wait }

export interface Level {
  id: string
  when?: Condition
  /** Waits are multiplied by it: 1 leaves them, 0.5 halves them. */
  pace: number
  /** Who hears of it when the level is reached. */
  tell?: Staff
}

export interface Stage {
  id: string
  until: Condition
  steps: Step[]
  /** When every step is done and the goal isn't met. */
  otherwise?: Otherwise
  /** A signal, taken while this is the current stage, that ends the lead. */
  on: Partial<Record<SignalType, { end: OutcomeWord }>>
}

/** `after`: how long an answer to the last step is waited for. */
export type Otherwise = ({ nurture: true } | { end: OutcomeWord }) & { after: Wait }

export interface Step {
  id: string
  kind: StepKind
  /** E-mail: the template. Task: its text, in Liquid. Credit check: the provider. Notify: who. */
  name: string
  /** Before it, from the touch before (or the beginning of the visit). */
  wait?: Wait
  /** Instead of a wait: a moment that is tied to a date. */
  at?: DatedMoment
  /** Passed over when this doesn't hold at its moment. */
  when?: Condition
  /** The benefit it argues; `best`: the one this lead answers to, in the template `NAME-THEME`. */
  theme?: Theme | 'best'
  /** The step whose e-mail this one answers, so that it shows as one conversation. */
  thread?: string
  /** The role it addresses; without it, the lead's main contact. */
  to?: Role
  /** `notice`: how long before the day of its end it is quoted last. */
  offer?: { name: string; lasts: Wait; notice: Wait }
  /** It brings the proposal: never without an approved credit that covers the amount. */
  proposal?: true
  /** Tasks: to be done within. */
  due?: Wait
  /** It waits until the task of this step is done, or until its due date and this patience are over. */
  waitFor?: { task: string; patience: Wait }
  /** Credit checks: how long the answer is waited for. */
  timeout?: Wait
}

/** A date that a step can be tied to; `day` is a calendar day, as `2027-03-01`. */
export type Anchor =
  | { of: 'offer' }
  | { of: 'demo' }
  | { of: 'credit' }
  | { of: 'day'; day: string }
  | { of: 'fact'; name: string }

/** A date that is known: an instant, or a calendar day, which is where the recipient is. */
export type Base = { at: Instant } | { day: string }

/** So long before or after a date, at a time of day (minutes since midnight) or at the date's own. */
export type DatedMoment = Anchor & { shift?: Wait & { sign: 1 | -1 }; time?: number }

export interface Play {
  id: string
  on: SignalType
  /** Only when the contact it is about has this role. */
  role?: Role
  when?: Condition
  /** At most once for a lead, or for a passage through a stage. */
  once?: Once
  /** Held open, and the stage with it, until this holds; without it, until its steps are done. */
  until?: Condition
  steps: Step[]
}

export interface Nurture {
  every: Wait
  for: Wait
  /** Templates, in turn, again and again. */
  emails: string[]
  until: Condition
}
