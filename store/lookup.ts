/** Looking leads up by what callers call them, many at once; and what their signals said, in people's words. */
import { sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { Signal, SignalType } from '../cadence/signals.ts'
import type { Instant } from '../cadence/time.ts'
import { anyOf, type Db, ms, records, rows } from './db.ts'
import { emailKey } from './email-key.ts'

export interface FoundLead {
  id: string
  /** Nothing comes any more. */
  ended: boolean
  /** IANA. */
  zone: string
  /** Whose address it was asked for by, where that isn't the main contact's. */
  contact?: string
}

/**
 * The leads that these ids and e-mail addresses mean. An address means the lead whose main contact has it now, or else
 * whose other contact has, or else the one that had it until it was corrected; of these its open lead, else the latest.
 * @returns by what was asked for; without those that are nobody's
 */
export async function findLeads(db: Db, idsOrEmails: string[]): Promise<Map<string, FoundLead>> {
  const wanted = [...new Set(idsOrEmails)]
  const emails = wanted.filter((name) => name.includes('@')).map(emailKey)
  const ids = wanted.filter((name) => !name.includes('@'))
  const byAddress = sql`
    select c.lead_id as id, c.email_key as key, c.id as contact, c.id = ${MAIN} as main, true as now
      from contacts c where c.email_key = ${anyOf(emails)}
    union all
    select f.lead_id, f.email_key, f.contact, f.contact = ${MAIN}, false
      from former_addresses f where f.email_key = ${anyOf(emails)}`
  const found = await rows<FoundLead & { key: string | null; contact: string | null }>(
    db,
    sql`select l.id, w.key, w.contact, l.ended_at is not null as ended, l.zone
        from (select id, null as key, null as contact, true as main, true as now from leads where id = ${anyOf(ids)}
          ${emails.length > 0 ? sql`union all ${byAddress}` : sql``}) w
          join leads l on l.id = w.id
        order by w.now, l.ended_at is null, w.main, l.launched_at, l.id desc`,
  )
  // Of several with one address, the one that is meant comes last.
  const byName = new Map<string, FoundLead>()
  for (const { key, contact, ...lead } of found) {
    byName.set(key ?? lead.id, contact === null || contact === MAIN ? lead : { ...lead, contact })
  }
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

/** Signals by `lead/id`; those that are on record. */
export async function signalsById(
  db: Db,
  list: readonly { lead: string; id: string }[],
): Promise<Map<string, SignalWords>> {
  if (list.length === 0) return new Map()
  const found = await rows<SignalWords & { lead: string }>(
    db,
    sql`select s.lead_id as lead, s.id, s.type, s.contact, s.data, s.personal, ${ms(sql`s.at`)} as at,
          ${ms(sql`s.seen`)} as seen
        from ${records([...list])} as r(lead text, id text) join signals s on s.lead_id = r.lead and s.id = r.id`,
  )
  return new Map(found.map(({ lead, ...signal }) => [`${lead}/${signal.id}`, signal]))
}

/** All signals of a lead, in the order they came in. */
export async function signalWords(db: Db, lead: string): Promise<SignalWords[]> {
  return rows(
    db,
    sql`select id, type, contact, data, personal, ${ms(sql`at`)} as at, ${ms(sql`seen`)} as seen
        from signals where lead_id = ${lead} order by n`,
  )
}
