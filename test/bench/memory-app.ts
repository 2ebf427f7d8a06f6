/**
 * A process that holds waiting workflows in its cache, and says what they weigh. Arguments: the Temporal server's
 * address, `relance` or `plain`, the workflow bundle's file.
 *
 * Workflows run in the main thread here (`debugMode`), because another thread's garbage can't be collected on demand;
 * they are the same in there. Activities answer at once, so that nothing but workflows grows.
 */

import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import { checkFile } from '../../client/check/check.ts'
import { eachLimit } from '../../client/outbox/each-limit.ts'
import { leadWorkflows } from '../../client/outbox/lead-workflows.ts'
import type { LeadActivities } from '../../workflows/contract.ts'
import { AT_ONCE } from './app.ts'
import { DAY_MS, FOLLOW_UPS } from './cadence.ts'
import type { PlainActivities, PlainInput } from './plain.ts'
import { serve } from './process.ts'

const MONTH_MS = 30 * DAY_MS
const MOST = 5000

export interface MemoryApp {
  /** Starts this many more. */
  hold(count: number): Promise<void>
  /** The process's heap once its garbage is gone, bytes. What the system counts (RSS) is too noisy to say anything. */
  weigh(): Promise<number>
  close(): Promise<void>
}

await serve(async () => {
  const [address = '', side = '', codePath = ''] = process.argv.slice(2)
  Runtime.install({ logger: new DefaultLogger('WARN') })
  const taskQueue = `memory-${side}`
  const record: LeadActivities['record'] = async ({ now }) => ({
    slot: now + MONTH_MS,
    wake: now + MONTH_MS,
    why: [],
    waitMs: MONTH_MS,
  })
  const touch: PlainActivities['touch'] = async (lead, n) => `${lead}/${n}`
  const native = await NativeConnection.connect({ address })
  const worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: { codePath },
    activities: { record, touch },
    maxCachedWorkflows: MOST,
    debugMode: true,
  })
  const stopped = worker.run()
  const connection = await Connection.connect({ address })
  const client = new Client({ connection })
  const { plan } = checkFile('examples/atelier-erp.yaml')
  if (!plan) throw new Error('the example has errors')
  const workflows = leadWorkflows(client, taskQueue)
  let held = 0

  const startOne = async (workflowId: string): Promise<void> => {
    if (side === 'relance') {
      await workflows.start({ format: FORMAT, lead: newLead(workflowId, Date.now()), plan, queue: [] })
      return
    }
    const input: PlainInput = { lead: workflowId, followUps: FOLLOW_UPS, waitMs: MONTH_MS }
    await client.workflow.start('plain', { workflowId, taskQueue, args: [input] })
  }
  const app: MemoryApp = {
    async hold(count) {
      const ids = Array.from({ length: count }, () => `memory-${side}-${held++}`)
      await eachLimit(ids, AT_ONCE, startOne)
    },
    async weigh() {
      for (let i = 0; i < 3; i++) {
        globalThis.gc?.()
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      const { heapUsed, external } = process.memoryUsage()
      return heapUsed + external
    },
    async close() {
      worker.shutdown()
      await stopped
      await connection.close()
      await native.close()
    },
  }
  return app
})
