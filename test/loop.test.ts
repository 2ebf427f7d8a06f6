/** The loop on the time-skipping server, with activities in memory: what wakes it, what it obeys, what it costs. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type WorkflowHandleWithStartDetails, WorkflowUpdateFailedError } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import pino from 'pino'
import { FORMAT } from '../cadence/format.ts'
import { newLead } from '../cadence/lead.ts'
import type { Signal, SignalType } from '../cadence/signals.ts'
import { DAY } from '../cadence/time.ts'
import { startWorker } from '../worker/worker.ts'
import type { lead } from '../workflows/lead.ts'
import { arrive, drop, explain, pause, resume } from '../workflows/messages.ts'
import { TASK_QUEUE } from '../workflows/task-queue.ts'
import { awaitActivities } from './support/await-activities.ts'
import { inputOf } from './support/input.ts'
import { mails } from './support/mails.ts'
import { type Memory, memoryActivities } from './support/memory-activities.ts'
import { skipUntil } from './support/skip-time.ts'
import { createTimeSkipping } from './support/time-skipping.ts'

const plan = mails({
  count: 8,
  wait: { n: 10, unit: 'd' },
  until: { interest: 'general' },
  after: { n: 7, unit: 'd' },
})

let env: TestWorkflowEnvironment
let runs = 0

beforeAll(async () => {
  env = await createTimeSkipping()
}, 120_000)
afterAll(() => env?.teardown())

type Handle = WorkflowHandleWithStartDetails<typeof lead>

/** Runs one lead with a worker of its own. */
async function withLead(story: (handle: Handle, memory: Memory) => Promise<void>): Promise<void> {
  runs += 1
  const memory = memoryActivities(plan, () => env.currentTimeMs())
  const { activities, idle } = awaitActivities(memory)
  const temporal = { connectionOptions: { address: env.address }, namespace: env.namespace ?? 'default' }
  const worker = await startWorker({ temporal, activities, log: pino({ level: 'silent' }) })
  try {
    const handle = await env.client.workflow.start<typeof lead>('lead', {
      taskQueue: TASK_QUEUE,
      workflowId: `lead-${runs}`,
      args: [inputOf({ lead: newLead(String(runs), await env.currentTimeMs()), plan })],
    })
    await story(handle, memory)
  } finally {
    await worker.close()
  }
  await idle()
}

/** Lets days pass. */
const pass = async (handle: Handle, days: number): Promise<boolean> =>
  skipUntil(env, handle, (await env.currentTimeMs()) + days * DAY)

const signal = async (type: SignalType, data: Signal['data'] = {}): Promise<[Signal[]]> => {
  const now = await env.currentTimeMs()
  return [[{ id: `${type}-${now}`, type, at: now, seen: now, data }]]
}

describe('waiting', () => {
  test('from slot to slot to the end, 6 events a follow-up', async () => {
    await withLead(async (handle, memory) => {
      expect(await handle.result()).toMatch(/^unresponsive/)
      expect(memory.touched.map((t) => t.key.split('/')[2])).toEqual(plan.stages[0]?.steps.map((s) => s.id))
      const days = memory.touched.map((t, i, all) => (t.at - (all[i - 1]?.at ?? t.at)) / DAY)
      expect(days.slice(1).every((d) => Math.abs(d - 10) < 0.001)).toBe(true)
      const { events } = await handle.fetchHistory()
      const fired = (events ?? []).flatMap((e, i) => (e.timerFiredEventAttributes ? [i] : []))
      expect((fired[4] ?? 0) - (fired[3] ?? 0)).toBe(6)
    })
  })

  test('an opt-out acts at once, not when the wait is over', async () => {
    await withLead(async (handle, memory) => {
      await pass(handle, 15)
      await handle.signal(arrive, ...(await signal('unsubscribed')))
      const before = await env.currentTimeMs()
      expect(await handle.result()).toMatch(/^opted_out/)
      const { closeTime } = await handle.describe()
      expect((closeTime?.getTime() ?? 0) - before).toBeLessThan(DAY)
      expect(memory.touched).toHaveLength(1)
    })
  })

  test('a signal that changes nothing of the wait leaves its timer alone', async () => {
    await withLead(async (handle) => {
      await pass(handle, 15)
      await handle.signal(arrive, ...(await signal('link.clicked')))
      await handle.query(explain)
      const { events } = await handle.fetchHistory()
      const clicked = (events ?? []).findIndex((e) => e.workflowExecutionSignaledEventAttributes)
      const after = (events ?? []).slice(clicked)
      expect(after.some((e) => e.markerRecordedEventAttributes)).toBe(true)
      expect(after.some((e) => e.timerCanceledEventAttributes || e.timerStartedEventAttributes)).toBe(false)
      await handle.terminate()
    })
  })

  test('a signal delivered twice is on the timeline once', async () => {
    await withLead(async (handle, memory) => {
      const twice = await signal('interest.expressed', { level: 'general' })
      await handle.signal(arrive, ...twice)
      await handle.signal(arrive, ...twice)
      await handle.signal(arrive, ...(await signal('deal.won')))
      await handle.result()
      const lines = memory.records.flatMap((r) => r.changes).filter((c) => c.kind === 'signal')
      expect(lines.map((c) => c.type)).toEqual(['interest.expressed', 'deal.won'])
    })
  })
})

describe('what a person asks', () => {
  const seen = async () => ({ format: FORMAT, seen: await env.currentTimeMs() })

  test('a pause stops the touches, a resume lets them go on; both are on record when they answer', async () => {
    await withLead(async (handle, memory) => {
      await pass(handle, 15)
      await handle.executeUpdate(pause, { args: [await seen()] })
      expect(memory.records.at(-1)?.view.hold).toBe('paused')
      await pass(handle, 60)
      expect(memory.touched).toHaveLength(1)
      await handle.executeUpdate(resume, { args: [await seen()] })
      expect(memory.records.at(-1)?.view.hold).toBeUndefined()
      // Five of its ten days were left.
      await pass(handle, 4)
      expect(memory.touched).toHaveLength(1)
      await pass(handle, 2)
      expect(memory.touched).toHaveLength(2)
      await handle.executeUpdate(drop, { args: [{ ...(await seen()), kind: 'drop', outcome: 'lost' }] })
      expect(await handle.result()).toBe('lost')
    })
  })

  test('nonsense is refused before it enters the history', async () => {
    await withLead(async (handle) => {
      const bad = handle.executeUpdate(drop, {
        args: [{ ...(await seen()), kind: 'drop', outcome: 'bored' }] as never,
      })
      await expect(bad).rejects.toBeInstanceOf(WorkflowUpdateFailedError)
      const { events } = await handle.fetchHistory()
      expect(events?.some((e) => e.workflowExecutionUpdateAcceptedEventAttributes)).toBe(false)
      await handle.terminate()
    })
  })

  test('explain says what comes next, when and why', async () => {
    await withLead(async (handle, memory) => {
      await pass(handle, 15)
      const { because, slot, ...shown } = await handle.query(explain)
      expect(shown).toMatchObject({ kind: 'touch', step: 'mail-1' })
      expect(because).toMatchObject({ code: 'step', wait: { n: 10, unit: 'd' } })
      await pass(handle, 6)
      expect(memory.touched.at(-1)).toEqual({ key: expect.stringContaining('mail-1'), at: slot })
      await handle.terminate()
    })
  })
})

describe('attempts that come out otherwise', () => {
  test('4xx: later, not before; closed gate: until something arrives; slow: deliver takes it on', async () => {
    await withLead(async (handle, memory) => {
      const now = await env.currentTimeMs()
      const slot = now + 10 * DAY
      memory.answers.push(
        {
          kind: 'later',
          now: slot,
          notBefore: slot + 2 * DAY,
          delay: { code: 'mail_not_now', trouble: 'server' },
        },
        {
          kind: 'closed',
          now: slot + 2 * DAY,
          again: slot + 40 * DAY,
          delay: { code: 'gate_closed', gate: 'halted' },
        },
      )
      await pass(handle, 20)
      expect(memory.touched).toHaveLength(0)
      const { because } = await handle.query(explain)
      expect(because).toMatchObject({ code: 'put_off', delay: { code: 'gate_closed', gate: 'halted' } })
      memory.answers.push({ kind: 'slow' })
      await handle.signal(arrive, ...(await signal('link.clicked')))
      await pass(handle, 1)
      expect(memory.touched.map((t) => t.key)).toEqual([`${runs}/1/mail-0`])
      const { events } = await handle.fetchHistory()
      expect(
        events?.some((e) => e.activityTaskScheduledEventAttributes?.activityType?.name === 'deliver'),
      ).toBe(true)
      await handle.terminate()
    })
  })

  test('a hard refusal is a bounce, and ends it', async () => {
    await withLead(async (handle, memory) => {
      memory.answers.push({ kind: 'came_out', result: { kind: 'refused', hard: true } })
      expect(await handle.result()).toBe('unreachable')
      expect(memory.touched).toHaveLength(0)
    })
  })
})
