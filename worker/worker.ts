/** The Temporal worker that hosts the leads' workflows and their activities. */

import { NativeConnection, type NativeConnectionOptions, Worker } from '@temporalio/worker'
import type { LeadActivities } from '../workflows/contract.ts'
import { TASK_QUEUE } from '../workflows/task-queue.ts'
import { workflowBundle } from './bundle.ts'
import { deploymentOf } from './deployment.ts'
import { type Log, withoutWords } from './log.ts'

/** A lead in the cache saves a replay at its next touch; one is well under a megabyte, and leads sleep for days. */
const CACHED_LEADS = 1000
/** As many as the database's and the mailboxes' connections can take at once. */
const AT_ONCE = 40
/** What is being sent when the worker stops gets this long to end (SMTP's final answer comes in seconds). */
const GRACE = '8s'

export interface RunningWorker {
  /** Resolves when it stopped because it was asked to; rejects when it died. */
  stopped: Promise<void>
  /** Takes no more work, ends what is begun, and disconnects. */
  close(): Promise<void>
}

/** Starts a worker; it works when this resolves. */
export async function startWorker(options: {
  temporal: { connectionOptions: NativeConnectionOptions; namespace: string }
  activities: LeadActivities
  log: Log
}): Promise<RunningWorker> {
  const connection = await NativeConnection.connect(options.temporal.connectionOptions)
  const bundle = workflowBundle()
  const worker = await Worker.create({
    connection,
    namespace: options.temporal.namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: bundle,
    workerDeploymentOptions: deploymentOf(bundle),
    activities: options.activities,
    interceptors: { activity: [withoutWords(options.log)] },
    maxCachedWorkflows: CACHED_LEADS,
    maxConcurrentLocalActivityExecutions: AT_ONCE,
    maxConcurrentActivityTaskExecutions: AT_ONCE,
    shutdownGraceTime: GRACE,
    shutdownForceTime: '20s',
  })
  const stopped = worker.run().finally(() => connection.close())
  stopped.catch(() => undefined)
  return {
    stopped,
    close: async () => {
      if (worker.getState() === 'RUNNING') worker.shutdown()
      await stopped.catch(() => undefined)
    },
  }
}
