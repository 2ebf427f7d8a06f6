/** Which steps were carried out, for one lead or by the open leads of a cadence, as the ledger knows. */
import { type SQL, sql } from 'drizzle-orm'
import { type Db, rows } from './db.ts'

/** Not carried out yet: under way, put off, or stopped at the gate. */
const SETTLED: SQL = sql`t.status not in ('claimed', 'deferred', 'closed')`

/** Ids of the steps that were carried out for a lead, in whatever version. */
export async function stepsDoneFor(db: Db, lead: string): Promise<string[]> {
  const found = await rows<{ step: string }>(
    db,
    sql`select distinct t.step from touches t where t.lead_id = ${lead} and ${SETTLED}`,
  )
  return found.map(({ step }) => step)
}

/** How many open leads of a version had a step carried out. */
export interface StepDone {
  version: number
  step: string
  leads: number
}

/** Of a cadence's open leads: which steps they have done, by the version they are on. */
export async function stepsDoneIn(db: Db, cadence: string): Promise<StepDone[]> {
  return rows(
    db,
    sql`select l.version, t.step, count(distinct t.lead_id)::int as leads
        from leads l join touches t on t.lead_id = l.id and t.cadence = l.cadence
        where l.cadence = ${cadence} and l.ended_at is null and ${SETTLED}
        group by l.version, t.step order by l.version, t.step`,
  )
}
