/**
 * Reasons as data: a code with values, made by the rules and stored and sent as such. `reasons/` has the words, one
 * renderer a language, given the reader's zone; no code compares prose. Instants are milliseconds, contacts and leads
 * are ids: nothing here is personal.
 */
import type { FactValue } from './condition.ts'
import type { TextFault } from './error-values.ts'
import type { MailFault } from './mail-faults.ts'
import type { Anchor, Base, Cap } from './plan.ts'
import type { SignalType } from './signals.ts'
import type { Instant, Wait } from './time.ts'
import type {
  CreditState,
  Deal,
  Demo,
  Interest,
  Need,
  OutcomeWord,
  Proposal,
  Role,
  Staff,
  Standing,
  Waiting,
} from './words.ts'

/** What one condition looked at: what is the case, what was asked for, and whether it holds. */
export type Criterion = { holds: boolean } & (
  | { code: 'interest'; has: Interest; wants: Interest }
  | { code: 'need'; has: Need; wants: Need }
  /** `stale`: since when it is; `short`: the amount that its limit is below. */
  | {
      code: 'credit'
      state: CreditState
      since?: Instant
      stale?: Instant
      limit?: number
      short?: number
      provider?: string
      ref?: string
    }
  /** `last`: when we last heard from them; missing for never. */
  | { code: 'dialogue'; last?: Instant; by?: 'reply' | 'signal'; within: Wait }
  | { code: 'authority'; has?: Role; wants: Role[] }
  | { code: 'demo'; has: Demo; wants: Demo }
  | { code: 'proposal'; has: Proposal; wants: Proposal }
  | { code: 'deal'; has: Deal; wants: Deal }
  | { code: 'standing'; has: Standing; wants: Standing }
  | { code: 'open_objections'; has: number; most: number }
  | { code: 'stage_age'; stage: string; since: Instant; wants: Wait }
  | { code: 'unanswered'; has: number; wants: number }
  | { code: 'offer_ends'; offer: string; at: Instant }
  | { code: 'no_offer_ends'; within: Wait }
  /** `at` is missing where the credit does not lapse. */
  | { code: 'credit_ends'; at?: Instant; within: Wait }
  | { code: 'amount'; has: number; wants: number }
  | { code: 'fact'; name: string; has?: FactValue; is?: FactValue; atLeast?: number }
  /** All that a qualified prospect lacks. */
  | { code: 'deal_to_win' }
)

/** Why a lead ended. */
export type Cause =
  | { code: 'unsubscribed' }
  | { code: 'complained' }
  | { code: 'address_unknown' }
  | { code: 'decision_maker_refused' }
  | { code: 'deal_won' }
  | { code: 'deal_lost' }
  | { code: 'colleague_replied' }
  | { code: 'seller_ended' }
  | { code: 'stage_exit'; signal: SignalType; stage: string }
  | { code: 'dropped' }
  | { code: 'stage_unanswered'; stage: string }
  | { code: 'nurture_over' }
  | Quoted

/** What keeps a touch from happening whatever its time is (the gate). */
export type Gate = 'erased' | 'ended' | 'paused' | 'signal' | 'halted' | 'suppressed' | 'behind'

/** Why a touch was put off. */
export type Delay =
  | { code: 'moment_missed' }
  /** A timer of another clock went off: its moment is still to come. */
  | { code: 'too_early' }
  | { code: 'slot_given_up' }
  | { code: 'mailbox_unknown'; mailbox: string }
  /** What kind of trouble the way to the mail server was. */
  | { code: 'mail_not_now'; trouble: 'server' | 'network' | 'timeout' | 'configuration' }
  /** The recipient's mailbox takes nothing now. */
  | { code: 'recipient_not_now'; why: 'full' | 'disabled' }
  /** The server's reply says nothing that can be read. */
  | { code: 'mail_unreadable' }
  /** A fault of ours: the e-mail was refused for it, or the mailbox sends nothing until it is mended. */
  | { code: 'mailbox_refused'; mailbox: string; fault: MailFault }
  | { code: 'mailbox_paused'; mailbox: string; fault: MailFault }
  /** `error`: a code of the system's, as `ECONNREFUSED`. */
  | { code: 'provider_unreachable'; error: string }
  /** `status`: HTTP. */
  | { code: 'provider_busy'; status: number }
  | { code: 'gate_closed'; gate: Gate }
  | Flaw
  | Quoted

/** Why a touch can't be made as things are, until a person mends it: its text can't be written, or nobody has the address. */
export type Flaw =
  | { code: 'text_unwritable'; why: TextFault }
  /** `contact`: its id. */
  | { code: 'address_missing'; contact: string }

/** Why a touch can't be carried out at all. `no_address` and `no_template` of a touch are in what older code wrote. */
export type Failure =
  | { code: 'offer_over' }
  | { code: 'no_address' }
  /** `locale`: the reader's language; missing in what older code wrote. */
  | { code: 'no_template'; template: string; locale?: string }
  /** A stable error code with its values, as the table of errors has it. */
  | { code: 'error'; error: string; values: Record<string, unknown> }
  | { code: 'tried_for_days'; delay: Delay }
  | { code: 'provider_refused'; status: number }
  | Quoted

/** Why then: what decided on a moment, in the order in which it did. */
export type Timing =
  /** `timeout`: a provider's time, before the waits; `held`: milliseconds that counted for none of them. */
  | { code: 'waited'; waits: Wait[]; pace: number; after: Instant; timeout?: Wait; held?: number }
  /** So long before or after a date (`shift`), at a time of day in minutes (`time`). */
  | { code: 'dated'; of: Anchor['of']; base: Base; shift?: Wait & { sign: 1 | -1 }; time?: number }
  /** Leads of one account that were let go together are written to one after the other. */
  | { code: 'spread'; after: Instant }
  /** `day` is a calendar date, as `2026-12-25`. */
  | { code: 'holiday'; day: string; name: string }
  /** The team's own closed days, as calendar dates. */
  | { code: 'closed'; from: string; to: string }
  | { code: 'not_before'; at: Instant }
  | { code: 'window_opens'; at: Instant }
  /** `kind` is left out in what format 2 wrote: rolling. */
  | { code: 'cap'; of: 'lead' | 'account'; kind?: Cap['kind']; count: number; per: Wait; next: Instant }
  | { code: 'mailbox_free'; at: Instant }
  | { code: 'before_deadline'; at: Instant }
  | Quoted

/** Where a step belongs: a stage with its goal, a play, or the nurture with its rhythm. */
export type Part =
  | { kind: 'stage'; id: string; goal: Criterion[] }
  | { kind: 'play'; id: string }
  | { kind: 'nurture'; n: number; every: Wait; until: Instant }

/** Why a lead does what it does next, or waits. */
export type Because =
  | { code: 'ended'; outcome: OutcomeWord; cause: Cause }
  | { code: 'every_goal_met' }
  | { code: 'paused'; since: Instant; until?: Instant }
  | { code: 'reply_waits'; since: Instant }
  /** The seller answered a reply with `then: hold` (the hold `held`). */
  | { code: 'kept_still'; since: Instant }
  /** `lead`: the colleague's. */
  | { code: 'colleague_waits'; since: Instant; lead: string }
  | { code: 'callback'; until: Instant }
  | { code: 'out_of_office'; until: Instant }
  | { code: 'urgency_rose'; level: string; who: Staff }
  /** `task`: the step of the task that waits. */
  | { code: 'people_waited_for'; waits: Waiting; who: Staff; task?: string }
  /** `unmet` is empty where the step's offer has ended. */
  | { code: 'passes_over'; part: Part; step: string; unmet: Criterion[] }
  /** `hurry`: a pace that changes the wait; `back`: the contact is away until then. */
  | {
      code: 'step'
      part: Part
      step: string
      wait?: Wait
      hurry?: { pace: number; level: string }
      back?: { contact: string; until: Instant }
    }
  | { code: 'proposal_waits'; part: Part; step: string; credit: Criterion }
  | { code: 'nobody_known'; role: Role }
  | { code: 'role_awaited'; role: Role }
  /** The step waits for the task of another, at most until `patience` after `due`. */
  | { code: 'task_awaited'; part: Part; step: string; task: string; due: Instant; patience: Wait }
  | { code: 'challenged'; since: Instant; stage: string }
  /** `goal` is empty where the play has none and ends with its steps. */
  | { code: 'play_holds'; play: string; stage: string; goal: Criterion[] }
  | { code: 'stage_waits'; stage: string; goal: Criterion[] }
  | { code: 'stage_passes'; stage: string; goal: Criterion[]; then: OutcomeWord | 'nurture' }
  | { code: 'no_such_stage'; stage: string }
  | { code: 'no_nurture' }
  | { code: 'put_off'; what: Because; delay: Delay }
  | { code: 'not_started' }
  | { code: 'reopened_not_started' }
  | Quoted

/** A sentence of format 1, which had no codes, kept as it was because no code stands for it. */
export type Quoted = { code: 'quoted'; text: string }

/** Any of them; their codes are all different. */
export type Reason = Criterion | Cause | Delay | Failure | Timing | Because
export type ReasonCode = Reason['code']
/** The reason with a code. */
export type ReasonOf<Code extends ReasonCode> = Extract<Reason, { code: Code }>
