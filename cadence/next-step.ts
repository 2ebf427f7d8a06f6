/** Which step of a stage or a play comes next. */
import { baseOf, isOver } from './dated.ts'
import type { Lead, Visit } from './lead.ts'
import type { Plan, Step } from './plan.ts'
import { offerEnds } from './verdict.ts'

/**
 * The step after the last one done or passed over; found by id, so that an edited cadence can't shift anyone's position.
 * Whether its `when` holds is asked when its moment has come, not here. A dated step among those before it comes first,
 * once its date is known.
 */
export function nextStep(lead: Lead, plan: Plan, visit: Visit, steps: Step[]): Step | undefined {
  const isDone = ({ id }: Step): boolean => visit.done.includes(id)
  const next = steps.findLastIndex((step) => !step.at && isDone(step)) + 1
  const behind = steps.findIndex((step, i) => i >= next && !step.at)
  const reached = behind < 0 ? steps : steps.slice(0, behind)
  return reached.find((step) => step.at && !isDone(step) && hasDate(lead, plan, step)) ?? steps[behind]
}

function hasDate(lead: Lead, plan: Plan, { at }: Step): boolean {
  const base = at && baseOf(lead, plan, at)
  return base !== undefined && !isOver(base, lead.now)
}

/** Whether a step's offer has ended: it is never quoted again. */
export function offerIsOver(lead: Lead, step: Step): boolean {
  const ends = step.offer && offerEnds(lead, step.offer.name)
  return ends !== undefined && ends <= lead.now
}
