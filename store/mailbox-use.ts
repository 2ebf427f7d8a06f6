/** What the ledger says of a mailbox's use. */
import { sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, rows } from './db.ts'

/** Whether an e-mail of a mailbox has been taken since. */
export async function acceptedSince(db: Db, mailbox: string, since: Instant): Promise<boolean> {
  const found = await rows(
    db,
    sql`select 1 from touches where mailbox = ${mailbox} and status = 'accepted' and settled_at >= ${at(since)} limit 1`,
  )
  return found.length > 0
}
