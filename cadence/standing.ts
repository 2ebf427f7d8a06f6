/** Which of lead, prospect, qualified prospect and customer somebody is: derived from facts, never set by hand. */
import type { Condition } from './condition.ts'
import { creditworthy } from './credit.ts'
import type { Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Instant } from './time.ts'
import { check, sooner } from './verdict.ts'
import type { Standing } from './words.ts'

export interface StandingVerdict {
  standing: Standing
  /** What the next standing still lacks, in words; empty for a customer. */
  missing: string[]
  /** All of the next standing's rule, met or not: `prospect: credit pending since 12 days, interest comparing`. */
  says: string
  /** Interested, and credit isn't decided yet: kept warm, never sent a proposal. */
  early: boolean
  /** When time alone may change it. */
  again?: Instant
}

/** Derives the standing at `lead.now` from the cadence's `prospect` and `qualified` rules (DESIGN.md §1). */
export function standing(lead: Lead, plan: Plan): StandingVerdict {
  if (lead.facts.deal.value === 'won')
    return { standing: 'customer', missing: [], says: 'customer', early: false }
  const prospect = check(plan.prospect, lead, plan)
  const qualified = check(plan.qualified, lead, plan)
  const is = !prospect.holds ? 'lead' : !qualified.holds ? 'prospect' : 'qualified'
  const lacks = !prospect.holds ? lacking(plan.prospect, lead, plan) : lacking(plan.qualified, lead, plan)
  const next = prospect.holds ? plan.qualified : plan.prospect
  const verdict: StandingVerdict = {
    standing: is,
    missing: is === 'qualified' ? ['the deal'] : lacks,
    says: `${prospect.holds ? 'qualified' : 'prospect'}: ${parts(next)
      .flatMap((part) => check(part, lead, plan).says)
      .join(', ')}`,
    early: early(lead, plan),
  }
  const again = sooner(prospect.again, qualified.again)
  return again === undefined ? verdict : { ...verdict, again }
}

const parts = (rule: Condition): Condition[] => ('all' in rule ? rule.all : [rule])

/** A refusal is no early stage: nothing is awaited. */
function early(lead: Lead, plan: Plan): boolean {
  const { facts } = lead
  return (
    facts.interest.value !== 'none' &&
    facts.credit.value.state !== 'refused' &&
    !creditworthy(lead, plan).holds
  )
}

/** The parts of a rule that don't hold. */
function lacking(rule: Condition, lead: Lead, plan: Plan): string[] {
  return parts(rule)
    .map((part) => check(part, lead, plan))
    .flatMap((v) => (v.holds ? [] : v.says))
}
