/**
 * One lead played live: the workflow on the time-skipping server, with the real store, the real planner and real SMTP;
 * and the same lead rehearsed, to compare.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import pino from 'pino'
import { createActivities } from '../../activities/index.ts'
import { createMailbox } from '../../activities/mail/transport.ts'
import type { Arrival } from '../../cadence/fold.ts'
import { newLead } from '../../cadence/lead.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Flaw } from '../../cadence/reason.ts'
import { type Rehearsal, rehearse } from '../../cadence/rehearsal/rehearse.ts'
import type { Signal } from '../../cadence/signals.ts'
import { templatesOf } from '../../cadence/themes.ts'
import type { Instant } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import type { Role } from '../../cadence/words.ts'
import { publishCadence } from '../../store/cadences.ts'
import type { Clock } from '../../store/clock.ts'
import type { Db } from '../../store/db.ts'
import { insertLeads } from '../../store/leads.ts'
import { readTimeline } from '../../store/reads.ts'
import { insertSignals } from '../../store/signals.ts'
import { startInbox } from '../../worker/inbox/inbox.ts'
import { type InboxEntry, listInbox } from '../../worker/inbox/mail-files.ts'
import { startWorker } from '../../worker/worker.ts'
import type { lead } from '../../workflows/lead.ts'
import { arrive, pause, resume } from '../../workflows/messages.ts'
import { TASK_QUEUE } from '../../workflows/task-queue.ts'
import { awaitActivities } from './await-activities.ts'
import { openDatabase } from './database.ts'
import { givenUpTasks } from './given-up-tasks.ts'
import { inputOf } from './input.ts'
import { skipUntil } from './skip-time.ts'
import { createTimeSkipping } from './time-skipping.ts'

/** Between two e-mails of a mailbox, in milliseconds. */
const SPACING = 1000

/** What happens to a lead, and for how long it is watched. */
export interface Life {
  plan: Plan
  /** Its signals, from its launch on. */
  signals: (from: Instant) => Arrival[]
  /** Milliseconds from the launch. */
  length: number
  role?: Role
  /** Templates by file, where they aren't just their own names. */
  files?: Record<string, string>
  /** What else happens with a signal, in the database: before it. */
  also?: (db: Db, lead: string, signal: Signal) => Promise<void>
  /** What keeps a touch from being made, by what the rehearsal knows. */
  flawOf?: (touch: Touch, at: Instant, from: Instant) => Flaw | undefined
}

export interface Played {
  id: string
  from: Instant
  touches: { key: string; at: Instant }[]
  outcome: string | undefined
  emails: InboxEntry[]
}

export interface Live {
  env: Awaited<ReturnType<typeof createTimeSkipping>>
  /** Published, launched, run, with the signals sent when they are due. */
  play(life: Life): Promise<Played>
  close(): Promise<void>
}

/**
 * Opens a server, a database and a mailbox of its own.
 * @param options.givesUp - whether a workflow task that is at its end is given up and offered again
 */
export async function openLive({ givesUp = () => false }: { givesUp?: () => boolean } = {}): Promise<Live> {
  const folder = mkdtempSync(join(tmpdir(), 'relance-live-'))
  const env = await createTimeSkipping()
  const store = await openDatabase()
  const inbox = await startInbox({ dir: join(folder, 'inbox') })
  const mailbox = createMailbox({
    url: `smtp://127.0.0.1:${inbox.port}`,
    from: { name: 'Claire', email: 'claire@atelier.example' },
  })
  /** The time-skipping server's time is the environment's. */
  const clock: Clock = {
    speed: 1,
    now: () => env.currentTimeMs(),
    msUntil: async (at) => Math.max(0, at - (await env.currentTimeMs())),
    lateMs: async (at) => Math.max(0, (await env.currentTimeMs()) - at),
  }
  const log = pino({ level: 'silent' })
  const temporal = { connectionOptions: { address: env.address }, namespace: env.namespace ?? 'default' }
  const own = createActivities({ db: store.db, clock, log, mailboxes: () => ({ mailbox, spacing: SPACING }) })
  const { activities, idle } = awaitActivities(givenUpTasks(own, givesUp))
  const worker = await startWorker({ temporal, activities, log })
  let played = 0

  async function launch(life: Life): Promise<{ id: string; from: Instant; email: string; published: Plan }> {
    // A mailbox of its own: what an earlier lead has reserved is not in its way.
    const named = { ...life.plan, cadence: `${life.plan.cadence}-${played}`, from: `claire-${played}` }
    const from = await env.currentTimeMs()
    const plain = letters(named).map((name) => [`${name}.md`, `---\nsubject: ${name}\n---\n${name}\n`])
    const files = { ...Object.fromEntries(plain), ...life.files }
    const hash = `hash-${played}`
    const { version } = await publishCadence(store.db, {
      name: named.cadence,
      source: '',
      files,
      plan: named,
      hash,
      now: from,
    })
    // A company of its own, too: colleagues hear of each other.
    const email = `lead@atelier-${played}.example`
    const company = `Atelier ${played}`
    const contact = { email, zone: 'Europe/Paris', country: 'FR', firstName: 'Léa', company }
    const [launched] = await insertLeads(store.db, [life.role ? { ...contact, role: life.role } : contact], {
      cadence: named.cadence,
      version,
      now: from,
    })
    if (launched?.kind !== 'inserted') throw new Error('not launched')
    return { id: launched.id, from, email, published: { ...named, version } }
  }

  async function play(life: Life): Promise<Played> {
    played += 1
    const { id, from, email, published } = await launch(life)
    const before = (await listInbox(join(folder, 'inbox'))).length
    const until = from + life.length
    const handle = await env.client.workflow.start<typeof lead>('lead', {
      taskQueue: TASK_QUEUE,
      workflowId: `lead-${id}`,
      args: [inputOf({ lead: newLead(id, from, life.role), plan: published })],
    })
    let running = true
    for (const signal of life.signals(from).sort((a, b) => a.seen - b.seen)) {
      running = await skipUntil(env, handle, signal.seen)
      if (!running) break
      if (!('type' in signal)) {
        if (signal.kind === 'pause') await handle.executeUpdate(pause, { args: [signal] })
        if (signal.kind === 'resume') await handle.executeUpdate(resume, { args: [signal] })
        continue
      }
      const personal: Record<string, string> = {
        ...(signal.type === 'contact.identified' && { email: `${signal.contact}-${email}` }),
        // Texts of tasks name what is objected to.
        ...(signal.type === 'objection.raised' && { topic: String(signal.data.topic) }),
      }
      await life.also?.(store.db, id, signal)
      await insertSignals(store.db, [{ lead: id, signal, personal }])
      // Delivered twice, it counts once.
      await handle.signal(arrive, [signal, signal])
    }
    if (running && (await skipUntil(env, handle, until))) await handle.terminate()
    await idle()
    const timeline = await readTimeline(store.db, id)
    return {
      id,
      from,
      touches: timeline.flatMap((line) =>
        line.kind === 'touch' && line.at <= until ? [{ key: line.key, at: line.at }] : [],
      ),
      outcome: timeline.flatMap((line) => (line.kind === 'end' ? [line.outcome] : []))[0],
      emails: (await listInbox(join(folder, 'inbox'))).filter((_, i) => i >= before),
    }
  }

  const close = async (): Promise<void> => {
    await worker.close()
    await mailbox.close()
    await inbox.close()
    await store.close()
    await env.teardown()
    rmSync(folder, { recursive: true, force: true })
  }
  return { env, play, close }
}

/** The templates a plan names. */
const letters = (plan: Plan): string[] => [
  ...new Set(
    [...plan.stages, ...plan.plays]
      .flatMap((part) => part.steps)
      .filter((step) => step.kind === 'email')
      .flatMap((step) => templatesOf(step.name, step.theme))
      .concat(plan.nurture?.emails ?? []),
  ),
]

/** Plays a lead live and rehearses it: the same touches at the same instants, the same e-mails, the same end. */
export async function same(live: Live, life: Life): Promise<{ real: Played; imagined: Rehearsal }> {
  const { plan, role, length, flawOf } = life
  const real = await live.play(life)
  const imagined = rehearse(plan, {
    id: real.id,
    from: real.from,
    until: real.from + length,
    zone: 'Europe/Paris',
    country: 'FR',
    signals: life.signals(real.from),
    spacing: SPACING,
    ...(role ? { role } : {}),
    ...(flawOf && { flawOf: (touch, at) => flawOf(touch, at, real.from) }),
  })
  expect(real.touches).toEqual(imagined.calendar.map((c) => ({ key: c.touch.key, at: c.at })))
  expect(real.outcome).toBe(imagined.outcome)
  expect(real.emails.length).toBe(imagined.calendar.filter((c) => c.touch.kind === 'email').length)
  expect(new Set(real.emails.map(({ messageId }) => messageId)).size).toBe(real.emails.length)
  return { real, imagined }
}
