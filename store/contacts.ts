/** The people around a lead: looking at them, and what signals and edits say of them. */
import { and, desc, eq, sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { SuppressionReason } from '../cadence/leads-file.ts'
import type { Signal } from '../cadence/signals.ts'
import type { Instant } from '../cadence/time.ts'
import { addressesChanged, type Readdressed } from './addresses.ts'
import { at, type Db, records, rows } from './db.ts'
import { emailKey } from './email-key.ts'
import { contacts, formerAddresses } from './schema.ts'
import { suppressContacts, tellOfSuppressed } from './suppressions.ts'

export type Contact = Omit<typeof contacts.$inferSelect, 'leadId' | 'emailKey'>

/** Everybody known at a lead. */
export async function listContacts(db: Db, lead: string): Promise<Contact[]> {
  const found = await db.select().from(contacts).where(eq(contacts.leadId, lead)).orderBy(contacts.id)
  return found.map(({ leadId, emailKey, ...contact }) => contact)
}

/** The id of a lead's contact with this address. */
export async function findContact(db: Db, lead: string, email: string): Promise<string | undefined> {
  const [found] = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.leadId, lead), eq(contacts.emailKey, emailKey(email))))
    .limit(1)
  return found?.id
}

/** The id of a lead's contact that had this address before; of several, the one that had it last. */
export async function findFormerContact(db: Db, lead: string, email: string): Promise<string | undefined> {
  const { emailKey: key, leadId, contact, at: until } = formerAddresses
  const [found] = await db
    .select({ id: contact })
    .from(formerAddresses)
    .where(and(eq(leadId, lead), eq(key, emailKey(email))))
    .orderBy(desc(until))
    .limit(1)
  return found?.id
}

/** What is said of a person; what is left out stays as it is. */
interface SaidOf {
  lead: string
  id: string
  email?: string
  first_name?: string
  last_name?: string
  title?: string
  role?: string
}

/** Writes the people down whom signals identify, in the transaction that takes the signals in. */
export async function identify(
  tx: Db,
  list: readonly { lead: string; signal: Signal; personal?: Record<string, string> }[],
): Promise<void> {
  const people = new Map<string, SaidOf>()
  let now = 0
  for (const { lead, signal, personal = {} } of list) {
    if (signal.type !== 'contact.identified') continue
    const id = signal.contact ?? MAIN
    const known = people.get(`${lead}/${id}`)
    people.set(`${lead}/${id}`, { ...known, ...personal, role: String(signal.data.role), lead, id })
    now = Math.max(now, signal.seen)
  }
  if (people.size > 0) await writeContacts(tx, [...people.values()], now)
}

/**
 * Writes what is said of people. Their addresses are locked, and nobody else has them. What follows from a new address
 * holds in the same moment (`readdress`).
 */
async function writeContacts(tx: Db, people: readonly SaidOf[], now: Instant): Promise<void> {
  const list = people.map((one) => ({
    ...one,
    key: one.email === undefined ? undefined : emailKey(one.email),
  }))
  const before = await rows<Readdressed>(
    tx,
    sql`select c.lead_id as lead, c.id as contact, c.email_key as before
        from ${records(list)} as r(lead text, id text, key text)
          join contacts c on c.lead_id = r.lead and c.id = r.id join leads l on l.id = r.lead
        where r.key is not null and c.email_key is distinct from r.key for no key update of l`,
  )
  await tx.execute(
    sql`insert into contacts (lead_id, id, email, email_key, first_name, last_name, title, role)
        select lead, id, email, key, first_name, last_name, title, role from ${records(list)}
          as r(lead text, id text, email text, key text, first_name text, last_name text, title text, role text)
        on conflict (lead_id, id) do update set
          email = coalesce(excluded.email, contacts.email),
          email_key = coalesce(excluded.email_key, contacts.email_key),
          first_name = coalesce(excluded.first_name, contacts.first_name),
          last_name = coalesce(excluded.last_name, contacts.last_name),
          title = coalesce(excluded.title, contacts.title),
          role = excluded.role`,
  )
  const known = new Set(before.map(({ lead, contact }) => `${lead}/${contact}`))
  const fresh = list.filter(({ key, lead, id }) => key !== undefined && !known.has(`${lead}/${id}`))
  await tellOfSuppressed(tx, fresh, now)
  await readdress(tx, before, now)
  const corrected = before.filter(({ before: address }) => address !== null)
  if (corrected.length === 0) return
  await tx.execute(
    sql`insert into signals (lead_id, id, type, at, seen, contact, data, personal)
        select lead, 'readdressed:' || contact || ':' || ${now}::text, 'contact.edited', ${at(now)}, ${at(now)},
          contact, '{"fields": "email", "address": true}', jsonb_build_object('before', before)
        from ${records(corrected)} as r(lead text, contact text, before text) on conflict do nothing`,
  )
}

/**
 * What follows from addresses that contacts have just got, in the same moment: one that must not be written to is heard
 * of, whoever said no at the old one has said no at the new one, too, and the lead's row and account follow.
 */
export async function readdress(tx: Db, list: readonly Readdressed[], now: Instant): Promise<void> {
  if (list.length === 0) return
  await tellOfSuppressed(
    tx,
    list.map(({ lead, contact }) => ({ lead, id: contact })),
    now,
  )
  const noes = await rows<{ lead: string; contact: string; reason: SuppressionReason }>(
    tx,
    sql`select r.lead, r.contact, x.reason from ${records([...list])} as r(lead text, contact text, before text)
        join suppressions x on x.email_key = r.before where x.reason <> 'bounced'`,
  )
  await suppressContacts(
    tx,
    noes.map((no) => ({ ...no, at: now })),
    'edit',
  )
  await addressesChanged(tx, list, now)
}
