/**
 * Tasks that people were given: which of them are done, what a step that waits for one counts from, and which close by
 * themselves because their lead has ended or their stage or play is over.
 */
import type { Facts } from './facts.ts'
import type { Change, Closing, Given, Lead, Visit } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Instant } from './time.ts'

/** What closes: the tasks of a visit, or all of a lead but for those of the visits that it keeps. */
export type Over = { because: Closing } & ({ visit: number } | { keeps: number[] })

/** When a task was done; undefined while it isn't. */
export function doneAt({ done }: Facts, { step, n }: Given): Instant | undefined {
  const said = done[step]
  return said?.visit === n ? said.at : undefined
}

/** Tasks that nobody has done yet. */
export const undone = (lead: Lead): Given[] =>
  lead.given.filter((task) => doneAt(lead.facts, task) === undefined)

/** The task that was given in a visit for a step; undefined where none was. */
export const givenIn = (lead: Lead, { n }: Visit, step: string): Given | undefined =>
  lead.given.find((task) => task.step === step && task.n === n)

/** The lead with a task on its list; of one step's tasks the last one counts, so that the list stays short. */
export const withTask = (lead: Lead, task: Given): Given[] => [
  ...lead.given.filter(({ step }) => step !== task.step),
  task,
]

/**
 * Takes off the list what needs nobody any more, on a lead that is being settled: what closes, and what is done in a
 * visit that is over.
 * @param over - what closes by this turn
 */
export function settleTasks(lead: Lead, over: Over[], changes: Change[]): void {
  if (lead.given.length === 0) return
  const open = (n: number): boolean => lead.visits.some((visit) => visit.n === n)
  const closedBy = (n: number): Over | undefined =>
    over.find((one) => ('visit' in one ? one.visit === n : !one.keeps.includes(n)))
  for (const { step, n } of undone(lead)) {
    const closed = closedBy(n)
    if (closed) changes.push({ at: lead.now, kind: 'task_closed', step, because: closed.because })
  }
  lead.given = lead.given.filter(
    (task) => !closedBy(task.n) && (open(task.n) || doneAt(lead.facts, task) === undefined),
  )
}

/**
 * What closes between two states of a lead. A play that is over because its steps are done leaves its tasks to be done;
 * one whose goal is met doesn't, and a stage's goal neither.
 */
export function overSince(before: Lead, lead: Lead, plan: Plan): Over[] {
  // Lists of visits are never changed, only replaced.
  if (before.visits === lead.visits && !lead.ending) return []
  const gone = before.visits.filter(({ n }) => !lead.visits.some((visit) => visit.n === n))
  if (lead.ending) {
    if (gone.length === 0 && before.given.length === 0) return []
    const because: Closing = { code: 'lead_ended', outcome: lead.ending.outcome }
    return [{ because, keeps: [...lead.visits, ...lead.aside].map(({ n }) => n) }]
  }
  return gone.flatMap(({ n, kind, id }): Over[] => {
    if (kind === 'stage') return [{ because: { code: 'stage_over', stage: id }, visit: n }]
    const hasGoal = plan.plays.some((play) => play.id === id && play.until !== undefined)
    return kind === 'play' && hasGoal ? [{ because: { code: 'play_over', play: id }, visit: n }] : []
  })
}
