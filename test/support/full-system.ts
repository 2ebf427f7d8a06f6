/**
 * The full system, all of Relance but its process: a real Temporal server, a real database, real SMTP into an inbox, as many real
 * workers as a test wants, and the services under the API. Time runs fast.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import pino from 'pino'
import { createActivities } from '../../activities/index.ts'
import { createMailbox } from '../../activities/mail/transport.ts'
import type { MailboxInUse } from '../../activities/touch/deps.ts'
import type { Plan } from '../../cadence/plan.ts'
import { leadWorkflows } from '../../client/outbox/lead-workflows.ts'
import { leadLookout } from '../../client/outbox/lookout.ts'
import { type Relay, startRelay } from '../../client/outbox/relay.ts'
import type { Deps } from '../../client/services/deps.ts'
import { publishCadence } from '../../store/cadences.ts'
import { type Clock, environmentClock } from '../../store/clock.ts'
import type { Store } from '../../store/open.ts'
import { startInbox } from '../../worker/inbox/inbox.ts'
import { type InboxEntry, listInbox } from '../../worker/inbox/mail-files.ts'
import { registerSearchAttributes } from '../../worker/temporal/search-attributes.ts'
import { startWorker } from '../../worker/worker.ts'
import type { LeadActivities } from '../../workflows/contract.ts'
import { openDatabase } from './database.ts'

export interface FullSystem {
  env: TestWorkflowEnvironment
  store: Store
  clock: Clock
  deps: Deps
  /** Publishes a plan whose every e-mail has the template `hello`. @returns its version */
  publish(plan: Plan): Promise<number>
  mails(): Promise<InboxEntry[]>
  /** Lets the workers end what they are at; the rest can still be looked at. */
  rest(): Promise<void>
  close(): Promise<void>
}

/**
 * @param options.speed - seconds of the environment in a real one
 * @param options.spacing - milliseconds between two e-mails of the mailbox, on the environment's clock
 * @param options.disturb - what the workers get instead of their activities
 * @param options.mailboxes - what sends, instead of a mailbox whose server is the inbox; the workers share them
 * @param options.hurried - whether what is waited in real time (a retry, a pause) passes as fast as the environment does
 */
export async function startFullSystem(options: {
  speed: number
  spacing: number
  workers: number
  database: Store['kind'] | undefined
  disturb?: (activities: LeadActivities) => LeadActivities
  mailboxes?: (name: string) => MailboxInUse
  hurried?: boolean
}): Promise<FullSystem> {
  const { disturb = (activities) => activities } = options
  const folder = mkdtempSync(join(tmpdir(), 'relance-full-system-'))
  const log = pino({ level: 'silent' })
  const env = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path: process.env.TEMPORAL_CLI ?? 'temporal' } },
  })
  await registerSearchAttributes(env.connection, 'default')
  const store = await openDatabase(options.database)
  const { db } = store
  const inbox = await startInbox({ dir: folder })
  const fast = await environmentClock(db, { speed: options.speed })
  const clock = options.hurried ? { ...fast, speed: 1 } : fast

  const temporal = { connectionOptions: { address: env.address }, namespace: 'default' }
  let relay: Relay | undefined
  /** One worker of the product, with connections, activities and a mailbox of its own. */
  const start = async (): Promise<() => Promise<void>> => {
    const from = { name: 'Claire', email: 'claire@atelier.example' }
    const mailbox = createMailbox({ url: `smtp://127.0.0.1:${inbox.port}`, from })
    const mailboxes = options.mailboxes ?? (() => ({ mailbox, spacing: options.spacing }))
    const signalled = (): void => void relay?.wake()
    const activities = disturb(createActivities({ db, clock, log, mailboxes, signalled }))
    const worker = await startWorker({ temporal, activities, log })
    return async () => {
      await worker.close()
      await mailbox.close()
    }
  }
  const workers = await Promise.all(Array.from({ length: options.workers }, start))
  const base = { db, workflows: leadWorkflows(env.client), lookout: leadLookout(env.client), clock, log }
  const running = startRelay(base)
  relay = running
  let resting: Promise<unknown> | undefined
  const rest = async (): Promise<void> => {
    resting ??= Promise.all(workers.map((stop) => stop()))
    await resting
  }
  return {
    env,
    store,
    clock,
    deps: { ...base, relay: running },
    publish: async (plan) => {
      const files = { 'hello.md': '---\nsubject: Hello\n---\nHello.\n' }
      const now = await clock.now()
      const published = { name: plan.cadence, source: '', files, plan, hash: JSON.stringify(plan), now }
      return (await publishCadence(db, published)).version
    },
    mails: () => listInbox(folder),
    rest,
    close: async () => {
      await rest()
      await running.stop()
      await inbox.close()
      await store.close()
      await env.teardown()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
