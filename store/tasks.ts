/** What people are asked to do, or told. */
import { type SQL, sql } from 'drizzle-orm'
import type { Closing } from '../cadence/lead.ts'
import type { TaskWording } from '../cadence/reasons/dictionary.ts'
import type { Instant } from '../cadence/time.ts'
import type { TaskKind } from '../cadence/words.ts'
import { at, atOrNull, type Db, rows } from './db.ts'

export interface Task {
  /** The touch's key; of what Relance tells of beside the steps, an id of its own. */
  id: string
  lead: string
  kind: TaskKind
  text: string
  /** Words of Relance's own, as data; null where the text is the cadence's. */
  wording: TaskWording | null
  /** The seller as the leads file had it, or `manager`. */
  for: string | null
  at: Instant
  due: Instant | null
  doneAt: Instant | null
  /** When it closed by itself, undone, and why. */
  closedAt: Instant | null
  closing: Closing | null
  company: string | null
  /** Whom it is about, and what is at stake; 0 where that isn't known. */
  contact: { name: string | null; title: string | null; phone: string | null; email: string | null } | null
  amount: number
}

const TABLES = sql`tasks t join leads l on l.id = t.lead_id left join touches h on h.key = t.id
  left join contacts c on c.lead_id = t.lead_id and c.id = coalesce(h.contact, 'main')`
const TASK = sql`t.id, t.lead_id as lead, t.kind, t.text, t.wording, t.for_whom as for, l.company,
  (extract(epoch from t.at) * 1000)::float8 as at, (extract(epoch from t.due) * 1000)::float8 as due,
  (extract(epoch from t.done_at) * 1000)::float8 as "doneAt", t.closing,
  (extract(epoch from t.closed_at) * 1000)::float8 as "closedAt",
  coalesce((l.facts -> 'amount' ->> 'value')::float8, 0) as amount,
  case when c.id is null then null else jsonb_build_object(
    'name', nullif(concat_ws(' ', c.first_name, c.last_name), ''), 'title', c.title, 'phone', c.phone, 'email', c.email)
  end as contact`

const TO_DO = sql`t.done_at is null and t.closed_at is null`

/** Tasks, notices and credit checks; the ones still to do first, oldest first. */
export async function listTasks(
  db: Db,
  {
    lead,
    open,
    for: who,
    limit = 1000,
  }: { lead?: string; open?: boolean; for?: string; limit?: number } = {},
): Promise<Task[]> {
  const where: SQL[] = [sql`true`]
  if (lead !== undefined) where.push(sql`t.lead_id = ${lead}`)
  if (open !== undefined) where.push(open ? TO_DO : sql`not (${TO_DO})`)
  if (who !== undefined) where.push(sql`t.for_whom = ${who}`)
  return rows(
    db,
    sql`select ${TASK} from ${TABLES}
        where ${sql.join(where, sql` and `)} order by not (${TO_DO}), t.at, t.id limit ${limit}`,
  )
}

/** A task, with what its step names (a credit check's provider), and the id of the contact it is about. */
export type AskedTask = Task & { name: string; about: string }

/** One task. */
export async function findTask(db: Db, id: string): Promise<AskedTask | undefined> {
  const [found] = await rows<AskedTask>(
    db,
    sql`select ${TASK}, coalesce(h.name, '') as name, coalesce(h.contact, 'main') as about from ${TABLES} where t.id = ${id}`,
  )
  return found
}

/** Puts something on the list; the same touch twice is there once. */
export async function insertTask(
  db: Db,
  task: Omit<Task, 'company' | 'contact' | 'amount' | 'doneAt' | 'closedAt' | 'closing'>,
): Promise<void> {
  await db.execute(
    sql`insert into tasks (id, lead_id, kind, text, wording, for_whom, at, due)
        values (${task.id}, ${task.lead}, ${task.kind}, ${task.text},
          ${task.wording ? JSON.stringify(task.wording) : null}::jsonb, ${task.for}, ${at(task.at)},
          ${atOrNull(task.due ?? undefined)})
        on conflict do nothing`,
  )
}

/** The id of the signal that says that a task is done. */
export const doneSignal = (task: string): string => `done:${task}`

/** What is said of a task that is done. `skip`: what it asks for isn't to be done, and the step is left out. */
export interface Done {
  skip?: true
}

/**
 * Notes that a task is done; its lead hears of it in the same moment, while it hasn't ended. What closed by itself is
 * done all the same.
 * @returns false when there is no such task; whether the lead hears of it, and what was said of it first
 */
export async function doneTask(
  db: Db,
  id: string,
  now: Instant,
  { skip }: Done = {},
): Promise<false | { heard: boolean; before: Done | null }> {
  const more = JSON.stringify(skip ? { skip } : {})
  const [found] = await rows<{ heard: boolean; before: Done | null }>(
    db,
    sql`with old as (select id, done_at from tasks where id = ${id} for update),
          done as (update tasks t set done_at = coalesce(t.done_at, ${at(now)}) from old where t.id = old.id
            returning t.id, t.kind, t.lead_id, old.done_at is null as fresh),
          heard as (insert into signals (lead_id, id, type, at, seen, data, personal)
            select d.lead_id, 'done:' || d.id, 'task.done', ${at(now)}::timestamptz, ${at(now)}::timestamptz,
              jsonb_build_object('step', h.step, 'visit', h.visit) || ${more}::jsonb, '{}'
            from done d join touches h on h.key = d.id join leads l on l.id = d.lead_id
            where d.fresh and d.kind = 'task' and l.ended_at is null on conflict do nothing returning id)
        select exists (select from heard) as heard,
          (select data - 'step' - 'visit' from signals s where s.lead_id = done.lead_id and s.id = 'done:' || done.id) as before
        from done`,
  )
  return found ?? false
}
