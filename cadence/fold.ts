/**
 * What reaches a lead from outside, and what it does to it: signals (something happened) and commands (a person
 * asks). Facts change by signals only; both may end the lead or set a play off, which `settle` then works out.
 */
import { addressee } from './addressee.ts'
import { type Facts, MAIN, openObjections, refusalWaits, replyWaits } from './facts.ts'
import type { Format } from './format.ts'
import { type Change, copyOf, type Lead, SEEN } from './lead.ts'
import { isFar, learn } from './learn.ts'
import { hearMending, tryAgain } from './mending.ts'
import { moved } from './move.ts'
import type { Plan, Play } from './plan.ts'
import type { Cause } from './reason.ts'
import { reopened } from './reopen.ts'
import type { Signal } from './signals.ts'
import { currentStage } from './stage.ts'
import type { Instant } from './time.ts'
import { judge } from './verdict.ts'
import { openVisit, visitOf } from './visits.ts'
import type { AsleepWord, OutcomeWord, Wakener } from './words.ts'

/** What a person asks of one lead. A pause lasts until it is resumed, or until its end. */
export type Command = { format: Format; seen: Instant } & (
  | { kind: 'pause'; until?: Instant }
  | { kind: 'resume' }
  | { kind: 'drop'; outcome: OutcomeWord }
  | { kind: 'move'; plan: Plan }
  | { kind: 'reopen' }
  /** Its workflow was lost, and Relance begins it again from what is recorded. */
  | { kind: 'begin_again'; because: AsleepWord; by: Wakener }
)

export type Arrival = Signal | Command

/**
 * Takes in one arrival.
 * @returns the lead and the plan as they are after it, and what to write on the timeline.
 */
export function fold(
  lead: Lead,
  plan: Plan,
  arrival: Arrival,
): { lead: Lead; plan: Plan; changes: Change[] } {
  const now = Math.max(lead.now, arrival.seen)
  const next = copyOf(lead)
  next.now = now
  if (next.delayed?.gate) delete next.delayed
  if ('type' in arrival) return { lead: next, plan, changes: foldSignal(next, plan, arrival) }
  switch (arrival.kind) {
    case 'pause':
      // Asked again, it is the last word that says until when.
      next.paused = {
        since: next.paused?.since ?? now,
        ...(arrival.until !== undefined && { until: arrival.until }),
      }
      return {
        lead: next,
        plan,
        changes: [
          {
            at: now,
            kind: 'hold',
            hold: 'paused',
            ...(arrival.until !== undefined && { until: arrival.until }),
          },
        ],
      }
    case 'resume': {
      const { paused, ...rest } = next
      if (!paused) return { lead: rest, plan, changes: [] }
      return {
        lead: rest,
        plan,
        changes: [{ at: now, kind: 'hold', hold: 'resumed' }],
      }
    }
    case 'drop':
      end(next, arrival.outcome, { code: 'dropped' })
      return { lead: next, plan, changes: [] }
    case 'reopen':
      return { lead: reopened(next, now), plan, changes: next.ending ? [{ at: now, kind: 'reopened' }] : [] }
    case 'begin_again': {
      const { because, by } = arrival
      return { lead: next, plan, changes: [{ at: now, kind: 'begun_again', because, by }] }
    }
    case 'move':
      tryAgain(next)
      return { ...moved(next, plan, arrival.plan), plan: arrival.plan }
  }
}

function foldSignal(lead: Lead, plan: Plan, signal: Signal): Change[] {
  if (lead.seen.includes(signal.id)) return []
  lead.seen = [...lead.seen, signal.id].slice(-SEEN)
  const before = lead.facts
  const { facts, counted } = learn(before, signal)
  lead.facts = facts
  if (facts.heard > before.heard) lead.unanswered = lead.unanswered.filter((at) => at > facts.heard)
  const change: Change = {
    at: lead.now,
    kind: 'signal',
    type: signal.type,
    id: signal.id,
    ...(signal.at !== lead.now && { happened: signal.at }),
    ...(signal.contact && { contact: signal.contact }),
  }
  const mending = hearMending(lead, signal)
  // An opt-out counts even where something newer is known of the address.
  const optsOut = signal.type === 'unsubscribed' || signal.type === 'email.complained'
  if (!counted && !optsOut) return [{ ...change, superseded: true }, ...mending]
  exits(lead, plan, signal)
  doubt(lead, signal)
  letGo(lead, signal)
  return [change, ...mending, ...sets(before, signal).flatMap((cause) => startPlays(lead, plan, cause))]
}

/** The mailbox sends again: what waits for it is planned anew, from now. */
function letGo(lead: Lead, { type, data }: Signal): void {
  if (type !== 'mailbox.resumed' || !lead.delayed) return
  const { delay } = lead.delayed
  if ('mailbox' in delay && delay.mailbox === data.mailbox) delete lead.delayed
}

/** A return that is more than a year away is asked about, not obeyed. */
function doubt(lead: Lead, { type, at, data }: Signal): void {
  const date =
    type === 'reply.automatic' ? data.returns : type === 'callback.requested' ? data.until : undefined
  if (date === undefined || !isFar(at, Number(date))) return
  lead.visited += 1
  lead.tell = [...lead.tell, { who: 'owner', waits: 'date', n: lead.visited }]
}

/**
 * The signals that may start plays. `contact.identified` does so only when it gives somebody another role. A contact
 * with an open objection who turns out to be a saboteur starts the plays on `objection.raised`, too.
 */
function sets(before: Facts, signal: Signal): Signal[] {
  if (signal.type !== 'contact.identified') return [signal]
  const contact = signal.contact ?? MAIN
  const { role } = signal.data
  if (before.contacts[contact]?.value.role === role) return []
  const objects = openObjections(before).some((topic) => before.objections[topic]?.from === contact)
  return role === 'saboteur' && objects ? [signal, { ...signal, type: 'objection.raised' }] : [signal]
}

function end(lead: Lead, outcome: OutcomeWord, cause: Cause): void {
  if (!lead.ending) lead.ending = { outcome, at: lead.now, cause }
}

/** The exits a signal causes by itself, whatever the cadence says; then the stage's own. */
function exits(lead: Lead, plan: Plan, signal: Signal): void {
  const contact = signal.contact ?? MAIN
  const main = contact === MAIN
  switch (signal.type) {
    case 'unsubscribed':
      if (main) end(lead, 'opted_out', { code: 'unsubscribed' })
      break
    case 'email.complained':
      if (main) end(lead, 'opted_out', { code: 'complained' })
      break
    case 'email.bounced':
      if (signal.data.hard === true && addressee(lead.facts, undefined) === undefined) {
        end(lead, 'unreachable', { code: 'address_unknown' })
      }
      break
    case 'contact.identified':
      // They said no before it was known that they decide, and the seller hasn't handled that reply yet.
      if (signal.data.role === 'decision_maker' && refusalWaits(lead.facts, contact)) {
        end(lead, 'lost', { code: 'decision_maker_refused' })
      }
      break
    case 'deal.won':
      end(lead, 'won', { code: 'deal_won' })
      break
    case 'deal.lost':
      end(lead, 'lost', { code: 'deal_lost' })
      break
    case 'reply.received':
      // Only a decision maker's no ends the lead; what anybody else's means is for the seller to decide.
      if (signal.data.refuses === true && lead.facts.contacts[contact]?.value.role === 'decision_maker') {
        end(lead, 'lost', { code: 'decision_maker_refused' })
      }
      break
    case 'colleague.replied':
      // A lead whose own reply waits for the seller isn't dropped: when two colleagues reply at once, both stay.
      if (plan.account === 'drop' && !replyWaits(lead.facts)) {
        end(lead, 'unresponsive', { code: 'colleague_replied' })
      }
      break
    case 'reply.handled':
      if (signal.data.then === 'end') end(lead, 'lost', { code: 'seller_ended' })
      break
  }
  if (!plan.stages.some((stage) => stage.on[signal.type])) return
  // A refusal in the middle of the proposal brings the lead back to the credit stage, whose exit it is.
  for (const id of [lead.stage, currentStage(lead, plan)]) {
    const exit = plan.stages.find((stage) => stage.id === id)?.on[signal.type]
    if (exit) end(lead, exit.end, { code: 'stage_exit', signal: signal.type, stage: id })
  }
}

/** The number of the visit of the current stage, or of the nurture; 0 where there is none. */
const currentVisit = (lead: Lead): number =>
  (visitOf(lead, 'nurture', 'nurture') ?? visitOf(lead, 'stage', lead.stage))?.n ?? 0

/** A play that runs once doesn't run again: for the lead, or in this visit. */
const mayRun = (lead: Lead, { id, once }: Play): boolean =>
  once === undefined ||
  lead.played[id] === undefined ||
  (once === 'per visit' && lead.played[id] !== currentVisit(lead))

/** Starts the plays of a signal. A play that is open isn't started again. */
function startPlays(lead: Lead, plan: Plan, signal: Signal): Change[] {
  const known = lead.facts.contacts[signal.contact ?? MAIN]?.value.role
  const role = signal.data.role ?? signal.data.by ?? known
  const starts = (play: Play): boolean =>
    play.on === signal.type &&
    visitOf(lead, 'play', play.id) === undefined &&
    (play.role === undefined || play.role === role) &&
    (play.when === undefined || judge(play.when, lead, plan).holds) &&
    mayRun(lead, play)
  return plan.plays.filter(starts).map((play) => {
    if (play.once) lead.played = { ...lead.played, [play.id]: currentVisit(lead) }
    const { n } = openVisit(lead, 'play', play.id)
    return { at: lead.now, kind: 'play', play: play.id, visit: n, on: signal.type }
  })
}
