/** What the database has lost and Temporal still knows: touches that were carried out, signals that were taken in. */
import { sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import { FORMAT } from '../cadence/format.ts'
import type { Instant } from '../cadence/time.ts'
import type { StepKind } from '../cadence/words.ts'
import { anyOf, type Db, records, rows } from './db.ts'

/** What is still known of a touch that was carried out. */
export interface LostTouch {
  /** `lead/visit/step` */
  key: string
  visit: number
  step: string
  kind: StepKind
  name: string
  /** When it was carried out, roughly. */
  at: Instant
}

/**
 * Puts touches of a lead back as accepted; those that the ledger has stay. Each gets its line on the timeline, in place of
 * one of those that are lost.
 * @param of.seq - number of the last change that the workflow recorded
 * @returns how many were put back
 */
export async function putTouchesBack(
  db: Db,
  lead: string,
  of: { cadence: string; version: number; stage: string; urgency: string; seq: number },
  touches: LostTouch[],
): Promise<number> {
  const list = touches.map(({ at, ...touch }) => ({ ...touch, at: new Date(at).toISOString() }))
  const put = await rows(
    db,
    sql`with put as (insert into touches (key, lead_id, account_id, visit, step, kind, name, contact, cadence, version, stage, urgency,
          status, token, slot, attempts, claimed_at, handed_over_at, settled_at)
        select r.key, l.id, l.account_id, r.visit, r.step, r.kind, r.name, ${MAIN}, ${of.cadence}, ${of.version}::int,
          ${of.stage}, ${of.urgency}, 'accepted', '', r.at, 1, r.at, r.at, r.at
        from ${records(list)} as r(key text, visit int, step text, kind text, name text, at timestamptz)
          join leads l on l.id = ${lead}
        on conflict (key) do update set status = 'accepted', settled_at = excluded.settled_at
          where touches.status in ('claimed', 'handed_over', 'deferred', 'closed', 'unconfirmed')
        returning key, step, kind, settled_at),
        lines as (insert into timeline (lead_id, seq, at, what, detail, format)
          select l.id, l.seq + p.n, p.settled_at, 'touch',
            jsonb_build_object('key', p.key, 'step', p.step, 'channel', p.kind, 'result', 'done'), ${FORMAT}
          from leads l, (select *, row_number() over (order by settled_at)::int as n from put) p
          where l.id = ${lead} and l.seq + p.n <= ${of.seq}::int
          on conflict (lead_id, seq) do update
            set at = excluded.at, what = excluded.what, detail = excluded.detail, format = excluded.format)
        select key from put`,
  )
  return put.length
}

/** Notes that a lead's workflow has taken these signals in: said again, they would count as known, and keep the gate shut. */
export async function markFolded(db: Db, lead: string, ids: string[]): Promise<void> {
  await db.execute(
    sql`update signals set folded = true, delivered = true
        where lead_id = ${lead} and id = ${anyOf(ids)} and not folded`,
  )
}
