/** Finds or makes the contact that a signal is about. */
import { RelanceError } from '../../cadence/errors.ts'
import { MAIN } from '../../cadence/facts.ts'
import type { SignalType } from '../../cadence/signals.ts'
import { findFormerContact, listContacts } from '../../store/contacts.ts'
import type { Db } from '../../store/db.ts'
import { emailKey } from '../../store/email-key.ts'
import { parseAddress } from '../import/address.ts'
import type { Tokens } from './tokens.ts'

/** The contacts of leads, read once each; somebody identified in this batch is known to what comes after. */
export interface People {
  /** Contact id by address, and ids by themselves. */
  at(lead: string): Promise<Map<string, string>>
  /** The id of the contact that had an address before. */
  before(lead: string, email: string): Promise<string | undefined>
  /** The id somebody new gets: the same for the same address, so that two messages in a race make one contact. */
  idFor(lead: string, email: string): string
}

export function peopleOf(db: Db, token: Tokens): People {
  const known = new Map<string, Promise<Map<string, string>>>()
  const read = async (lead: string): Promise<Map<string, string>> => {
    const byName = new Map([[MAIN, MAIN]])
    for (const { id, email } of await listContacts(db, lead)) {
      byName.set(id, id)
      if (email !== null) byName.set(emailKey(email), id)
    }
    return byName
  }
  return {
    at(lead) {
      let people = known.get(lead)
      if (!people) {
        people = read(lead)
        known.set(lead, people)
      }
      return people
    },
    before: (lead, email) => findFormerContact(db, lead, email),
    idFor: (lead, email) => token('contact', `${lead}\n${emailKey(email)}`),
  }
}

/**
 * The contact's id. `contact.identified` with an address nobody has makes a new one; addresses in the fields are
 * checked, and put in the form they are stored in.
 * @throws RelanceError `contact_unknown`, `invalid_email`, `missing_field`
 */
export async function contactOf(
  people: People,
  lead: string,
  type: SignalType,
  named: string | undefined,
  personal: Record<string, string>,
): Promise<string> {
  if (personal.email !== undefined) personal.email = address(personal.email)
  const identifies = type === 'contact.identified'
  // Nobody is looked up where it can only be the main contact.
  if (named === undefined && !identifies) return MAIN
  const known = await people.at(lead)
  if (named !== undefined) {
    const id = known.get(named) ?? known.get(emailKey(named)) ?? (await people.before(lead, named))
    if (id !== undefined) return id
    throw new RelanceError('contact_unknown', { contact: named, known: [...new Set(known.values())] })
  }
  if (personal.email !== undefined) {
    const key = emailKey(personal.email)
    const id = known.get(key) ?? people.idFor(lead, key)
    known.set(key, id).set(id, id)
    return id
  }
  if (personal.first_name === undefined && personal.last_name === undefined) return MAIN
  throw new RelanceError('missing_field', { type, field: 'email', wanted: { kind: 'text', most: 254 } })
}

function address(text: string): string {
  const parsed = parseAddress(text)
  if ('address' in parsed) return parsed.address
  throw new RelanceError('invalid_email', { fault: parsed.fault })
}
