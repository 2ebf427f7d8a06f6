/**
 * Leads that no workflow works for: marking them, and all that is needed to begin one again. Times are the machine's: how
 * long a lead sleeps is a matter of real time.
 */
import { sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { Stored } from '../cadence/format.ts'
import type { Lead } from '../cadence/lead.ts'
import type { Signal } from '../cadence/signals.ts'
import type { Instant } from '../cadence/time.ts'
import type { AsleepWord, Role } from '../cadence/words.ts'
import { anyOf, type Db, ms, records, rows } from './db.ts'

/** Open leads whose workflow was started, as Temporal should know them. */
const SHOULD_RUN = sql`ended_at is null and started`

/** How many leads should have a workflow. */
export async function countOfRunning(db: Db): Promise<number> {
  const [found] = await rows<{ n: number }>(db, sql`select count(*)::int as n from leads where ${SHOULD_RUN}`)
  return found?.n ?? 0
}

/** A page of the leads that should have a workflow, in the order of their ids. */
export async function shouldRunAfter(db: Db, after: string, most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from leads where ${SHOULD_RUN} and id > ${after} order by id limit ${most}`,
  )
  return found.map(({ id }) => id)
}

/** What Temporal is asked about: a lead that should have a workflow, and how far it had come when it was last recorded. */
export interface Suspect {
  lead: string
  /** Null: no turn, or of older workflow code. */
  position: number | null
  /** When the workflow task of that turn began, by Temporal's clock. */
  taskAt: Instant | null
}

/** Those of some leads that should have a workflow. */
export async function suspectsAmong(db: Db, leads: string[]): Promise<Suspect[]> {
  return rows(
    db,
    sql`select id as lead, position, ${ms(sql`task_at`)} as "taskAt" from leads where id = ${anyOf(leads)} and ${SHOULD_RUN} order by id`,
  )
}

/** Leads of which a turn came that is behind what is on record, `ms` ago or more. */
export async function behindFor(db: Db, time: number, most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from leads where behind_at < now() - ${time} * interval '1 millisecond' and ${SHOULD_RUN} limit ${most}`,
  )
  return found.map(({ id }) => id)
}

/** Notes that a turn came which is behind what is on record: perhaps its lead's workflow is. */
export async function noteBehind(db: Db, lead: string): Promise<void> {
  await db.execute(sql`update leads set behind_at = now() where id = ${lead} and behind_at is null`)
}

/** Leads whose state isn't on record: their last turn was of older code. */
export async function withoutState(db: Db, most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    db,
    sql`select id from leads where ${SHOULD_RUN} and state is null and seq > 0
          and (reopened_at is null or as_of >= reopened_at) limit ${most}`,
  )
  return found.map(({ id }) => id)
}

/** Marks leads as asleep, each for its reason. @returns those that weren't marked before */
export async function markAsleep(db: Db, list: { lead: string; because: AsleepWord }[]): Promise<string[]> {
  if (list.length === 0) return []
  const found = await rows<{ id: string; fresh: boolean }>(
    db,
    sql`update leads l set asleep_at = coalesce(l.asleep_at, now()), asleep_because = r.because
        from ${records(list)} as r(lead text, because text), leads before
        where l.id = r.lead and before.id = l.id and l.ended_at is null and l.started
        returning l.id, before.asleep_at is null as fresh`,
  )
  return found.filter(({ fresh }) => fresh).map(({ id }) => id)
}

/** A workflow works for these leads, and it isn't behind. */
export async function markAwake(db: Db, leads: string[]): Promise<void> {
  if (leads.length === 0) return
  await db.execute(
    sql`update leads set asleep_at = null, asleep_because = null, behind_at = null where id = ${anyOf(leads)}`,
  )
}

/** A lead that sleeps. */
export interface Sleeper extends Suspect {
  because: AsleepWord
  /** For how long it was seen asleep, milliseconds. */
  for: number
  /** How often its workflow was begun again since it last took a turn. */
  begunAgain: number
}

/** Leads that sleep, longest first. */
export async function sleepers(db: Db, most: number): Promise<Sleeper[]> {
  return rows(
    db,
    sql`select id as lead, position, ${ms(sql`task_at`)} as "taskAt", asleep_because as because, begun_again as "begunAgain",
          (extract(epoch from now() - asleep_at) * 1000)::float8 as for
        from leads where asleep_at is not null and ${SHOULD_RUN} order by asleep_at, id limit ${most}`,
  )
}

/** The leads that were recorded last, ended ones among them: what a restore of Temporal has lost is theirs first. */
export async function latestRecorded(db: Db, most: number): Promise<Suspect[]> {
  return rows(
    db,
    sql`select id as lead, position, ${ms(sql`task_at`)} as "taskAt" from leads
        where task_at is not null order by task_at desc limit ${most}`,
  )
}

/** How many leads sleep. */
export async function countAsleep(db: Db): Promise<number> {
  const [found] = await rows<{ n: number }>(
    db,
    sql`select count(*)::int as n from leads where asleep_at is not null and ended_at is null`,
  )
  return found?.n ?? 0
}

/**
 * Temporal ends a run when its history has this many events (its `limit.historyCount.error`): so far on, at most, was a
 * run that is lost when it was last recorded.
 */
const LONGEST_RUN = 51_200

/** All that a lead's workflow is begun again from. */
export interface Lost {
  id: string
  cadence: string
  version: number
  launchedAt: Instant
  /** IANA. */
  zone: string
  role: Role | null
  /** Null before its first turn, and where that was of older code. */
  state: Stored<Lead> | null
  /** Where a person reopened it: when, and the lead as it had ended. */
  reopened: { at: Instant; final: Stored<Lead> } | null
  /** Number of its last change on record. */
  seq: number
  /** Behind everything that a run which is lost can still record. */
  position: number
  /** The moment that is on record as its next. */
  next: Instant | null
  paused: { at: Instant; until: Instant | null } | null
}

/**
 * Takes a lead from all runs it had: whatever one of them still records is stale from now on, and its slot is given up, so
 * that an e-mail that hasn't been handed over won't be.
 * @returns undefined when it has ended, or isn't started
 */
export async function takeFromRuns(db: Db, lead: string): Promise<Lost | undefined> {
  const [found] = await rows<Lost>(
    db,
    sql`with freed as (delete from slots where lead_id = ${lead})
        update leads l set position = coalesce(l.position, 0) + ${LONGEST_RUN}, begun_again = l.begun_again + 1
        where l.id = ${lead} and l.ended_at is null and l.started
        returning l.id, l.cadence, l.version, l.zone, ${ms(sql`l.launched_at`)} as "launchedAt", l.state, l.seq, l.position,
          (select role from contacts c where c.lead_id = l.id and c.id = ${MAIN}) as role,
          ${ms(sql`l.next_at`)} as next,
          case when l.reopened_at is null then null
            else jsonb_build_object('at', ${ms(sql`l.reopened_at`)}, 'final', l.final) end as reopened,
          case when l.paused_at is null then null
            else jsonb_build_object('at', ${ms(sql`l.paused_at`)}, 'until', ${ms(sql`l.paused_until`)}) end as paused`,
  )
  return found
}

/** Signals that no recorded turn has taken in, in the order they came in. */
export async function unfoldedSignals(db: Db, lead: string): Promise<Signal[]> {
  const found = await rows<Omit<Signal, 'contact'> & { contact: string | null }>(
    db,
    sql`select id, type, contact, data, ${ms(sql`at`)} as at, ${ms(sql`seen`)} as seen from signals
        where lead_id = ${lead} and not folded order by n`,
  )
  return found.map(({ contact, ...signal }) => (contact === null ? signal : { ...signal, contact }))
}
