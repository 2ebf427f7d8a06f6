/** Which of lead, prospect, qualified prospect and customer somebody is: derived from facts, never set by hand. */
import type { Condition } from './condition.ts'
import type { Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Instant } from './time.ts'
import { check, sooner } from './verdict.ts'
import type { Standing } from './words.ts'

export interface StandingVerdict {
  is: Standing
  /** What the next standing still lacks, in words; empty for a customer. */
  missing: string[]
  /** When time alone may change it. */
  again?: Instant
}

/** Derives the standing at `lead.now` from the cadence's `prospect` and `qualified` rules (DESIGN.md §1). */
export function standing(lead: Lead, plan: Plan): StandingVerdict {
  if (lead.facts.deal.is === 'won') return { is: 'customer', missing: [] }
  const prospect = check(plan.prospect, lead, plan)
  const qualified = check(plan.qualified, lead, plan)
  const is = !prospect.holds ? 'lead' : !qualified.holds ? 'prospect' : 'qualified'
  const lacks = !prospect.holds ? lacking(plan.prospect, lead, plan) : lacking(plan.qualified, lead, plan)
  const verdict: StandingVerdict = { is, missing: is === 'qualified' ? ['the deal'] : lacks }
  const again = sooner(prospect.again, qualified.again)
  return again === undefined ? verdict : { ...verdict, again }
}

/** The parts of a rule that don't hold. */
function lacking(rule: Condition, lead: Lead, plan: Plan): string[] {
  const parts = 'all' in rule ? rule.all : [rule]
  return parts.map((part) => check(part, lead, plan)).flatMap((v) => (v.holds ? [] : v.says))
}
