/** Builds of the workflow code that take over from each other, on a real server. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection, Worker, type WorkerDeploymentOptions } from '@temporalio/worker'
import { pino } from 'pino'
import { FORMAT } from '../cadence/format.ts'
import { newLead } from '../cadence/lead.ts'
import { inputOf } from '../test/support/input.ts'
import { mails } from '../test/support/mails.ts'
import { memoryActivities } from '../test/support/memory-activities.ts'
import type { lead } from '../workflows/lead.ts'
import { arrive, explain, pause, resume } from '../workflows/messages.ts'
import { TASK_QUEUE } from '../workflows/task-queue.ts'
import { workflowBundle } from './bundle.ts'
import { buildId, deploymentOf } from './deployment.ts'
import { version } from './package.ts'
import { findTemporal } from './temporal/binary.ts'
import { type DevServer, startDevServer } from './temporal/dev-server.ts'
import { registerSearchAttributes } from './temporal/search-attributes.ts'
import { startWorker } from './worker.ts'

const month = { n: 30, unit: 'd' } as const
const plan = mails({ count: 3, wait: month, until: { deal: 'won' }, after: month })
/** What all workers of this file have in common, as they would a database. */
const activities = memoryActivities(plan, async () => Date.now())

let folder: string
let server: DevServer
let connection: Connection
let client: Client
/** The code that `startWorker` runs, and code that does the same with other words. */
let shipped: string
let other: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'relance-deployment-'))
  const temporal = await findTemporal({ report: () => {} })
  server = await startDevServer({ temporal, dataDir: folder, report: () => {} })
  connection = await Connection.connect({ address: server.address })
  await registerSearchAttributes(connection, 'default')
  client = new Client({ connection })
  shipped = readFileSync(workflowBundle().codePath, 'utf8')
  other = `'another build';${shipped}`
}, 600_000)
afterAll(async () => {
  await connection?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the build id changes with the code, and not with the map of its lines', () => {
  const map = '\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,'
  expect(buildId(`run()${map}e30=`)).toBe(buildId(`run()${map}e31=\n`))
  expect(buildId(`run()${map}e30=`)).not.toBe(buildId(`ran()${map}e30=`))
  expect(buildId('run()')).toMatch(new RegExp(`^${version().replaceAll('.', '\\.')}\\+[0-9a-f]{12}$`))
})

/** A worker of the product: the shipped code, declared as it declares itself. */
async function asShipped(work: () => Promise<void>): Promise<void> {
  const temporal = { connectionOptions: { address: server.address }, namespace: 'default' }
  const worker = await startWorker({ temporal, activities, log: pino({ level: 'silent' }) })
  await work().finally(() => worker.close())
}

/** A worker of some other build, or, without `workerDeploymentOptions`, of a Relance that declared none. */
async function as(
  build: { code: string; workerDeploymentOptions?: WorkerDeploymentOptions },
  work: () => Promise<void>,
): Promise<void> {
  const { code, ...declared } = build
  const native = await NativeConnection.connect({ address: server.address })
  const worker = await Worker.create({
    connection: native,
    taskQueue: TASK_QUEUE,
    workflowBundle: { code },
    activities,
    ...declared,
  })
  await worker.runUntil(work).finally(() => native.close())
}

interface Life {
  sent: string[]
  /** Sends one signal, and commands whose answers say that it has been folded, too. */
  wake(): Promise<void>
  /** The signals that were folded, in order; a record may be written twice. */
  folded(): string[]
  /** From the oldest run: the builds that did its workflow tasks. Every run is replayed with the shipped code. */
  runs(): Promise<string[][]>
}

async function launch(id: string): Promise<Life> {
  const workflowId = `lead-${id}`
  const handle = client.workflow.getHandle<typeof lead>(workflowId)
  const sent: string[] = []
  await client.workflow.start<typeof lead>('lead', {
    taskQueue: TASK_QUEUE,
    workflowId,
    args: [inputOf({ lead: newLead(id, Date.now()), plan })],
  })
  return {
    sent,
    async wake(): Promise<void> {
      const at = Date.now()
      const signal = { id: `${id}-${sent.length}`, type: 'link.clicked' as const, at, seen: at, data: {} }
      sent.push(signal.id)
      await handle.signal(arrive, [signal])
      await handle.executeUpdate(pause, { args: [{ format: FORMAT, kind: 'pause', seen: at }] })
      await handle.executeUpdate(resume, { args: [{ format: FORMAT, kind: 'resume', seen: at }] })
      expect(await handle.query(explain)).toMatchObject({ kind: 'touch' })
    },
    folded(): string[] {
      const changes = new Map(
        activities.records
          .filter(({ lead }) => lead === id)
          .flatMap(({ seq, changes }) => changes.map((change, i) => [seq + i, change] as const)),
      )
      return [...changes.values()].flatMap((c) => (c.kind === 'signal' ? [c.id] : []))
    },
    async runs(): Promise<string[][]> {
      const histories = []
      let runId: string | undefined
      do {
        const history = await client.workflow.getHandle(workflowId, runId).fetchHistory()
        histories.unshift(history)
        const [first] = history.events ?? []
        runId = first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined
      } while (runId)
      for (const history of histories) {
        await Worker.runReplayHistory({ workflowBundle: { code: shipped } }, history, workflowId)
      }
      return histories.map(({ events }) => {
        const builds = (events ?? []).flatMap(({ workflowTaskCompletedEventAttributes: task }) => {
          if (!task) return []
          return task.workerDeploymentName === 'relance' ? [String(task.workerVersion?.buildId)] : ['none']
        })
        return [...new Set(builds)]
      })
    },
  }
}

test('whichever build runs goes on with every lead at once, in a run of its own: upgrade and rollback', async () => {
  const one = await launch('one')
  await asShipped(one.wake)
  const b = deploymentOf({ code: other })
  await as({ code: other, workerDeploymentOptions: b }, async () => {
    await one.wake()
    await one.wake()
  })
  await asShipped(one.wake)
  expect(one.folded()).toEqual(one.sent)
  const [was, is] = [buildId(shipped), b.version.buildId]
  // The task that finds other code at work is the last of its run.
  expect(await one.runs()).toEqual([[was, is], [is, was], [was]])
}, 120_000)

test('a lead of a worker that declared nothing stays in its run, there and back', async () => {
  const two = await launch('two')
  await as({ code: shipped }, two.wake)
  await asShipped(two.wake)
  await as({ code: other }, two.wake)
  expect(two.folded()).toEqual(two.sent)
  expect(await two.runs()).toEqual([['none', buildId(shipped)]])
}, 120_000)

test('builds side by side share the leads: none waits, and every signal counts once', async () => {
  const leads = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(launch))
  await as({ code: other, workerDeploymentOptions: deploymentOf({ code: other }) }, () =>
    asShipped(async () => {
      for (let round = 0; round < 3; round++) await Promise.all(leads.map((lead) => lead.wake()))
    }),
  )
  for (const lead of leads) expect(lead.folded()).toEqual(lead.sent)
  await Promise.all(leads.map((lead) => lead.runs()))
}, 120_000)
