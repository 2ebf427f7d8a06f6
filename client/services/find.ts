/** Finds the lead that a caller means, by id or e-mail address; and what is said of leads and cadences that aren't there. */
import { RelanceError } from '../../cadence/errors.ts'
import { findLeads } from '../../store/lookup.ts'
import { leadDetail, type StoredLead } from '../../store/reads.ts'
import type { Deps } from './deps.ts'

/** A lead by its id or its e-mail address. @throws RelanceError `lead_unknown` */
export async function requireLead({ db }: Pick<Deps, 'db'>, idOrEmail: string): Promise<StoredLead> {
  const found = (await findLeads(db, [idOrEmail])).get(idOrEmail)
  const lead = found && (await leadDetail(db, found.id))
  if (!lead) throw unknownLead(idOrEmail)
  return lead
}

export const unknownLead = (idOrEmail: string): RelanceError =>
  new RelanceError('lead_unknown', { lead: idOrEmail })

export const unknownCadence = (name: string, version?: number): RelanceError =>
  new RelanceError('cadence_unknown', { cadence: name, version })
