/** Which of lead, prospect, qualified prospect and customer somebody is: derived from facts, never set by hand. */
import type { Condition } from './condition.ts'
import { creditworthy } from './credit.ts'
import { criteria } from './criteria.ts'
import type { Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Criterion } from './reason.ts'
import type { Instant } from './time.ts'
import { againOf, judge, sooner } from './verdict.ts'
import type { Standing } from './words.ts'

/** What it takes to stand higher. */
export interface StandingDetail {
  standing: Standing
  /** What the next standing still lacks; empty for a customer. */
  missing: Criterion[]
  /** The next standing, and all of its rule, met or not; missing for a customer. */
  next?: { standing: Standing; rule: Criterion[] }
  /** Interested, and credit isn't decided yet: kept warm, never sent a proposal. */
  early: boolean
}

/** Derives the standing at `lead.now` from the cadence's `prospect` and `qualified` rules (docs/design.md §1). */
export function standing(lead: Lead, plan: Plan): Standing {
  if (lead.facts.deal.value === 'won') return 'customer'
  if (!judge(plan.prospect, lead, plan).holds) return 'lead'
  return judge(plan.qualified, lead, plan).holds ? 'qualified' : 'prospect'
}

/** When time alone may change it. */
export const standingAgain = (lead: Lead, plan: Plan): Instant | undefined =>
  lead.facts.deal.value === 'won'
    ? undefined
    : sooner(againOf(plan.prospect, lead, plan), againOf(plan.qualified, lead, plan))

/** The standing with what the next one looks at, and lacks. */
export function standingDetail(lead: Lead, plan: Plan): StandingDetail {
  const reached = standing(lead, plan)
  if (reached === 'customer') return { standing: reached, missing: [], early: false }
  const [next, rule]: [Standing, Condition] =
    reached === 'lead' ? ['prospect', plan.prospect] : ['qualified', plan.qualified]
  const found = parts(rule).flatMap((part) => criteria(part, lead, plan))
  const lacking = parts(rule)
    .filter((part) => !judge(part, lead, plan).holds)
    .flatMap((part) => criteria(part, lead, plan))
  return {
    standing: reached,
    missing: reached === 'qualified' ? [{ code: 'deal_to_win', holds: false }] : lacking,
    next: { standing: next, rule: found },
    early: early(lead, plan),
  }
}

const parts = (rule: Condition): Condition[] => ('all' in rule ? rule.all : [rule])

/** Interested, and credit isn't decided. Refused credit is a decision, so it is no early stage. */
function early(lead: Lead, plan: Plan): boolean {
  const { facts } = lead
  return (
    facts.interest.value !== 'none' &&
    facts.credit.value.state !== 'refused' &&
    !creditworthy(lead, plan).holds
  )
}
