/**
 * A cadence played through for an imagined lead: the same turn and the same planner as the real one, with a list
 * for a calendar instead of a mailbox. What this prints is what the workflow does (DESIGN.md §4, promise 7).
 */

import { type Place, slot } from '../calendar/planner.ts'
import { complete, pass } from '../complete.ts'
import type { Decision, HoldWord, TouchOrder } from '../decide.ts'
import { fold } from '../fold.ts'
import { type Change, type Lead, newLead } from '../lead.ts'
import type { Plan } from '../plan.ts'
import type { Signal } from '../signals.ts'
import { type StandingVerdict, standing } from '../standing.ts'
import type { Instant } from '../time.ts'
import { turn } from '../turn.ts'
import type { OutcomeWord, Role } from '../words.ts'

export interface Rehearsal {
  calendar: { at: Instant; touch: TouchOrder; because: string; why: string }[]
  timeline: Change[]
  /** When it began to wait for something else than its next step, and when that was over (`hold` missing). */
  holds: { at: Instant; hold?: HoldWord; because: string }[]
  /** Which standing it was left in, and what the next one lacks. */
  standing: StandingVerdict
  /** How it ended, when it did before `until`. */
  outcome?: OutcomeWord
  ends?: Instant
  /** The lead as it was left, what it then waited for, and until when if something was planned. */
  lead: Lead
  because: string
  next?: { step: string; at: Instant }
  /** When it would have looked again, whatever was planned. */
  again?: Instant
}

export interface RehearsalOptions {
  from: Instant
  /** Played until this instant. */
  until: Instant
  /** IANA zone of the imagined lead. */
  zone: string
  /** Public holidays of its country, when the cadence observes them. */
  holidays?: string
  /** What happens, in any order; those after `until` are left out. */
  signals?: Signal[]
  /** The mailbox's spacing in milliseconds; e-mails go out on multiples of it. */
  spacing?: number
  /** The lead's id (it's in the touches' keys) and the main contact's role. */
  id?: string
  role?: Role
}

/** A cadence that turns more often than this in one rehearsal goes round in circles. */
const TURNS = 20_000

/**
 * Plays one lead through a cadence.
 * @throws RangeError when the cadence never lets time pass.
 */
export function rehearse(plan: Plan, options: RehearsalOptions): Rehearsal {
  const { from, until, zone, spacing = 1000 } = options
  const place: Place = { window: plan.window, limits: plan.limits, zone }
  if (options.holidays !== undefined) place.holidays = options.holidays
  const queue = (options.signals ?? []).filter((s) => s.seen <= until).sort((a, b) => a.seen - b.seen)
  const sent: Instant[] = []
  const calendar: Rehearsal['calendar'] = []
  const timeline: Change[] = []
  const holds: Rehearsal['holds'] = []
  let lead = newLead(options.id ?? 'rehearsal', from, options.role)
  let happened: Change[] = [{ at: from, kind: 'launched' }]

  for (let n = 0; n < TURNS; n++) {
    const current = turn(lead, plan, happened)
    const { decision, record } = current
    lead = current.lead
    timeline.push(...record.changes)
    happened = []
    const { hold, because } = record.view
    if (hold !== holds.at(-1)?.hold) holds.push({ at: lead.now, because, ...(hold && { hold }) })
    const ended = { calendar, timeline, holds, lead, because, standing: standing(lead, plan) }
    if (decision.kind === 'end' && lead.ending)
      return { ...ended, outcome: lead.ending.outcome, ends: lead.now }

    const book = { lead: sent, account: sent }
    const planned =
      'want' in decision
        ? slot(decision.want, place, book, lead.now, spacing, (t) => onGrid(t, spacing))
        : undefined
    const missed =
      'want' in decision &&
      decision.want.before !== undefined &&
      planned !== undefined &&
      planned.at >= decision.want.before
    const wake = Math.min(
      (missed ? undefined : planned?.at) ?? Number.POSITIVE_INFINITY,
      decision.again ?? Number.POSITIVE_INFINITY,
    )
    const next = queue[0]
    if (next && next.seen <= wake) {
      queue.shift()
      const folded = fold(lead, plan, next)
      lead = folded.lead
      happened = folded.changes
      continue
    }
    if (wake > until) return { ...ended, ...waiting(decision, planned?.at) }
    lead = { ...lead, now: wake }
    // What changes at this very instant comes before what was planned for it.
    if (missed || planned?.at !== wake || decision.again === wake) continue
    if (decision.kind === 'pass') lead = pass(lead, plan, wake)
    if (decision.kind !== 'touch') continue
    if (decision.touch.kind === 'email') sent.push(wake)
    calendar.push({ at: wake, touch: decision.touch, because: decision.because, why: planned.why.join('; ') })
    const done = complete(lead, plan, decision.touch, { kind: 'done' }, wake)
    lead = done.lead
    happened = done.changes
  }
  throw new RangeError(`cadence ${plan.cadence} goes round in circles at ${new Date(lead.now).toISOString()}`)
}

function waiting(decision: Decision, at: Instant | undefined): Pick<Rehearsal, 'next' | 'again'> {
  const said: Pick<Rehearsal, 'next' | 'again'> = {}
  if (decision.kind === 'touch' && at !== undefined) said.next = { step: decision.touch.step, at }
  if (decision.again !== undefined) said.again = decision.again
  return said
}

const onGrid = (at: Instant, spacing: number): Instant => Math.ceil(at / spacing) * spacing
