/** What a credit decision is worth now: as monitoring changed it, until it goes stale, up to its limit. */
import type { Credit, Dated, Facts } from './facts.ts'
import type { Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import { addFixed, ago, day, type Instant } from './time.ts'

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

/** Monitoring speaks of the decision before it, not after. */
function monitored(word: Dated<Credit>, { monitored: { limit, rating } }: Facts): Dated<Credit> {
  const value = { ...word.value }
  if (limit && limit.at >= word.at) value.limit = limit.value
  if (rating && rating.at >= word.at) value.rating = rating.value
  return { ...word, value }
}

const staleFrom = ({ value, at }: Dated<Credit>, plan: Plan): Instant | undefined =>
  value.state === 'approved' && plan.credit.validFor ? addFixed(at, plan.credit.validFor) : undefined

const isShort = ({ value }: Dated<Credit>, { facts }: Lead): boolean =>
  value.limit !== undefined && value.limit < facts.amount.value

function isGood(word: Dated<Credit>, lead: Lead, plan: Plan): boolean {
  const ends = staleFrom(word, plan)
  const fresh = ends === undefined || lead.now < ends
  return word.value.state === 'approved' && fresh && !isShort(word, lead)
}

/** When an approved credit goes stale; undefined when it isn't approved or never does. */
export const creditEnds = (lead: Lead, plan: Plan): Instant | undefined =>
  staleFrom(creditNow(lead, plan), plan)

/**
 * Whether credit is approved, not stale, and covers the amount in question; and how that reads:
 * `credit pending since 12 days (creditsafe ref 8841)`.
 */
export function creditworthy(lead: Lead, plan: Plan): { holds: boolean; says: string; again?: Instant } {
  const word = creditNow(lead, plan)
  const { state, limit, provider, ref } = word.value
  const ends = staleFrom(word, plan)
  const stale = ends !== undefined && lead.now >= ends
  const since =
    word.at === 0 ? '' : stale ? ` but stale since ${day(ends)}` : ` since ${ago(word.at, lead.now)}`
  const low =
    state === 'approved' && isShort(word, lead)
      ? `, but its limit ${limit} is below the amount ${lead.facts.amount.value}`
      : ''
  const from = [provider, ref && `ref ${ref}`].filter(Boolean).join(' ')
  const verdict = {
    holds: isGood(word, lead, plan),
    says: `credit ${state}${since}${low}${from ? ` (${from})` : ''}`,
  }
  return ends !== undefined && !stale ? { ...verdict, again: ends } : verdict
}
