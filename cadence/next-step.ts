/** Which steps of a stage or a play are still to come, and which comes next. */
import { baseOf, isOver } from './dated.ts'
import type { Lead, Visit } from './lead.ts'
import type { Plan, Stage, Step } from './plan.ts'
import { judge, offerEnds } from './verdict.ts'
import { visitOf } from './visits.ts'

/**
 * The step after the last one done or passed over; found by id, so that an edited cadence can't shift anyone's position.
 * Whether its `when` holds is asked when its moment has come, not here. A dated step among those before it comes first,
 * once its date is known.
 */
export function nextStep(lead: Lead, plan: Plan, visit: Visit, steps: Step[]): Step | undefined {
  const isAhead = aheadIn(visit, steps)
  const dated = (step: Step): boolean => step.at !== undefined && hasDate(lead, plan, step)
  const undated = steps.findIndex((step, i) => !step.at && isAhead(step, i))
  const reached = undated < 0 ? steps.length : undated
  return steps.find((step, i) => i < reached && dated(step) && isAhead(step, i)) ?? steps[undated]
}

/** The steps of a part that are still to come in a visit; all of them where there is none. */
export function stepsAhead(visit: Visit | undefined, steps: Step[]): Step[] {
  return visit ? steps.filter(aheadIn(visit, steps)) : steps
}

/** Whether a step, by its place, is still to come in a visit. */
function aheadIn({ done, already }: Visit, steps: Step[]): (step: Step, place: number) => boolean {
  const next = steps.findLastIndex((step) => !step.at && done.includes(step.id)) + 1
  return ({ id, at }, place) => !already?.includes(id) && (at ? !done.includes(id) : place >= next)
}

/** All steps that are still to come for a lead: of its open plays, and of the stages whose goals aren't met. */
export function allAhead(lead: Lead, plan: Plan): Step[] {
  const open = ({ id, until }: Stage): boolean => id === lead.stage || !judge(until, lead, plan).holds
  return [
    ...plan.stages.filter(open).flatMap(({ id, steps }) => stepsAhead(visitOf(lead, 'stage', id), steps)),
    ...plan.plays.flatMap(({ id, steps }) => {
      const visit = visitOf(lead, 'play', id)
      return visit ? stepsAhead(visit, steps) : []
    }),
  ]
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
