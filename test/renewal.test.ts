/**
 * Continue-as-new on a real server that suggests it every few dozen events, with signals arriving all the while:
 * nothing is lost, nothing happens twice, and the lead stays where it was.
 */

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import pino from 'pino'
import { FORMAT } from '../cadence/format.ts'
import { newLead } from '../cadence/lead.ts'
import type { Signal } from '../cadence/signals.ts'
import { registerSearchAttributes } from '../worker/temporal/search-attributes.ts'
import { startWorker } from '../worker/worker.ts'
import type { lead } from '../workflows/lead.ts'
import { arrive, pause, resume } from '../workflows/messages.ts'
import { TASK_QUEUE } from '../workflows/task-queue.ts'
import { inputOf } from './support/input.ts'
import { mails } from './support/mails.ts'
import { memoryActivities } from './support/memory-activities.ts'

/** Days of the cadence in a second. */
const SPEED = 20 * 86_400
const MAILS = 15

const plan = mails({
  count: MAILS,
  wait: { n: 1, unit: 'd' },
  until: { deal: 'won' },
  after: { n: 1, unit: 'd' },
})

let env: TestWorkflowEnvironment

beforeAll(async () => {
  env = await TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'existing-path', path: process.env.TEMPORAL_CLI ?? 'temporal' },
      extraArgs: ['--dynamic-config-value', 'limit.historyCount.suggestContinueAsNew=40'],
    },
  })
  await registerSearchAttributes(env.connection, 'default')
}, 120_000)
afterAll(() => env?.teardown())

test('across several runs every touch happens once, and every signal counts once', async () => {
  const start = Date.now()
  const clock = async (): Promise<number> => start + (Date.now() - start) * SPEED
  const memory = memoryActivities(plan, clock, SPEED)
  const temporal = { connectionOptions: { address: env.address }, namespace: 'default' }
  const worker = await startWorker({ temporal, activities: memory, log: pino({ level: 'silent' }) })
  try {
    const handle = await env.client.workflow.start<typeof lead>('lead', {
      taskQueue: TASK_QUEUE,
      workflowId: 'lead-renewal',
      args: [inputOf({ lead: newLead('renewal', start), plan })],
    })
    const sent: string[] = []
    const ended = handle.result().then(() => true)
    const over = { is: false }
    ended.finally(() => {
      over.is = true
    })
    // Signals come as fast as they are taken, so that every renewal meets some.
    while (!over.is && sent.length < 120) {
      const at = await clock()
      const signal: Signal = {
        id: `s-${sent.length}`,
        type: 'link.clicked',
        at,
        seen: at,
        data: { theme: 'ease' },
      }
      await handle.signal(arrive, [signal]).then(
        () => sent.push(signal.id),
        () => undefined,
      )
      if (sent.length === 30) {
        await env.client.workflow
          .getHandle('lead-renewal')
          .executeUpdate(pause, { args: [{ format: FORMAT, kind: 'pause', seen: at }] })
        await env.client.workflow
          .getHandle('lead-renewal')
          .executeUpdate(resume, { args: [{ format: FORMAT, kind: 'resume', seen: await clock() }] })
      }
    }
    expect(await ended).toBe(true)

    expect(memory.touched.map((t) => t.key)).toEqual(plan.stages[0]?.steps.map((s) => `renewal/1/${s.id}`))
    const changes = new Map(memory.records.flatMap((r) => r.changes.map((c, i) => [r.seq + i, c] as const)))
    const counted = [...changes.values()].filter((c) => c.kind === 'signal').map((c) => c.id)
    expect(counted).toEqual(sent)
    expect([...changes.keys()].sort((a, b) => a - b)).toEqual([...changes.keys()].map((_, i) => i + 1))
    const runs = []
    for await (const run of env.client.workflow.list({ query: "WorkflowId = 'lead-renewal'" })) runs.push(run)
    expect(runs.length).toBeGreaterThan(3)
  } finally {
    await worker.close()
  }
}, 120_000)
