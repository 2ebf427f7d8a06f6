/** Reopening: an ended lead's row is its own outbox again, as at its launch, until its workflow has begun anew. */
import { sql } from 'drizzle-orm'
import type { Signal } from '../cadence/signals.ts'
import type { Instant } from '../cadence/time.ts'
import { lockAccountsOf, tellNewcomers } from './colleagues.ts'
import { at, type Db, ms, rows } from './db.ts'

/** What stands in the way of reopening. `taken`: another lead with this address is open. */
export type Reopened = 'reopened' | 'not_ended' | 'suppressed' | 'taken'

/** Opens an ended lead again, in one transaction: from then on it counts as open, and its workflow is to be started. */
export async function reopenLead(db: Db, lead: string, now: Instant): Promise<Reopened> {
  return db.transaction(async (tx) => {
    const [found] = await rows<{ ended: boolean; suppressed: boolean; taken: boolean }>(
      tx,
      sql`select l.ended_at is not null and l.final is not null as ended,
            exists (select from suppressions x where x.email_key = l.email_key and x.reason <> 'bounced') as suppressed,
            exists (select from leads o where o.email_key = l.email_key and o.ended_at is null and o.id <> l.id) as taken
          from leads l where l.id = ${lead} for no key update`,
    )
    if (!found?.ended) return 'not_ended'
    if (found.suppressed) return 'suppressed'
    if (found.taken) return 'taken'
    await tx.execute(
      sql`update leads set ended_at = null, outcome = null, outcome_at = null, outcome_because = null, outcome_cause = null,
            paused_at = null, hold = null, next_step = null, next_kind = null, next_at = null, next_timing = null,
            reason = '{"code": "reopened_not_started"}', started = false, reopened_at = ${at(now)} where id = ${lead}`,
    )
    await lockAccountsOf(tx, [lead])
    await tellNewcomers(tx, [lead], now)
    return 'reopened'
  })
}

/** What was heard of a lead while it had ended; its last days are in it, too, which is no harm: ids count once. */
export async function heardMeanwhile(db: Db, lead: string, since: Instant): Promise<Signal[]> {
  const found = await rows<Omit<Signal, 'contact'> & { contact: string | null }>(
    db,
    sql`select id, type, contact, data, ${ms(sql`at`)} as at, ${ms(sql`seen`)} as seen from signals
        where lead_id = ${lead} and seen >= ${at(since)} and type not like 'colleague.%' order by n`,
  )
  return found.map(({ contact, ...signal }) => (contact === null ? signal : { ...signal, contact }))
}
