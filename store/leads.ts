/**
 * Leads' rows: launching them, the workflows still to be started for them (the rows are their own outbox), and pausing.
 */
import { sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { Stored } from '../cadence/format.ts'
import type { Lead } from '../cadence/lead.ts'
import type { SuppressionReason } from '../cadence/leads-file.ts'
import type { Instant } from '../cadence/time.ts'
import type { Role } from '../cadence/words.ts'
import { accountIds, accountKey } from './accounts.ts'
import { lockAddresses } from './addresses.ts'
import { tellNewcomers } from './colleagues.ts'
import { at, BATCH, type Db, ms, pieces, records, rows } from './db.ts'
import { emailKey } from './email-key.ts'
import { newId } from './ids.ts'
import { suppressedAmong } from './suppressions.ts'

/** Somebody to launch. Checked before: the address is one, the zone is IANA's, texts hold no control characters. */
export interface NewLead {
  email: string
  /** IANA. */
  zone: string
  firstName?: string
  lastName?: string
  title?: string
  phone?: string
  company?: string
  country?: string
  /** With its country before it: `DE-BY`. */
  region?: string
  locale?: string
  owner?: string
  role?: Role
  source?: string
  externalId?: string
  custom?: Record<string, string>
  /** The lead who named them. */
  referrer?: string
}

/** What became of one launch. */
export type Launched =
  | { kind: 'inserted'; id: string }
  /**
   * This cadence has a lead with this address, which may have ended, or whose address it was until it was corrected; an
   * earlier row of this list has no `zone`.
   */
  | { kind: 'already'; id: string; zone?: string; ended?: true; former?: true }
  /** An open lead of another cadence has this address. */
  | { kind: 'elsewhere'; id: string; cadence: string }
  /** An open lead has this address, of somebody it knows beside its main contact. */
  | { kind: 'contact'; id: string; cadence: string; contact: string }
  | { kind: 'suppressed'; reason: SuppressionReason }

/** A workflow to start. */
export interface Start {
  id: string
  cadence: string
  version: number
  launchedAt: Instant
  role?: Role
  /** A person reopened it: when, the lead as it had ended, and where in its history. */
  reopened?: { at: Instant; final: Stored<Lead>; position: number }
}

/**
 * Writes leads, each with its main contact; nobody twice in a cadence, nobody in two at once.
 * @returns what became of each, in the order of the list.
 */
export async function insertLeads(
  db: Db,
  list: NewLead[],
  into: { cadence: string; version: number; now: Instant },
): Promise<Launched[]> {
  const results: Launched[] = []
  for (const piece of pieces(list, BATCH)) {
    results.push(...(await db.transaction((tx) => insertPiece(tx, piece, into))))
  }
  return results
}

async function insertPiece(
  db: Db,
  list: NewLead[],
  { cadence, version, now }: { cadence: string; version: number; now: Instant },
): Promise<Launched[]> {
  const keys = list.map(({ email }) => emailKey(email))
  await lockAddresses(db, keys)
  const known = await standingInTheWay(db, cadence, keys)
  const drafts = list
    .map((lead, index) => ({ ...lead, key: keys[index] as string, id: newId() }))
    .filter(({ key }, index) => !known.has(key) && keys.indexOf(key) === index)
  const accounts = await accountIds(
    db,
    drafts.flatMap(({ email, company }) => accountKey(email, company) ?? []),
  )
  const inserted = await rows<{ id: string; key: string }>(
    db,
    sql`insert into leads (id, email_key, account_id, company, country, region, zone, locale, owner, source, external_id,
                           custom, referrer, cadence, version, launched_at)
        select id, key, account, company, country, region, zone, locale, owner, source, "externalId",
               coalesce(custom, '{}'), referrer, ${cadence}, ${version}, ${at(now)}
        from ${records(drafts.map((d) => ({ ...d, account: accounts.get(accountKey(d.email, d.company) ?? '') })))}
          as r(id text, key text, account text, company text, country text, region text, zone text, locale text, owner text,
               source text, "externalId" text, custom jsonb, referrer text)
        on conflict (email_key) where ended_at is null do nothing
        returning id, email_key as key`,
  )
  const ids = new Set(inserted.map(({ id }) => id))
  await db.execute(
    sql`insert into contacts (lead_id, id, email, email_key, first_name, last_name, title, phone, role)
        select id, ${MAIN}, email, key, "firstName", "lastName", title, phone, role
        from ${records(drafts.filter(({ id }) => ids.has(id)))}
          as r(id text, email text, key text, "firstName" text, "lastName" text, title text, phone text, role text)`,
  )
  await tellNewcomers(db, [...ids], now)
  // A process of an older Relance, or a turn that takes an end back, doesn't ask for the lock: see who was first.
  if (inserted.length < drafts.length) {
    for (const [key, way] of await standingInTheWay(db, cadence, keys))
      if (!known.has(key)) known.set(key, way)
  }
  const fresh = new Map(inserted.map(({ id, key }) => [key, id]))
  return keys.map((key, index) => {
    const id = fresh.get(key)
    if (id !== undefined) return { kind: keys.indexOf(key) === index ? 'inserted' : 'already', id }
    return known.get(key) as Launched
  })
}

/** By address: why it can't be launched into this cadence. The addresses are locked. */
async function standingInTheWay(db: Db, cadence: string, keys: string[]): Promise<Map<string, Launched>> {
  const asked = [...new Set(keys)]
  const found = await rows<{
    key: string
    id: string
    cadence: string
    zone: string
    ended: boolean
    contact: string
    former: boolean
  }>(
    db,
    sql`with r as (select key from ${records(asked.map((key) => ({ key })))} as r(key text))
        select r.key, l.id, l.cadence, l.zone, l.ended_at is not null as ended, c.id as contact, false as former
          from r join contacts c on c.email_key = r.key join leads l on l.id = c.lead_id
          where l.ended_at is null or (l.cadence = ${cadence} and c.id = ${MAIN})
        union
        select r.key, l.id, l.cadence, l.zone, l.ended_at is not null, ${MAIN}, false
          from r join leads l on l.email_key = r.key where l.ended_at is null or l.cadence = ${cadence}
        union all
        select r.key, l.id, l.cadence, l.zone, l.ended_at is not null, f.contact, true
          from r join former_addresses f on f.email_key = r.key join leads l on l.id = f.lead_id
          where l.cadence = ${cadence} and f.contact = ${MAIN}`,
  )
  const ways = new Map<string, Launched>()
  const rank = (way: Launched): number => (way.kind === 'already' && way.former ? 0 : RANK.indexOf(way.kind))
  for (const { key, id, cadence: of, zone, ended, contact, former } of found) {
    const way: Launched =
      contact !== MAIN
        ? { kind: 'contact', id, cadence: of, contact }
        : of === cadence
          ? { kind: 'already', id, zone, ...(ended && { ended }), ...(former && { former }) }
          : { kind: 'elsewhere', id, cadence: of }
    const other = ways.get(key)
    // The one open lead says more than those that ended.
    const more = way.kind === 'already' && !way.ended
    if (!other || rank(way) > rank(other) || (rank(way) === rank(other) && more)) ways.set(key, way)
  }
  for (const [key, reason] of await suppressedAmong(db, asked)) ways.set(key, { kind: 'suppressed', reason })
  return ways
}

/** What stands in the way beside a no, what says least first. */
const RANK: readonly Launched['kind'][] = ['inserted', 'contact', 'elsewhere', 'already']

/** Leads whose workflow isn't started yet, oldest first. */
export async function pendingStarts(db: Db, limit: number): Promise<Start[]> {
  const found = await rows<
    Omit<Start, 'role' | 'reopened'> & {
      role: Role | null
      at: Instant | null
      final: Stored<Lead> | null
      position: number
    }
  >(
    db,
    // The role is looked up lead by lead: while a list is launched, its tables grow faster than plans are made anew, and a
    // join would read all contacts for each few hundred leads.
    sql`select l.id, l.cadence, l.version, ${ms(sql`l.launched_at`)} as "launchedAt",
          (select c.role from contacts c where c.lead_id = l.id and c.id = ${MAIN}) as role,
          ${ms(sql`l.reopened_at`)} as at, case when l.reopened_at is null then null else l.final end as final,
          coalesce(l.position, 0) as position
        from leads l where not started order by launched_at limit ${limit}`,
  )
  return found.map(({ role, at, final, position, ...start }) => ({
    ...start,
    ...(role !== null && { role }),
    ...(at !== null && final !== null && { reopened: { at, final, position } }),
  }))
}

/** Notes that these leads' workflows are started. */
export async function markStarted(db: Db, ids: string[]): Promise<void> {
  await db.execute(
    sql`update leads l set started = true from ${records(ids.map((id) => ({ id })))} as r(id text)
        where l.id = r.id and not l.started`,
  )
}

/** Holds a lead's touches, or lets them go, whatever its workflow has heard of it. */
export async function setPaused(
  db: Db,
  id: string,
  since: Instant | undefined,
  until?: Instant,
): Promise<void> {
  const instant = (one: Instant | undefined) => (one === undefined ? sql`null` : at(one))
  await db.execute(
    sql`update leads set paused_at = ${instant(since)}, paused_until = ${instant(until)} where id = ${id}`,
  )
}

/** Lets a lead go whose pause had an end, which its rules have seen come; one that was asked for since stays. */
export async function endPause(db: Db, id: string, now: Instant): Promise<void> {
  await db.execute(
    sql`update leads set paused_at = null, paused_until = null where id = ${id} and paused_until <= ${at(now)}`,
  )
}
