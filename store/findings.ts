/**
 * A checker over the store: what must hold between signals, leads, slots, the ledger and timelines once nothing is under
 * way any more, as questions whose answer must be empty.
 */
import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import type { FindingWord } from '../cadence/words.ts'
import { at, type Db, rows } from './db.ts'

/** One kind of fault: how many there are, and the leads of the first few. */
export interface Finding {
  code: FindingWord
  n: number
  leads: string[]
}

/** How many leads of a kind are named. */
const NAMED = 10

/**
 * Looks for what must not be.
 * @param before - what is younger, by the environment's clock, may still be under way and is left out
 * @returns the kinds that were found
 */
export async function findings(db: Db, before: Instant): Promise<Finding[]> {
  const all = Object.entries(QUESTIONS(at(before))).map(
    ([code, question]) =>
      sql`select ${code}::text as code, count(*)::int as n, coalesce((array_agg(lead order by lead))[1:${sql.raw(String(NAMED))}], '{}') as leads
          from (${question}) as found having count(*) > 0`,
  )
  const found: Finding[] = []
  for (const question of all) found.push(...(await rows<Finding>(db, question)))
  return found
}

/** A settled touch is told to its lead by a line of the timeline. */
const TOLD = sql`exists (select from timeline i where i.lead_id = t.lead_id and i.what = 'touch' and i.detail ->> 'key' = t.key)`

/** By code: the leads it is so for. */
const QUESTIONS = (before: SQL): Record<FindingWord, SQL> => ({
  // Every signal that was delivered is folded, or waits for a workflow that lives.
  signal_not_folded: sql`select s.lead_id as lead from signals s join leads l on l.id = s.lead_id
    where s.delivered and not s.folded and s.seen < ${before}`,
  signal_not_delivered: sql`select s.lead_id as lead from signals s join leads l on l.id = s.lead_id
    where not s.delivered and l.started and s.seen < ${before}`,
  // Every open lead has a workflow.
  lead_not_started: sql`select id as lead from leads
    where not started and coalesce(reopened_at, launched_at) < ${before}`,
  lead_asleep: sql`select id as lead from leads where asleep_at is not null and ended_at is null`,
  lead_overdue: sql`select id as lead from leads
    where ended_at is null and asleep_at is null and started and next_at < ${before}`,
  // Every slot is an open lead's, and its next moment.
  slot_without_lead: sql`select s.lead_id as lead from slots s
    where not exists (select from leads l where l.id = s.lead_id and l.ended_at is null)`,
  slot_not_next: sql`select s.lead_id as lead from slots s join leads l on l.id = s.lead_id
    where l.ended_at is null and l.next_at is distinct from s.at and l.as_of < ${before}`,
  // Every touch has a turn that says what became of it, and every line a touch.
  touch_without_turn: sql`select t.lead_id as lead from touches t join leads l on l.id = t.lead_id
    where t.status in ('accepted', 'unconfirmed', 'refused', 'failed') and t.settled_at < ${before}
      and l.ended_at is null and not ${TOLD}`,
  turn_without_touch: sql`select i.lead_id as lead from timeline i join leads l on l.id = i.lead_id and i.seq <= l.seq
    where i.what = 'touch' and i.detail ->> 'result' = 'done'
      and not exists (select from touches t where t.key = i.detail ->> 'key')`,
  touch_not_settled: sql`select t.lead_id as lead from touches t join leads l on l.id = t.lead_id
    where t.status = 'handed_over' and t.handed_over_at < ${before} and l.ended_at is null`,
})
