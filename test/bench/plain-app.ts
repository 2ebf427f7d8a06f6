/**
 * The plain program: a client and a worker in one process. Arguments: the Temporal server's address, the workflow
 * bundle's file, milliseconds between two follow-ups.
 */
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { eachLimit } from '../../client/outbox/each-limit.ts'
import { type App, AT_ONCE, eventsOf } from './app.ts'
import { FOLLOW_UPS } from './cadence.ts'
import { answered, type PlainActivities, type PlainInput } from './plain.ts'
import { serve } from './process.ts'

/** As Relance's worker. */
const CACHED = 1000
const AT_ONCE_IN_WORKER = 40

await serve(async () => {
  const [address = '', codePath = '', waitMs = ''] = process.argv.slice(2)
  Runtime.install({ logger: new DefaultLogger('WARN') })
  const taskQueue = `plain-${waitMs}`
  const activities: PlainActivities = { touch: async (lead, n) => `${lead}/${n}` }
  const native = await NativeConnection.connect({ address })
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: { codePath },
    activities: { ...activities },
    maxCachedWorkflows: CACHED,
    maxConcurrentActivityTaskExecutions: AT_ONCE_IN_WORKER,
  })
  const stopped = worker.run()
  const connection = await Connection.connect({ address })
  const client = new Client({ connection })
  let leads = 0
  let ids: string[] = []

  const app: App = {
    async launch(count) {
      ids = Array.from({ length: count }, () => `${taskQueue}-${leads++}`)
      const began = performance.now()
      await eachLimit(ids, AT_ONCE, async (workflowId) => {
        const input: PlainInput = { lead: workflowId, followUps: FOLLOW_UPS, waitMs: Number(waitMs) }
        await client.workflow.start('plain', { workflowId, taskQueue, args: [input] })
      })
      return performance.now() - began
    },
    async signal() {
      const began = performance.now()
      await eachLimit(ids, AT_ONCE, (id) => client.workflow.getHandle(id).signal(answered))
      return performance.now() - began
    },
    async live() {
      await eachLimit(ids, ids.length, (id) => client.workflow.getHandle(id).result())
    },
    count: () => eventsOf(client, ids),
    async close() {
      worker.shutdown()
      await stopped
      await connection.close()
      await native.close()
    },
  }
  return app
})
