/** Correcting an address, a name, a phone, a company or an owner: a plain edit, which no role is needed for. */
import { RelanceError } from '../../cadence/errors.ts'
import { MAIN } from '../../cadence/facts.ts'
import { listContacts } from '../../store/contacts.ts'
import { editLead } from '../../store/edit.ts'
import { emailKey } from '../../store/email-key.ts'
import { findLeads } from '../../store/lookup.ts'
import { suppressedContacts } from '../../store/suppressions.ts'
import type { EditBody, EditedLead } from '../contract/index.ts'
import { parseAddress } from '../import/address.ts'
import type { Deps } from './deps.ts'
import { unknownLead } from './find.ts'

/**
 * Corrects what is known of a lead's contact, or of the lead. A new address takes the place of the old one everywhere,
 * and a bounce of the old one counts no more; a no counts for the new one, too.
 * @throws RelanceError `lead_unknown`, `contact_unknown`, `invalid_email`, `address_taken`
 */
export async function edit(
  deps: Deps,
  idOrEmail: string,
  { contact: named, by, ...given }: EditBody,
): Promise<EditedLead> {
  const { db } = deps
  const found = (await findLeads(db, [idOrEmail])).get(idOrEmail)
  if (!found) throw unknownLead(idOrEmail)
  const people = await listContacts(db, found.id)
  const contact =
    named === undefined
      ? (found.contact ?? MAIN)
      : people.find(
          ({ id, email }) => id === named || (email !== null && emailKey(email) === emailKey(named)),
        )?.id
  const unknown = (): RelanceError =>
    new RelanceError('contact_unknown', { contact: named ?? MAIN, known: people.map(({ id }) => id) })
  if (contact === undefined) throw unknown()
  const fields = Object.fromEntries(
    Object.entries(given).flatMap(([field, value]) =>
      value === undefined ? [] : [[field, field === 'email' ? address(value) : value || null]],
    ),
  )
  const became = await editLead(db, { lead: found.id, contact, fields, now: await deps.clock.now(), by })
  if (became === 'no_contact') throw unknown()
  if ('held' in became) throw new RelanceError('address_taken', became.held)
  if (became.changed.length > 0) deps.relay.wake()
  const suppressed = await suppressedContacts(db, [{ lead: found.id, contact }])
  return {
    ...{ lead: found.id, contact, changed: became.changed, ended: found.ended },
    suppressed: suppressed.size > 0,
  }
}

function address(text: string): string {
  const parsed = parseAddress(text)
  if ('address' in parsed) return parsed.address
  throw new RelanceError('invalid_email', { fault: parsed.fault })
}
