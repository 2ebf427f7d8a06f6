/**
 * Works out what follows from the facts: endings, the current stage, which plays are open, the urgency, the standing.
 * Everything here is derived, so settling twice at one instant changes nothing the second time.
 */

import { criteria } from './criteria.ts'
import { settleEscalation } from './escalation.ts'
import { MAIN, outBecause } from './facts.ts'
import { agedSince, ageNow, settleHold } from './held-time.ts'
import { type Change, copyOf, type Lead, type Visit } from './lead.ts'
import { settleMending, waitsToMend } from './mending.ts'
import { nextStep } from './next-step.ts'
import type { Level, Plan } from './plan.ts'
import { currentStage, enterStage } from './stage.ts'
import { standing } from './standing.ts'
import { type Over, overSince, settleTasks } from './tasks.ts'
import { addFixed } from './time.ts'
import { judge } from './verdict.ts'
import { doneIn, openVisit, putVisit, visitOf } from './visits.ts'

/** Settles a lead at `lead.now`. @returns the lead as it then is, what changed, and which tasks close. */
export function settle(before: Lead, plan: Plan): { lead: Lead; changes: Change[]; over: Over[] } {
  const lead = copyOf(before)
  const changes: Change[] = []
  settlePause(lead, changes)
  settleHold(lead, plan)
  settleStanding(lead, plan, changes)
  settleNurture(lead, plan, changes)
  if (lead.ending) settleEnding(lead, plan)
  else settleStage(lead, plan, changes)
  settlePlays(lead, plan, changes)
  settleUrgency(lead, plan, changes)
  const mended = settleMending(lead, plan)
  const over = [...overSince(before, lead, plan), ...mended]
  settleTasks(lead, over, changes)
  if (lead.asked.length > 0) {
    lead.asked = lead.asked.filter(({ n }) => lead.visits.some((visit) => visit.n === n))
  }
  settleEscalation(lead, plan)
  return { lead, changes, over }
}

/** A pause that had an end is over by itself. */
function settlePause(lead: Lead, changes: Change[]): void {
  if (lead.paused?.until === undefined || lead.now < lead.paused.until) return
  delete lead.paused
  changes.push({ at: lead.now, kind: 'hold', hold: 'over' })
}

function settleStanding(lead: Lead, plan: Plan, changes: Change[]): void {
  const reached = standing(lead, plan)
  if (reached === lead.standing) return
  lead.standing = reached
  changes.push({ at: lead.now, kind: 'standing', standing: reached })
}

/** A nurture ends on its own condition, or after its time, unanswered. */
function settleNurture(lead: Lead, plan: Plan, changes: Change[]): void {
  const visit = visitOf(lead, 'nurture', 'nurture')
  if (!visit || lead.ending) return
  const met = plan.nurture && judge(plan.nurture.until, lead, plan).holds
  const left = !plan.nurture || (met && (!visit.past || lead.facts.heard > visit.since))
  if (left) {
    lead.visits = lead.visits.filter((v) => v !== visit)
    changes.push({ at: lead.now, kind: 'nurture_left' })
  } else if (waitsToMend(lead, visit)) {
    // Nobody can answer a letter that couldn't be written.
    return
  } else if (plan.nurture && ageNow(lead) >= addFixed(agedSince(lead), plan.nurture.for)) {
    lead.ending = {
      outcome: 'unresponsive',
      at: lead.now,
      cause: { code: 'nurture_over' },
    }
  }
}

/**
 * An ended lead keeps only the play that its deal set off, and not even that when they asked us to stop, or the deal
 * is off.
 */
function settleEnding(lead: Lead, plan: Plan): void {
  const goesOn = (visit: Visit): boolean =>
    visit.kind === 'play' &&
    outBecause(lead.facts, MAIN) === undefined &&
    lead.facts.deal.value === lead.ending?.outcome &&
    plan.plays.some((play) => play.id === visit.id && play.on === `deal.${lead.ending?.outcome}`)
  lead.visits = lead.visits.filter(goesOn)
  lead.tell = []
}

/** The current stage is the first one whose goal is not met (docs/design.md §1). */
function settleStage(lead: Lead, plan: Plan, changes: Change[]): void {
  const stage = currentStage(lead, plan)
  const current = plan.stages.find((s) => s.id === stage)

  // A stage whose goal is met is over, unless the lead is kept in it; when the goal lapses, its steps begin anew.
  const over = (visit: Visit): boolean => {
    if (visit.kind !== 'stage' || visit.id === stage) return false
    const of = plan.stages.find((s) => s.id === visit.id)
    return !of || judge(of.until, lead, plan).holds
  }
  const gone = lead.visits.filter(over)
  if (gone.length > 0) {
    lead.earlier = [...new Set([...lead.earlier, ...gone.flatMap(doneIn)])]
    lead.visits = lead.visits.filter((visit) => !gone.includes(visit))
  }

  if (current) {
    const open = visitOf(lead, 'stage', current.id)
    if (!open) {
      openVisit(lead, 'stage', current.id)
      lead.earlier = lead.earlier.filter((id) => !current.steps.some((step) => step.id === id))
    } else if (lead.stage !== current.id) putVisit(lead, { ...open, anchor: lead.now })
  }
  if (stage !== lead.stage) enterStage(lead, stage, changes)
}

function settlePlays(lead: Lead, plan: Plan, changes: Change[]): void {
  for (const visit of lead.visits.filter((v) => v.kind === 'play')) {
    const play = plan.plays.find((p) => p.id === visit.id)
    const met = play?.until
      ? judge(play.until, lead, plan).holds
      : !nextStep(lead, plan, visit, play?.steps ?? [])
    if (play && !met) continue
    lead.visits = lead.visits.filter((v) => v !== visit)
    changes.push({ at: lead.now, kind: 'play_over', play: visit.id, visit: visit.n })
    // The stage goes on from here: its next wait is counted from the play's end.
    lead.visits = lead.visits.map((v) => (v.kind === 'play' ? v : { ...v, anchor: lead.now }))
  }
}

/**
 * The highest level whose condition holds. It goes down again when its reason is gone; nothing presses a customer, nor
 * a lead in the nurture, which has its own rhythm.
 */
function settleUrgency(lead: Lead, plan: Plan, changes: Change[]): void {
  const calm = lead.ending !== undefined || lead.stage === 'nurture'
  const holds = (l: Level): boolean => l.when === undefined || (!calm && judge(l.when, lead, plan).holds)
  const level = plan.urgency.findLast(holds)
  if (!level || level.id === lead.urgency) return
  const rank = (id: string): number => plan.urgency.findIndex((l) => l.id === id)
  if (lead.urgency !== '') {
    const reasons = level.when ? criteria(level.when, lead, plan) : []
    changes.push({ at: lead.now, kind: 'urgency', urgency: level.id, criteria: reasons })
  }
  const rises = lead.urgency !== '' && rank(level.id) > rank(lead.urgency)
  lead.urgency = level.id
  // Who hasn't been told yet of a level that is over needn't be told any more.
  lead.tell = lead.tell.filter((told) => !('level' in told) || rank(told.level) <= rank(level.id))
  if (rises && level.tell) {
    lead.visited += 1
    lead.tell = [...lead.tell, { who: level.tell, level: level.id, n: lead.visited }]
  }
}
