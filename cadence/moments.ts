/** Requests for the moments of steps and of a stage's `otherwise`: what the planner gets to count from. */
import { baseOf } from './dated.ts'
import { holdsSince, shareOf } from './held-time.ts'
import type { Lead, Visit } from './lead.ts'
import type { Level, Plan, Stage, Step } from './plan.ts'
import { doneAt, givenIn } from './tasks.ts'
import type { Wait } from './time.ts'
import type { MomentRequest } from './touch.ts'
import { STEP_KIND } from './words.ts'

/** The level of urgency that a lead is at. */
export const levelOf = (lead: Lead, plan: Plan): Level =>
  plan.urgency.find((level) => level.id === lead.urgency) ?? { id: lead.urgency, pace: 1 }

function stepOf({ stages, plays }: Plan, id: string): Step | undefined {
  for (const parts of [stages, plays]) {
    for (const { steps } of parts) {
      const found = steps.find((step) => step.id === id)
      if (found) return found
    }
  }
  return undefined
}

/** The moment of a step: its wait counts from the step before, or from when a provider's time is over. */
export function momentFor(
  lead: Lead,
  plan: Plan,
  visit: Visit,
  step: Step,
  kind: MomentRequest['kind'],
): MomentRequest {
  const { anchor, awaiting } = visit
  const timeout = awaiting === undefined ? undefined : stepOf(plan, awaiting)?.timeout
  const base = step.at && baseOf(lead, plan, step.at)
  if (step.at && base) return { kind, anchor, waits: [], pace: 1, dated: { ...step.at, base } }
  const awaits = awaitedBy(lead, visit, step)
  const held = STEP_KIND[step.kind].holdable ? holdsSince(lead, anchor) : []
  const want: MomentRequest = {
    kind,
    anchor,
    waits: step.wait ? [step.wait] : [],
    pace: levelOf(lead, plan).pace,
  }
  if (timeout) want.timeout = timeout
  if (awaits) want.awaits = awaits
  if (held.length > 0) want.held = held
  if (held.some(({ together }) => together)) want.share = shareOf(lead.id)
  return want
}

/** The task that a step waits for, where it was given: by when it is to be done, the patience with it, when it was done. */
function awaitedBy(lead: Lead, visit: Visit, { waitFor }: Step): MomentRequest['awaits'] {
  const task = waitFor && givenIn(lead, visit, waitFor.task)
  if (!task) return undefined
  const done = doneAt(lead.facts, task)
  return {
    due: task.due ?? task.at,
    patience: waitFor.patience,
    ...(done !== undefined && { done }),
  }
}

/**
 * The moment of a stage's `otherwise`: counted since the last step, or what they said since, which is an answer. While a
 * hold lasts nobody waits for one.
 */
export function passing(lead: Lead, stage: Stage, visit: Visit, after: Wait): MomentRequest {
  const timeout = stage.steps.find((s) => s.id === visit.awaiting)?.timeout
  const anchor = Math.max(visit.anchor, lead.facts.heard)
  const held = holdsSince(lead, anchor)
  return {
    ...{ kind: 'moment', anchor, waits: [after], pace: 1 },
    ...(timeout && { timeout }),
    ...(held.length > 0 && { held }),
  }
}
