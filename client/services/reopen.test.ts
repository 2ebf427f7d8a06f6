import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { fold } from '../../cadence/fold.ts'
import { newLead } from '../../cadence/lead.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import { type Turn, turn } from '../../cadence/turn.ts'
import { getCadence } from '../../store/cadences.ts'
import { insertLeads } from '../../store/leads.ts'
import { leadDetail } from '../../store/reads.ts'
import { suppress } from '../../store/suppressions.ts'
import { openTurn, writeTurn } from '../../store/turns.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { started } from '../../test/support/leads.ts'
import { reopen } from './commands.ts'
import { sendSignal } from './signals.ts'

describe.each(await openDatabases())('reopening on %s', (_, store) => {
  let api: ReturnType<typeof apiOn>
  let n = 0
  let email: string
  let lead: string

  beforeAll(async () => {
    await publishPlan(store)
  })
  beforeEach(async () => {
    n += 1
    email = `lea@reopened-${n}.example`
    lead = await started(store, email)
    api = apiOn(store)
  })
  afterEach(() => api.stop())

  /** Writes down what the lead's workflow writes with its end. */
  async function ends(type: 'deal.lost' | 'deal.won' | 'unsubscribed'): Promise<Turn['record']> {
    const { plan } = (await getCadence(store.db, 'first')) ?? {}
    if (!plan) throw new Error('not published')
    const at = NOW + HOUR
    const begun = turn(newLead(lead, NOW), plan, []).lead
    const { lead: told, changes } = fold(begun, plan, { id: 'end', type, at, seen: at, data: {} })
    const { record } = turn(told, plan, changes)
    await write(record)
    return record
  }
  const write = (record: Turn['record']) =>
    store.db.transaction(async (tx) => {
      const { stale, account } = await openTurn(tx, record)
      if (!stale) await writeTurn(tx, record, account, undefined)
      return stale
    })
  const reopened = () => api.workflows.started.at(-1)

  test('an ended lead begins again, with what was heard meanwhile, and the command that reopens it', async () => {
    await ends('deal.lost')
    api.clock.at = NOW + 2 * DAY
    api.workflows.gone.add(lead)
    const id = 'meanwhile'
    expect(await sendSignal(api.deps, { lead, id, type: 'need.verified' })).toMatchObject({ ended: true })
    api.clock.at = NOW + 30 * DAY
    expect(await reopen(api.deps, email)).toEqual({ lead, done: { code: 'reopened' } })
    expect(reopened()?.lead).toMatchObject({ id: lead, ending: { outcome: 'lost' } })
    expect(reopened()?.queue).toMatchObject([{ id: 'meanwhile' }, { kind: 'reopen', seen: NOW + 30 * DAY }])
    expect(await leadDetail(store.db, lead)).toMatchObject({ outcome: null, endedAt: null })
  })

  test('a late record of the run that had ended changes nothing any more', async () => {
    const record = await ends('deal.lost')
    api.clock.at = NOW + 2 * DAY
    await reopen(api.deps, lead)
    expect(await write(record)).toBe(true)
    expect(await leadDetail(store.db, lead)).toMatchObject({ outcome: null, endedAt: null })
  })

  test('while Temporal is away it is on record, and begins later', async () => {
    await ends('deal.lost')
    api.workflows.away = true
    expect((await reopen(api.deps, lead)).done).toEqual({ code: 'reopens_later' })
    api.workflows.away = false
    await new Promise<void>((resolve) => {
      const stop = api.relay.watch(({ started }) => {
        if (![...started].some((key) => key.startsWith(lead))) return
        stop()
        resolve()
      })
    })
    expect(reopened()?.lead.id).toBe(lead)
  })

  test('what can not be reopened says why', async () => {
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({ code: 'not_ended' })
    await ends('deal.won')
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({ code: 'ended_for_good' })
  })

  test('nor who asked not to be written to, in this lead or another', async () => {
    await ends('unsubscribed')
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({ code: 'ended_for_good' })
    n += 1
    email = `lea@reopened-${n}.example`
    lead = await started(store, email)
    await ends('deal.lost')
    await suppress(store.db, email, 'asked', NOW)
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({ code: 'suppressed' })
  })

  test('nor beside another open lead with the same address', async () => {
    await ends('deal.lost')
    await publishPlan(store, 'second')
    await insertLeads(store.db, [{ email, zone: 'UTC' }], { cadence: 'second', version: 1, now: NOW })
    await expect(reopen(api.deps, lead)).rejects.toMatchObject({ code: 'already_open' })
  })
})
