/**
 * Leads of one account know of each other: a reply of one that waits for the seller is a signal to the others, written
 * in the transaction that takes the reply in. Until they have folded it, their gate is closed, so that none of them is
 * written to once the reply was acknowledged.
 */
import { type SQL, sql } from 'drizzle-orm'
import type { Signal, SignalType } from '../cadence/signals.ts'
import { anyOf, type Db, records, rows } from './db.ts'

/** What the others hear of a signal. */
const NEWS: Partial<Record<SignalType, SignalType>> = {
  'reply.received': 'colleague.replied',
  'reply.handled': 'colleague.handled',
}

/** Whether the account's other leads hear of a signal. */
export const colleaguesHear = ({ type }: Pick<Signal, 'type'>): boolean => NEWS[type] !== undefined

/** Locks the accounts of leads, in one order: nobody joins, replies or ends there until the transaction is over. */
export async function lockAccountsOf(tx: Db, leads: string[]): Promise<void> {
  if (leads.length === 0) return
  await rows(
    tx,
    sql`select id from accounts where id in (select account_id from leads where id = ${anyOf(leads)})
        order by id for update`,
  )
}

/** Tells the open leads of the same accounts. The accounts are locked. */
export async function tellColleagues(tx: Db, list: { lead: string; signal: Signal }[]): Promise<void> {
  const news = list.flatMap(({ lead, signal: { id, type, at, seen } }) => {
    const tell = NEWS[type]
    const iso = (instant: number): string => new Date(instant).toISOString()
    return tell ? [{ lead, id: `colleague:${lead}:${id}`, type: tell, at: iso(at), seen: iso(seen) }] : []
  })
  if (news.length === 0) return
  await tx.execute(
    sql`insert into signals (lead_id, id, type, at, seen, data, personal)
        select o.id, r.id, r.type, r.at, r.seen, jsonb_build_object('lead', r.lead), '{}'
        from ${records(news)} as r(lead text, id text, type text, at timestamptz, seen timestamptz)
          join leads l on l.id = r.lead join leads o on o.account_id = l.account_id and o.id <> l.id
        where o.ended_at is null on conflict do nothing`,
  )
}

/**
 * When a lead's last reply came in, and when the last answer was given: a reply waits for the seller while it came in
 * after that, whenever it was written.
 */
const repliesOf = (lead: SQL): SQL => sql`(
  select max(s.seen) filter (where s.type = 'reply.received') as replied,
    coalesce(max(s.at) filter (where s.type = 'reply.handled'), '-infinity') as handled
  from signals s where s.lead_id = ${lead} and s.type in ('reply.received', 'reply.handled'))`

/**
 * Tells leads that come into their accounts what waits there. Their rows hold the accounts (a foreign key does that),
 * so a reply that is being taken in is either seen here, or sees them.
 */
export async function tellNewcomers(tx: Db, newcomers: string[], now: number): Promise<void> {
  if (newcomers.length === 0) return
  const seen = new Date(now).toISOString()
  await tx.execute(
    // Who waits is found first, once for an account: with hundreds of colleagues, pairs of them are too many to look at.
    sql`with waiting as materialized (
          select o.id, o.account_id, w.replied from leads o cross join lateral ${repliesOf(sql`o.id`)} w
          where o.account_id in (select account_id from leads where id = ${anyOf(newcomers)})
            and o.ended_at is null and w.replied > w.handled)
        insert into signals (lead_id, id, type, at, seen, data, personal)
        select n.id, 'colleague:' || o.id || ':' || ${seen}::text, 'colleague.replied', o.replied, ${seen}::timestamptz,
          jsonb_build_object('lead', o.id), '{}'
        from waiting o join leads n on n.account_id = o.account_id and n.id <> o.id
        where n.id = ${anyOf(newcomers)} on conflict do nothing`,
  )
}

/** Lets an account go on whose lead has ended with a reply of theirs still waiting. The account is locked. */
export async function releaseColleagues(tx: Db, lead: string, now: number): Promise<void> {
  const at = new Date(now).toISOString()
  await tx.execute(
    sql`insert into signals (lead_id, id, type, at, seen, data, personal)
        select o.id, 'colleague:' || l.id || ':ended:' || ${at}::text, 'colleague.handled', ${at}::timestamptz,
          ${at}::timestamptz, jsonb_build_object('lead', l.id), '{}'
        from leads l join leads o on o.account_id = l.account_id and o.id <> l.id and o.ended_at is null
          cross join lateral ${repliesOf(sql`l.id`)} w
        where l.id = ${lead} and w.replied > w.handled on conflict do nothing`,
  )
}

/**
 * Takes a lead out of its account, because its main contact is at another company: it waits for no colleague's reply any
 * more, and they don't wait for one of its.
 */
export async function leaveAccount(tx: Db, lead: string, now: number): Promise<void> {
  await lockAccountsOf(tx, [lead])
  await releaseColleagues(tx, lead, now)
  const at = new Date(now).toISOString()
  await tx.execute(
    sql`insert into signals (lead_id, id, type, at, seen, data, personal)
        select l.id, 'colleague:' || o.id || ':left:' || ${at}::text, 'colleague.handled', ${at}::timestamptz,
          ${at}::timestamptz, jsonb_build_object('lead', o.id), '{}'
        from leads l join leads o on o.account_id = l.account_id and o.id <> l.id
          cross join lateral ${repliesOf(sql`o.id`)} w
        where l.id = ${lead} and l.ended_at is null and w.replied > w.handled on conflict do nothing`,
  )
}
