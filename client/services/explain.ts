/** What comes next for a lead, when and why: from its workflow, or from the record when that doesn't answer. */
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { Because, Timing } from '../../cadence/reason.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { say, sayAll } from '../../cadence/reasons/say.ts'
import type { StoredLead } from '../../store/reads.ts'
import type { Explanation } from '../../workflows/contract.ts'
import type { ExplanationView } from '../contract/index.ts'
import type { Deps } from './deps.ts'
import { iso } from './facts-view.ts'
import { requireLead } from './find.ts'
import { asleepView, nextView, standingView } from './leads.ts'
import { serverSaid } from './mailboxes.ts'
import { type Audience, readerOf } from './reader.ts'

/** @throws RelanceError `lead_unknown` */
export async function explain(deps: Deps, idOrEmail: string, audience: Audience): Promise<ExplanationView> {
  const lead = await requireLead(deps, idOrEmail)
  const reader = readerOf(audience, lead, await deps.clock.now())
  const view = await explained(deps, lead, reader)
  return { ...view, server: await serverSaid(deps, lead.id, view.reason as Because, reader.language) }
}

async function explained(deps: Deps, lead: StoredLead, reader: Reader): Promise<Explained> {
  // Temporal would let a dead workflow say what it was about to do.
  if (lead.asleep) return fromRecord(lead, reader)
  try {
    const explanation = await deps.workflows.explain(lead.id)
    // A worker of another version answers in another format; the record is of this one.
    return explanation.format === FORMAT ? fromWorkflow(explanation, lead, reader) : fromRecord(lead, reader)
  } catch (error) {
    if (!(error instanceof RelanceError)) throw error
    return fromRecord(lead, reader)
  }
}

/** All but what mail servers said. */
type Explained = Omit<ExplanationView, 'server'>

/** The reasons, as data and in words. */
const reasonsOf = (because: Because, timing: Timing[], reader: Reader) => ({
  because: say(because, reader),
  reason: because,
  why: timing.length > 0 ? sayAll(timing, reader) : null,
  timing,
})

function fromWorkflow(
  { lead, kind, step, hold, because, again, slot, why = [], ...of }: Explanation,
  stored: StoredLead,
  reader: Reader,
): Explained {
  const reasons = reasonsOf(because, why, reader)
  return {
    lead: lead.id,
    cadence: of.cadence,
    version: of.version,
    standing: standingView(stored, reader),
    stage: lead.stage || null,
    urgency: lead.urgency || null,
    hold: hold ?? null,
    outcome: lead.ending?.outcome ?? null,
    asleep: null,
    does: kind,
    ...reasons,
    next:
      kind === 'end'
        ? null
        : { step: step ?? null, at: iso(slot), because: reasons.because, reason: because },
    again: iso(again),
    zone: stored.zone,
    from: 'workflow',
  }
}

function fromRecord(lead: StoredLead, reader: Reader): Explained {
  return {
    lead: lead.id,
    cadence: lead.cadence,
    version: lead.version,
    standing: standingView(lead, reader),
    stage: lead.stage || null,
    urgency: lead.urgency || null,
    hold: lead.hold ?? null,
    outcome: lead.outcome,
    asleep: asleepView(lead, reader),
    does: lead.endedAt === null ? 'unknown' : 'end',
    ...reasonsOf(lead.because, lead.next?.why ?? [], reader),
    next: nextView(lead, reader),
    again: null,
    zone: lead.zone,
    from: 'record',
  }
}
