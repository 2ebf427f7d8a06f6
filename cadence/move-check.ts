/** What a move to another version would do to one lead: the touches that it would repeat, and those it would skip. */
import { editsOf } from './edits.ts'
import type { Lead } from './lead.ts'
import { doneSteps, moved } from './move.ts'
import { allAhead } from './next-step.ts'
import type { Plan } from './plan.ts'

export interface MoveFaults {
  /** Steps of the new version that would do again what was done. */
  repeats: string[]
  /** Steps of the new version that were still to come, or are new under an old id, and wouldn't come any more. */
  skips: string[]
}

/**
 * Compares what a lead has before it on both versions.
 * @param touched - ids of the steps that were ever carried out for it, as far as the ledger knows
 */
export function checkMove(lead: Lead, from: Plan, to: Plan, touched: Iterable<string>): MoveFaults {
  const edits = editsOf(from, to)
  const done = doneSteps(lead, from)
  const ever = new Set([...done, ...touched])
  const idsAhead = (of: Lead, plan: Plan): Set<string> => new Set(allAhead(of, plan).map(({ id }) => id))
  const before = idsAhead(lead, from)
  const after = idsAhead(moved(lead, from, to).lead, to)

  const formerly = new Map(
    edits.flatMap((edit) =>
      edit.code === 'step_renamed' ? [[edit.values.to, edit.values.step] as const] : [],
    ),
  )
  const old = (id: string): string => formerly.get(id) ?? id
  const repeats = [...after].filter((id) => ever.has(old(id)) && !before.has(old(id)))

  const stages = new Set(from.stages.flatMap(({ steps }) => steps.map(({ id }) => id)))
  const inPlays = to.plays.flatMap(({ steps }) => steps.map(({ id }) => id))
  repeats.push(...inPlays.filter((id) => stages.has(id) && ever.has(id) && !repeats.includes(id)))

  const known = [...to.stages, ...to.plays].flatMap(({ steps }) => steps.map(({ id }) => id))
  const skips = known.filter((id) => before.has(old(id)) && !after.has(id))
  const reused = edits.flatMap(({ code, values }) => (code === 'step_reused' ? [values.step] : []))
  skips.push(...reused.filter((id) => done.has(id) && wouldCome(lead, from, to, id)))
  return { repeats, skips }
}

/** Whether a step would come if its id weren't one of a step that is done. */
function wouldCome(lead: Lead, from: Plan, to: Plan, id: string): boolean {
  const without = (ids: string[]): string[] => ids.filter((one) => one !== id)
  const undone: Lead = {
    ...lead,
    earlier: without(lead.earlier),
    visits: lead.visits.map((visit) => ({
      ...visit,
      done: without(visit.done),
      ...(visit.already && { already: without(visit.already) }),
    })),
  }
  return allAhead(moved(undone, from, to).lead, to).some((step) => step.id === id)
}
