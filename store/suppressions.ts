/**
 * Addresses that must not be written to, whatever cadence, until a person lifts that. Every way of saying no ends here:
 * the address goes on the list, with who says so, and every open lead that has it in any role hears of it.
 */
import { type SQL, sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { Door, SuppressionReason } from '../cadence/leads-file.ts'
import type { Instant } from '../cadence/time.ts'
import { anyOf, type Db, records, rows } from './db.ts'
import { emailKey } from './email-key.ts'
import { suppressionKeys, suppressionKeysOf } from './suppression-keys.ts'

/** Somebody who must not be written to any more. */
export interface OptOut {
  lead: string
  contact: string
  reason: SuppressionReason
  at: Instant
}

/** An address, or a domain as `@atelier.example`, that must not be written to. */
export interface No {
  email: string
  reason: SuppressionReason
  at: Instant
  /** By which door it came, who wrote it down, and what they say of it. */
  source: Door
  who?: string | undefined
  note?: string | undefined
}

/** An open lead that heard of a no. `ends`: it was its main contact's. */
export interface Told {
  /** The entry of the list that it heard of. */
  key: string
  lead: string
  cadence: string
  ends: boolean
}

/** What came of a list of noes. */
export interface Suppressed {
  /** Entries that were not on the list before. */
  added: string[]
  told: Told[]
}

/** Suppresses an address. */
export async function suppress(
  db: Db,
  email: string,
  reason: SuppressionReason,
  now: Instant,
  { source = 'person', who, note }: Partial<Pick<No, 'source' | 'who' | 'note'>> = {},
): Promise<Suppressed> {
  return suppressAll(db, [{ email, reason, at: now, source, who, note }])
}

/**
 * Suppresses addresses and domains, in one transaction. Whoever has the address, or had it when we wrote to it, has
 * said no at their other addresses, too.
 */
export async function suppressAll(db: Db, list: readonly No[]): Promise<Suppressed> {
  const lines = list.map(({ email, at, ...no }) => ({ key: emailKey(email), at: iso(at), ...no }))
  const asked = new Set(lines.map(({ key }) => key))
  return db.transaction(async (tx) => {
    const { added, told } = await write(tx, [...lines, ...(await alsoTheirs(tx, lines))])
    return { added: added.filter((key) => asked.has(key)), told }
  })
}

/** The other addresses of the people behind noes: the one they have now, and those that we wrote to. */
async function alsoTheirs(tx: Db, lines: readonly Line[]): Promise<Line[]> {
  const noes = lines.filter(({ key, reason }) => !key.startsWith('@') && reason !== 'bounced')
  if (noes.length === 0) return []
  const by = new Map(noes.map((line) => [line.key, line]))
  const known = await rows<{ key: string; other: string }>(
    tx,
    sql`with people as (
          select c.email_key as key, c.lead_id as lead, c.id as contact
            from contacts c where c.email_key = ${anyOf([...by.keys()])}
          union
          select f.email_key, f.lead_id, f.contact from former_addresses f
            where f.email_key = ${anyOf([...by.keys()])} and exists (
              select from touches t where ${writtenTo(sql`f.lead_id`, sql`f.contact`)} and t.address = f.email_key)
        )
        select distinct p.key, o.address as other from people p
          cross join lateral (${addressesOf(sql`p.lead`, sql`p.contact`)}) as o(address)
          where o.address <> p.key`,
  )
  return known.map(({ key, other }) => ({ ...(by.get(key) as Line), key: other }))
}

/** The touches by which a contact may have been written to. */
const writtenTo = (lead: SQL, contact: SQL): SQL =>
  sql`t.lead_id = ${lead} and t.contact = ${contact} and t.address is not null and t.status <> 'closed'`

/** The address that a contact has now, and those that we have written to. */
const addressesOf = (lead: SQL, contact: SQL): SQL => sql`
  select c.email_key from contacts c where c.lead_id = ${lead} and c.id = ${contact} and c.email_key is not null
  union
  select t.address from touches t where ${writtenTo(lead, contact)}`

/**
 * Suppresses the addresses of contacts, in the transaction that learns of it: the one that they have now, and, where
 * they said no themselves, all that we have written to.
 */
export async function suppressContacts(
  db: Db,
  outs: readonly OptOut[],
  source: Door = 'mail',
): Promise<void> {
  if (outs.length === 0) return
  const list = outs.map((out) => ({ ...out, at: iso(out.at) }))
  const known = await rows<Omit<Line, 'source'>>(
    db,
    sql`select o.address as key, r.reason, r.at, r.lead, r.contact
        from ${records(list)} as r(lead text, contact text, reason text, at text)
          cross join lateral (${addressesOf(sql`r.lead`, sql`r.contact`)}) as o(address)
        where r.reason <> 'bounced' or exists (
          select from contacts c where c.lead_id = r.lead and c.id = r.contact and c.email_key = o.address)`,
  )
  await write(
    db,
    known.map((line) => ({ ...line, source })),
  )
}

const iso = (at: Instant): string => new Date(at).toISOString()

interface Line {
  key: string
  reason: SuppressionReason
  /** ISO 8601. */
  at: string
  source: Door
  who?: string | undefined
  note?: string | undefined
  /** Who it came from: they know already. */
  lead?: string
  contact?: string
}

/**
 * Writes suppressions and what is to be told of them. The first reason stays, but a person's no takes the place of a
 * bounce, which a better address could mend.
 */
async function write(db: Db, lines: readonly Line[]): Promise<Suppressed> {
  if (lines.length === 0) return { added: [], told: [] }
  const noes = new Map<string, Line>()
  for (const line of lines) {
    const other = noes.get(line.key)
    if (!other || (other.reason === 'bounced' && line.reason !== 'bounced')) noes.set(line.key, line)
  }
  const written = await rows<{ key: string; fresh: boolean }>(
    db,
    sql`with r as (select * from ${records([...noes.values()])}
          as r(key text, reason text, at timestamptz, source text, who text, note text) order by key
        ), written as (
          insert into suppressions as s (email_key, reason, at, source, who, note)
          select key, reason, at, source, who, note from r
          on conflict (email_key) do update set reason = excluded.reason, at = excluded.at, source = excluded.source,
            who = excluded.who, note = excluded.note
            where s.reason = 'bounced' and excluded.reason <> 'bounced'
          returning email_key, (xmax = 0) as fresh
        ), logged as (
          insert into suppression_log (email_key, at, what, reason, source, who, note)
          select r.key, r.at, 'suppressed', r.reason, r.source, r.who, r.note
          from written w join r on r.key = w.email_key
        )
        select email_key as key, fresh from written`,
  )
  return {
    added: written.filter(({ fresh }) => fresh).map(({ key }) => key),
    told: await tell(db, lines),
  }
}

/** Signal types by reason, as leads with the person in them hear of it. */
const NEWS: Record<SuppressionReason, string> = {
  unsubscribed: 'unsubscribed',
  asked: 'unsubscribed',
  complained: 'email.complained',
  bounced: 'email.bounced',
}

/**
 * A signal to every open lead that has one of the addresses, but for those it came from. Its id is made from the entry
 * of the list: said again, it is the same signal; after a lift, another one. So it is where somebody has just got the
 * address (`newly`), who may have had it before.
 */
async function tell(
  db: Db,
  lines: readonly Pick<Line, 'key' | 'at' | 'lead' | 'contact'>[],
  newly = false,
): Promise<Told[]> {
  // Of an address its index finds the people; a domain's are found by looking at everybody.
  const people = lines.some(({ key }) => key.startsWith('@'))
    ? sql`(select c.lead_id, c.id, k.key from contacts c join leads o on o.id = c.lead_id and o.ended_at is null
        cross join lateral unnest(${suppressionKeysOf(sql`c.email_key`)}) as k(key) where c.email_key is not null)`
    : sql`(select c.lead_id, c.id, c.email_key as key from contacts c)`
  return rows<Told>(
    db,
    sql`with r as (
          select c.lead_id, c.id, l.cadence, x.email_key as key, x.reason, greatest(x.at, r.at) as at,
            ${JSON.stringify(NEWS)}::jsonb ->> x.reason as type,
            'suppressed:' || c.id || ':' || x.reason || ':' || (extract(epoch from ${newly ? sql`r.at` : sql`x.at`}) * 1000)::bigint as signal
          from ${records([...lines])} as r(key text, at timestamptz, lead text, contact text)
            join suppressions x on x.email_key = r.key join ${people} c on c.key = r.key
            join leads l on l.id = c.lead_id
          where l.ended_at is null and (c.lead_id, c.id) is distinct from (r.lead, r.contact)
        ), told as (
          insert into signals (lead_id, id, type, at, seen, contact, data, personal)
          select lead_id, signal, type, at, at, id,
            case when type = 'email.bounced' then '{"hard": true}'::jsonb else '{}'::jsonb end, '{}'::jsonb
          from r on conflict do nothing returning lead_id, id
        )
        select distinct r.key, r.lead_id as lead, r.cadence, r.id = ${MAIN} and r.reason <> 'bounced' as ends
        from told join r on r.lead_id = told.lead_id and r.signal = told.id`,
  )
}

/** Contacts that have just become known with an address that must not be written to: their leads hear of it. */
export async function tellOfSuppressed(
  db: Db,
  people: readonly { lead: string; id: string }[],
  now: Instant,
): Promise<void> {
  const known = await rows<{ key: string }>(
    db,
    sql`select distinct x.email_key as key from ${records([...people])} as r(lead text, id text)
          join contacts c on c.lead_id = r.lead and c.id = r.id
          join suppressions x on x.email_key = any(${suppressionKeysOf(sql`c.email_key`)})`,
  )
  await tell(
    db,
    known.map((line) => ({ ...line, at: iso(now) })),
    true,
  )
}

/** Which of these contacts have an address that must not be written to: `lead/contact`. */
export async function suppressedContacts(
  db: Db,
  list: readonly { lead: string; contact: string }[],
): Promise<Set<string>> {
  if (list.length === 0) return new Set()
  const found = await rows<{ of: string }>(
    db,
    sql`select distinct c.lead_id || '/' || c.id as of from ${records([...list])} as r(lead text, contact text)
          join contacts c on c.lead_id = r.lead and c.id = r.contact
          join suppressions x on x.email_key = any(${suppressionKeysOf(sql`c.email_key`)})`,
  )
  return new Set(found.map(({ of }) => of))
}

/** Which of these addresses (`emailKey`) must not be written to, and why: a person's no before a bounce. */
export async function suppressedAmong(
  db: Db,
  keys: readonly string[],
): Promise<Map<string, SuppressionReason>> {
  const by = new Map(keys.map((key) => [key, suppressionKeys(key)]))
  const found = await rows<{ entry: string; reason: SuppressionReason }>(
    db,
    sql`select email_key as entry, reason from suppressions
        where email_key = ${anyOf([...new Set([...by.values()].flat())])}`,
  )
  const entries = new Map(found.map(({ entry, reason }) => [entry, reason]))
  return new Map(
    [...by].flatMap(([key, possible]) => {
      const reasons = possible.flatMap((entry) => entries.get(entry) ?? [])
      const reason = reasons.find((one) => one !== 'bounced') ?? reasons[0]
      return reason ? [[key, reason] as const] : []
    }),
  )
}
