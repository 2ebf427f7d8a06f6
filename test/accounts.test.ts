/**
 * The account rule under fire: two Temporal workers, 200 leads in 50 accounts, replies at random moments and, worse, at
 * the very moment at which a colleague's e-mail is due. From the moment a reply was acknowledged until it is handled,
 * nobody of the account is written to; and the account's cap counts all of its leads together, always.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import {
  bundleWorkflowCode,
  NativeConnection,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker'
import { sql } from 'drizzle-orm'
import pino from 'pino'
import { createActivities } from '../activities/index.ts'
import { createMailbox } from '../activities/mail/transport.ts'
import type { Plan } from '../cadence/plan.ts'
import { addFixed, DAY, type Instant } from '../cadence/time.ts'
import { leadWorkflows } from '../client/library/services/lead-workflows.ts'
import { startRelay } from '../client/library/services/relay.ts'
import { sendSignal } from '../client/library/services/signals.ts'
import { type Clock, environmentClock } from '../store/clock.ts'
import { rows } from '../store/db.ts'
import { insertLeads, listLeads, publishCadence, type Store } from '../store/index.ts'
import { listTouches } from '../store/ledger.ts'
import { type Inbox, startInbox } from '../worker/inbox/inbox.ts'
import { registerSearchAttributes } from '../worker/temporal/search-attributes.ts'
import { KINDS, openDatabase } from './support/database.ts'

const QUEUE = 'accounts'
const ACCOUNTS = 50
const LEADS = 4
/** Half a day of the cadence in a second, for twenty-five days. */
const SPEED = 43_200
const DAYS = 25
const CAP = { count: 4, per: { n: 1, unit: 'w' } } as const

const PLAN: Plan = {
  cadence: 'accounts',
  version: 0,
  from: 'claire',
  locale: 'en',
  window: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 24 * 60 },
  limits: { perAccount: CAP },
  account: 'hold',
  prospect: { all: [] },
  qualified: { all: [] },
  credit: {},
  urgency: [{ id: 'calm', pace: 1 }],
  stages: [
    {
      id: 'contact',
      until: { deal: 'won' },
      steps: Array.from({ length: 30 }, (_, i) => ({
        id: `mail-${i}`,
        kind: 'email',
        name: 'mail',
        wait: { n: 20, unit: 'h' },
      })),
      on: {},
    },
  ],
  plays: [],
}

/** Random, and the same every time (a linear congruential generator, Knuth's constants). */
function dice(seed: number): () => number {
  let state = BigInt(seed)
  return () => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn
    return Number(state >> 33n) / 2 ** 31
  }
}

let env: TestWorkflowEnvironment
let workflowBundle: WorkflowBundleWithSourceMap
let store: Store
let inbox: Inbox
const folder = mkdtempSync(join(tmpdir(), 'relance-accounts-'))
const log = pino({ level: 'silent' })

beforeAll(async () => {
  env = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path: process.env.TEMPORAL_CLI ?? 'temporal' } },
  })
  await registerSearchAttributes(env.connection, 'default')
  workflowBundle = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  })
  // PostgreSQL where there is one: there the two workers' transactions really run side by side.
  store = await openDatabase(KINDS.at(-1))
  inbox = await startInbox({ dir: folder })
}, 120_000)
afterAll(async () => {
  await inbox?.close()
  await store?.close()
  await env?.teardown()
  rmSync(folder, { recursive: true, force: true })
})

/** One worker, with connections, activities and a mailbox of its own. */
async function startWorker(clock: Clock): Promise<() => Promise<void>> {
  const from = { name: 'Claire', email: 'claire@atelier.example' }
  const mailbox = createMailbox({ url: `smtp://127.0.0.1:${inbox.port}`, from })
  const connection = await NativeConnection.connect({ address: env.address })
  const worker = await Worker.create({
    connection,
    taskQueue: QUEUE,
    workflowBundle,
    activities: {
      ...createActivities({ db: store.db, clock, log, mailboxes: () => ({ mailbox, spacing: 60_000 }) }),
    },
  })
  const running = worker.run()
  return async () => {
    worker.shutdown()
    await running
    await mailbox.close()
    await connection.close()
  }
}

/** A reply as everybody outside saw it: acknowledged, and later handed to Relance as handled. */
interface Reply {
  lead: string
  from: Instant
  to: Instant
}

test('while a reply waits, nobody of the account is written to; and no account is over its cap', async () => {
  const clock = await environmentClock(store.db, { speed: SPEED })
  const start = await clock.now()
  const { version } = await publishCadence(store.db, {
    name: PLAN.cadence,
    source: '',
    files: { 'mail.md': '---\nsubject: Hello\n---\nHello.\n' },
    plan: PLAN,
    hash: 'accounts',
    now: start,
  })
  const workflows = leadWorkflows(env.client, QUEUE)
  const base = { db: store.db, workflows, clock, log }
  const relay = startRelay(base)
  const deps = { ...base, relay }
  const stop = await Promise.all([startWorker(clock), startWorker(clock)])
  await insertLeads(
    store.db,
    Array.from({ length: ACCOUNTS * LEADS }, (_, i) => ({
      email: `lead-${i}@company-${i % ACCOUNTS}.example`,
      zone: 'UTC',
    })),
    { cadence: PLAN.cadence, version, now: start },
  )
  relay.wake()

  const replies: Reply[] = []
  const roll = dice(20_261_125)
  const oneOf = <T>(list: T[]): T => list[Math.floor(roll() * list.length)] as T
  let n = 0
  const tell = (lead: string, type: 'reply.received' | 'reply.handled', fields = {}) =>
    sendSignal(deps, { lead, type, fields, id: `r-${++n}` })

  /** One at a time for each lead: handling one handles all that they wrote before. */
  const busy = new Set<string>()
  /** Somebody replies, and the seller handles it some days later. */
  async function exchange(lead: string): Promise<void> {
    if (busy.has(lead)) return pause(50)
    busy.add(lead)
    await tell(lead, 'reply.received')
    const reply = { lead, from: await clock.now(), to: Number.POSITIVE_INFINITY }
    replies.push(reply)
    await pause(1000 * (0.5 + 4 * roll()))
    reply.to = await clock.now()
    await tell(lead, 'reply.handled', { then: 'resume' })
    busy.delete(lead)
  }

  /** Somebody replies at the very moment at which a colleague is to be written to. */
  async function collision(): Promise<void> {
    const now = await clock.now()
    const due = (await listLeads(store.db, { open: true })).filter(
      ({ next, hold }) => !hold && (next?.at ?? 0) > now + DAY / 8,
    )
    if (due.length === 0) return pause(50)
    const { id, next } = due.reduce((a, b) => ((a.next?.at ?? 0) < (b.next?.at ?? 0) ? a : b))
    const [colleague] = await rows<{ id: string }>(
      store.db,
      sql`select o.id from leads l join leads o on o.account_id = l.account_id and o.id <> l.id
          where l.id = ${id} order by o.id limit 1`,
    )
    await pause(await clock.msUntil((next?.at ?? 0) - DAY / 400))
    if (colleague) await exchange(colleague.id)
  }

  const leads = (await listLeads(store.db)).map(({ id }) => id)
  const end = start + DAYS * DAY
  const together = async (work: () => Promise<void>): Promise<void> => {
    while ((await clock.now()) < end) await work()
  }
  await Promise.all([
    ...Array.from({ length: 6 }, () => together(() => exchange(oneOf(leads)))),
    ...Array.from({ length: 6 }, () => together(collision)),
  ])
  await Promise.all(stop.map((end) => end()))
  await relay.stop()

  const accounts = new Map(
    (
      await rows<{ id: string; account: string }>(store.db, sql`select id, account_id as account from leads`)
    ).map(({ id, account }) => [id, account]),
  )
  const sent = (await listTouches(store.db)).filter(({ handedOverAt }) => handedOverAt !== null)
  const wrong = sent.filter(({ lead, handedOverAt }) =>
    replies.some(
      (reply) =>
        accounts.get(reply.lead) === accounts.get(lead) &&
        (handedOverAt as Instant) > reply.from &&
        (handedOverAt as Instant) < reply.to,
    ),
  )
  expect(wrong.map(({ key }) => key)).toEqual([])
  for (const account of new Set(accounts.values())) {
    const slots = sent.filter(({ lead }) => accounts.get(lead) === account).map(({ slot }) => slot)
    for (const from of slots) {
      expect(
        slots.filter((slot) => slot >= from && slot < addFixed(from, CAP.per)).length,
      ).toBeLessThanOrEqual(CAP.count)
    }
  }
  // It was a fight: many replies, and e-mails all the while, to those whose account was free.
  expect(replies.length).toBeGreaterThan(60)
  expect(sent.length).toBeGreaterThan(ACCOUNTS)
  expect(new Set(sent.map(({ lead }) => lead)).size).toBeGreaterThan((LEADS * ACCOUNTS) / 4)
  process.stdout.write(`accounts: ${sent.length} e-mails, ${replies.length} replies, ${store.kind}\n`)
}, 180_000)
