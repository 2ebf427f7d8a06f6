/** What a credit decision is worth now: as monitoring changed it, until it goes stale, up to its limit. */
import type { Credit, Dated, Facts } from './facts.ts'
import type { Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import { addFixed, type Instant } from './time.ts'

/**
 * The word on credit that counts, with the limit and the rating it has now: the last one, but an approval that is
 * still good stays one while it is asked for again, so that renewing it in time interrupts nothing.
 */
export function creditNow(lead: Lead, plan: Plan): Dated<Credit> {
  const { facts } = lead
  const last = monitored(facts.credit, facts)
  if (last.value.state !== 'pending') return last
  const decided = monitored(facts.decided, facts)
  return isGood(decided, lead, plan) ? decided : last
}

/** A word on credit, with the limit and the rating that monitoring has reported since. */
function monitored(word: Dated<Credit>, { monitored: { limit, rating } }: Facts): Dated<Credit> {
  if (!limit && !rating) return word
  const value = { ...word.value }
  if (limit && limit.at >= word.at) value.limit = limit.value
  if (rating && rating.at >= word.at) value.rating = rating.value
  return { ...word, value }
}

/** When a word on credit goes stale; undefined when it is no approval, or never does. */
export const staleFrom = ({ value, at }: Dated<Credit>, plan: Plan): Instant | undefined =>
  value.state === 'approved' && plan.credit.validFor ? addFixed(at, plan.credit.validFor) : undefined

/** Whether its limit is below the amount in question. */
export const isShort = ({ value }: Dated<Credit>, { facts }: Lead): boolean =>
  value.limit !== undefined && value.limit < facts.amount.value

function isGood(word: Dated<Credit>, lead: Lead, plan: Plan): boolean {
  const ends = staleFrom(word, plan)
  const fresh = ends === undefined || lead.now < ends
  return word.value.state === 'approved' && fresh && !isShort(word, lead)
}

/** When an approved credit goes stale; undefined when it isn't approved or never does. */
export const creditEnds = (lead: Lead, plan: Plan): Instant | undefined =>
  staleFrom(creditNow(lead, plan), plan)

/** Whether credit is approved, not stale, and covers the amount in question; and when time alone ends that. */
export function creditworthy(lead: Lead, plan: Plan): { holds: boolean; again?: Instant } {
  const word = creditNow(lead, plan)
  const ends = staleFrom(word, plan)
  const holds = isGood(word, lead, plan)
  return ends !== undefined && lead.now < ends ? { holds, again: ends } : { holds }
}
