/**
 * A lead as the rules see it: all that travels through continue-as-new. Small plain data, ids and instants only;
 * names, addresses and what people wrote are in the database.
 */
import { type Facts, MAIN, noFacts } from './facts.ts'
import { FORMAT, type Format } from './format.ts'
import type { Cause, Criterion, Delay, Failure, Flaw } from './reason.ts'
import type { SignalType } from './signals.ts'
import type { Instant } from './time.ts'
import type {
  AsleepWord,
  OutcomeWord,
  Role,
  Staff,
  Standing,
  StepKind,
  Theme,
  Waiting,
  Wakener,
} from './words.ts'

/**
 * One passage through a stage, a play or the nurture. It is open until its goal is met; a stage that is left by
 * going back to an earlier one stays open, and goes on where it was. Its number is in its touches' keys, so a stage
 * that begins anew (its goal was met, and lapsed) may do its steps again.
 */
export interface Visit {
  n: number
  kind: 'stage' | 'play' | 'nurture'
  /** The stage's or play's id; `nurture`. */
  id: string
  since: Instant
  /** What the next wait is counted from: the last touch here, the end of a play, or `since`. */
  anchor: Instant
  /** Ids of the steps done; in a nurture, of the last e-mail alone. */
  done: string[]
  /** Steps that a version put behind others when they were done: not done again, and no matter for the position. */
  already?: string[]
  /** A credit check's answer is waited for before the next step's wait begins. */
  awaiting?: string
  /** A nurture that began although its `until` held already: it ends only once they are heard from. */
  past?: true
}

/** Why an ended lead ended. */
export interface Ending {
  outcome: OutcomeWord
  at: Instant
  cause: Cause
}

/** A hold that is over. `together`: leads of one account were let go by it at once. */
export interface Held {
  from: Instant
  to: Instant
  together?: true
}

/**
 * A task that a person was given in a visit: the step's id, when, and by when it is to be done; and who was told that
 * nobody did it.
 */
export interface Given {
  step: string
  n: number
  at: Instant
  due?: Instant
  told?: Staff[]
}

/** A touch that couldn't be made when it was due, and isn't given up (`mending.ts`). */
export interface Aside {
  /** The touch: its visit and step, what it is made of, and for whom. */
  visit: number
  step: string
  name: string
  contact: string
  flaw: Flaw
  /** The number that the task which asks for it has in place of a visit's, and when it was given. */
  n: number
  asked?: Instant
  /** Something has changed: it is tried again. */
  retried?: true
}

export interface Lead {
  format: Format
  id: string
  launchedAt: Instant
  /** What the rules call now: the instant waited for, or when the last signal came in. Never goes back. */
  now: Instant
  facts: Facts
  /** The current stage's id, or `nurture`, or `done` when every goal is met. */
  stage: string
  stageSince: Instant
  /** Milliseconds spent in each stage, up to `stageSince`. */
  spent: Record<string, number>
  visits: Visit[]
  /** How many visits there have been. */
  visited: number
  /** Ids of steps that were done in stages that are over, or that a cadence doesn't have any more (`move.ts`). */
  earlier: string[]
  /** The urgency level's id. */
  urgency: string
  standing: Standing
  /** A person paused it. */
  paused?: { since: Instant; until?: Instant }
  /** A hold that is on: since when, and whether a reply of theirs, or an account's, has been a reason for it. */
  held?: { since: Instant; reply?: true; account?: true }
  /** Holds that are over and that an open wait is interrupted by, oldest first (`held-time.ts`). */
  holds: Held[]
  /** Milliseconds of the current stage that were held, but for a hold that is on. */
  heldInStage: number
  /** By offer: when it ends. */
  offers: Record<string, Instant>
  /** When e-mails went out since we last heard from them, oldest first. */
  unanswered: Instant[]
  /**
   * Staff still to be told something: one notice each, with the visit number that makes its key. `level`: that urgency
   * rose to it; `waits`: what is waited for, and for which task, by its step.
   */
  tell: ({ who: Staff; n: number } & ({ level: string } | { waits: Waiting; task?: string }))[]
  /** What people were asked to do beside the cadence's steps: the id of that step, in which visit, and when. */
  asked: { step: string; n: number; at: Instant }[]
  /** Who was told of a reply or a role that waits, so that nobody is told twice: `reply/owner`, since when it waits. */
  told: Record<string, Instant>
  /** Tasks that people were given, the last one of each step. */
  given: Given[]
  /** By play that may run once only: the stage's visit in which it ran last. */
  played: Record<string, number>
  /** How often each benefit was argued. */
  argued: Partial<Record<Theme, number>>
  /** A touch that was put off until `until`. `gate`: because its gate was closed; then any arrival lifts the delay. */
  delayed?: { key: string; until: Instant; delay: Delay; gate?: true }
  /** Touches that wait until a person has mended them. */
  aside: Aside[]
  ending?: Ending
  /** Its end is on its timeline: it isn't said again when something arrives in the last moment. */
  over?: true
  /** Ids of the last signals counted, oldest first; at most `SEEN`. */
  seen: string[]
  /** Number of the last change recorded. */
  seq: number
}

/** How many signal ids a lead remembers, so that one delivered twice counts once. */
export const SEEN = 300

/** How many unanswered e-mails are counted at most; more than any condition asks for. */
export const UNANSWERED = 60

/** One line of a lead's timeline; data without anything personal. */
export type Change = { at: Instant } & (
  | { kind: 'launched' }
  /** `happened`: when, where that isn't when it came in; `superseded`: something newer was known already. */
  | { kind: 'signal'; type: SignalType; id: string; happened?: Instant; contact?: string; superseded?: true }
  | { kind: 'stage'; stage: string; from?: string }
  | { kind: 'nurture_left' }
  | { kind: 'play'; play: string; visit: number; on: SignalType }
  | { kind: 'play_over'; play: string; visit: number }
  | { kind: 'urgency'; urgency: string; criteria: Criterion[] }
  | { kind: 'standing'; standing: Standing }
  /** `over`: a pause that had an end. */
  | { kind: 'hold'; hold: 'paused' | 'resumed' | 'over'; until?: Instant }
  | {
      kind: 'touch'
      key: string
      step: string
      channel: StepKind
      result: TouchResult['kind']
      failure?: Failure
    }
  | { kind: 'delayed'; step: string; until: Instant; delay: Delay }
  /** It couldn't be made when it was due, and waits to be mended. */
  | { kind: 'put_aside'; step: string; flaw: Flaw }
  /** Its moment came, and its `when` didn't hold; `unmet` is empty where its offer had ended. */
  | { kind: 'passed_over'; step: string; unmet: Criterion[] }
  /** A person leaves it out, because it couldn't be made. */
  | { kind: 'left_out'; step: string }
  /** A task that nobody did and that isn't to be done any more. */
  | { kind: 'task_closed'; step: string; because: Closing }
  | { kind: 'moved'; cadence: string; version: number }
  | { kind: 'reopened' }
  | { kind: 'begun_again'; because: AsleepWord; by: Wakener }
  | { kind: 'end'; outcome: OutcomeWord; cause: Cause }
)

/** Why a task closed by itself. */
export type Closing =
  | { code: 'lead_ended'; outcome: OutcomeWord }
  | { code: 'stage_over'; stage: string }
  | { code: 'play_over'; play: string }
  /** Of a task to mend a touch: that touch waits no more, or for another reason. */
  | { code: 'touch_over'; step: string }
  | { code: 'other_flaw'; step: string }

/** How a touch came out. Only `refused` (a 5xx) says something about the lead. */
export type TouchResult =
  | { kind: 'done' }
  /** Handed over, and the answer never came: it is not sent again. */
  | { kind: 'unconfirmed' }
  | { kind: 'refused'; hard: boolean }
  /** Retried for as long as makes sense, or nothing can be made of it any more. */
  | { kind: 'failed'; failure: Failure }

/** A lead nothing has happened to yet. `role` is the main contact's, when the list they came from says so. */
export function newLead(id: string, at: Instant, role?: Role): Lead {
  const facts = noFacts()
  if (role) facts.contacts[MAIN] = { value: { role }, at: 0, by: 'launch' }
  return {
    format: FORMAT,
    id,
    launchedAt: at,
    now: at,
    facts,
    stage: '',
    stageSince: at,
    spent: {},
    visits: [],
    visited: 0,
    earlier: [],
    urgency: '',
    standing: 'lead',
    offers: {},
    holds: [],
    heldInStage: 0,
    unanswered: [],
    tell: [],
    asked: [],
    told: {},
    given: [],
    aside: [],
    played: {},
    argued: {},
    seen: [],
    seq: 0,
  }
}

/**
 * A copy that may be changed. Written out, where a spread would do: leads that went different ways differ in shape for
 * the engine, which then copies them key by key; and every turn makes copies.
 */
export function copyOf(lead: Lead): Lead {
  const copy: Lead = {
    format: lead.format,
    id: lead.id,
    launchedAt: lead.launchedAt,
    now: lead.now,
    facts: lead.facts,
    stage: lead.stage,
    stageSince: lead.stageSince,
    spent: lead.spent,
    visits: lead.visits,
    visited: lead.visited,
    earlier: lead.earlier,
    urgency: lead.urgency,
    standing: lead.standing,
    offers: lead.offers,
    holds: lead.holds,
    heldInStage: lead.heldInStage,
    unanswered: lead.unanswered,
    tell: lead.tell,
    asked: lead.asked,
    told: lead.told,
    given: lead.given,
    aside: lead.aside,
    played: lead.played,
    argued: lead.argued,
    seen: lead.seen,
    seq: lead.seq,
  }
  if (lead.paused) copy.paused = lead.paused
  if (lead.held) copy.held = lead.held
  if (lead.delayed) copy.delayed = lead.delayed
  if (lead.ending) copy.ending = lead.ending
  if (lead.over) copy.over = lead.over
  return copy
}
