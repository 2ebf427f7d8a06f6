/** What the ledger says of a mailbox's use. */
import { sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, ms, rows } from './db.ts'

/** Whether an e-mail of a mailbox has been taken since. */
export async function acceptedSince(db: Db, mailbox: string, since: Instant): Promise<boolean> {
  const found = await rows(
    db,
    sql`select 1 from touches where mailbox = ${mailbox} and status = 'accepted' and settled_at >= ${at(since)} limit 1`,
  )
  return found.length > 0
}

/** How many open leads have an e-mail that waits for each paused mailbox. */
export async function waitingFor(db: Db): Promise<Map<string, number>> {
  const found = await rows<{ mailbox: string; leads: number }>(
    db,
    sql`select reason -> 'delay' ->> 'mailbox' as mailbox, count(*)::int as leads from leads
        where ended_at is null and reason ->> 'code' = 'put_off'
          and reason -> 'delay' ->> 'code' in ('mailbox_paused', 'mailbox_refused') group by 1`,
  )
  return new Map(found.map(({ mailbox, leads }) => [mailbox, leads]))
}

/** What a mail server said last of an e-mail of a lead that was put off. */
export async function lastReply(db: Db, lead: string): Promise<{ says: string; at: Instant } | null> {
  const [found] = await rows<{ says: string; at: Instant }>(
    db,
    sql`select response as says, ${ms(sql`settled_at`)} as at from touches
        where lead_id = ${lead} and kind = 'email' and status = 'deferred' and response is not null
        order by settled_at desc limit 1`,
  )
  return found ?? null
}

/** What mail servers said of a lead's e-mails that weren't taken, by the touch's key. */
export async function repliesOf(db: Db, lead: string): Promise<Map<string, string>> {
  const found = await rows<{ key: string; says: string }>(
    db,
    sql`select key, response as says from touches where lead_id = ${lead} and kind = 'email'
          and status in ('refused', 'failed', 'unconfirmed') and response is not null`,
  )
  return new Map(found.map(({ key, says }) => [key, says]))
}
