/** Writing one turn of a lead's loop: its timeline, the read model, and its next moment. */
import { type SQL, sql } from 'drizzle-orm'
import { FORMAT } from '../cadence/format.ts'
import type { Timing } from '../cadence/reason.ts'
import type { Instant } from '../cadence/time.ts'
import type { TurnRecord } from '../cadence/turn.ts'
import { at, atOrNull, type Db, ms, records, rows } from './db.ts'
import { reserving } from './slots.ts'

/** A lead as its turn is being written. */
export interface OpenTurn {
  zone: string
  country: string | null
  region: string | null
  account: string | null
  /** What is on record is of a later turn, or this one is of a run before the lead was reopened: nothing is written. */
  stale: boolean
  /** What is on record as the next moment. */
  next: { at: Instant; why: Timing[] | null } | null
}

/**
 * Whether a turn stands over what is on record of its lead (condition on a row of `leads`). The longer history is right:
 * it has all that the shorter one had, and what made Temporal give that one up. Of histories that are equally long, the
 * one whose task began last. Turns of one task come in the order of their moments. Without a position on both sides
 * (older workflow code), the later number stands.
 */
const standsOver = ({ seq, asOf, position, taskAt }: Place): SQL =>
  sql`(coalesce(leads.reopened_at <= ${asOf}, true) and case when leads.position is null or ${position} is null
        then (leads.seq, coalesce(leads.as_of, '-infinity')) <= (${seq}, ${asOf})
        else (leads.position, coalesce(leads.task_at, '-infinity'), coalesce(leads.as_of, '-infinity'), leads.seq)
          <= (${position}, coalesce(${taskAt}, '-infinity'), ${asOf}, ${seq}) end)`
type Place = Record<'seq' | 'asOf' | 'position' | 'taskAt', SQL>

/** Number of the last change of a turn, or of the last one before it when it has none. */
const lastOf = ({ seq, changes }: TurnRecord): number => seq + changes.length - 1

/**
 * Opens a turn in a transaction: locks the lead.
 * @param withAccount - locks the account, too: until the transaction ends, no other of its leads plans.
 * @throws when there is no such lead.
 */
export async function openTurn(tx: Db, input: TurnRecord, withAccount = false): Promise<OpenTurn> {
  const account = sql`(select id from accounts where id = (select account_id from l) for update)`
  const [turn] = await rows<OpenTurn>(
    tx,
    sql`with l as (
          select id, zone, country, region, account_id, next_at, next_timing,
            not ${standsOver({
              seq: sql`${lastOf(input)}::int`,
              asOf: at(input.now),
              position: sql`${input.position ?? null}::int`,
              taskAt: atOrNull(input.taskAt),
            })} as stale
          from leads where id = ${input.lead} for no key update
        )
        select l.zone, l.country, l.region, ${withAccount ? account : sql`l.account_id`} as account, l.stale,
          case when l.next_at is null then null
            else jsonb_build_object('at', ${ms(sql`l.next_at`)}, 'why', l.next_timing) end as next
        from l`,
  )
  if (!turn) throw new Error(`there is no lead ${input.lead}`)
  return turn
}

/** The next moment of a lead. `mailbox`: the slot is an e-mail's, to be reserved. */
export interface NextMoment {
  at: Instant
  why: Timing[]
  mailbox?: string
}

/**
 * Writes turns whose next moment stays what it is, their slots with it: one statement for all of them, which nothing
 * has to open.
 * @returns the leads' time zones, by id
 */
export async function writeKeptTurns(db: Db, inputs: TurnRecord[]): Promise<Map<string, string>> {
  const stands = standsOver({
    seq: sql`t.seq`,
    asOf: sql`t.as_of`,
    position: sql`t.position`,
    taskAt: sql`t.task_at`,
  })
  const kept = sql`kept as (update leads set ${COLUMNS} from turns as t
    where leads.id = t.lead and ${ofTurns} and ${stands} returning leads.id)`
  const [turns, ...rest] = written(lastOfEach(inputs), sql`t.lead in (select id from kept)`)
  const zones = await rows<{ id: string; zone: string }>(
    db,
    sql`with ${sql.join([turns, kept, ...rest], sql`, `)} select leads.id, leads.zone from leads where ${ofTurns}`,
  )
  return new Map(zones.map(({ id, zone }) => [id, zone]))
}

/** A retry may come beside its first try: of one lead's turns, the one that stands over the others. */
function lastOfEach(inputs: TurnRecord[]): TurnRecord[] {
  const order = (turn: TurnRecord): number[] => [turn.position ?? 0, turn.taskAt ?? 0, turn.now, lastOf(turn)]
  const last = new Map<string, TurnRecord>()
  for (const input of inputs) {
    const other = last.get(input.lead)
    const [mine, theirs] = [order(input), other ? order(other) : []]
    const differs = mine.findIndex((n, i) => n !== theirs[i])
    if (!other || differs < 0 || (mine[differs] as number) > (theirs[differs] as number))
      last.set(input.lead, input)
  }
  return [...last.values()]
}

/**
 * Writes a turn that was opened in the same transaction.
 * @returns false when another lead has just taken the mailbox's slot; then nothing was written.
 */
export async function writeTurn(
  tx: Db,
  input: TurnRecord,
  account: string | null,
  next: NextMoment | undefined,
): Promise<boolean> {
  const { lead } = input
  const taken =
    next?.mailbox === undefined
      ? undefined
      : sql`taken as (${reserving({ mailbox: next.mailbox, at: next.at, lead, account })})`
  const when = taken ? sql`exists (select from taken)` : sql`true`
  const parts = [...(taken ? [taken] : []), ...written([input], when)]
  const updated = await rows(
    tx,
    sql`with ${sql.join(parts, sql`, `)}
        update leads set ${COLUMNS}, next_at = ${atOrNull(next?.at)}, next_timing = ${next ? JSON.stringify(next.why) : null}::jsonb
        from turns as t where leads.id = t.lead and ${ofTurns} and ${when} returning leads.id`,
  )
  return updated.length > 0
}

/** Says once more which leads: so few are expected of an array that they are looked up instead of all being read. */
const ofTurns = sql`leads.id = any(array(select lead from turns))`

/**
 * An end stays when a turn that isn't one comes: of older workflow code, such a turn is late. With a position it says
 * that the end came of an execution that Temporal gave up; yet where the address has been launched anew in between, the
 * row keeps it, for two open leads can't share an address.
 */
const ENDED_FOR_GOOD = sql`(t.position is null or exists (select from leads other
    where other.email_key = leads.email_key and other.ended_at is null and other.id <> leads.id)
  or exists (select from contacts c join leads other on other.id = c.lead_id
    where c.email_key = leads.email_key and other.ended_at is null and other.id <> leads.id))`

/** The columns of a lead's row that a turn writes; `t` is the turn. Whoever turns has been started, and is awake. */
const COLUMNS = sql`started = true, seq = t.seq, as_of = t.as_of,
  position = coalesce(t.position, leads.position), task_at = t.task_at, cadence = t.cadence, version = t.version, standing = t.standing,
  lacks = t.lacks, stage = t.stage, urgency = t.urgency, hold = t.hold, outcome = t.outcome,
  outcome_at = t.outcome_at, outcome_cause = t.outcome_cause,
  ended_at = case when t.ended then coalesce(leads.ended_at, t.as_of) when ${ENDED_FOR_GOOD} then leads.ended_at end, reason = t.reason, progress = t.progress, state = t.state, final = coalesce(t.final, leads.final),
  next_step = t.next_step, next_kind = t.next_kind, facts = t.facts,
  asleep_at = null, asleep_because = null, begun_again = 0, behind_at = null`

/**
 * Turns as parts of a statement: `turns` themselves, their timelines, the signals they took in. Lines of an execution
 * that didn't stand are written over; those behind the row's `seq` count for nothing (`readTimeline`), until they are.
 */
function written(inputs: TurnRecord[], when: SQL): SQL[] {
  const iso = (instant: Instant): string => new Date(instant).toISOString()
  const drafts = inputs.map((input) => {
    const { lead, seq, position, taskAt, view, changes, facts, state, final, now, over } = input
    const { outcome, next, missing, because, ...shown } = view
    return {
      lead,
      ...shown,
      lacks: missing,
      reason: because,
      seq: lastOf(input),
      position,
      task_at: taskAt && iso(taskAt),
      as_of: iso(now),
      outcome: outcome?.outcome,
      outcome_at: outcome && iso(outcome.at),
      outcome_cause: outcome?.cause,
      // What an ended lead takes in at the last moment says its end no more.
      ended: final !== undefined || changes.some(({ kind }) => kind === 'end'),
      next_step: next?.step,
      next_kind: next?.kind,
      facts,
      state,
      final,
      over,
      lines: changes.map(({ at, kind, ...detail }, index) => ({
        seq: seq + index,
        at: iso(at),
        kind,
        detail,
      })),
      signals: changes.flatMap((change) => (change.kind === 'signal' ? [change.id] : [])),
    }
  })
  return [
    sql`turns as (select * from ${records(drafts)} as r(lead text, seq int, position int, task_at timestamptz, as_of timestamptz, cadence text,
          version int, standing text, lacks jsonb, stage text, urgency text, hold text, outcome text,
          outcome_at timestamptz, outcome_cause jsonb, ended boolean, reason jsonb, next_step text, next_kind text,
          facts jsonb, progress jsonb, state jsonb, final jsonb, over jsonb, lines jsonb, signals jsonb))`,
    sql`lines as (insert into timeline (lead_id, seq, at, what, detail, format)
          select t.lead, l.seq, l.at, l.kind, l.detail, ${FORMAT}
          from turns t, jsonb_to_recordset(t.lines) as l(seq int, at timestamptz, kind text, detail jsonb)
          where ${when} on conflict (lead_id, seq) do update
            set at = excluded.at, what = excluded.what, detail = excluded.detail, format = excluded.format)`,
    ...(inputs.some(({ over }) => over !== undefined) ? [closing(when)] : []),
    sql`folded as (update signals s set folded = true, delivered = true
          from turns t, jsonb_array_elements_text(t.signals) as taken_in(id)
          where s.lead_id = t.lead and s.id = taken_in.id and not s.folded and ${when})`,
  ]
}

/** Tasks of visits that are over, or of a lead that has ended, close; what is done stays done, what is only told stays. */
const closing = (when: SQL): SQL =>
  sql`closing as (update tasks k set closed_at = t.as_of, closing = o.because
        from turns t, jsonb_to_recordset(t.over) as o(visit int, keeps jsonb, because jsonb), touches h
        where k.lead_id = t.lead and h.key = k.id and k.done_at is null and k.closed_at is null
          and k.kind <> 'notify' and ${when}
          and case when o.keeps is null then h.visit = o.visit else not o.keeps @> to_jsonb(h.visit) end)`
