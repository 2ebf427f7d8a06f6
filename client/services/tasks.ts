/** Tasks for people: listing them, marking them done, and the form of a credit check that a person decides. */
import { isError, RelanceError } from '../../cadence/errors.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayClosing, sayTask } from '../../cadence/reasons/say.ts'
import type { SignalType } from '../../cadence/signals.ts'
import type { Instant } from '../../cadence/time.ts'
import { findLeads } from '../../store/lookup.ts'
import {
  type AskedTask,
  type Done,
  doneSignal,
  doneTask,
  findTask,
  listTasks,
  type Task,
} from '../../store/tasks.ts'
import type { SignalAnswer, TaskAnswer, TaskDetail, TaskForm, TaskQuery, TaskRow } from '../contract/index.ts'
import { awaitDelivery } from '../outbox/relay.ts'
import { signalKey } from '../outbox/signal-key.ts'
import { definedFields } from './defined-fields.ts'
import type { Deps } from './deps.ts'
import { unknownLead } from './find.ts'
import { sayNoFor } from './say-no.ts'
import { sendSignal } from './signals.ts'
import { formOf } from './task-forms.ts'

/** How long an answer waits for Temporal, real time. What it says is safe in any case. */
const PATIENCE_MS = 2_000

/** Tasks, notices and credit checks; the ones still to do first. @throws RelanceError `lead_unknown` */
export async function tasks(
  { db }: Pick<Deps, 'db'>,
  query: TaskQuery,
  language: Language,
): Promise<TaskRow[]> {
  const { lead, open, for: who, limit } = query
  const found = lead === undefined ? undefined : (await findLeads(db, [lead])).get(lead)
  if (lead !== undefined && !found) throw unknownLead(lead)
  const rows = await listTasks(db, {
    ...(found ? { lead: found.id } : {}),
    ...(open === undefined ? {} : { open: open === 'true' }),
    ...(who === undefined ? {} : { for: who }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
  })
  return rows.map((row) => view(row, language))
}

/** One task, and the form it is answered with, where it has one. @throws RelanceError `task_unknown` */
export async function task({ db }: Pick<Deps, 'db'>, id: string, language: Language): Promise<TaskDetail> {
  const found = await theTask({ db }, id)
  return { ...view(found, language), form: formOf(found) }
}

/** Notes that a task is done, and lets its lead know; doing so again changes nothing. @throws RelanceError `task_unknown` */
export async function finish(
  deps: Pick<Deps, 'db' | 'clock' | 'relay'>,
  id: string,
  language: Language,
): Promise<TaskRow> {
  const { heard } = await done(deps, id, await deps.clock.now())
  if (heard) deps.relay.wake()
  return view(await theTask(deps, id), language)
}

/** @throws RelanceError `task_unknown` */
async function done({ db }: Pick<Deps, 'db'>, id: string, now: Instant, said: Done = {}) {
  const done = await doneTask(db, id, now, said)
  if (!done) throw unknownTask(id)
  return done
}

/**
 * Takes a person's answer: a decision on credit; that a step which can't be made is left out; or of any task that whom it
 * is about wants no more e-mails. It becomes the lead's signal, and the task is done. The same answer twice counts once.
 * @throws RelanceError `task_unknown`, `no_form`, `task_answered` for another answer, and those of `sendSignal`
 */
export async function answerTask(
  deps: Deps,
  id: string,
  form: TaskForm,
  language: Language,
): Promise<TaskAnswer> {
  const found = await theTask(deps, id)
  const about = { lead: found.lead, id: `task:${id}`, source: 'task' }
  if (form.decision === 'opted_out') {
    const { note } = form
    const said = { ...about, contact: found.about, ...(note !== undefined && { note }) }
    const signal = await answered(sayNoFor(deps, said), found, 'unsubscribed')
    return { task: await finish(deps, id, language), signal }
  }
  if (form.decision === 'skip') return leaveOut(deps, found, language)
  if (found.kind !== 'credit_check') {
    throw new RelanceError('no_form', { task: id, kind: found.kind })
  }
  const { decision, reference: ref, ...rest } = form
  const type = `credit.${decision}` as const
  // An approval whose limit is left out covers no amount: it must not pass for one without a limit.
  const limit = decision === 'approved' ? (rest.limit ?? 0) : rest.limit
  const fields = definedFields<string | number>({ ...rest, limit, ref, provider: found.name })
  const signal = await answered(sendSignal(deps, { ...about, type, fields }), found, type)
  return { task: await finish(deps, id, language), signal }
}

/** Leaves the step out that a task asks to be mended. */
async function leaveOut(deps: Deps, found: AskedTask, language: Language): Promise<TaskAnswer> {
  const { id, lead, kind } = found
  if (found.wording?.code !== 'mend') throw new RelanceError('no_form', { task: id, kind })
  const now = await deps.clock.now()
  const { heard, before } = await done(deps, id, now, { skip: true })
  if (before && !before.skip) throw new RelanceError('task_answered', { task: id, lead, now: 'task.done' })
  const later = heard ? await awaitDelivery(deps.relay, [signalKey(lead, doneSignal(id))], PATIENCE_MS) : []
  const signal: SignalAnswer = {
    ...{ lead, id: doneSignal(id), type: 'task.done', at: new Date(found.doneAt ?? now).toISOString() },
    ...{ duplicate: before !== null, ended: !heard && before === null, delivered: [...later].length === 0 },
  }
  return { task: view(await theTask(deps, id), language), signal }
}

/** A task was answered before, and differently: the signal's id is made from the task. */
async function answered(
  sending: Promise<SignalAnswer>,
  { id, lead }: Task,
  now: SignalType,
): Promise<SignalAnswer> {
  try {
    return await sending
  } catch (error) {
    if (!isError(error, 'signal_conflict')) throw error
    throw new RelanceError('task_answered', { task: id, lead, before: error.values.before, now })
  }
}

async function theTask({ db }: Pick<Deps, 'db'>, id: string): Promise<AskedTask> {
  const found = await findTask(db, id)
  if (!found) throw unknownTask(id)
  return found
}

const unknownTask = (id: string): RelanceError => new RelanceError('task_unknown', { task: id })

function view(found: Task, language: Language): TaskRow {
  const {
    id,
    lead,
    kind,
    wording,
    for: who,
    at,
    due,
    doneAt,
    closedAt,
    closing,
    company,
    contact,
    amount,
  } = found
  const text = wording ? sayTask(wording, language) : found.text
  const iso = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString())
  return {
    ...{ id, lead, company, contact, amount: amount || null, kind, text, for: who },
    ...{ at: new Date(at).toISOString(), due: iso(due), doneAt: iso(doneAt) },
    ...{ closedAt: iso(closedAt), closing: closing && { ...closing, text: sayClosing(closing, language) } },
  }
}
