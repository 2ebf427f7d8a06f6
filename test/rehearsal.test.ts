/**
 * Promise 7: what `rehearse` prints is what the workflow does. The same lead and the same signals through both, over
 * a year: the workflow with the real store, the real planner and real SMTP, on the time-skipping server.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import fc from 'fast-check'
import pino from 'pino'
import { createActivities } from '../activities/index.ts'
import { createMailbox, type Mailbox } from '../activities/mail/transport.ts'
import { readCadence } from '../cadence/language/read.ts'
import { newLead } from '../cadence/lead.ts'
import type { Plan } from '../cadence/plan.ts'
import { rehearse } from '../cadence/rehearse.ts'
import type { Signal } from '../cadence/signals.ts'
import { DAY, HOUR, type Instant } from '../cadence/time.ts'
import type { Clock } from '../store/clock.ts'
import {
  insertLeads,
  insertSignals,
  openStore,
  publishCadence,
  readTimeline,
  type Store,
} from '../store/index.ts'
import { type Inbox, startInbox } from '../worker/inbox/inbox.ts'
import { listInbox } from '../worker/inbox/mail-files.ts'
import type { lead } from '../workflows/lead.ts'
import { arrive } from '../workflows/messages.ts'
import { LIVELY, plans, signals } from './support/arbitraries.ts'
import { EXAMPLE } from './support/example.ts'
import { outstanding } from './support/outstanding.ts'
import { steadily } from './support/steady.ts'
import { createTimeSkipping } from './support/time-skipping.ts'

const YEAR = 365 * DAY
const SPACING = 1000

let env: TestWorkflowEnvironment
let workflowBundle: WorkflowBundleWithSourceMap
let store: Store
let inbox: Inbox
let mailbox: Mailbox
const folder = mkdtempSync(join(tmpdir(), 'relance-rehearsal-'))

beforeAll(async () => {
  env = await createTimeSkipping()
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  })
  store = await openStore({ dataDir: folder })
  inbox = await startInbox({ dir: join(folder, 'inbox') })
  mailbox = createMailbox({
    url: `smtp://127.0.0.1:${inbox.port}`,
    from: { name: 'Claire', email: 'claire@atelier.example' },
  })
}, 120_000)

afterAll(async () => {
  await mailbox?.close()
  await inbox?.close()
  await store?.close()
  await env?.teardown()
  rmSync(folder, { recursive: true, force: true })
})

/** The time-skipping server's time is the environment's. */
const clock: Clock = {
  speed: 1,
  now: () => env.currentTimeMs(),
  msUntil: async (at) => Math.max(0, at - (await env.currentTimeMs())),
  lateMs: async (at) => Math.max(0, (await env.currentTimeMs()) - at),
}

let played = 0

interface Played {
  touches: { key: string; at: Instant }[]
  outcome: string | undefined
  emails: number
}

/** The real thing: published, launched, run for a year, with the signals sent when they are due. */
async function live(
  plan: Plan,
  make: (from: Instant) => Signal[],
  role?: 'decision_maker',
): Promise<Played & { from: Instant; id: string }> {
  const taskQueue = `rehearsal-${++played}`
  // A mailbox of its own: what an earlier lead has reserved is not in its way.
  const named = { ...plan, cadence: `${plan.cadence}-${played}`, from: `claire-${played}` }
  const from = await env.currentTimeMs()
  const files = Object.fromEntries(
    templatesOf(plan).map((name) => [`${name}.md`, `---\nsubject: ${name}\n---\n${name}\n`]),
  )
  const { version } = await publishCadence(store.db, {
    name: named.cadence,
    source: '',
    files,
    plan: named,
    hash: taskQueue,
    now: from,
  })
  const published = { ...named, version }
  const email = `lead-${played}@atelier.example`
  const [launched] = await insertLeads(
    store.db,
    [
      {
        email,
        zone: 'Europe/Paris',
        country: 'FR',
        firstName: 'Léa',
        company: `Atelier ${played}`,
        ...(role ? { role } : {}),
      },
    ],
    { cadence: named.cadence, version, now: from },
  )
  if (launched?.is !== 'inserted') throw new Error('not launched')
  const { id } = launched
  const { activities, idle } = outstanding(
    createActivities({
      db: store.db,
      clock,
      log: pino({ level: 'silent' }),
      mailboxes: () => ({ mailbox, spacing: SPACING }),
    }),
  )
  const worker = await Worker.create({
    connection: env.nativeConnection,
    taskQueue,
    workflowBundle,
    activities: { ...activities },
  })
  const before = (await listInbox(join(folder, 'inbox'))).length
  await worker.runUntil(async () => {
    const handle = await env.client.workflow.start<typeof lead>('lead', {
      taskQueue,
      workflowId: `lead-${id}`,
      args: [{ lead: newLead(id, from, role), plan: published, queue: [] }],
    })
    const due = make(from).sort((a, b) => a.seen - b.seen)
    let running = true
    for (const signal of due) {
      running = await steadily(env, handle, signal.seen)
      if (!running) break
      const personal: Record<string, string> =
        signal.type === 'contact.identified' ? { email: `${signal.contact}-${email}` } : {}
      await insertSignals(store.db, [{ lead: id, signal, personal }])
      await handle.signal(arrive, [signal])
    }
    if (running && (await steadily(env, handle, from + YEAR))) await handle.terminate()
  })
  await idle()
  const timeline = await readTimeline(store.db, id)
  const touches = timeline
    .filter((line) => line.what === 'touch' && line.at <= from + YEAR)
    .map((line) => ({ key: String(line.key), at: line.at }))
  const outcome = timeline.find((line) => line.what === 'end')?.outcome as string | undefined
  return { from, id, touches, outcome, emails: (await listInbox(join(folder, 'inbox'))).length - before }
}

const templatesOf = (plan: Plan): string[] => [
  ...new Set(
    [...plan.stages, ...plan.plays]
      .flatMap((part) => part.steps)
      .filter((step) => step.kind === 'email')
      .map((step) => step.name)
      .concat(plan.nurture?.emails ?? []),
  ),
]

async function same(plan: Plan, make: (from: Instant) => Signal[], role?: 'decision_maker'): Promise<number> {
  const real = await live(plan, make, role)
  const imagined = rehearse(plan, {
    id: real.id,
    from: real.from,
    until: real.from + YEAR,
    zone: 'Europe/Paris',
    ...(plan.window.holidays ? { holidays: 'FR' } : {}),
    signals: make(real.from),
    spacing: SPACING,
    ...(role ? { role } : {}),
  })
  expect(real.touches).toEqual(imagined.calendar.map((c) => ({ key: c.touch.key, at: c.at })))
  expect(real.outcome).toBe(imagined.outcome)
  expect(real.emails).toBe(imagined.calendar.filter((c) => c.touch.kind === 'email').length)
  return imagined.calendar.length
}

describe('promise 7: what rehearse prints is what the workflow does, over a year', () => {
  const { plan } = readCadence(EXAMPLE, 'atelier-erp.yaml')
  if (!plan) throw new Error('the example does not compile')
  const story =
    (...all: [days: number, type: Signal['type'], data?: Signal['data'], contact?: string][]) =>
    (from: Instant): Signal[] =>
      all.map(([days, type, data = {}, contact], i) => {
        const at = from + days * DAY + HOUR
        return { id: `s-${i}`, type, at, seen: at, data, ...(contact ? { contact } : {}) }
      })

  test('a lead who never answers', async () => {
    expect(await same(plan, story())).toBeGreaterThan(5)
  })

  test('from a bare contact to a customer who is asked for a referral', async () => {
    const cycle = story(
      [5, 'reply.received'],
      [6, 'reply.handled', { then: 'resume' }],
      [8, 'interest.expressed', { level: 'general' }],
      [19, 'credit.approved', { limit: 50_000, ref: '8841' }],
      [24, 'objection.raised', { topic: 't-1', by: 'saboteur' }],
      [25, 'contact.identified', { role: 'influencer' }, 'anna'],
      [33, 'objection.overcome', { topic: 't-1' }],
      [40, 'demo.held'],
      [47, 'contact.identified', { role: 'decision_maker' }, 'ben'],
      [70, 'deal.won', { amount: 18_000 }],
    )
    expect(await same(plan, cycle)).toBeGreaterThan(8)
  })

  test('an opt-out in the middle', async () => {
    await same(plan, story([12, 'unsubscribed']))
  })

  test('credit that goes stale in the middle of the proposal', async () => {
    const stale = story(
      [2, 'interest.expressed', { level: 'comparing' }],
      [4, 'credit.approved'],
      [6, 'demo.held'],
      [120, 'credit.approved'],
      [220, 'credit.refused'],
    )
    expect(await same(plan, stale, 'decision_maker')).toBeGreaterThan(5)
  })

  const random = fc.sample(
    fc.tuple(plans, fc.uniqueArray(signals(0, 300, LIVELY), { selector: (s) => s.id, maxLength: 10 })),
    {
      numRuns: 8,
      seed: 20_260_105,
    },
  )
  test.each(random.map((drawn, i) => [i, ...drawn] as const))('random cadence %i', async (_, drawn, all) => {
    await same(drawn, (from) => all.map((s) => ({ ...s, at: s.at + from, seen: s.seen + from })))
  })
})
