/** Reopening in bulk who ended by a mailbox's refusals: they may be written to, and what is on record says so. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { outBecause } from '../../cadence/facts.ts'
import { fold } from '../../cadence/fold.ts'
import { newLead } from '../../cadence/lead.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import { turn } from '../../cadence/turn.ts'
import { getCadence } from '../../store/cadences.ts'
import { insertLeads, markStarted } from '../../store/leads.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { leadDetail } from '../../store/reads.ts'
import { suppressionHistory, suppressionsOf } from '../../store/suppression-list.ts'
import { suppress } from '../../store/suppressions.ts'
import { openTurn, writeTurn } from '../../store/turns.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { touchOf } from '../../test/support/plans.ts'
import { awaitDelivery } from '../outbox/relay.ts'
import { startKey } from '../outbox/signal-key.ts'
import { reopenMany } from './reopen-many.ts'

describe.each(await openDatabases())('reopening in bulk on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let n = 0
  let email: string
  let lead: string
  let mailbox: string

  beforeEach(async () => {
    n += 1
    mailbox = `claire-${n}`
    email = `lea@refused-${n}.example`
    await publishPlan(store, `refused-${n}`, { from: mailbox })
    const into = { cadence: `refused-${n}`, version: 1, now: NOW }
    const [launched] = await insertLeads(store.db, [{ email, zone: 'Europe/Paris', firstName: 'Léa' }], into)
    if (launched?.kind !== 'inserted') throw new Error('not launched')
    lead = launched.id
    await markStarted(store.db, [lead])
    api = apiOn(store)
    await refused()
    api.clock.at = NOW + 2 * DAY
  })
  afterEach(() => api.stop())

  /** What stands in the database once a server has said that nobody has the address, and the lead has ended of it. */
  async function refused(): Promise<void> {
    const { db } = store
    const at = NOW + HOUR
    const touch = touchOf(lead, 'hello')
    const of = { touch, account: null, cadence: `refused-${n}`, version: 1, slot: at, token: 't', now: at }
    await ledgerIn(db).claim(of)
    const response = '550 5.1.1 relay not permitted'
    await ledgerIn(db).settle({
      key: touch.key,
      token: 't',
      status: 'refused',
      hard: true,
      response,
      now: at,
    })
    await suppress(db, email, 'bounced', at)
    const { plan } = (await getCadence(db, `refused-${n}`)) ?? {}
    if (!plan) throw new Error('not published')
    const begun = turn(newLead(lead, NOW), plan, []).lead
    const bounced = { id: 'end', type: 'email.bounced', at, seen: at, data: { hard: true } } as const
    const { lead: told, changes } = fold(begun, plan, bounced)
    const { record } = turn(told, plan, changes)
    await db.transaction(async (tx) => {
      const { account } = await openTurn(tx, record)
      await writeTurn(tx, record, account, undefined)
    })
  }
  const period = () => ({ mailbox, since: new Date(NOW).toISOString() })

  test('a dry run says how many they are and what the server said, and opens nobody', async () => {
    expect(await reopenMany(api.deps, { ...period(), dry: true })).toMatchObject({
      ...{ leads: 1, reopened: 0, done: false },
      replies: [{ says: '550 5.1.1 relay not permitted', leads: 1, verdict: 'relay' }],
    })
    expect(await leadDetail(store.db, lead)).toMatchObject({ outcome: 'unreachable' })
    expect(await suppressionsOf(store.db, email)).toHaveLength(1)
  })

  test('they begin again, know of no bounce, and the list says when it was lifted', async () => {
    expect(await reopenMany(api.deps, period())).toMatchObject({ leads: 1, reopened: 1, done: true })
    expect(await suppressionsOf(store.db, email)).toEqual([])
    expect((await suppressionHistory(store.db, email)).map(({ what }) => what)).toEqual([
      'suppressed',
      'lifted',
    ])
    await awaitDelivery(api.relay, [startKey(lead, api.clock.at)], 2_000)
    const input = api.workflows.started.at(-1)
    if (!input) throw new Error('not started')
    const again = input.queue.reduce((told, arrival) => fold(told, input.plan, arrival).lead, input.lead)
    const { lead: now, decision } = turn(again, input.plan, [])
    expect([now.id, now.ending, outBecause(now.facts, 'main')]).toEqual([lead, undefined, undefined])
    expect(decision.kind).toBe('touch')
  })

  test("a person's no stays", async () => {
    await suppress(store.db, email, 'asked', NOW + DAY)
    expect(await reopenMany(api.deps, period())).toMatchObject({ leads: 1, reopened: 0 })
    expect(await suppressionsOf(store.db, email)).toMatchObject([{ reason: 'asked' }])
    expect(await leadDetail(store.db, lead)).toMatchObject({ outcome: 'unreachable' })
  })
})
