/** Looking leads up by what callers call them, many at once; and what their signals said, in people's words. */
import { sql } from 'drizzle-orm'
import type { Signal, SignalType } from '../cadence/signals.ts'
import type { Instant } from '../cadence/time.ts'
import { anyOf, type Db, ms, rows } from './db.ts'
import { emailKey } from './email-key.ts'

export interface FoundLead {
  id: string
  /** Nothing comes any more. */
  ended: boolean
  /** IANA. */
  zone: string
}

/**
 * The leads that these ids and e-mail addresses mean; an address means its open lead, else the latest.
 * @returns by what was asked for; without those that are nobody's
 */
export async function findLeads(db: Db, idsOrEmails: string[]): Promise<Map<string, FoundLead>> {
  const wanted = [...new Set(idsOrEmails)]
  const emails = wanted.filter((name) => name.includes('@')).map(emailKey)
  const ids = wanted.filter((name) => !name.includes('@'))
  const found = await rows<FoundLead & { key: string | null }>(
    db,
    sql`select id, email_key as key, ended_at is not null as ended, zone from leads
        where id = ${anyOf(ids)} or email_key = ${anyOf(emails)}
        order by ended_at is null, launched_at, id desc`,
  )
  // Of several with one address, the open one comes last, or else the latest.
  const byName = new Map<string, FoundLead>()
  for (const { key, ...lead } of found) if (key !== null) byName.set(key, lead)
  for (const { key, ...lead } of found) byName.set(lead.id, lead)
  return new Map(
    wanted.flatMap((name) => {
      const lead = byName.get(name.includes('@') ? emailKey(name) : name)
      return lead ? [[name, lead] as const] : []
    }),
  )
}

/**
 * Ids of the open leads that are all of this: of an owner, in a cadence, at an account (`domain.example`, or the
 * company's name).
 */
export async function openLeadsOf(
  db: Db,
  {
    owner,
    cadence,
    account,
  }: { owner?: string | undefined; cadence?: string | undefined; account?: string | undefined },
): Promise<string[]> {
  const where = [sql`l.ended_at is null`]
  if (owner !== undefined) where.push(sql`l.owner = ${owner}`)
  if (cadence !== undefined) where.push(sql`l.cadence = ${cadence}`)
  if (account !== undefined) {
    const name = account.toLowerCase()
    where.push(sql`(a.key in (${`domain:${name}`}, ${`company:${name}`}) or lower(l.company) = ${name})`)
  }
  const found = await rows<{ id: string }>(
    db,
    sql`select l.id from leads l left join accounts a on a.id = l.account_id
        where ${sql.join(where, sql` and `)} order by l.id`,
  )
  return found.map(({ id }) => id)
}

/** Ids of open leads in the order of their ids, those after an id. */
export async function openLeadsAfter(db: Db, after: string, most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from leads where ended_at is null and id > ${after} order by id limit ${most}`,
  )
  return found.map(({ id }) => id)
}

/** A signal with what people said in it. */
export interface SignalWords {
  id: string
  type: SignalType
  at: Instant
  seen: Instant
  contact: string | null
  data: Signal['data']
  personal: Record<string, string>
}

/** All signals of a lead, in the order they came in. */
export async function signalWords(db: Db, lead: string): Promise<SignalWords[]> {
  return rows(
    db,
    sql`select id, type, contact, data, personal, ${ms(sql`at`)} as at, ${ms(sql`seen`)} as seen
        from signals where lead_id = ${lead} order by n`,
  )
}
