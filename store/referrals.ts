/**
 * Referrals: whom a lead named, and what came of it. Somebody new becomes a lead in the transaction that takes the
 * signal in; somebody who is a lead already is linked to the one they are.
 */
import { sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import type { OutcomeWord, Standing } from '../cadence/words.ts'
import { at, type Db, ms, records, rows } from './db.ts'
import { insertLeads, type NewLead } from './leads.ts'

/** Somebody who was named, as the lead they would be, and the version they would be launched in. */
export interface NewReferral {
  lead: NewLead
  cadence: string
  version: number
}

export type Became = 'started' | 'linked' | 'suppressed'

/** What came of one `referral.given`: the lead, or null for an address that must not be written to. */
export interface Referred {
  lead: string | null
  became: Became
}

/** Carries one referral out, as a part of the transaction that wrote its signal. */
export async function refer(
  tx: Db,
  referrer: string,
  signal: { id: string; at: Instant; seen: Instant },
  { lead, cadence, version }: NewReferral,
): Promise<void> {
  const [launched] = await insertLeads(tx, [lead], { cadence, version, now: signal.seen })
  const known = launched && 'id' in launched ? launched.id : null
  const became: Became = known === null ? 'suppressed' : launched?.kind === 'inserted' ? 'started' : 'linked'
  await tx.execute(
    sql`insert into referrals (referrer, signal, lead_id, became, at)
        values (${referrer}, ${signal.id}, ${known}, ${became}, ${at(signal.at)}) on conflict do nothing`,
  )
}

/** What came of these signals, by `lead/signal id`. */
export async function referredBy(
  db: Db,
  list: { lead: string; id: string }[],
): Promise<Map<string, Referred>> {
  if (list.length === 0) return new Map()
  const found = await rows<Referred & { of: string }>(
    db,
    sql`select f.referrer || '/' || f.signal as of, f.lead_id as lead, f.became
        from ${records(list)} as r(lead text, id text)
          join referrals f on f.referrer = r.lead and f.signal = r.id`,
  )
  return new Map(found.map(({ of, ...referred }) => [of, referred]))
}

/** One link of a chain of referrals. */
export interface ReferralLink {
  /** Who named them. */
  by: string
  /** Null for an address that must not be written to. */
  lead: string | null
  became: Became
  at: Instant
  /** How far from the lead the chain was asked for. */
  depth: number
  company: string | null
  firstName: string | null
  lastName: string | null
  standing: Standing | null
  outcome: OutcomeWord | null
}

/** Chains longer than this are somebody's game. */
const LONGEST = 50

/**
 * The chain that leads to a lead (the nearest first), and the tree of those who came through it, each branch whole.
 * People may name each other: a chain ends where it would come round again.
 */
export async function referralChains(
  db: Db,
  lead: string,
): Promise<{ up: ReferralLink[]; down: ReferralLink[] }> {
  const columns = sql`t.referrer as by, t.lead_id as lead, t.became, ${ms(sql`t.at`)} as at, t.depth`
  const up = await rows<ReferralLink>(
    db,
    sql`with recursive t as (
          select r.*, 1 as depth, array[r.lead_id, r.referrer] as path from referrals r
            where r.lead_id = ${lead} and r.referrer <> ${lead}
          union all
          select r.*, t.depth + 1, t.path || r.referrer from referrals r join t on r.lead_id = t.referrer
            where r.referrer <> all(t.path) and t.depth < ${LONGEST}
        )
        select ${columns}, l.company, c.first_name as "firstName", c.last_name as "lastName", l.standing, l.outcome
        from t join leads l on l.id = t.referrer left join contacts c on c.lead_id = l.id and c.id = 'main'
        order by t.depth, t.at`,
  )
  const down = await rows<ReferralLink>(
    db,
    sql`with recursive t as (
          select r.*, 1 as depth, array[r.referrer, r.lead_id] as path, array[to_json(r.at) #>> '{}', r.signal] as place
            from referrals r where r.referrer = ${lead} and r.lead_id is distinct from ${lead}
          union all
          select r.*, t.depth + 1, t.path || r.lead_id, t.place || array[to_json(r.at) #>> '{}', r.signal]
            from referrals r join t on r.referrer = t.lead_id
            where (r.lead_id is null or r.lead_id <> all(t.path)) and t.depth < ${LONGEST}
        )
        select ${columns}, l.company, c.first_name as "firstName", c.last_name as "lastName", l.standing, l.outcome
        from t left join leads l on l.id = t.lead_id left join contacts c on c.lead_id = l.id and c.id = 'main'
        order by t.place`,
  )
  return { up, down }
}
