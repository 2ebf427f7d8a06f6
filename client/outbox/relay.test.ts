import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { insertLeads, pendingStarts } from '../../store/leads.ts'
import { insertSignals, pendingSignals } from '../../store/signals.ts'
import { keptLog, NOW, publishPlan, ScriptedWorkflows } from '../../test/support/api.ts'
import { openDatabases } from '../../test/support/database.ts'
import { ended, started } from '../../test/support/leads.ts'
import { awaitDelivery, type Pass, type Relay, startRelay } from './relay.ts'
import { signalKey } from './signal-key.ts'

describe.each(await openDatabases())('the outbox on %s', (_, store) => {
  let n = 0
  beforeAll(async () => {
    await publishPlan(store)
  })

  const start = (workflows: ScriptedWorkflows, log = keptLog()): Relay =>
    startRelay(
      { db: store.db, workflows, clock: { now: async () => NOW }, log },
      { shortestMs: 1, idleMs: 60_000 },
    )

  /** The first pass for which `is` holds. */
  const pass = (relay: Relay, is: (pass: Pass) => boolean): Promise<Pass> =>
    new Promise((resolve) => {
      const unwatch = relay.watch((seen) => {
        if (!is(seen)) return
        unwatch()
        resolve(seen)
      })
    })

  async function launched(): Promise<string> {
    n += 1
    const lead = { email: `a${n}@atelier.example`, zone: 'UTC', role: 'influencer' as const }
    const [result] = await insertLeads(store.db, [lead], { cadence: 'first', version: 1, now: NOW })
    return result?.kind === 'inserted' ? result.id : ''
  }

  const signal = (lead: string, id: string) => ({
    lead,
    signal: { id, type: 'demo.held' as const, at: NOW, seen: NOW, data: {} },
  })

  test('finishes what a crash left: leads first, then their signals in order', async () => {
    const lead = await launched()
    await insertSignals(store.db, [signal(lead, 'b'), signal(lead, 'a')])
    const workflows = new ScriptedWorkflows()
    const relay = start(workflows)
    await pass(relay, ({ idle }) => idle)
    await relay.stop()
    expect(workflows.started.map((input) => input.lead.id)).toEqual([lead])
    expect(workflows.started[0]?.lead.facts.contacts.main?.value).toEqual({ role: 'influencer' })
    expect(workflows.signalsOf(lead)).toEqual(['b', 'a'])
    expect(await pendingStarts(store.db, 10)).toEqual([])
    expect(await pendingSignals(store.db, 10)).toEqual([])
  })

  test('who waits for one signal does not wait for another', async () => {
    const [quick, slow] = [
      await started(store, 'quick@waits.example'),
      await started(store, 'slow@waits.example'),
    ]
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    const workflows = new ScriptedWorkflows()
    const take = workflows.arrive.bind(workflows)
    workflows.arrive = async (lead, signals) => {
      if (lead === slow) await held
      return take(lead, signals)
    }
    await insertSignals(store.db, [signal(slow, 's'), signal(quick, 'q')])
    const relay = start(workflows)
    expect(await awaitDelivery(relay, [signalKey(quick, 'q')], 60_000)).toEqual(new Set())
    expect(workflows.signalsOf(slow)).toEqual([])
    letGo()
    await relay.stop()
    expect(await pendingSignals(store.db, 10)).toEqual([])
  })

  test('rests when there is nothing to do', async () => {
    const relay = start(new ScriptedWorkflows())
    const { n: first } = await pass(relay, ({ idle }) => idle)
    // Whatever runs without being waited for would run in these turns of the event loop.
    for (let i = 0; i < 100; i++) await new Promise(setImmediate)
    const next = pass(relay, () => true)
    expect(relay.wake()).toBe(first + 1)
    expect((await next).n).toBe(first + 1)
    await relay.stop()
  })

  test('keeps its distance while Temporal is away, whatever work arrives', async () => {
    const lead = await started(store, `busy${n}@atelier.example`)
    await insertSignals(store.db, [signal(lead, 'x')])
    const waits = jest.spyOn(AbortController.prototype, 'abort')
    const workflows = new ScriptedWorkflows()
    workflows.away = true
    const log = keptLog()
    const relay = start(workflows, log)
    await pass(relay, ({ away }) => away)
    expect(relay.away).toBe(true)
    relay.wake()
    // Work that arrives doesn't cut the wait short: each try costs seconds while Temporal is away.
    expect(waits).not.toHaveBeenCalled()
    waits.mockRestore()
    workflows.away = false
    await pass(relay, ({ idle }) => idle)
    expect(relay.away).toBe(false)
    await relay.stop()
    expect(workflows.signalsOf(lead)).toEqual(['x'])
    expect(JSON.stringify(log.lines)).not.toContain('atelier')
  })

  test('a workflow that is missing keeps its signals; one that has ended lets them go', async () => {
    const missing = await started(store, `missing${n}@atelier.example`)
    const over = await started(store, `over${n}@atelier.example`)
    await ended(store, over)
    await insertSignals(store.db, [signal(missing, 'm'), signal(over, 'o')])
    const workflows = new ScriptedWorkflows()
    workflows.gone.add(missing).add(over)
    const relay = start(workflows)
    const seen = await pass(relay, ({ idle }) => idle)
    await relay.stop()
    expect(seen.aside).toBe(1)
    expect((await pendingSignals(store.db, 10)).map(({ lead }) => lead)).toEqual([missing])
  })
})
