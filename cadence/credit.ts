/** What a credit decision is worth now: as monitoring changed it, until it goes stale, up to its limit. */
import type { Credit, Facts } from './facts.ts'
import type { Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import { addFixed, ago, day, type Instant } from './time.ts'

/** The decision with the limit and the rating it has now. Monitoring speaks of the decision before it, not after. */
export function creditNow({ credit, monitored }: Facts): Credit {
  return monitored.at >= credit.at ? { ...credit.is, ...monitored.is } : credit.is
}

/** When an approved credit goes stale; undefined when it isn't approved or never does. */
export function creditEnds(lead: Lead, plan: Plan): Instant | undefined {
  const { credit } = lead.facts
  if (credit.is.state !== 'approved' || !plan.credit.validFor) return undefined
  return addFixed(credit.at, plan.credit.validFor)
}

/**
 * Whether credit is approved, not stale, and covers the amount in question; and how that reads:
 * `credit pending since 12 days (creditsafe ref 8841)`.
 */
export function creditworthy(lead: Lead, plan: Plan): { holds: boolean; says: string; again?: Instant } {
  const { amount, credit } = lead.facts
  const { state, limit, provider, ref } = creditNow(lead.facts)
  const ends = creditEnds(lead, plan)
  const stale = ends !== undefined && lead.now >= ends
  const short = limit !== undefined && limit < amount.is
  const since =
    credit.at === 0 ? '' : stale ? ` but stale since ${day(ends)}` : ` since ${ago(credit.at, lead.now)}`
  const low = state === 'approved' && short ? `, but its limit ${limit} is below the amount ${amount.is}` : ''
  const from = [provider, ref && `ref ${ref}`].filter(Boolean).join(' ')
  const verdict = {
    holds: state === 'approved' && !stale && !short,
    says: `credit ${state}${since}${low}${from ? ` (${from})` : ''}`,
  }
  return ends !== undefined && !stale ? { ...verdict, again: ends } : verdict
}
