/** Which part of a newer version a stage or a play went on as: its id may be another one now, its steps keep theirs. */
import type { Condition } from './condition.ts'
import type { Plan } from './plan.ts'

interface Part {
  id: string
  until?: Condition
  steps: readonly { id: string }[]
}

/** By stage: what it is called in another version; without those that are gone. */
export const stagesAfter = (from: Plan, to: Plan): Map<string, string> =>
  successors(from.stages, to.stages, true)

/** By play: what it is called in another version; without those that are gone. */
export const playsAfter = (from: Plan, to: Plan): Map<string, string> =>
  successors(from.plays, to.plays, false)

/**
 * A part whose id is still there is itself. One that is gone went on as the one that has most of its steps; `byGoal`: or,
 * where no step is left of it, as a new one with its goal.
 */
function successors(from: readonly Part[], to: readonly Part[], byGoal: boolean): Map<string, string> {
  const known = new Set(from.map(({ id }) => id))
  const after = new Map<string, string>()
  for (const part of from) {
    const found = to.find(({ id }) => id === part.id) ?? heir(part)
    if (found) after.set(part.id, found.id)
  }
  return after

  function heir(part: Part): Part | undefined {
    const ids = new Set(part.steps.map(({ id }) => id))
    const shared = (other: Part): number => other.steps.filter(({ id }) => ids.has(id)).length
    // Of two with as many of its steps, the one that is new is its new name.
    const rank = (other: Part): number => 2 * shared(other) + (known.has(other.id) ? 0 : 1)
    const best = [...to].sort((a, b) => rank(b) - rank(a))[0]
    if (best && shared(best) > 0) return best
    const goal = JSON.stringify(part.until)
    return byGoal
      ? to.find((other) => !known.has(other.id) && JSON.stringify(other.until) === goal)
      : undefined
  }
}
