/**
 * Moving a lead to another version of its cadence. Ids of steps are for good: what was done stays done, wherever its step
 * is now, and a stage with another name is the same visit. The next wait counts from the last touch, as it would have.
 */
import type { Change, Lead, Visit } from './lead.ts'
import { allAhead } from './next-step.ts'
import type { Plan, Stage, Step } from './plan.ts'
import { currentStage, enterStage } from './stage.ts'
import { playsAfter, stagesAfter } from './successors.ts'
import { judge } from './verdict.ts'
import { doneIn, openVisit, putVisit, visitOf } from './visits.ts'

const isStage = (visit: Visit): boolean => visit.kind === 'stage'

/**
 * The lead on the version `to`, at `lead.now`; to be settled.
 * @returns it, and the lines of its timeline
 */
export function moved(before: Lead, from: Plan, to: Plan): { lead: Lead; changes: Change[] } {
  const changes: Change[] = [{ at: before.now, kind: 'moved', cadence: to.cadence, version: to.version }]
  const lead: Lead = { ...before }
  const open = before.visits.filter(isStage)
  const done = doneSteps(before, from)
  const ahead = new Set(allAhead(before, from).map(({ id }) => id))
  const names = stagesAfter(from, to)
  const current = visitOf(before, 'stage', before.stage)

  rename(lead, names, playsAfter(from, to))
  lead.visits = lead.visits.filter((visit) => !isStage(visit))
  for (const stage of to.stages) {
    const own = open.filter(({ id }) => names.get(id) === stage.id)
    const kept = own.find((visit) => visit === current) ?? latest(own)
    const here = placedIn(stage, done, ahead)
    if (kept) {
      const { already, ...visit } = kept
      lead.visits = [...lead.visits, { ...visit, id: stage.id, ...here }]
      // Of several that are one now, what was asked for or put aside in any was so in it.
      const gone = own.map(({ n }) => n)
      lead.asked = lead.asked.map((one) => (gone.includes(one.n) ? { ...one, n: kept.n } : one))
      lead.aside = lead.aside.map((one) => (gone.includes(one.visit) ? { ...one, visit: kept.n } : one))
    } else if (stage.steps.some(({ id }) => done.has(id)) && !judge(stage.until, lead, to).holds) {
      putVisit(lead, { ...openVisit(lead, 'stage', stage.id), ...here })
    }
  }
  const placed = new Set(lead.visits.filter(isStage).flatMap(doneIn))
  lead.earlier = [...done].filter((id) => !placed.has(id))
  if (current && !lead.ending) goOn(lead, from, to, current, changes)
  return { lead, changes }
}

/**
 * Steps of stages that are done and aren't done again by a lead that stays as it is: those of open visits, and of stages
 * whose goals are met. Where a goal has lapsed, they may happen again.
 */
export function doneSteps(lead: Lead, plan: Plan): Set<string> {
  const lapsed = (stage: Stage): boolean =>
    visitOf(lead, 'stage', stage.id) === undefined && !judge(stage.until, lead, plan).holds
  const again = new Set(plan.stages.filter(lapsed).flatMap(({ steps }) => steps.map(({ id }) => id)))
  return new Set([
    ...lead.earlier.filter((id) => !again.has(id)),
    ...lead.visits.filter(isStage).flatMap(doneIn),
  ])
}

/**
 * The steps of a stage that are done. The position is the last one of them before those that were still to come, so that
 * none of these is passed by because the new version has them in another order.
 */
function placedIn(
  { steps }: Stage,
  done: ReadonlySet<string>,
  ahead: ReadonlySet<string>,
): Pick<Visit, 'done' | 'already'> {
  const first = steps.findIndex(({ id, at }) => !at && ahead.has(id))
  const end = first < 0 ? steps.length : first
  const known = (part: Step[]): string[] => part.map(({ id }) => id).filter((id) => done.has(id))
  const already = known(steps.slice(end))
  return { done: known(steps.slice(0, end)), ...(already.length > 0 && { already }) }
}

/** What a lead knows of stages and plays by their names gets the new ones. */
function rename(lead: Lead, stages: Map<string, string>, plays: Map<string, string>): void {
  lead.stage = stages.get(lead.stage) ?? lead.stage
  const spent: Lead['spent'] = {}
  for (const [stage, ms] of Object.entries(lead.spent)) {
    const name = stages.get(stage) ?? stage
    spent[name] = (spent[name] ?? 0) + ms
  }
  lead.spent = spent
  lead.visits = lead.visits.map((visit) =>
    visit.kind === 'play' ? { ...visit, id: plays.get(visit.id) ?? visit.id } : visit,
  )
}

/**
 * Where the lead's next steps are in another stage now, it is there from now on: nobody said anything that led there, so
 * the next wait goes on as it was.
 */
function goOn(lead: Lead, from: Plan, to: Plan, was: Visit, changes: Change[]): void {
  const id = currentStage(lead, to)
  const stage = to.stages.find((one) => one.id === id)
  if (!stage || id === lead.stage) return
  const old = from.stages.find((one) => one.id === was.id)
  const shared = stage.steps.some((step) => old?.steps.some((one) => one.id === step.id))
  if (!shared) return
  const visit = visitOf(lead, 'stage', id) ?? openVisit(lead, 'stage', id)
  const { anchor, awaiting } = was
  putVisit(lead, { ...visit, anchor, ...(awaiting !== undefined && { awaiting }) })
  enterStage(lead, id, changes)
}

const latest = (visits: Visit[]): Visit | undefined =>
  visits.reduce<Visit | undefined>((best, one) => (best && best.anchor >= one.anchor ? best : one), undefined)
