/**
 * One turn of the loop: settle, decide, and what has to be written down. The workflow calls `turn()`, the rehearsal
 * `advance()`, which is the same without the writing: so they can't differ.
 */
import { type Decision, decide } from './decide.ts'
import { holdOf } from './hold.ts'
import type { Change, Ending, Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Because, Criterion } from './reason.ts'
import { settle } from './settle.ts'
import { standingDetail } from './standing.ts'
import type { Over } from './tasks.ts'
import type { Instant } from './time.ts'
import type { MomentRequest } from './touch.ts'
import { offerEnds } from './verdict.ts'
import type { HoldWord, Standing, StepKind } from './words.ts'

/** How far a lead is, and how it got there. */
export interface Progress {
  /** The next standing, and its rule, part by part; missing for a customer. */
  next?: { standing: Standing; rule: Criterion[] }
  /** Early stage: interested, and credit isn't decided yet. */
  early: boolean
  /** When the stage began, and milliseconds spent in each stage before that. */
  since: Instant
  spent: Record<string, number>
  /** When each offer ends, or ended. */
  offers: Record<string, Instant>
  /** How often each benefit was argued. */
  argued: Lead['argued']
}

/** The read model: what a turn writes into the lead's row, for lists and explanations. */
export interface View {
  cadence: string
  version: number
  standing: Standing
  missing: Criterion[]
  progress: Progress
  stage: string
  urgency: string
  hold?: HoldWord
  outcome?: Ending
  /** What comes next; the planner adds when. `moment`: the stage's `otherwise`. */
  next?: { step: string; kind: StepKind | 'moment' }
  because: Because
}

/** A lead settled and decided, and what changed on the way. */
export interface Turned {
  lead: Lead
  decision: Decision
  changes: Change[]
  /** The tasks that close by it. */
  over: Over[]
}

/**
 * What one turn leaves behind. Recording it twice is recording it once: of two turns of a lead, the one that was taken
 * further on in its history stands, and what an execution that Temporal gave up had recorded is replaced by it.
 */
export interface TurnRecord {
  lead: string
  /** The rules' now. */
  now: Instant
  /** Number of the first change; the others count up from it. */
  seq: number
  changes: Change[]
  /**
   * How many events the lead's history had when the turn was taken, over all of its runs; the workflow says so. Left
   * out in a run that older code began: there, the later `seq` stands.
   */
  position?: number
  /**
   * When Temporal began the workflow task in which it was taken, by its server's clock. Histories of executions that were
   * given up one after the other can be equally long: then the one that began last stands.
   */
  taskAt?: Instant
  view: View
  facts: Lead['facts']
  /** The tasks that close by themselves. */
  over?: Over[]
  /** All of a lead that hasn't ended, so that its workflow can be begun again. Left out by older code. */
  state?: Lead
  /** With an ended lead's last turn: all of it, so that a person can reopen it. */
  final?: Lead
  /** What to plan a moment for; nothing when the lead rests or ended. */
  want?: MomentRequest
  /** When to look again, whatever else. */
  again?: Instant
}

/** A turn with what is to be written down. */
export interface Turn extends Turned {
  record: TurnRecord
}

/**
 * Settles and decides.
 * @param before - the lead, after whatever happened to it.
 * @param happened - the lines that put on its timeline already; they are numbered here.
 */
export function advance(before: Lead, plan: Plan, happened: Change[]): Turned {
  const { lead, changes: settled, over } = settle(before, plan)
  const changes = [...happened, ...settled]
  lead.seq += changes.length
  const decision = decide(lead, plan)
  if (decision.kind === 'end' && lead.ending && !lead.over) {
    const { outcome, cause } = lead.ending
    changes.push({ at: lead.now, kind: 'end', outcome, cause })
    lead.seq += 1
    lead.over = true
  }
  return { lead, decision, changes, over }
}

/** Settles, decides, and says what is to be written down. */
export function turn(before: Lead, plan: Plan, happened: Change[]): Turn {
  const turned = advance(before, plan, happened)
  const { lead, decision, changes, over } = turned
  const record: TurnRecord = {
    lead: lead.id,
    now: lead.now,
    seq: before.seq + 1,
    changes,
    view: view(lead, plan, decision),
    facts: lead.facts,
  }
  if (over.length > 0) record.over = over
  if (decision.kind === 'end') record.final = lead
  else record.state = lead
  if ('want' in decision) record.want = decision.want
  if (decision.again !== undefined) record.again = decision.again
  return { ...turned, record }
}

function view(lead: Lead, plan: Plan, decision: Decision): View {
  const { missing, next, early } = standingDetail(lead, plan)
  const offers = Object.fromEntries(
    Object.keys(lead.offers).map((offer) => [offer, offerEnds(lead, offer) as Instant]),
  )
  const { stageSince: since, spent, argued } = lead
  const shown: View = {
    cadence: plan.cadence,
    version: plan.version,
    standing: lead.standing,
    missing,
    progress: { ...(next && { next }), early, since, spent, offers, argued },
    stage: lead.stage,
    urgency: lead.urgency,
    because: decision.because(),
  }
  const held = lead.ending ? undefined : holdOf(lead, plan)
  if (held) shown.hold = held.hold
  if (lead.ending) shown.outcome = lead.ending
  if (decision.kind === 'touch') shown.next = { step: decision.touch.step, kind: decision.touch.kind }
  if (decision.kind === 'skip') shown.next = { step: decision.step.id, kind: 'moment' }
  if (decision.kind === 'pass') shown.next = { step: 'otherwise', kind: 'moment' }
  return shown
}
