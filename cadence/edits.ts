/** What an edit of a cadence does to the ids of its steps, by which leads know what they have done. */
import type { Plan, Step } from './plan.ts'
import { playsAfter, stagesAfter } from './successors.ts'

/** What became of a step; `from` and `to` of one that moved are ids of stages and plays. */
export type Edit =
  /** The same touch under another id: who did it may get it again. */
  | { code: 'step_renamed'; values: { step: string; to: string } }
  | { code: 'step_vanished'; values: { step: string } }
  /** The same id for another touch: who did the old one may miss the new one. */
  | { code: 'step_reused'; values: { step: string } }
  | { code: 'step_moved'; values: { step: string; from: string; to: string } }

export const EDIT_CODES = ['step_renamed', 'step_vanished', 'step_reused', 'step_moved'] as const
export type EditCode = (typeof EDIT_CODES)[number]

/** An edit that open leads have done the step of. */
export type FeltEdit = Edit & { leads: number }

/** A step, and the stage or play it is in. */
interface Placed {
  step: Step
  part: string
}

const placed = (plan: Plan): Map<string, Placed> =>
  new Map(
    [...plan.stages, ...plan.plays].flatMap(({ id: part, steps }) =>
      steps.map((step) => [step.id, { step, part }] as const),
    ),
  )

/** What is sent, or asked for: the same in two steps that are one touch under two ids. */
const content = ({ kind, name, to }: Step): string => JSON.stringify([kind, name, to ?? null])

const sameTouch = (a: Step, b: Step): boolean => a.kind === b.kind && a.name === b.name

/** What became of the steps of `from` in `into`, in their order. A stage's new name changes nothing. */
export function editsOf(from: Plan, into: Plan): Edit[] {
  const after = placed(into)
  const before = placed(from)
  const names = new Map([...stagesAfter(from, into), ...playsAfter(from, into)])
  const fresh = new Map<string, string[]>()
  for (const [id, { step }] of after) {
    if (!before.has(id)) fresh.set(content(step), [...(fresh.get(content(step)) ?? []), id])
  }
  return [...before].flatMap(([id, { step, part }]): Edit[] => {
    const now = after.get(id)
    const kept = now && sameTouch(step, now.step)
    const edits: Edit[] = []
    const to = kept ? undefined : fresh.get(content(step))?.shift()
    if (to !== undefined) edits.push({ code: 'step_renamed', values: { step: id, to } })
    if (!now) return to === undefined ? [{ code: 'step_vanished', values: { step: id } }] : edits
    if (!kept) edits.push({ code: 'step_reused', values: { step: id } })
    if (names.get(part) !== now.part) {
      edits.push({ code: 'step_moved', values: { step: id, from: part, to: now.part } })
    }
    return edits
  })
}
