/** Reopening: an ended lead's row is its own outbox again, as at its launch, until its workflow has begun anew. */
import { sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { Signal } from '../cadence/signals.ts'
import type { Instant } from '../cadence/time.ts'
import { type Holder, holdersOf, lockAddresses } from './addresses.ts'
import { lockAccountsOf, tellNewcomers } from './colleagues.ts'
import { listContacts } from './contacts.ts'
import { at, type Db, ms, rows } from './db.ts'
import { emailKey } from './email-key.ts'
import { suppressedBecause, suppressionKeysOf } from './suppression-keys.ts'

/**
 * What stands in the way of reopening. `no`: it ended because they said no, and nobody has lifted that since; `taken`: an
 * open lead has the address of one of its people.
 */
export type Reopened = 'reopened' | 'not_ended' | 'no' | 'suppressed' | { taken: Holder }

/** Opens an ended lead again, in one transaction: from then on it counts as open, and its workflow is to be started. */
export async function reopenLead(db: Db, lead: string, now: Instant): Promise<Reopened> {
  return db.transaction(async (tx) => {
    const people = await listContacts(tx, lead)
    const keys = people.flatMap(({ email }) => (email === null ? [] : [emailKey(email)]))
    await lockAddresses(tx, keys)
    const [found] = await rows<{ ended: boolean; suppressed: boolean; no: boolean }>(
      tx,
      sql`select l.ended_at is not null and l.final is not null as ended,
            coalesce(${suppressedBecause(sql`c.email_key`)} <> 'bounced', false) as suppressed,
            l.outcome = 'opted_out' and not exists (select from suppression_log g
              where g.what = 'lifted' and g.at >= l.outcome_at
                and g.email_key = any(${suppressionKeysOf(sql`c.email_key`)})) as no
          from leads l left join contacts c on c.lead_id = l.id and c.id = ${MAIN}
          where l.id = ${lead} for no key update of l`,
    )
    if (!found?.ended) return 'not_ended'
    if (found.suppressed) return 'suppressed'
    if (found.no) return 'no'
    const [taken] = [...(await holdersOf(tx, keys)).values()].filter((holder) => holder.lead !== lead)
    if (taken) return { taken }
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
