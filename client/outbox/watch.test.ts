/** Leads that no workflow works for are noticed, said, and begun again from what is on record. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import { HOUR } from '../../cadence/time.ts'
import type { AsleepWord } from '../../cadence/words.ts'
import { insertLeads, setPaused } from '../../store/leads.ts'
import { takeLease } from '../../store/leases.ts'
import { leadDetail } from '../../store/reads.ts'
import { insertSignals } from '../../store/signals.ts'
import { suppressedAmong } from '../../store/suppressions.ts'
import { apiOn, NOW, publishPlan } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { started } from '../../test/support/leads.ts'
import { turnOf } from '../../test/support/plans.ts'
import { leadsOf } from '../../test/support/store-leads.ts'
import type { Look } from './lookout.ts'
import { startWatch, type Watch, waitOf } from './watch.ts'

const dead = (because: AsleepWord): Look => ({ awake: false, because, knowsMore: false, done: [] })

describe.each(await openDatabases())('leads that sleep, on %s', (_, store) => {
  const { db } = store
  const { record } = leadsOf(db)
  let api: ReturnType<typeof apiOn>
  let watch: Watch
  let n = 0
  beforeAll(() => publishPlan(store))
  beforeEach(async () => {
    api = apiOn(store)
    watch = startWatch(api.deps, { tickMs: 3_600_000 })
    await watch.look()
  })
  afterEach(async () => {
    await watch.stop()
    await api.stop()
    await db.execute(sql`update leads set ended_at = now() where ended_at is null`)
  })

  /** A lead whose third change is on record, and its state with it. */
  async function lead(): Promise<{ id: string; email: string }> {
    n += 1
    const email = `zoe.${n}@sleep.example`
    const id = await started(store, email)
    const view = { ...turnOf(id, 3, NOW).view, cadence: 'first' }
    const state = { ...newLead(id, NOW), seq: 3, standing: 'prospect' as const, stage: 'contact' }
    await record(turnOf(id, 3, NOW, { view, state, position: 40 }))
    return { id, email }
  }
  const asleep = async (id: string) => (await leadDetail(db, id))?.asleep
  const begunOf = (id: string) => api.workflows.started.filter((input) => input.lead.id === id)

  test('are begun again from their state, with what they had not taken in, behind all that the lost run did', async () => {
    const { id } = await lead()
    const click = { id: 'c1', type: 'link.clicked' as const, at: NOW, seen: NOW, data: {} }
    await insertSignals(db, [{ lead: id, signal: click }])
    api.lookout.asleep.set(id, dead('terminated'))
    expect(await watch.look()).toBe(1)
    expect(begunOf(id)).toMatchObject([
      {
        lead: { id, seq: 3, standing: 'prospect' },
        events: 40 + 51_200,
        queue: [{ kind: 'begin_again', because: 'terminated', by: 'relance', seen: NOW }, { id: 'c1' }],
      },
    ])
    expect(await asleep(id)).toBeNull()
    // What a run that is lost still records is stale.
    await record(turnOf(id, 9, NOW + HOUR, { position: 60 }))
    expect((await db.execute(sql`select seq from leads where id = ${id}`)) as unknown).toMatchObject({
      rows: [{ seq: 3 }],
    })
  })

  test('that have had no turn begin as they were launched; a pause that nobody heard of goes with them', async () => {
    n += 1
    const id = await started(store, `new.${n}@sleep.example`, { role: 'influencer' })
    await setPaused(db, id, NOW)
    api.lookout.asleep.set(id, dead('missing'))
    await watch.look()
    expect(begunOf(id)).toMatchObject([
      {
        lead: { seq: 0, facts: { contacts: { main: { value: { role: 'influencer' } } } } },
        queue: [{ kind: 'begin_again' }, { kind: 'pause', seen: NOW }],
      },
    ])
  })

  test('are said everywhere while they sleep', async () => {
    const { id, email } = await lead()
    api.lookout.asleep.set(id, dead('cancelled'))
    api.workflows.refuses.add(id)
    expect(await watch.look()).toBe(0)
    const because = { because: 'cancelled', says: 'its workflow was cancelled from outside' }
    expect(await api.client.health()).toMatchObject({ ok: false, temporal: true, asleep: 1 })
    expect(await api.client.summary()).toMatchObject({ asleep: 1 })
    expect(await api.client.show(email)).toMatchObject({ asleep: because })
    expect(await api.client.explain(email)).toMatchObject({
      asleep: because,
      from: 'record',
      does: 'unknown',
    })
    expect((await api.client.doctor()).findings).toMatchObject([{ code: 'lead_asleep', n: 1, leads: [id] }])
    const logged = api.log.lines.map(([about, text]) => [text, about])
    expect(logged).toContainEqual([expect.stringContaining('asleep'), { lead: id, because: 'cancelled' }])
  })

  test('are none: who is just launched, has ended, or turns out to run', async () => {
    const [launched] = await insertLeads(db, [{ email: `wait.${n}@sleep.example`, zone: 'UTC' }], {
      ...{ cadence: 'first', version: 1, now: NOW },
    })
    const waits = (launched as { id: string }).id
    const { id } = await lead()
    await db.execute(sql`update leads set ended_at = now() where id = ${id}`)
    const { id: runs } = await lead()
    for (const one of [waits, id]) api.lookout.asleep.set(one, dead('missing'))
    // Visibility doesn't know it yet.
    api.lookout.running = async () => new Set()
    api.lookout.counted = 0
    expect(await watch.look()).toBe(0)
    expect(api.workflows.started).toEqual([])
    for (const one of [waits, id, runs]) expect(await asleep(one)).toBeNull()
  })

  test('that are begun in vain are tried again, later and later', async () => {
    const { id } = await lead()
    api.lookout.asleep.set(id, dead('failed'))
    await watch.look()
    await watch.look()
    expect(begunOf(id)).toHaveLength(1)
    await db.execute(sql`update leads set asleep_at = asleep_at - interval '16 seconds' where id = ${id}`)
    await watch.look()
    expect(begunOf(id)).toHaveLength(2)
    expect([0, 1, 2, 3, 60].map((begunAgain) => waitOf({ begunAgain }) / 1000)).toEqual([0, 15, 30, 60, 3600])
    // A turn ends that.
    const view = { ...turnOf(id, 4, NOW).view, cadence: 'first' }
    await record(turnOf(id, 4, NOW, { view, state: { ...newLead(id, NOW), seq: 4 }, position: 200_000 }))
    expect(await asleep(id)).toBeNull()
    await watch.look()
    expect(begunOf(id)).toHaveLength(3)
  })

  test('whose workflow knows less than is on record lose it first', async () => {
    const { id } = await lead()
    await db.execute(sql`update leads set behind_at = now() - interval '1 minute' where id = ${id}`)
    api.lookout.look = async () => dead('behind')
    await watch.look()
    expect(api.lookout.terminated).toEqual([id])
    expect(begunOf(id)).toHaveLength(1)
  })

  test('of which Temporal knows more than the record begin from that', async () => {
    const { id, email } = await lead()
    const known = { ...newLead(id, NOW), seq: 7, stage: 'contact' }
    known.facts = {
      ...known.facts,
      out: { main: { value: 'unsubscribed', at: NOW, by: 'x' } },
    }
    api.workflows.explanation = {
      ...{ format: FORMAT, lead: known, cadence: 'first', version: 1, kind: 'rest' },
      because: { code: 'every_goal_met' },
    }
    const done = [{ key: `${id}/1/hello`, at: Date.now() }]
    api.lookout.asleep.set(id, { awake: false, because: 'terminated', knowsMore: true, done, events: 90 })
    await watch.look()
    expect(begunOf(id)).toMatchObject([{ lead: { seq: 7 } }])
    const ledger = await db.execute(sql`select key, status from touches where lead_id = ${id}`)
    expect(ledger as unknown).toMatchObject({ rows: [{ key: `${id}/1/hello`, status: 'accepted' }] })
    expect(await suppressedAmong(db, [email])).toEqual(new Map([[email, 'unsubscribed']]))
  })

  test('are looked for by one process at a time', async () => {
    expect(await takeLease(db, 'watch', 'another', 1000)).toBe(false)
    await watch.stop()
    expect(await takeLease(db, 'watch', 'another', 60_000)).toBe(true)
    const { id } = await lead()
    api.lookout.asleep.set(id, dead('terminated'))
    watch = startWatch(api.deps, { tickMs: 3_600_000 })
    expect(await watch.look()).toBe(0)
    await db.execute(sql`delete from leases`)
    expect(await watch.look()).toBe(1)
  })
})
