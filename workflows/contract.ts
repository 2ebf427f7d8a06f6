/**
 * What the workflow and the activities say to each other. Ids, roles, facts and instants only: nothing here may
 * hold personal data, because all of it ends up in histories (docs/design.md, "Personal data stays out of Temporal").
 * Whatever is in a history may be read by later code: it carries the number of its format.
 */
import type { NotDone } from '../cadence/after-attempt.ts'
import type { Decision } from '../cadence/decide.ts'
import type { Arrival } from '../cadence/fold.ts'
import type { Format, Stored } from '../cadence/format.ts'
import type { Lead, TouchResult } from '../cadence/lead.ts'
import type { Plan } from '../cadence/plan.ts'
import type { Because, Timing } from '../cadence/reason.ts'
import type { Instant } from '../cadence/time.ts'
import type { Touch } from '../cadence/touch.ts'
import type { TurnRecord } from '../cadence/turn.ts'
import type { HoldWord } from '../cadence/words.ts'

/** The workflow's input: the lead as it is, its cadence, and what arrived and isn't folded yet. */
export interface LeadInput {
  format: Format
  lead: Lead
  plan: Plan
  queue: Arrival[]
  /** How many events the lead's runs before this one had. Left out by code that didn't say. */
  events?: number
  /** Of a lead that is begun again: the touch that was planned until then. It may have been carried out. */
  planned?: Planned
}

/** What one turn of the loop leaves behind: timeline, read model, and what to plan a moment for. */
export type RecordInput = TurnRecord & {
  /** Instead of `want`, where the last turn wanted the same: its moment, which stays, with the slot reserved for it. */
  kept?: { slot: Instant; why: Timing[]; ends?: Instant; due?: Instant }
  /**
   * Key of the touch that was planned until this turn came between. An execution that Temporal gave up may have carried
   * it out: the answer says so.
   */
  instead?: { key: string; slot: Instant }
}

/** A touch, and the moment it is planned for. */
export interface Planned {
  touch: Touch
  slot: Instant
}

export interface RecordAnswer {
  /** When what was wanted may happen; the mailbox's slot for an e-mail. */
  slot?: Instant
  /** Why then. */
  why?: Timing[]
  /** When the offer ends that is made then. */
  ends?: Instant
  /** By when the task is to be done that is given then. */
  due?: Instant
  /** The sooner of slot and again; nothing when only a signal can wake the lead. */
  wake?: Instant
  /** Until `wake`, in real milliseconds of this machine (the environment may run faster). */
  waitMs?: number
  /** What became of the touch that this turn was taken instead of, where it was carried out all the same. */
  cameOut?: TouchResult
  /** What the lead does and why, in English and in its own zone: what Temporal's UI shows. */
  details?: string
}

/** One touch to carry out at its slot, and what to record with it when all goes well. */
export interface AttemptInput {
  format: Format
  touch: Touch
  cadence: string
  version: number
  slot: Instant
  /** Recorded in the same go when the touch comes out as `done`. */
  then: RecordInput
}

export type AttemptAnswer =
  /** Carried out, and `then` is recorded. The key is for those who read histories. */
  | { kind: 'done'; key: string; next: RecordAnswer }
  | NotDone
  /** Ran out of the few seconds it had before anything was handed over: `deliver` takes it on. */
  | { kind: 'slow' }

/** The activities, as a worker makes them. */
export interface LeadActivities {
  /** Local: writes one turn's changes and plans the next moment. */
  record(input: RecordInput): Promise<RecordAnswer>
  /** Local: claims the touch, carries it out, records, in a few seconds. Safe to run twice. */
  attempt(input: AttemptInput): Promise<AttemptAnswer>
  /** Regular: the same, with minutes to spare; what it is asked may be of older code. */
  deliver(input: AttemptInput): Promise<AttemptAnswer>
}

/** The activities, as the workflow meets them: an answer in a history may be of an older format. */
export type StoredActivities = {
  [Name in keyof LeadActivities]: (
    ...input: Parameters<LeadActivities[Name]>
  ) => Promise<Stored<Awaited<ReturnType<LeadActivities[Name]>>>>
}

/** What `explain` answers. */
export interface Explanation {
  format: Format
  lead: Lead
  cadence: string
  version: number
  kind: Decision['kind']
  step?: string
  hold?: HoldWord
  because: Because
  again?: Instant
  slot?: Instant
  why?: Timing[]
}
