/** Addresses that must not be written to, whatever cadence, for good. */
import { sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, rows } from './db.ts'
import { emailKey } from './ids.ts'

export type SuppressionReason = 'unsubscribed' | 'complained' | 'bounced' | 'asked'

export interface Suppression {
  email: string
  reason: SuppressionReason
  at: Instant
}

/** Suppresses an address. The first reason stays. */
export async function suppress(
  db: Db,
  email: string,
  reason: SuppressionReason,
  now: Instant,
): Promise<void> {
  await db.execute(
    sql`insert into suppressions (email_key, reason, at) values (${emailKey(email)}, ${reason}, ${at(now)})
        on conflict do nothing`,
  )
}

/** Every suppressed address, latest first. */
export async function listSuppressions(db: Db, limit = 1000): Promise<Suppression[]> {
  return rows(
    db,
    sql`select email_key as email, reason, (extract(epoch from at) * 1000)::float8 as at
        from suppressions order by suppressions.at desc limit ${limit}`,
  )
}
