/** What comes next for a lead, when and why: from its workflow, or from the record when that doesn't answer. */
import { RelanceError } from '../../cadence/errors.ts'
import type { LeadDetail } from '../../store/reads.ts'
import type { Explanation } from '../../workflows/contract.ts'
import type { ExplanationView } from '../contract/index.ts'
import type { Deps } from './deps.ts'
import { iso } from './facts-view.ts'
import { theLead } from './find.ts'
import { nextView, standingView } from './leads.ts'

/** @throws RelanceError `lead_unknown` */
export async function explain(deps: Deps, idOrEmail: string): Promise<ExplanationView> {
  const lead = await theLead(deps, idOrEmail)
  try {
    return fromWorkflow(await deps.workflows.explain(lead.id), lead)
  } catch (error) {
    if (!(error instanceof RelanceError)) throw error
    return fromRecord(lead)
  }
}

function fromWorkflow(
  { lead, decision, slot, why, ...of }: Explanation,
  stored: LeadDetail,
): ExplanationView {
  const step = decision.kind === 'touch' ? decision.touch.step : null
  return {
    lead: lead.id,
    cadence: of.cadence,
    version: of.version,
    standing: standingView(stored),
    stage: lead.stage || null,
    urgency: lead.urgency || null,
    hold: decision.kind === 'rest' ? (decision.hold ?? null) : null,
    outcome: lead.ending?.outcome ?? null,
    does: decision.kind,
    because: decision.because,
    next: decision.kind === 'end' ? null : { step, at: iso(slot), because: decision.because },
    why: why ?? null,
    again: iso(decision.again),
    from: 'workflow',
  }
}

function fromRecord(lead: LeadDetail): ExplanationView {
  return {
    lead: lead.id,
    cadence: lead.cadence,
    version: lead.version,
    standing: standingView(lead),
    stage: lead.stage || null,
    urgency: lead.urgency || null,
    hold: lead.hold ?? null,
    outcome: lead.outcome,
    does: lead.endedAt === null ? 'unknown' : 'end',
    because: lead.because,
    next: nextView(lead),
    why: lead.next?.why ?? null,
    again: null,
    from: 'record',
  }
}
