/** A version in which a stage has another name, on the real thing: a lead that is moved to it gets each e-mail once. */

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Plan } from '../cadence/plan.ts'
import { move } from '../client/services/move.ts'
import { insertLeads } from '../store/leads.ts'
import { ledgerIn } from '../store/ledger.ts'
import { leadDetail } from '../store/reads.ts'
import { type FullSystem, startFullSystem } from './support/full-system.ts'
import { mails } from './support/mails.ts'

/** Two days of the cadence in a second. */
const SPEED = 172_800
const COUNT = 6

let system: FullSystem
beforeAll(async () => {
  system = await startFullSystem({ speed: SPEED, spacing: 1000, workers: 1, database: 'pglite' })
}, 120_000)
afterAll(() => system?.close())

test('what a lead had before its stage was renamed is not sent again, and the rest comes', async () => {
  const { store, clock, deps } = system
  const wait = { n: 1, unit: 'd' } as const
  const plan: Plan = mails({ count: COUNT, wait, until: { deal: 'won' }, after: { n: 5, unit: 'd' } })
  const version = await system.publish(plan)
  const into = { cadence: plan.cadence, version, now: await clock.now() }
  const [launched] = await insertLeads(store.db, [{ email: 'lea@atelier.example', zone: 'UTC' }], into)
  const lead = launched && 'id' in launched ? launched.id : ''
  deps.relay.wake()
  /** Looks again and again; the test's own time limit is the only one. */
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
  }
  const sent = async () =>
    (await ledgerIn(store.db).list({ lead })).filter(({ status }) => status === 'accepted')

  const stages = plan.stages.map((stage) => ({ ...stage, id: `new-${stage.id}` }))
  await until(async () => (await sent()).length >= 2)
  await system.publish({ ...plan, stages })
  const answer = await move(deps, lead, {})
  expect(answer).toMatchObject({ repeats: [], skips: [], to: { version: 2, stage: stages[0]?.id } })
  const then = (await sent()).length
  expect(then).toBeLessThan(COUNT)

  await until(async () => (await leadDetail(store.db, lead))?.outcome === 'unresponsive')
  const touches = await sent()
  expect(touches.map(({ step }) => step).sort()).toEqual(plan.stages[0]?.steps.map(({ id }) => id).sort())
  expect(touches.every(({ key }) => key.startsWith(`${lead}/1/`))).toBe(true)
  expect(await system.mails()).toHaveLength(COUNT)
}, 120_000)
