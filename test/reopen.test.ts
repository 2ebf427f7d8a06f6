/** An ended lead that a person reopens, on the real thing: its e-mails go out again, as a new visit. */

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Plan } from '../cadence/plan.ts'
import { pause, reopen, resume } from '../client/services/commands.ts'
import { explain } from '../client/services/explain.ts'
import { ENGLISH } from '../client/services/reader.ts'
import { sendSignal } from '../client/services/signals.ts'
import { insertLeads } from '../store/leads.ts'
import { ledgerIn } from '../store/ledger.ts'
import { leadDetail, readTimeline } from '../store/reads.ts'
import { type FullSystem, startFullSystem } from './support/full-system.ts'
import { mails } from './support/mails.ts'

/** Two days of the cadence in a second. */
const SPEED = 172_800

let system: FullSystem
beforeAll(async () => {
  system = await startFullSystem({ speed: SPEED, spacing: 1000, workers: 1, database: 'pglite' })
}, 120_000)
afterAll(() => system?.close())

test('a lost lead is reopened, twice: the steps go out anew each time, and the history is one', async () => {
  const { store, clock, deps } = system
  const plan: Plan = mails({
    count: 3,
    wait: { n: 1, unit: 'd' },
    until: { deal: 'won' },
    after: { n: 60, unit: 'd' },
  })
  const version = await system.publish(plan)
  const [launched] = await insertLeads(store.db, [{ email: 'lea@atelier.example', zone: 'UTC' }], {
    cadence: plan.cadence,
    version,
    now: await clock.now(),
  })
  const lead = launched && 'id' in launched ? launched.id : ''
  deps.relay.wake()
  /** Looks again and again; the test's own time limit is the only one. */
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
  }
  const sent = async () =>
    (await ledgerIn(store.db).list({ lead })).filter(({ status }) => status === 'accepted')
  const ended = async () => (await leadDetail(store.db, lead))?.outcome === 'lost'

  for (const round of [1, 2, 3]) {
    await until(async () => (await sent()).length === 3 * round)
    await sendSignal(deps, { lead, type: 'deal.lost', id: `lost-${round}` })
    await until(ended)
    if (round === 3) break
    await reopen(deps, lead)
    expect(await ended()).toBe(false)
    await pause(deps, lead)
    expect(await explain(deps, lead, ENGLISH)).toMatchObject({ hold: 'paused', from: 'workflow' })
    await resume(deps, lead)
  }

  const keys = (await sent()).map(({ key }) => key.slice(lead.length + 1))
  expect(keys).toEqual(
    [1, 2, 3].flatMap((visit) => [0, 1, 2].map((i) => `${visit}/${plan.stages[0]?.steps[i]?.id}`)),
  )
  expect(await system.mails()).toHaveLength(9)
  const timeline = await readTimeline(store.db, lead)
  expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, i) => i + 1))
  const turning = timeline
    .map(({ kind: what }) => what)
    .filter((what) => what === 'end' || what === 'reopened')
  expect(turning).toEqual(['end', 'reopened', 'end', 'reopened', 'end'])
}, 90_000)
