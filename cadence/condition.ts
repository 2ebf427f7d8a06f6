/** The conditions of a cadence, compiled: plain data that travels in the workflow's input. */
import type { Wait } from './time.ts'
import type { CreditState, Deal, Demo, Interest, Need, Proposal, Role, Standing } from './words.ts'

export type FactValue = string | number | boolean

/** One thing that must hold. `all` of nothing holds; `any` of nothing doesn't. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  /** Interest of at least this grade. */
  | { interest: Interest }
  /** `approved` means approved, not stale (`credit.valid_for`), and with a limit that covers the amount. */
  | { credit: CreditState }
  | { need: Need }
  /** We heard from them within this time. */
  | { dialogue: Wait }
  /** Somebody with one of these roles is known at the lead. */
  | { authority: Role[] }
  /** This far at least: a demo that was held was booked, a proposal that was accepted was sent. */
  | { demo: Demo }
  | { proposal: Proposal }
  | { deal: Deal }
  | { standing: Standing }
  /** No more than this many objections are open. */
  | { open_objections: number }
  /** At least this long in the current stage. */
  | { stage_age: Wait }
  /** At least this many e-mails since we last heard from them. */
  | { unanswered: number }
  /** An offer is open and ends within this time. */
  | { offer_ends_within: Wait }
  /** Credit is approved and goes stale within this time. */
  | { credit_ends_within: Wait }
  /** The proposal's (or deal's) amount is at least this. */
  | { amount: number }
  /** A named fact of the team's own. */
  | { fact: string; is: FactValue }
  | { fact: string; at_least: number }
