/** Which step of a stage or a play comes next. */
import type { Lead, Visit } from './lead.ts'
import type { Step } from './plan.ts'
import { offerEnds } from './verdict.ts'

/**
 * The step after the last one done or passed over; found by id, so that an edited cadence can't shift anyone's position.
 * Whether its `when` holds is asked when its moment has come, not here.
 */
export const nextStep = (visit: Visit, steps: Step[]): Step | undefined =>
  steps[steps.findLastIndex((step) => visit.done.includes(step.id)) + 1]

/** Whether a step's offer has ended: it is never quoted again. */
export function offerIsOver(lead: Lead, step: Step): boolean {
  const ends = step.offer && offerEnds(lead, step.offer.name)
  return ends !== undefined && ends <= lead.now
}
