/** Queries of reconciling: what a restore of the database or of Temporal can leave between the two. */
import { sql } from 'drizzle-orm'
import type { Signal } from '../cadence/signals.ts'
import type { Instant } from '../cadence/time.ts'
import type { Suspect } from './asleep.ts'
import { anyOf, at, type Db, ms, rows } from './db.ts'

/** A lead as the record has it. */
export interface OnRecord extends Suspect {
  ended: boolean
  /** Its workflow was started. */
  started: boolean
  /** Number of its last change. */
  seq: number
}

/** Leads with these ids; those that the database doesn't have are missing. */
export async function onRecord(db: Db, leads: string[]): Promise<Map<string, OnRecord>> {
  const found = await rows<OnRecord>(
    db,
    sql`select id as lead, position, ${ms(sql`task_at`)} as "taskAt", ended_at is not null as ended, started, seq from leads where id = ${anyOf(leads)}`,
  )
  return new Map(found.map((one) => [one.lead, one]))
}

/** By lead: signals that were delivered before a moment and that no turn on record has taken in. */
export async function unfoldedBefore(db: Db, before: Instant): Promise<Map<string, Signal[]>> {
  const found = await rows<Omit<Signal, 'contact'> & { contact: string | null; lead: string }>(
    db,
    sql`select s.lead_id as lead, s.id, s.type, s.contact, s.data, ${ms(sql`s.at`)} as at, ${ms(sql`s.seen`)} as seen
        from signals s join leads l on l.id = s.lead_id and l.ended_at is null and l.started
        where s.delivered and not s.folded and s.seen < ${at(before)} order by s.n`,
  )
  const byLead = new Map<string, Signal[]>()
  for (const { lead, contact, ...signal } of found) {
    const one = contact === null ? signal : { ...signal, contact }
    byLead.set(lead, [...(byLead.get(lead) ?? []), one])
  }
  return byLead
}

/** Gives up slots that are no open lead's. */
export async function freeSlots(db: Db): Promise<void> {
  await db.execute(
    sql`delete from slots s where not exists (select from leads l where l.id = s.lead_id and l.ended_at is null)`,
  )
}
