/** Asking something of a lead that hasn't ended. */
import { isError, RelanceError } from '../../cadence/errors.ts'
import type { StoredLead } from '../../store/reads.ts'
import type { Asked } from '../outbox/lead-workflows.ts'
import type { Deps } from './deps.ts'
import { requireLead } from './find.ts'

/** A lead that hasn't ended. @throws RelanceError `lead_unknown`, `lead_ended` */
export async function openLead(deps: Deps, idOrEmail: string): Promise<StoredLead> {
  const lead = await requireLead(deps, idOrEmail)
  if (lead.outcome === null) return lead
  throw new RelanceError('lead_ended', { outcome: lead.outcome })
}

/** Asks its workflow. @throws as `LeadWorkflows.ask`; `not_started` where none runs yet */
export async function ask({ workflows }: Deps, lead: StoredLead, what: Asked): Promise<void> {
  try {
    await workflows.ask(lead.id, what)
  } catch (error) {
    if (!isError(error, 'lead_not_running')) throw error
    throw new RelanceError('not_started', {}, { cause: error })
  }
}
