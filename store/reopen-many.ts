/** Taking back in bulk what refused e-mails did: who ended because an address was said not to exist, and their addresses. */
import { sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, rows } from './db.ts'
import { reopenLead } from './reopen.ts'
import { liftSuppression } from './suppression-list.ts'

/** Whose refusals: of the e-mails of a mailbox, in a time. */
export interface OfMailbox {
  mailbox: string
  since: Instant
  until: Instant
}

/** A lead that ended as unreachable, the address that must not be written to since, and what the server had said. */
export interface Bounced {
  lead: string
  email: string
  says: string | null
}

/** Leads that have ended as unreachable because of a mailbox's refusals; the latest of each address first. */
export async function bouncedBy(db: Db, { mailbox, since, until }: OfMailbox): Promise<Bounced[]> {
  return rows(
    db,
    sql`with refused as (
          select distinct on (c.email_key) c.email_key, t.response from touches t
            join cadences p on p.name = t.cadence and p.version = t.version
            join contacts c on c.lead_id = t.lead_id and c.id = t.contact
          where t.status = 'refused' and t.hard and p.plan ->> 'from' = ${mailbox}
            and t.settled_at between ${at(since)} and ${at(until)} and c.email_key is not null
          order by c.email_key, t.settled_at desc
        )
        select l.id as lead, r.email_key as email, r.response as says from refused r
          join contacts c on c.email_key = r.email_key join leads l on l.id = c.lead_id
        where l.ended_at is not null and l.erased_at is null and l.outcome = 'unreachable'
          and l.outcome_at >= ${at(since)}
        order by l.launched_at desc, l.id`,
  )
}

/**
 * Opens one of them again: the bounce is lifted, which its lead hears of as it begins anew. In one transaction.
 * @returns false when it can't be opened: it isn't ended any more, the person said no since, or the address is another
 * open lead's by now
 */
export async function reopenBounced(db: Db, { lead, email }: Bounced, now: Instant): Promise<boolean> {
  const kept = new Error('not reopened')
  try {
    await db.transaction(async (tx) => {
      await liftSuppression(tx, email, { now, reason: LIFTED, only: 'bounced' })
      if ((await reopenLead(tx, lead, now)) !== 'reopened') throw kept
    })
    return true
  } catch (error) {
    if (error === kept) return false
    throw error
  }
}

/** What stands in the list's log as the reason. */
const LIFTED = 'the refusal was a fault of ours'
