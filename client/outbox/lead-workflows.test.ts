import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Client, Connection } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import pino from 'pino'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import { NOW, PLAN } from '../../test/support/api.ts'
import { memoryActivities } from '../../test/support/memory-activities.ts'
import { createTimeSkipping } from '../../test/support/time-skipping.ts'
import { startWorker } from '../../worker/worker.ts'
import type { LeadInput } from '../../workflows/contract.ts'
import { type LeadWorkflows, leadWorkflows, workflowId } from './lead-workflows.ts'

const plan = { ...PLAN, version: 1 }
let env: TestWorkflowEnvironment
let workflows: LeadWorkflows

beforeAll(async () => {
  env = await createTimeSkipping()
  workflows = leadWorkflows(env.client)
}, 120_000)
afterAll(() => env?.teardown())

const input = (id: string): LeadInput => ({ format: FORMAT, lead: newLead(id, NOW), plan, queue: [] })
const runId = async (id: string): Promise<string> =>
  (await env.client.workflow.getHandle(workflowId(id)).describe()).runId
const dealLost = { id: 's', type: 'deal.lost' as const, at: NOW, seen: NOW, data: {} }

async function withWorker(story: () => Promise<void>): Promise<void> {
  const activities = memoryActivities(plan, () => env.currentTimeMs())
  const temporal = { connectionOptions: { address: env.address }, namespace: env.namespace ?? 'default' }
  const worker = await startWorker({ temporal, activities, log: pino({ level: 'silent' }) })
  await story().finally(() => worker.close())
}

describe('with a worker', () => {
  test('a lead is started once, takes signals and questions, and stays ended', async () => {
    await withWorker(async () => {
      await workflows.start(input('one'))
      const run = await runId('one')
      await workflows.start(input('one'))
      expect(await runId('one')).toBe(run)

      expect(await workflows.explain('one')).toMatchObject({ kind: 'touch' })

      await workflows.ask('one', { format: FORMAT, kind: 'pause', seen: NOW })
      expect(await workflows.explain('one')).toMatchObject({
        cadence: 'first',
        version: 1,
        kind: 'rest',
        hold: 'paused',
      })
      const wrong = workflows.ask('one', {
        format: FORMAT,
        kind: 'drop',
        seen: NOW,
        outcome: 'gone' as never,
      })
      await expect(wrong).rejects.toMatchObject({ code: 'bad_outcome', values: { outcome: 'gone' } })

      expect(await workflows.arrive('one', [dealLost])).toBe('taken')
      await env.client.workflow.getHandle(workflowId('one')).result()
      expect(await workflows.arrive('one', [dealLost])).toBe('gone')
      await expect(workflows.ask('one', { format: FORMAT, kind: 'resume', seen: NOW })).rejects.toMatchObject(
        {
          code: 'lead_not_running',
        },
      )
      expect(await workflows.explain('one')).toMatchObject({ kind: 'end' })

      await workflows.start(input('one'))
      expect(await runId('one')).toBe(run)
    })
  })

  test('what Temporal shows of it says where it stands and nothing personal', async () => {
    await workflows.start(input('two'))
    const description = await env.client.workflow.getHandle(workflowId('two')).describe()
    expect(await description.staticSummary()).toBe('first v1')
    expect(await description.staticDetails()).toContain('relance show two')
  })
})

describe('without', () => {
  test('a lead that nobody works on says so, and one that never was is not running', async () => {
    await workflows.start(input('three'))
    await expect(workflows.explain('three')).rejects.toMatchObject({ code: 'no_worker' })
    await expect(workflows.explain('never')).rejects.toMatchObject({ code: 'lead_not_running' })
    expect(await workflows.reachable()).toBe(true)
  })

  test('a server, everything says that Temporal is away', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:1' })
    const nowhere = leadWorkflows(new Client({ connection }))
    const away = { code: 'temporal_away' }
    await Promise.all([
      expect(nowhere.start(input('four'))).rejects.toMatchObject(away),
      expect(nowhere.arrive('four', [dealLost])).rejects.toMatchObject(away),
      expect(nowhere.ask('four', { format: FORMAT, kind: 'pause', seen: NOW })).rejects.toMatchObject(away),
      expect(nowhere.explain('four')).rejects.toMatchObject(away),
      expect(nowhere.reachable()).resolves.toBe(false),
    ])
    await connection.close()
  })
})
