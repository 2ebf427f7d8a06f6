/** The gate: what holds a touch back, however late it becomes known. */

import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import type { Gate } from '../../cadence/reason.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import { behindFor } from '../../store/asleep.ts'
import { haltCadence, releaseCadence } from '../../store/halts.ts'
import { newId } from '../../store/ids.ts'
import { setPaused } from '../../store/leads.ts'
import { leadDetail } from '../../store/reads.ts'
import { insertSignals } from '../../store/signals.ts'
import { openDatabases } from '../../test/support/database.ts'
import { MONDAY, touchOf } from '../../test/support/plans.ts'
import { touchesOn } from '../../test/support/touches.ts'
import type { FakeMailbox } from '../mail/fake-mailbox.ts'

describe.each(await openDatabases())('the gate on %s', (_, { db }) => {
  const { signal } = touchesOn(db)
  const closedBy: [string, (lead: string) => Promise<unknown>, Gate][] = [
    ['a pause', (lead) => setPaused(db, lead, MONDAY), 'paused'],
    ['a reply that waits', (lead) => signal(lead, 'reply.received'), 'signal'],
    ['an opt-out', (lead) => signal(lead, 'unsubscribed'), 'signal'],
    ['an erasure', (lead) => set(lead, sql`erased_at = now()`), 'erased'],
    ['an end', (lead) => set(lead, sql`ended_at = now()`), 'ended'],
  ]
  const set = (lead: string, what: ReturnType<typeof sql>): Promise<unknown> =>
    db.execute(sql`update leads set ${what} where id = ${lead}`)

  test.each(closedBy)('is closed by %s', async (_, close, gate) => {
    const { mailbox, activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch()
    await close(lead)
    const answer = await activities.attempt(order(touchOf(lead, 'hello')))
    expect(answer).toMatchObject({ kind: 'closed', now: MONDAY, delay: { code: 'gate_closed', gate } })
    expect(mailbox.tried).toEqual([])
    expect(await ledger(lead)).toEqual([])
  })

  test('is closed to an execution that is behind what is on record, which is noted', async () => {
    const { mailbox, activities, launch, order } = touchesOn(db)
    const lead = await launch()
    await set(lead, sql`position = 50, started = true`)
    const input = order(touchOf(lead, 'hello'))
    const behind = { ...input, then: { ...input.then, position: 49 } }
    expect(await activities.attempt(behind)).toMatchObject({ kind: 'closed', delay: { gate: 'behind' } })
    expect(mailbox.tried).toEqual([])
    expect(await behindFor(db, -1000, 10)).toContain(lead)
    const abreast = { ...input, then: { ...input.then, position: 50 } }
    expect(await activities.attempt(abreast)).toMatchObject({ kind: 'done' })
    expect(await behindFor(db, -1000, 10)).not.toContain(lead)
  })

  test.each(closedBy)('is closed by %s even while the message is on its way', async (_, close, gate) => {
    const { mailbox, deps, carrier, launch, order } = touchesOn(db)
    const lead = await launch()
    const slow: FakeMailbox = {
      ...mailbox,
      send: async (message, hooks) => {
        await close(lead)
        return mailbox.send(message, hooks)
      },
    }
    const racing = carrier({ ...deps, mailboxes: () => ({ mailbox: slow, spacing: 1000 }) })
    const answer = await racing.attempt(order(touchOf(lead, 'hello')))
    expect(answer).toMatchObject({ kind: 'closed', delay: { code: 'gate_closed', gate } })
    expect(mailbox.sent).toEqual([])
  })

  test('is closed by what is acknowledged while the mark is being written', async () => {
    const { mailbox, deps, carrier, launch, order, ledger, signal } = touchesOn(db)
    const lead = await launch()
    // The opt-out is committed between the mark and the final dot.
    const acknowledging = new Proxy(db, {
      get(target, property) {
        if (property !== 'execute') return Reflect.get(target, property, target)
        return async (query: never) => {
          const result = await target.execute(query)
          if (JSON.stringify(query).includes('handed_over_at =')) await signal(lead, 'unsubscribed')
          return result
        }
      },
    })
    const answer = await carrier({ ...deps, db: acknowledging }).attempt(order(touchOf(lead, 'hello')))
    expect(answer).toMatchObject({ kind: 'closed' })
    expect(mailbox.sent).toEqual([])
    expect(await ledger(lead)).toMatchObject([{ status: 'closed' }])
  })

  test('opens again once the workflow has taken a signal in', async () => {
    const { activities, launch, turn, order } = touchesOn(db)
    const lead = await launch()
    const [id] = [newId()]
    await insertSignals(db, [
      { lead, signal: { id, type: 'link.clicked', at: MONDAY, seen: MONDAY, data: {} } },
    ])
    expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('closed')
    await activities.record(
      turn(lead, 1, MONDAY, { changes: [{ at: MONDAY, kind: 'signal', type: 'link.clicked', id }] }),
    )
    expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
  })

  test('is closed for an address that opted out elsewhere, but not for a task', async () => {
    const { activities, launch, order } = touchesOn(db)
    const lead = await launch()
    const email = (await leadDetail(db, lead))?.email as string
    await db.execute(sql`insert into suppressions (email_key, reason, at) values (${email}, 'asked', now())`)
    const answer = await activities.attempt(order(touchOf(lead, 'hello')))
    expect(answer).toMatchObject({ kind: 'closed', again: MONDAY + DAY })
    const task = touchOf(lead, 'call', { kind: 'task', name: 'Call' })
    expect((await activities.attempt(order(task))).kind).toBe('done')
  })

  test('is closed while the cadence is halted', async () => {
    const { activities, launch, order } = touchesOn(db)
    const lead = await launch()
    await haltCadence(db, 'small', 'a wrong price', MONDAY)
    const answer = await activities.attempt(order(touchOf(lead, 'hello')))
    expect(answer).toMatchObject({ kind: 'closed', again: MONDAY + HOUR })
    await releaseCadence(db, 'small')
    expect((await activities.attempt(order(touchOf(lead, 'hello')))).kind).toBe('done')
  })
})
