/** Which step of a stage or a play comes next, and when time alone may make it another one. */
import type { Lead, Visit } from './lead.ts'
import type { Plan, Step } from './plan.ts'
import type { Instant } from './time.ts'
import { judge, offerEnds, sooner } from './verdict.ts'

/**
 * The step after the last one done; found by id, so that an edited cadence can't shift anyone's position. Steps whose
 * `when` doesn't hold, and offers that ended, are passed over.
 */
export function nextStep(
  lead: Lead,
  plan: Plan,
  visit: Visit,
  steps: Step[],
): { step?: Step; again?: Instant } {
  const last = steps.findLastIndex((step) => visit.done.includes(step.id))
  let again: Instant | undefined
  for (const step of steps.slice(last + 1)) {
    const due = step.when ? judge(step.when, lead, plan) : { holds: true }
    again = sooner(again, 'again' in due ? due.again : undefined)
    if (due.holds && !expired(lead, step)) return again === undefined ? { step } : { step, again }
  }
  return again === undefined ? {} : { again }
}

/** An offer that ended is never quoted again. */
function expired(lead: Lead, step: Step): boolean {
  const ends = step.offer && offerEnds(lead, step.offer.name)
  return ends !== undefined && ends <= lead.now
}
