/**
 * Correcting what is known of a lead and of its people: written with what follows from it, and told to the lead's
 * workflow, in one transaction; what the owner had to do is the new one's. What it was before is kept beside the signal, which stays in the database.
 */
import { type SQL, sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { Instant } from '../cadence/time.ts'
import { followMain, type Holder, holdersOf, lockAddresses } from './addresses.ts'
import { readdress } from './contacts.ts'
import { at, type Db, rows } from './db.ts'
import { emailKey } from './email-key.ts'
import { newId } from './ids.ts'

/** What can be corrected of a contact, and of the lead as a whole; the names are those of signals' fields. */
export const CONTACT_FIELDS = ['email', 'first_name', 'last_name', 'title', 'phone'] as const
export const LEAD_FIELDS = ['company', 'owner'] as const
export type EditField = (typeof CONTACT_FIELDS)[number] | (typeof LEAD_FIELDS)[number]

export interface Edit {
  lead: string
  contact: string
  /** By field; null for nothing any more. An address is checked, and never null. */
  fields: Partial<Record<EditField, string | null>>
  now: Instant
  by: string | undefined
}

/** One field, as it was and as it is. */
export interface EditedField {
  field: EditField
  before: string | null
  now: string | null
}

/** What came of it. `held`: somebody else has the address. */
export type Edited = { changed: EditedField[] } | { held: Holder } | 'no_contact'

/** Writes a correction; what is so already is no change. */
export async function editLead(db: Db, { lead, contact, fields, now, by }: Edit): Promise<Edited> {
  const email = fields.email ?? undefined
  return db.transaction(async (tx) => {
    if (email !== undefined) await lockAddresses(tx, [emailKey(email)])
    const [known] = await rows<Record<EditField | 'key', string | null>>(
      tx,
      sql`select c.email, c.email_key as key, c.first_name, c.last_name, c.title, c.phone, l.company, l.owner
          from leads l join contacts c on c.lead_id = l.id and c.id = ${contact}
          where l.id = ${lead} for no key update of l`,
    )
    if (!known) return 'no_contact'
    const changed = ([...CONTACT_FIELDS, ...LEAD_FIELDS] as const).flatMap((field) => {
      const value = fields[field]
      return value === undefined || value === known[field]
        ? []
        : [{ field, before: known[field], now: value }]
    })
    if (changed.length === 0) return { changed }
    const key = email === undefined ? known.key : emailKey(email)
    const readdressed = key !== known.key
    if (readdressed && key !== null) {
      const holder = (await holdersOf(tx, [key], [lead])).get(key)
      if (holder && (holder.lead !== lead || holder.contact !== contact)) return { held: holder }
    }
    const set = (of: readonly EditField[]): SQL[] =>
      changed
        .filter(({ field }) => of.includes(field))
        .map(({ field, now: value }) => sql`${sql.raw(field)} = ${value}`)
    const ofContact = set(CONTACT_FIELDS)
    if (ofContact.length > 0) {
      await tx.execute(
        sql`update contacts set ${sql.join([...ofContact, sql`email_key = ${key}`], sql`, `)}
            where lead_id = ${lead} and id = ${contact}`,
      )
    }
    const ofLead = set(LEAD_FIELDS)
    if (ofLead.length > 0) {
      await tx.execute(sql`update leads set ${sql.join(ofLead, sql`, `)} where id = ${lead}`)
    }
    const owner = changed.find(({ field }) => field === 'owner')
    if (owner?.before && owner.now) {
      await tx.execute(
        sql`update tasks set for_whom = ${owner.now}
            where lead_id = ${lead} and for_whom = ${owner.before} and done_at is null and closed_at is null`,
      )
    }
    if (readdressed) await readdress(tx, [{ lead, contact, before: known.key }], now)
    else if (changed.some(({ field }) => field === 'company')) await followMain(tx, lead, now)
    await tell(tx, { lead, contact, changed, readdressed, now, by })
    return { changed }
  })
}

/** The line on the lead's timeline: which fields, for its workflow; what they were and are, and who says so, here. */
async function tell(
  tx: Db,
  of: {
    lead: string
    contact: string
    changed: EditedField[]
    readdressed: boolean
    now: Instant
    by: string | undefined
  },
): Promise<void> {
  const { lead, contact, changed, readdressed, now, by } = of
  const data = { fields: changed.map(({ field }) => field).join(','), ...(readdressed && { address: true }) }
  const values = changed.flatMap(({ field, before, now: value }) => [
    [field, value ?? ''],
    ...(before === null ? [] : [[`${field}_before`, before]]),
  ])
  const personal = { ...Object.fromEntries(values), ...(by !== undefined && { by }) }
  await tx.execute(
    sql`insert into signals (lead_id, id, type, at, seen, contact, data, personal)
        values (${lead}, ${`edited:${newId()}`}, 'contact.edited', ${at(now)}, ${at(now)},
          ${contact === MAIN ? null : contact}, ${JSON.stringify(data)}::jsonb, ${JSON.stringify(personal)}::jsonb)`,
  )
}
