/** Turns in the store: what is on record of a lead, and in which order. */

import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { noFacts } from '../cadence/facts.ts'
import { newLead } from '../cadence/lead.ts'
import type { Because, Criterion } from '../cadence/reason.ts'
import { DAY } from '../cadence/time.ts'
import { openDatabases } from '../test/support/database.ts'
import { MONDAY, turnOf } from '../test/support/plans.ts'
import { into, leadsOf, signal, somebody } from '../test/support/store-leads.ts'
import { insertLeads } from './leads.ts'
import { leadDetail, readTimeline } from './reads.ts'
import { insertSignals } from './signals.ts'
import { writeKeptTurns } from './turns.ts'

const NEED: Criterion = { code: 'need', holds: false, has: 'unknown', wants: 'verified' }

describe.each(await openDatabases())('turns on %s', (_, { db }) => {
  const { one, record, end } = leadsOf(db)

  test('write the timeline and what the screens show', async () => {
    const lead = await one('turn')
    const facts = { ...noFacts(), heard: MONDAY }
    const view = {
      ...turnOf(lead, 1, MONDAY).view,
      ...{
        standing: 'prospect' as const,
        missing: [NEED],
        urgency: 'pressing',
        hold: 'reply' as const,
      },
    }
    const changes = [
      { at: MONDAY, kind: 'launched' as const },
      { at: MONDAY + 5, kind: 'urgency' as const, urgency: 'pressing', criteria: [NEED] },
    ]
    await record(turnOf(lead, 1, MONDAY + 5, { changes, view, facts }))
    expect(await readTimeline(db, lead)).toEqual([
      { seq: 1, at: MONDAY, kind: 'launched' },
      { seq: 2, at: MONDAY + 5, kind: 'urgency', urgency: 'pressing', criteria: [NEED] },
    ])
    expect(await leadDetail(db, lead)).toMatchObject({
      ...{ standing: 'prospect', missing: [NEED], urgency: 'pressing', hold: 'reply', facts },
      ...{ because: { code: 'every_goal_met' }, endedAt: null },
    })
  })

  test('recorded twice are recorded once, and an older one changes nothing', async () => {
    const lead = await one('seq')
    const first = turnOf(lead, 1, MONDAY)
    const second = turnOf(lead, 2, MONDAY + DAY, { view: { ...first.view, stage: 'demo' } })
    await record(first)
    await record(second)
    await record(second)
    await record(first)
    expect(await readTimeline(db, lead)).toHaveLength(2)
    expect((await leadDetail(db, lead))?.stage).toBe('demo')
  })

  test('of an execution that did not stand are replaced by that of a longer history, and late ones change nothing', async () => {
    const lead = await one('given-up')
    const line = (at: number, stage: string) => ({ at, kind: 'stage' as const, stage })
    await record(turnOf(lead, 1, MONDAY, { position: 5 }))
    const end = {
      at: MONDAY + 2,
      kind: 'end' as const,
      outcome: 'won' as const,
      cause: { code: 'dropped' as const },
    }
    const givenUp = turnOf(lead, 2, MONDAY + 2, {
      ...{
        position: 9,
        changes: [line(MONDAY + 2, 'a'), line(MONDAY + 2, 'b'), end],
        final: newLead(lead, MONDAY),
      },
    })
    const stands = turnOf(lead, 2, MONDAY + 2, { position: 13, changes: [line(MONDAY + 2, 'c')] })
    const left = async () => {
      const lines = (await readTimeline(db, lead)).map((one) => ('stage' in one ? one.stage : one.kind))
      return { lines, ended: (await leadDetail(db, lead))?.endedAt }
    }
    await record(givenUp)
    expect(await left()).toEqual({ lines: ['contact', 'a', 'b', 'end'], ended: MONDAY + 2 })
    await record(stands)
    expect(await left()).toEqual({ lines: ['contact', 'c'], ended: null })
    await record(givenUp)
    await writeKeptTurns(db, [givenUp])
    expect(await left()).toEqual({ lines: ['contact', 'c'], ended: null })
    // Whichever way the two come together into a batch.
    await writeKeptTurns(db, [
      turnOf(lead, 3, MONDAY + 3, { position: 20, changes: [line(MONDAY + 3, 'd')] }),
      turnOf(lead, 3, MONDAY + 4, { position: 17, changes: [line(MONDAY + 4, 'e'), line(MONDAY + 4, 'f')] }),
    ])
    expect(await left()).toEqual({ lines: ['contact', 'c', 'd'], ended: null })
  })

  test('of executions whose histories are equally long, that of the last task stands', async () => {
    const lead = await one('as-long')
    const line = (at: number, stage: string) => ({ at, kind: 'stage' as const, stage })
    await record(turnOf(lead, 1, MONDAY, { position: 5, taskAt: MONDAY }))
    // The first was put off, and so is further on in time; the second carried its touch out at its moment.
    const givenUp = turnOf(lead, 2, MONDAY + 3, {
      ...{ position: 9, taskAt: MONDAY + 10, changes: [line(MONDAY + 3, 'a'), line(MONDAY + 3, 'b')] },
    })
    const stands = turnOf(lead, 2, MONDAY + 2, {
      ...{ position: 9, taskAt: MONDAY + 20, changes: [line(MONDAY + 2, 'c')] },
    })
    const stages = async () =>
      (await readTimeline(db, lead)).map((one) => ('stage' in one ? one.stage : one.kind))
    await record(givenUp)
    await record(stands)
    await record(givenUp)
    await writeKeptTurns(db, [givenUp])
    expect(await stages()).toEqual(['contact', 'c'])
    await writeKeptTurns(db, [
      turnOf(lead, 3, MONDAY + 3, { position: 12, taskAt: MONDAY + 40, changes: [line(MONDAY + 3, 'd')] }),
      turnOf(lead, 3, MONDAY + 4, { position: 12, taskAt: MONDAY + 30, changes: [line(MONDAY + 4, 'e')] }),
    ])
    expect(await stages()).toEqual(['contact', 'c', 'd'])
  })

  test('an end that did not stand stays where the address is launched again', async () => {
    const lead = await one('again')
    const final = newLead(lead, MONDAY)
    await record(turnOf(lead, 1, MONDAY, { position: 5, final }))
    await insertLeads(db, [somebody('again')], { ...into, cadence: 'x' })
    await record(turnOf(lead, 1, MONDAY, { position: 9 }))
    expect(await leadDetail(db, lead)).toMatchObject({ endedAt: MONDAY })
  })

  test('without a change, the one that looked later wins', async () => {
    const lead = await one('looks')
    const look = (now: number, because: Because) =>
      turnOf(lead, 1, now, { changes: [], view: { ...turnOf(lead, 1, now).view, because } })
    await record(look(MONDAY + 2, { code: 'no_nurture' }))
    await record(look(MONDAY + 1, { code: 'every_goal_met' }))
    expect((await leadDetail(db, lead))?.because).toEqual({ code: 'no_nurture' })
  })

  test('an end is final, and frees the address', async () => {
    const lead = await one('final')
    await end(lead)
    await record(turnOf(lead, 2, MONDAY + DAY))
    expect(await leadDetail(db, lead)).toMatchObject({ endedAt: MONDAY })
    expect(await insertLeads(db, [somebody('final')], { ...into, cadence: 'x' })).toMatchObject([
      { kind: 'inserted' },
    ])
  })

  test('note which signals were taken in', async () => {
    const lead = await one('folding')
    const taken = signal('reply.received')
    const left = signal('reply.received')
    await insertSignals(db, [
      { lead, signal: taken },
      { lead, signal: left },
    ])
    await record(
      turnOf(lead, 1, MONDAY, {
        changes: [{ at: MONDAY, kind: 'signal', type: taken.type, id: taken.id }],
      }),
    )
    const found = await db.execute(sql`select id from signals where lead_id = ${lead} and not folded`)
    expect((found as unknown as { rows: unknown[] }).rows).toEqual([{ id: left.id }])
  })

  test('of an unknown lead throw', async () => {
    await expect(record(turnOf('nobody', 1, MONDAY))).rejects.toThrow('there is no lead nobody')
  })
})
