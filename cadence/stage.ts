/**
 * The current stage: the first one whose goal is not met (docs/design.md §1), unless a challenge keeps the lead where it
 * is; and entering another one.
 */
import { challenges } from './challenge.ts'
import type { Change, Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import { judge } from './verdict.ts'
import { visitOf } from './visits.ts'

/** A stage's id; `nurture`, or `done` when every goal is met. */
export function currentStage(lead: Lead, plan: Plan): string {
  if (visitOf(lead, 'nurture', 'nurture')) return 'nurture'
  const reached = plan.stages.findIndex((stage) => !judge(stage.until, lead, plan).holds)
  const next = reached < 0 ? plan.stages.length : reached
  const here = plan.stages.findIndex((stage) => stage.id === lead.stage)
  const kept = here >= 0 && next > here && challenges(lead.facts).length > 0
  return plan.stages[kept ? here : next]?.id ?? 'done'
}

/** Enters a stage now, with a lead that is being changed: its time counts from here, and what it leaves keeps its own. */
export function enterStage(lead: Lead, stage: string, changes: Change[]): void {
  if (lead.stage !== '') {
    lead.spent = { ...lead.spent, [lead.stage]: (lead.spent[lead.stage] ?? 0) + lead.now - lead.stageSince }
  }
  const from = lead.stage === '' ? {} : { from: lead.stage }
  changes.push({ at: lead.now, kind: 'stage', stage, ...from })
  lead.stage = stage
  lead.stageSince = lead.now
  lead.heldInStage = 0
}
