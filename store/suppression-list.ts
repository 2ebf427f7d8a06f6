/** The do-not-contact list: looking at it, page by page or one entry with all that was done to it, and lifting. */
import { type SQL, sql } from 'drizzle-orm'
import type { Door, SuppressionReason } from '../cadence/leads-file.ts'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, ms, rows } from './db.ts'
import { emailKey } from './email-key.ts'
import { suppressionKeysOf } from './suppression-keys.ts'

/** An entry: an address, or a domain as `@atelier.example`. */
export interface Suppression {
  email: string
  reason: SuppressionReason
  at: Instant
  source: Door | null
  who: string | null
  note: string | null
}

/** One line of an entry's history. */
export interface SuppressionLine extends Omit<Suppression, 'email'> {
  what: 'suppressed' | 'lifted'
}

export interface SuppressionFilter {
  reason?: SuppressionReason
  /** Part of an address or a domain. */
  search?: string
  /** Entries after this one. */
  after?: string
  limit?: number
}

const COLUMNS = sql`x.email_key as email, x.reason, ${ms(sql`x.at`)} as at, x.source, x.who, x.note`

/** Entries in the order of their addresses. */
export async function listSuppressions(db: Db, filter: SuppressionFilter = {}): Promise<Suppression[]> {
  const { reason, search, after, limit = 1000 } = filter
  const where: SQL[] = [sql`true`]
  if (reason !== undefined) where.push(sql`x.reason = ${reason}`)
  if (search !== undefined) where.push(sql`strpos(x.email_key, ${emailKey(search)}) > 0`)
  if (after !== undefined) where.push(sql`x.email_key collate "C" > ${after}`)
  return rows(
    db,
    sql`select ${COLUMNS} from suppressions x where ${sql.join(where, sql` and `)}
        order by x.email_key collate "C" limit ${limit}`,
  )
}

/** The entries that suppress an address: its own, and those of its domains. */
export async function suppressionsOf(db: Db, email: string): Promise<Suppression[]> {
  const key = emailKey(email)
  return rows(
    db,
    sql`select ${COLUMNS} from suppressions x where x.email_key = any(${suppressionKeysOf(sql`${key}::text`)})
        order by x.email_key = ${key} desc, length(x.email_key) desc`,
  )
}

/** All that was done to one entry, oldest first; what is older than the log is not in it. */
export async function suppressionHistory(db: Db, email: string): Promise<SuppressionLine[]> {
  return rows(
    db,
    sql`select what, reason, ${ms(sql`at`)} as at, source, who, note from suppression_log
        where email_key = ${emailKey(email)} order by n`,
  )
}

/** A lead that has an address which was lifted. */
export interface Freed {
  lead: string
  contact: string
  ended: boolean
}

/**
 * Takes an entry off the list, and keeps on record why; the leads that have the address hear that they may write again,
 * and none of them begins again by itself. Where something else still suppresses it, nobody hears anything.
 * @param options.only - lifts the entry only if it is there for this reason
 * @returns the leads; undefined when there is no such entry
 */
export async function liftSuppression(
  db: Db,
  email: string,
  {
    now,
    reason,
    who,
    only,
  }: { now: Instant; reason: string; who?: string | undefined; only?: SuppressionReason },
): Promise<Freed[] | undefined> {
  const key = emailKey(email)
  return db.transaction(async (tx) => {
    const [gone] = await rows<{ reason: SuppressionReason; at: string }>(
      tx,
      sql`with gone as (delete from suppressions
            where email_key = ${key} and reason = coalesce(${only ?? null}::text, reason) returning *)
          insert into suppression_log (email_key, at, what, reason, source, who, note)
          select email_key, greatest(${at(now)}, at + interval '1 millisecond'), 'lifted', reason, 'person',
            ${who ?? null}::text, ${reason} from gone
          returning reason, to_json(at) #>> '{}' as at`,
    )
    if (!gone) return undefined
    const people = key.startsWith('@')
      ? sql`${key} = any(${suppressionKeysOf(sql`c.email_key`)})`
      : sql`c.email_key = ${key}`
    return rows<Freed>(
      tx,
      sql`with freed as (
            select c.lead_id, c.id, l.ended_at is not null as ended
            from contacts c join leads l on l.id = c.lead_id
            where ${people} and l.erased_at is null and not exists (
              select from suppressions x where x.email_key = any(${suppressionKeysOf(sql`c.email_key`)}))
          ), told as (
            insert into signals (lead_id, id, type, at, seen, contact, data, personal)
            select f.lead_id, 'lifted:' || f.id || ':' || (extract(epoch from ${gone.at}::timestamptz) * 1000)::bigint,
              'suppression.lifted', ${gone.at}::timestamptz, ${gone.at}::timestamptz, f.id, '{}'::jsonb,
              jsonb_build_object('reason', ${reason}::text, 'by', ${who ?? null}::text)
            from freed f on conflict do nothing)
          select lead_id as lead, id as contact, ended from freed order by lead_id, id`,
    )
  })
}
