/** Addresses that must not be written to, whatever cadence, for good. */
import { sql } from 'drizzle-orm'
import type { SuppressionReason } from '../cadence/leads-file.ts'
import type { Instant } from '../cadence/time.ts'
import { type Db, records, rows } from './db.ts'
import { emailKey } from './email-key.ts'

export interface Suppression {
  email: string
  reason: SuppressionReason
  at: Instant
}

/** Somebody who must not be written to any more. */
export interface OptOut {
  lead: string
  contact: string
  reason: SuppressionReason
  at: Instant
}

/** Suppresses an address. The first reason stays. */
export async function suppress(
  db: Db,
  email: string,
  reason: SuppressionReason,
  now: Instant,
): Promise<void> {
  await write(db, [{ key: emailKey(email), reason, at: new Date(now).toISOString() }])
}

/** Suppresses the addresses of contacts; in the transaction that learns of it. */
export async function suppressContacts(db: Db, outs: OptOut[]): Promise<void> {
  if (outs.length === 0) return
  const list = outs.map((out) => ({ ...out, at: new Date(out.at).toISOString() }))
  const known = await rows<{
    key: string
    reason: SuppressionReason
    at: string
    lead: string
    contact: string
  }>(
    db,
    sql`select c.email_key as key, r.reason, r.at, r.lead, r.contact
        from ${records(list)} as r(lead text, contact text, reason text, at text)
        join contacts c on c.lead_id = r.lead and c.id = r.contact where c.email_key is not null`,
  )
  await write(db, known)
}

interface Line {
  key: string
  reason: SuppressionReason
  /** ISO 8601. */
  at: string
  /** Who it came from: they know already. */
  lead?: string
  contact?: string
}

/** Signal types by reason, as other leads with the same person in them hear of it. */
const NEWS: Record<SuppressionReason, string> = {
  unsubscribed: 'unsubscribed',
  asked: 'unsubscribed',
  complained: 'email.complained',
  bounced: 'email.bounced',
}

/** Writes suppressions, and a signal to every other open lead that has the address. */
async function write(db: Db, lines: Line[]): Promise<void> {
  const list = lines.map((line) => ({ ...line, type: NEWS[line.reason] }))
  await db.execute(
    sql`with r as (select * from ${records(list)}
          as r(key text, reason text, at timestamptz, type text, lead text, contact text)
        ), suppressed as (
          insert into suppressions (email_key, reason, at) select key, reason, at from r
          on conflict do nothing
        )
        insert into signals (lead_id, id, type, at, seen, contact, data, personal)
        select c.lead_id, 'suppressed:' || c.id || ':' || r.reason, r.type, r.at, r.at, c.id,
          case when r.type = 'email.bounced' then '{"hard": true}'::jsonb else '{}'::jsonb end, '{}'::jsonb
        from r join contacts c on c.email_key = r.key join leads l on l.id = c.lead_id
        where l.ended_at is null and (c.lead_id, c.id) is distinct from (r.lead, r.contact)
        on conflict do nothing`,
  )
}

/** Contacts that have just become known with an address that must not be written to: their leads hear of it. */
export async function tellOfSuppressed(db: Db, people: { lead: string; id: string }[]): Promise<void> {
  const known = await rows<Line>(
    db,
    sql`select x.email_key as key, x.reason, to_json(x.at) #>> '{}' as at
        from ${records(people)} as r(lead text, id text) join contacts c on c.lead_id = r.lead and c.id = r.id
        join suppressions x on x.email_key = c.email_key`,
  )
  if (known.length > 0) await write(db, known)
}

/** Every suppressed address, latest first. */
export async function listSuppressions(db: Db, limit = 1000): Promise<Suppression[]> {
  return rows(
    db,
    sql`select email_key as email, reason, (extract(epoch from at) * 1000)::float8 as at
        from suppressions order by suppressions.at desc limit ${limit}`,
  )
}
