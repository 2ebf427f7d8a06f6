/** What people are asked to do, or told. */
import { type SQL, sql } from 'drizzle-orm'
import type { TaskWording } from '../cadence/reasons/dictionary.ts'
import type { Instant } from '../cadence/time.ts'
import type { TaskKind } from '../cadence/words.ts'
import { at, atOrNull, type Db, rows } from './db.ts'

export interface Task {
  /** The touch's key. */
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
  company: string | null
}

const TASK = sql`t.id, t.lead_id as lead, t.kind, t.text, t.wording, t.for_whom as for, l.company,
  (extract(epoch from t.at) * 1000)::float8 as at, (extract(epoch from t.due) * 1000)::float8 as due,
  (extract(epoch from t.done_at) * 1000)::float8 as "doneAt"`

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
  if (open !== undefined) where.push(open ? sql`t.done_at is null` : sql`t.done_at is not null`)
  if (who !== undefined) where.push(sql`t.for_whom = ${who}`)
  return rows(
    db,
    sql`select ${TASK} from tasks t join leads l on l.id = t.lead_id
        where ${sql.join(where, sql` and `)} order by t.done_at is not null, t.at, t.id limit ${limit}`,
  )
}

/** One task, and what its step names: a credit check's provider. */
export async function findTask(db: Db, id: string): Promise<(Task & { name: string }) | undefined> {
  const [found] = await rows<Task & { name: string }>(
    db,
    sql`select ${TASK}, h.name from tasks t join leads l on l.id = t.lead_id join touches h on h.key = t.id
        where t.id = ${id}`,
  )
  return found
}

/** Puts something on the list; the same touch twice is there once. */
export async function insertTask(db: Db, task: Omit<Task, 'company' | 'doneAt'>): Promise<void> {
  await db.execute(
    sql`insert into tasks (id, lead_id, kind, text, wording, for_whom, at, due)
        values (${task.id}, ${task.lead}, ${task.kind}, ${task.text},
          ${task.wording ? JSON.stringify(task.wording) : null}::jsonb, ${task.for}, ${at(task.at)},
          ${atOrNull(task.due ?? undefined)})
        on conflict do nothing`,
  )
}

/** Notes that a task is done. @returns false when there is no such task. */
export async function doneTask(db: Db, id: string, now: Instant): Promise<boolean> {
  const done = await rows(
    db,
    sql`update tasks set done_at = coalesce(done_at, ${at(now)}) where id = ${id} returning id`,
  )
  return done.length > 0
}
