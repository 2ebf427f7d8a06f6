/** An ended lead that a person reopens, on the real thing: its e-mails go out again, as a new visit. */

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Plan } from '../cadence/plan.ts'
import { drop, pause, reopen, resume } from '../client/services/commands.ts'
import { edit } from '../client/services/edit.ts'
import { explain } from '../client/services/explain.ts'
import { ENGLISH } from '../client/services/reader.ts'
import { sendSignal } from '../client/services/signals.ts'
import { lift } from '../client/services/suppressions.ts'
import { insertLeads } from '../store/leads.ts'
import { ledgerIn } from '../store/ledger.ts'
import { leadDetail, readTimeline } from '../store/reads.ts'
import { type FullSystem, startFullSystem } from './support/full-system.ts'
import { mails } from './support/mails.ts'
import { untilNoFindings } from './support/no-findings.ts'

/** Two days of the cadence in a second. */
const SPEED = 172_800

let system: FullSystem
beforeAll(async () => {
  system = await startFullSystem({ speed: SPEED, spacing: 1000, workers: 1, database: 'pglite' })
}, 120_000)
afterAll(() => system?.close())

/** Looks again and again; the test's own time limit is the only one. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
}

/** Launches a lead in a cadence of so many e-mails. @returns the lead's id, and a look at what was sent to it */
async function launched(email: string, count: number) {
  const { store, clock, deps } = system
  const plan: Plan = mails({
    count,
    wait: { n: 1, unit: 'd' },
    until: { deal: 'won' },
    after: { n: 60, unit: 'd' },
  })
  const version = await system.publish(plan)
  const [result] = await insertLeads(store.db, [{ email, zone: 'UTC' }], {
    cadence: plan.cadence,
    version,
    now: await clock.now(),
  })
  const lead = result && 'id' in result ? result.id : ''
  deps.relay.wake()
  const sent = async () =>
    (await ledgerIn(store.db).list({ lead })).filter(({ status }) => status === 'accepted')
  return { plan, lead, sent }
}

test('a lost lead is reopened, twice: the steps go out anew each time, and the history is one', async () => {
  const { store, deps } = system
  const { plan, lead, sent } = await launched('lea@atelier.example', 3)
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
  await untilNoFindings(store.db, await deps.clock.now())
}, 90_000)

test('a no ends a lead until a person lifts it, a bounce until the address is another one; then it is written to', async () => {
  const { store, deps } = system
  const { lead, sent } = await launched('max@atelier.example', 2)
  const outcome = async () => (await leadDetail(store.db, lead))?.outcome

  await until(async () => (await sent()).length === 2)
  await drop(deps, lead, 'opted_out')
  await until(async () => (await outcome()) === 'opted_out')
  await expect(reopen(deps, lead)).rejects.toMatchObject({ code: 'suppressed' })
  await lift(deps, 'max@atelier.example', { reason: 'wrote that he wants it again' })
  expect(await outcome()).toBe('opted_out')
  await reopen(deps, lead)
  await until(async () => (await sent()).length === 4)

  await sendSignal(deps, { lead, type: 'email.bounced', fields: { hard: true } })
  await until(async () => (await outcome()) === 'unreachable')
  await edit(deps, lead, { email: 'max.morel@atelier.example' })
  await reopen(deps, lead)
  await until(async () => (await sent()).length === 6)
  const to = (await system.mails())
    .map((mail) => JSON.stringify(mail))
    .filter((mail) => mail.includes('max.morel@'))
  expect(to).toHaveLength(2)
  await untilNoFindings(store.db, await deps.clock.now())
}, 90_000)
