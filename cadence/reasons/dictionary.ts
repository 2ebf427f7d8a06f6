/** What a language has to have: a sentence for every code, and a word for every word of docs/design.md. Complete by type. */
import type { Change, Closing, TouchResult } from '../lead.ts'
import type { MailFault } from '../mail-faults.ts'
import type { Anchor } from '../plan.ts'
import type { Flaw, Gate, Reason, ReasonCode, ReasonOf } from '../reason.ts'
import type { SignalType } from '../signals.ts'
import type { Instant, Unit, Wait } from '../time.ts'
import type {
  AsleepWord,
  CreditState,
  Deal,
  Demo,
  FindingWord,
  HoldWord,
  Interest,
  Need,
  OutcomeWord,
  Proposal,
  Role,
  Staff,
  Standing,
  StepKind,
  Theme,
  Waiting,
  Wakener,
} from '../words.ts'

/** What a dictionary's sentences are made with, for one reader. */
export interface Phrases {
  /** `23 Nov 2026` */
  day(at: Instant): string
  /** `Mon 23 Nov 2026, 10:12`, with the lead's time behind it where that differs. */
  moment(at: Instant): string
  /** A calendar date, as `2026-12-25`, in words. */
  date(iso: string): string
  /** `3 business days` */
  wait(wait: Wait): string
  /** `09:00`, of minutes since midnight. */
  time(minutes: number): string
  /** `12 days`, `5 hours`: so many milliseconds, roughly. */
  lasting(ms: number): string
  /** `12 days`: how long it lasts since `from`. */
  since(from: Instant): string
  number(n: number): string
  contact(id: string): string
  /** Another reason, inside this one. */
  say(reason: Reason): string
  /** Several, with commas. */
  all(reasons: readonly Reason[]): string
}

export const LANGUAGES = ['en', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** The line of a kind. */
type LineOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>

/** What Relance itself asks a person for, or tells them. Names people: it stays in the database. */
export type TaskWording =
  | { code: 'find_role'; role: Role }
  | { code: 'answer_challenge'; topic: string | null }
  | { code: 'mend'; lead: string; step: string; flaw: Flaw }
  | { code: 'credit_check'; provider: string; company: string }
  /** `lead`: what the lead is called. */
  | { code: 'urgency_notice'; lead: string; stage: string; urgency: string }
  | { code: 'waiting_notice'; lead: string; waits: Waiting; task?: string }
  /** `mailbox`: what the cadence sends from, and isn't configured. */
  | { code: 'mailbox_missing'; mailbox: string; cadence: string }
  | MailNotice

/** What is told of refused e-mails. `lead`: what it is called; `says`: the server's words, cleaned. */
export type MailNotice =
  | { code: 'mailbox_paused'; mailbox: string; fault: MailFault; says: string }
  | { code: 'letter_refused'; lead: string; says: string }
  | { code: 'letter_given_up'; lead: string; says: string }
  | { code: 'letter_held_back'; lead: string; fault: MailFault | null; says: string }

export interface Dictionary {
  reasons: { [Code in ReasonCode]: (reason: ReasonOf<Code>, phrases: Phrases) => string }
  /** A line of a timeline, behind its date. */
  changes: { [Kind in Change['kind']]: (change: LineOf<Kind>, phrases: Phrases) => string }
  /** Texts of tasks that are Relance's own. */
  tasks: { [Code in TaskWording['code']]: (task: Extract<TaskWording, { code: Code }>) => string }
  /** Why a task closed by itself. */
  closings: { [Code in Closing['code']]: (closing: Extract<Closing, { code: Code }>) => string }
  /** The spaces a language wants around signs. */
  typeset(text: string): string
  /** A text, and what it is about. */
  detailed(text: string, about: string): string
  /** `3 business days` */
  wait(n: number, unit: Unit): string
  /** A moment with the lead's own time: `here (09:00 in America/New_York)`. */
  elsewhere(here: string, there: string, zone: string): string
  words: {
    interest: Record<Interest, string>
    credit: Record<CreditState, string>
    need: Record<Need, string>
    demo: Record<Demo, string>
    proposal: Record<Proposal, string>
    deal: Record<Deal, string>
    standing: Record<Standing, string>
    /** With its article, as in `is a …`. */
    aStanding: Record<Standing, string>
    outcome: Record<OutcomeWord, string>
    role: Record<Role, string>
    staff: Record<Staff, string>
    channel: Record<StepKind, string>
    theme: Record<Theme, string>
    hold: Record<HoldWord, string>
    gate: Record<Gate, string>
    result: Record<TouchResult['kind'], string>
    signal: Record<SignalType, string>
    /** A signal's fields by name. */
    field: Record<string, string>
    /** What the seller does after a reply; what a contact thinks of us. */
    then: Record<'resume' | 'hold' | 'end', string>
    stance: Record<'for' | 'neutral' | 'against', string>
    /** A hold is over. */
    goesOn: string
    /** What a dated step is tied to. */
    anchor: Record<Anchor['of'], string>
    /** What is wrong with a mailbox, and what a person does about it. */
    mailFault: Record<MailFault, string>
    mailRemedy: Record<MailFault, string>
    /** Why no workflow works for a lead; who began it again. */
    asleep: Record<AsleepWord, string>
    wakener: Record<Wakener, string>
    /** What `relance doctor` finds, and what a person does about it. */
    finding: Record<FindingWord, string>
    findingRemedy: Record<FindingWord, string>
    /** What waits for people. */
    waiting: Record<Waiting, string>
    yes: string
    no: string
  }
}
