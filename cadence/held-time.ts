/**
 * Held time: when a lead was on hold, so that none of it counts for a wait, an age or silence (docs/design.md, promise
 * 10). What is internal goes on during a hold, and real deadlines do too.
 */
import { replyWaits } from './facts.ts'
import { holdOf } from './hold.ts'
import type { Held, Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Instant } from './time.ts'

/** How many past holds are told apart; more than that, since the last touch, are counted as one. */
const MOST = 40

/**
 * Begins or ends the hold of a lead that is being changed, at `lead.now`. After a reply of their own, open waits begin
 * anew as it ends; after any other hold they go on where they stood.
 */
export function settleHold(lead: Lead, plan: Plan): void {
  const on = lead.ending ? undefined : holdOf(lead, plan)
  const { held } = lead
  if (on) {
    const since = held?.since ?? lead.now
    const reply = held?.reply || replyWaits(lead.facts)
    const account = held?.account || on.hold === 'account'
    lead.held = { since, ...(reply && { reply: true }), ...(account && { account: true }) }
    return
  }
  if (!held) return
  delete lead.held
  const span: Held = { from: held.since, to: lead.now }
  if (held.account && !held.reply) span.together = true
  lead.heldInStage += lead.now - Math.max(held.since, lead.stageSince)
  if (held.reply) lead.visits = lead.visits.map((visit) => ({ ...visit, anchor: lead.now }))
  const oldest = Math.min(...lead.visits.map(({ anchor }) => anchor))
  lead.holds = joined([...lead.holds, span].filter(({ to }) => to > oldest))
}

/** The oldest two as one of the same length, where there are too many. */
function joined(holds: Held[]): Held[] {
  const [first, second, ...rest] = holds
  if (holds.length <= MOST || !first || !second) return holds
  return [{ ...second, from: second.from - (first.to - first.from) }, ...rest]
}

/** Holds that a wait since `anchor` is interrupted by. */
export const holdsSince = (lead: Lead, anchor: Instant): Held[] => lead.holds.filter(({ to }) => to > anchor)

/** The instant that counts for ages: while a lead is on hold, it is the one at which that began. */
export const ageNow = (lead: Lead): Instant => Math.min(lead.now, lead.held?.since ?? lead.now)

/** Since when the lead's time in its stage counts: as if it had begun later by what was held. */
export const agedSince = (lead: Lead): Instant => lead.stageSince + lead.heldInStage

/**
 * A lead's place among those that are let go together, from 0 to 1: the same every time, and evenly spread over ids.
 * (FNV-1a over the id.)
 */
export function shareOf(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  // The last bits differ least between ids that end alike.
  hash ^= hash >>> 15
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) / 2 ** 32
}
