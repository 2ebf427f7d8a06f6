/**
 * A cadence played through for one lead: the same turn and the same planner as the real one, with a list for a calendar
 * instead of a mailbox. What this prints is what the workflow does (docs/design.md §4, promise 7).
 */

import { complete, pass, passOver } from '../after-attempt.ts'
import { type Slot, slot } from '../calendar/planner.ts'
import { recipientRulesOf } from '../calendar/recipient-rules.ts'
import type { Decision } from '../decide.ts'
import { RelanceError } from '../errors.ts'
import { type Arrival, fold } from '../fold.ts'
import { holdOf } from '../hold.ts'
import { type Change, type Lead, newLead } from '../lead.ts'
import { putAside } from '../mending.ts'
import type { Plan } from '../plan.ts'
import type { Because, Flaw, Timing } from '../reason.ts'
import type { Signal } from '../signals.ts'
import type { Instant } from '../time.ts'
import { isSameRequest, type MomentRequest, type Touch, withPlanned } from '../touch.ts'
import { advance } from '../turn.ts'
import { type HoldWord, type OutcomeWord, type Role, writesToPerson } from '../words.ts'

/** One touch of the calendar; why it and why then are made when they are called. */
export interface Rehearsed {
  at: Instant
  touch: Touch
  because: () => Because
  why: Timing[]
}

export interface Rehearsal {
  calendar: Rehearsed[]
  timeline: Change[]
  /** When a hold began, and when it was over (`hold` missing). */
  holds: { at: Instant; hold?: HoldWord; because: () => Because }[]
  /** How it ended, when it did before `until`. */
  outcome?: OutcomeWord
  ends?: Instant
  /** The lead as it was left, what it then waited for, and until when if something was planned. */
  lead: Lead
  because: () => Because
  next?: { step: string; at: Instant }
  /** When it would have looked again, whatever was planned. */
  again?: Instant
}

export interface RehearsalOptions {
  from: Instant
  /** Played until this instant. */
  until: Instant
  /** IANA zone of the lead. */
  zone: string
  /** Its country, where it is known: whose public holidays and working week count, when the cadence observes them. */
  country?: string | null
  /** The part of it, where holidays are known of that: `DE-BY`. */
  region?: string | null
  /** What happens and what people ask, in any order; those after `until` are left out. */
  signals?: readonly Arrival[]
  /** The mailbox's spacing in milliseconds; e-mails go out on multiples of it. */
  spacing?: number
  /** A lead as it is, to go on with; one that is launched at `from` when left out. */
  lead?: Lead
  /** When e-mails went out to it before, and to its account (its own among them): the caps count them. */
  sent?: { lead: readonly Instant[]; account: readonly Instant[] }
  /** People do what the tasks ask for: by the due date, or at once where there is none. */
  tasksDone?: true
  /** What keeps a touch from being made, where that is known: the lead waits at it, and nobody mends it. */
  flawOf?: (touch: Touch, at: Instant) => Flaw | undefined
  /** A new lead's id (it's in the touches' keys), and its main contact's role. */
  id?: string
  role?: Role
}

/** A cadence that turns more often than this in one rehearsal goes round in circles. */
const TURNS = 20_000

/**
 * Plays one lead through a cadence.
 * @throws RelanceError `goes_in_circles` when the cadence never lets time pass.
 */
export function rehearse(plan: Plan, options: RehearsalOptions): Rehearsal {
  const { from, until, zone, country = null, region = null, spacing = 1000, sent } = options
  const rules = recipientRulesOf(plan, { zone, country, region })
  const queue = (options.signals ?? []).filter((s) => s.seen <= until).sort((a, b) => a.seen - b.seen)
  const book = { lead: [...(sent?.lead ?? [])], account: [...(sent?.account ?? [])] }
  const free = (t: Instant): Instant => Math.ceil(t / spacing) * spacing
  const calendar: Rehearsed[] = []
  const timeline: Change[] = []
  const holds: Rehearsal['holds'] = []
  let lead = options.lead ?? newLead(options.id ?? 'rehearsal', from, options.role)
  let happened: Change[] = options.lead ? [] : [{ at: from, kind: 'launched' }]
  if (lead.now < from) lead = { ...lead, now: from }
  let next = 0
  /** Where a turn wants the same as the last one, the moment stays, as it does in the workflow. */
  let kept: { want: MomentRequest; planned: Slot } | undefined

  for (let n = 0; n < TURNS; n++) {
    const current = advance(lead, plan, happened)
    const { decision } = current
    const { because } = decision
    lead = current.lead
    timeline.push(...current.changes)
    happened = []
    const held = holdOf(lead, plan)
    if (held?.hold !== holds.at(-1)?.hold) {
      holds.push({
        at: lead.now,
        because: held ? () => held.because : because,
        ...(held && { hold: held.hold }),
      })
    }
    if (decision.kind === 'end' && lead.ending) {
      const { outcome } = lead.ending
      return { calendar, timeline, holds, lead, because, outcome, ends: lead.now }
    }
    const want = 'want' in decision ? decision.want : undefined
    const stays = kept && want && lead.now <= kept.planned.at && isSameRequest(kept.want, want)
    const planned = stays ? kept?.planned : want && slot(want, rules, book, lead.now, spacing, free)
    kept = want && planned && { want, planned }
    const at = planned?.at
    const wake = Math.min(at ?? Number.POSITIVE_INFINITY, decision.again ?? Number.POSITIVE_INFINITY)
    const signal = queue[next]
    if (signal && signal.seen <= wake) {
      next += 1
      const folded = fold(lead, plan, signal)
      lead = folded.lead
      happened = folded.changes
      continue
    }
    if (wake > until) return { calendar, timeline, holds, lead, because, ...waiting(decision, planned?.at) }
    // What changes with time alone at this instant comes first; what was planned for it is decided anew.
    if (planned === undefined || at !== wake || decision.again === wake) {
      lead = { ...lead, now: wake }
      continue
    }
    kept = undefined
    if (decision.kind === 'pass') lead = pass(lead, plan, wake)
    if (decision.kind === 'skip') {
      const { visit, unmet } = decision
      const passed = passOver(lead, { step: decision.step.id, visit, unmet: unmet() }, wake)
      lead = passed.lead
      happened = passed.changes
    }
    if (decision.kind !== 'touch') continue
    const touch = withPlanned(decision.touch, planned)
    const flaw = options.flawOf?.(touch, wake)
    if (flaw) {
      const put = putAside(lead, touch, wake, flaw)
      lead = put.lead
      happened = put.changes
      continue
    }
    if (writesToPerson(touch.kind)) {
      book.lead.push(wake)
      book.account.push(wake)
    }
    calendar.push({ at: wake, touch, because, why: planned.why })
    const done = options.tasksDone && doing(touch, wake)
    if (done && done.seen <= until) enqueue(queue, next, done)
    const completed = complete(lead, plan, touch, { kind: 'done' }, wake)
    lead = completed.lead
    happened = completed.changes
  }
  throw new RelanceError('goes_in_circles', {
    cadence: plan.cadence,
    at: new Date(lead.now).toISOString(),
  })
}

/** What is heard of a task when a person does it; nobody can say when something will have been mended. */
function doing({ kind, key, step, visit, dueAt: at, asks }: Touch, given: Instant): Signal | undefined {
  if (kind !== 'task' || asks?.code === 'mend') return undefined
  return { id: `done:${key}`, type: 'task.done', at: at ?? given, seen: at ?? given, data: { step, visit } }
}

/** Puts a signal among those to come (from `next` on), by when it comes in. */
function enqueue(queue: Arrival[], next: number, signal: Signal): void {
  const behind = queue.findIndex(({ seen }, i) => i >= next && seen > signal.seen)
  queue.splice(behind < 0 ? queue.length : behind, 0, signal)
}

function waiting(decision: Decision, at: Instant | undefined): Pick<Rehearsal, 'next' | 'again'> {
  const said: Pick<Rehearsal, 'next' | 'again'> = {}
  if (decision.kind === 'touch' && at !== undefined) said.next = { step: decision.touch.step, at }
  if (decision.again !== undefined) said.again = decision.again
  return said
}
