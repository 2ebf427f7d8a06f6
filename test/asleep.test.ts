/**
 * Promise 12: no lead is dead unseen. Workflows are terminated and cancelled from outside, as anybody can who reaches
 * Temporal: while they wait, in an attempt, with signals that they haven't taken in. They are noticed and begun again, and
 * each e-mail goes out exactly once.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { workflowId } from '../client/outbox/lead-workflows.ts'
import { startWatch, type Watch } from '../client/outbox/watch.ts'
import { sendSignal } from '../client/services/signals.ts'
import { countAsleep } from '../store/asleep.ts'
import { rows } from '../store/db.ts'
import { insertLeads } from '../store/leads.ts'
import { ledgerIn } from '../store/ledger.ts'
import { listLeads, readTimeline } from '../store/reads.ts'
import { KINDS } from './support/database.ts'
import { dice, seedOf } from './support/dice.ts'
import { type FullSystem, startFullSystem } from './support/full-system.ts'
import { mails } from './support/mails.ts'
import { untilNoFindings } from './support/no-findings.ts'
import { until } from './support/up-process.ts'

/** Half a day of the cadence in a second. */
const SPEED = 43_200
const LEADS = 30
const MAILS = 5
const BLOWS = 80

const seed = seedOf('asleep', 20_261_130)
let system: FullSystem
let watch: Watch
beforeAll(async () => {
  system = await startFullSystem({ speed: SPEED, spacing: 1000, workers: 2, database: KINDS.at(-1) })
  watch = startWatch(system.deps, { tickMs: 300 })
}, 120_000)
afterAll(async () => {
  await watch?.stop()
  await system?.close()
})

test('workflows that are ended from outside are begun again, and no e-mail goes out twice or not at all', async () => {
  const { store, clock, deps, env } = system
  const { db } = store
  const plan = mails({
    ...{ count: MAILS, wait: { n: 1, unit: 'd' }, until: { deal: 'won' }, after: { n: 300, unit: 'd' } },
  })
  const version = await system.publish(plan)
  const people = Array.from({ length: LEADS }, (_, i) => ({ email: `lea.${i}@b${i}.example`, zone: 'UTC' }))
  await insertLeads(db, people, { cadence: plan.cadence, version, now: await clock.now() })
  deps.relay.wake()

  const roll = dice(seed)
  const leads = (await listLeads(db)).map(({ id }) => id)
  let blows = 0
  let signals = 0
  const blow = async (): Promise<void> => {
    const lead = leads[Math.floor(roll() * LEADS)] as string
    const handle = env.client.workflow.getHandle(workflowId(lead))
    if (roll() < 0.5) {
      signals += 1
      // What Temporal took goes with the workflow; what it didn't, the relay carries over later.
      await sendSignal(deps, { lead, type: 'link.clicked', fields: {}, id: `click-${signals}` })
    }
    const how = roll() < 0.7 ? handle.terminate('by hand') : handle.cancel()
    await how.then(
      () => {
        blows += 1
      },
      () => undefined,
    )
  }
  while (blows < BLOWS) {
    await blow()
    await pause(roll() * 60)
  }
  const done = async (): Promise<boolean> =>
    (await ledgerIn(db).list()).filter(({ status }) => status === 'accepted').length === LEADS * MAILS
  await until(async () => ((await done()) ? true : undefined))
  await until(async () => ((await countAsleep(db)) === 0 ? true : undefined))
  await untilNoFindings(db, await clock.now())

  const keys = (await ledgerIn(db).list()).filter(({ status }) => status === 'accepted').map(({ key }) => key)
  expect(keys.sort()).toEqual(
    leads.flatMap((id) => plan.stages[0]?.steps.map((s) => `${id}/1/${s.id}`)).sort(),
  )
  const sent = (await system.mails()).map(({ messageId }) => messageId)
  expect(sent).toHaveLength(LEADS * MAILS)
  expect(new Set(sent).size).toBe(LEADS * MAILS)
  const lines = (await Promise.all(leads.map((lead) => readTimeline(db, lead)))).flat()
  const begun = lines.filter(({ kind }) => kind === 'begun_again')
  expect(begun.length).toBeGreaterThan(BLOWS / 4)
  expect(new Set(begun.map((line) => 'because' in line && line.because))).toEqual(
    new Set(['terminated', 'cancelled']),
  )
  const taken = lines.flatMap((line) => (line.kind === 'signal' ? [line.id] : []))
  expect(taken.length).toBe(new Set(taken).size)
  expect(taken).toHaveLength(signals)
  for (const lead of leads) {
    const timeline = await readTimeline(db, lead)
    expect(timeline.map(({ seq }) => seq)).toEqual(timeline.map((_, i) => i + 1))
    expect(timeline.filter(({ kind }) => kind === 'touch')).toHaveLength(MAILS)
  }
  expect(await rows(db, sql`select id from leads where state is null and ended_at is null`)).toEqual([])
  process.stdout.write(`asleep: ${blows} ended from outside, ${begun.length} begun again, ${store.kind}\n`)
}, 200_000)
