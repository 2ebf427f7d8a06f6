/** Read queries behind the API: list of leads, one lead, timeline, counts. */
import { type SQL, sql } from 'drizzle-orm'
import { type Facts, MAIN } from '../cadence/facts.ts'
import type { Stored } from '../cadence/format.ts'
import type { Change } from '../cadence/lead.ts'
import type { Because, Cause, Criterion, Timing } from '../cadence/reason.ts'
import type { Instant } from '../cadence/time.ts'
import type { Progress, View } from '../cadence/turn.ts'
import { readBecause, readCriteria } from '../cadence/upgrade/row-sentences-from-1.ts'
import { openChange, openProgress } from '../cadence/upgrade/rows.ts'
import { readCause } from '../cadence/upgrade/sentences-from-1.ts'
import { openFacts } from '../cadence/upgrade/stored.ts'
import type { AsleepWord, OutcomeWord, Standing, StepKind } from '../cadence/words.ts'
import { type Db, ms, rows } from './db.ts'

/** A lead in a list. */
export interface StoredLeadRow {
  id: string
  email: string | null
  firstName: string | null
  lastName: string | null
  company: string | null
  cadence: string
  version: number
  launchedAt: Instant
  /** IANA. */
  zone: string
  standing: Standing
  missing: Criterion[]
  stage: string
  urgency: string
  hold: View['hold'] | null
  outcome: OutcomeWord | null
  outcomeAt: Instant | null
  outcomeCause: Cause | null
  endedAt: Instant | null
  /** Since when no workflow works for it (machine time), and why; null while one does. */
  asleep: { since: Instant; because: AsleepWord } | null
  because: Because
  next: { step: string; kind: StepKind | 'moment'; at: Instant | null; why: Timing[] } | null
}

/** A lead with all that is known of it but its timeline and people. */
export interface StoredLead extends StoredLeadRow {
  country: string | null
  region: string | null
  accountId: string | null
  locale: string | null
  owner: string | null
  source: string | null
  externalId: string | null
  custom: Record<string, string>
  referrer: string | null
  /** Null until its workflow has begun; as of the rules' now at its last turn. */
  facts: Facts | null
  progress: Progress | null
  asOf: Instant | null
}

export interface LeadFilter {
  cadence?: string
  version?: number
  stage?: string
  standing?: Standing
  outcome?: OutcomeWord
  /** Only those that haven't ended, or only those that have. */
  open?: boolean
  /** At most this many (1000 unless said otherwise), after the lead with this id. */
  limit?: number
  after?: string
}

/** One line of a timeline, and its number. */
export type TimelineLine = Change & { seq: number }

const ROW = sql`l.id, l.zone, c.email, c.first_name as "firstName", c.last_name as "lastName", l.company, l.cadence,
  l.version, (extract(epoch from l.launched_at) * 1000)::float8 as "launchedAt", l.standing, l.stage,
  case when l.reason is null then l.missing else coalesce(l.lacks, '[]') end as missing,
  l.urgency, case when l.ended_at is null and l.paused_at is not null then 'paused' else l.hold end as hold,
  l.outcome, (extract(epoch from l.outcome_at) * 1000)::float8 as "outcomeAt",
  coalesce(l.outcome_cause, to_jsonb(l.outcome_because)) as "outcomeCause",
  (extract(epoch from l.ended_at) * 1000)::float8 as "endedAt",
  case when l.asleep_at is null or l.ended_at is not null then null
    else jsonb_build_object('since', (extract(epoch from l.asleep_at) * 1000)::float8, 'because', l.asleep_because) end as asleep,
  coalesce(l.reason, to_jsonb(l.because)) as because, (extract(epoch from l.as_of) * 1000)::float8 as "saidAt",
  case when l.next_step is null then null else jsonb_build_object('step', l.next_step, 'kind', l.next_kind,
    'at', (extract(epoch from l.next_at) * 1000)::float8, 'why', coalesce(l.next_timing, '[]')) end as next`
const FROM = sql`from leads l left join contacts c on c.lead_id = l.id and c.id = ${MAIN}`

/** A row as the database has it: what was written in format 1 is its sentences. */
type RawRow = Omit<StoredLeadRow, 'missing' | 'outcomeCause' | 'because'> & {
  missing: (Criterion | string)[]
  outcomeCause: Cause | string | null
  because: Because | string
  /** The rules' now when it was written. */
  saidAt: Instant | null
}
type RawDetail = RawRow &
  Omit<StoredLead, keyof StoredLeadRow | 'facts' | 'progress'> & {
    facts: (Stored<Facts> & { format?: number }) | null
    progress: Stored<Progress> | null
  }

function opened<Row extends RawRow>(
  row: Row,
): Omit<Row, 'missing' | 'outcomeCause' | 'because' | 'saidAt'> &
  Pick<StoredLeadRow, 'missing' | 'outcomeCause' | 'because'> {
  const { missing, outcomeCause, because, saidAt, ...rest } = row
  const at = saidAt ?? 0
  return {
    ...rest,
    missing: missing.flatMap((one) => (typeof one === 'string' ? readCriteria(one, at) : [one])),
    outcomeCause: typeof outcomeCause === 'string' ? readCause(outcomeCause) : outcomeCause,
    because: typeof because === 'string' ? readBecause(because, at) : because,
  }
}

/** Leads by id (they are random, so this is no order that means anything, but a stable one). */
export async function listLeads(db: Db, filter: LeadFilter = {}): Promise<StoredLeadRow[]> {
  const { cadence, version, stage, standing, outcome, open, after, limit = 1000 } = filter
  const where: SQL[] = [sql`true`]
  if (cadence !== undefined) where.push(sql`l.cadence = ${cadence}`)
  if (version !== undefined) where.push(sql`l.version = ${version}`)
  if (stage !== undefined) where.push(sql`l.stage = ${stage}`)
  if (standing !== undefined) where.push(sql`l.standing = ${standing}`)
  if (outcome !== undefined) where.push(sql`l.outcome = ${outcome}`)
  if (open !== undefined) where.push(open ? sql`l.ended_at is null` : sql`l.ended_at is not null`)
  if (after !== undefined) where.push(sql`l.id > ${after}`)
  const found = await rows<RawRow>(
    db,
    sql`select ${ROW} ${FROM} where ${sql.join(where, sql` and `)} order by l.id limit ${limit}`,
  )
  return found.map(opened)
}

/** One lead. */
export async function leadDetail(db: Db, id: string): Promise<StoredLead | undefined> {
  const [found] = await rows<RawDetail>(
    db,
    sql`select ${ROW}, l.country, l.region, l.account_id as "accountId", l.locale, l.owner, l.source, l.external_id as "externalId", l.custom,
          l.referrer, l.facts, l.progress, ${ms(sql`l.as_of`)} as "asOf"
        ${FROM} where l.id = ${id}`,
  )
  if (!found) return undefined
  const { facts, progress } = found
  const format = facts?.format ?? 1
  return {
    ...opened(found),
    facts: facts && openFacts(facts),
    progress: progress && openProgress(progress, format, found.asOf ?? 0),
  }
}

/** What happened to a lead, oldest first. Lines behind the row's number are of an execution that didn't stand. */
export async function readTimeline(db: Db, id: string): Promise<TimelineLine[]> {
  const found = await rows<{ seq: number; at: number; what: string; detail: object; format: number }>(
    db,
    sql`select seq, (extract(epoch from at) * 1000)::float8 as at, what, detail, format
        from timeline where lead_id = ${id} and seq <= (select seq from leads where id = ${id}) order by seq`,
  )
  return found.map(({ seq, at, what, detail, format }) => {
    const line = format === 1 ? { ...detail, at, what } : { ...detail, at, kind: what }
    return { ...openChange(line, format), seq }
  })
}

/** Counts for a summary; a cadence's, or everybody's. */
export interface Counts {
  leads: number
  open: number
  ended: number
  /** Open leads that no workflow works for. */
  asleep: number
  /** Leads by standing, by outcome (those that have one), and by stage (those that are open). */
  standing: Record<string, number>
  outcome: Record<string, number>
  stage: Record<string, number>
  /** Touches by kind and then by status. */
  touches: Record<string, Record<string, number>>
  tasks: { open: number; done: number }
}

export async function summary(db: Db, cadence?: string): Promise<Counts> {
  const of = (column: SQL): SQL => (cadence === undefined ? sql`true` : sql`${column} = ${cadence}`)
  const groups = await rows<{ by: string; name: string; n: number }>(
    db,
    sql`with l as (select * from leads where ${of(sql`cadence`)})
        select 'leads' as by, case when ended_at is null then 'open' else 'ended' end as name, count(*)::int as n
          from l group by 2
        union all select 'asleep', 'n', count(*)::int from l where ended_at is null and asleep_at is not null
        union all select 'standing', standing, count(*)::int from l group by 2
        union all select 'outcome', outcome, count(*)::int from l where outcome is not null group by 2
        union all select 'stage', stage, count(*)::int from l where ended_at is null group by 2
        union all select 'touch:' || kind, status, count(*)::int from touches where ${of(sql`cadence`)} group by 1, 2
        union all select 'tasks', case when t.done_at is null then 'open' else 'done' end, count(*)::int
          from tasks t join l on l.id = t.lead_id group by 2`,
  )
  const by = (name: string): Record<string, number> =>
    Object.fromEntries(groups.filter((g) => g.by === name).map((g) => [g.name, g.n]))
  const { open = 0, ended = 0 } = by('leads')
  const kinds = [...new Set(groups.flatMap((g) => (g.by.startsWith('touch:') ? g.by.slice(6) : [])))]
  return {
    leads: open + ended,
    open,
    ended,
    asleep: by('asleep').n ?? 0,
    standing: by('standing'),
    outcome: by('outcome'),
    stage: by('stage'),
    touches: Object.fromEntries(kinds.map((kind) => [kind, by(`touch:${kind}`)])),
    tasks: { open: 0, done: 0, ...by('tasks') },
  }
}
