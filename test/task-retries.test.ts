/**
 * What is recorded is what came of it: whatever executions are given up half-way, with whatever arriving in between,
 * the timeline, the lead's row, its facts and the ledger are those of the history that stands.
 */
import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { createActivities } from '../activities/index.ts'
import { no } from '../activities/mail/fake-mailbox.ts'
import { FORMAT } from '../cadence/format.ts'
import { type Change, newLead } from '../cadence/lead.ts'
import type { Signal, SignalType } from '../cadence/signals.ts'
import { HOUR } from '../cadence/time.ts'
import { rows } from '../store/db.ts'
import { findings } from '../store/findings.ts'
import { newId } from '../store/ids.ts'
import { leadDetail, readTimeline } from '../store/reads.ts'
import { insertSignals } from '../store/signals.ts'
import type { LeadInput } from '../workflows/contract.ts'
import { openDatabases } from './support/database.ts'
import { type Fault, type HistoryEvent, LeadHistory } from './support/executions.ts'
import { MONDAY } from './support/plans.ts'
import { touchesOn } from './support/touches.ts'

const TYPES: [SignalType, Signal['data']][] = [
  ['link.clicked', {}],
  ['interest.expressed', { level: 'general' }],
  ['reply.received', {}],
  ['reply.handled', { then: 'resume' }],
  ['unsubscribed', {}],
  ['deal.won', {}],
  ['deal.lost', {}],
]
/** What ends a lead is said now and then only: most stories are to have touches. */
const one = fc.oneof(
  { arbitrary: fc.constantFrom(...TYPES.slice(0, 4)), weight: 5 },
  { arbitrary: fc.constantFrom(...TYPES.slice(4)), weight: 1 },
)
const said = fc.array(one, { maxLength: 2 })
const fault: fc.Arbitrary<Fault> = fc.record({
  at: fc.constantFrom(0, 0, 1, 2),
  how: fc.constantFrom('lost' as const, 'late' as const),
})
/** What the mail server says to an execution: mostly it takes the e-mail, now and then not yet. */
const notYet = fc.integer({ max: 3, min: 0 }).map((n) => n === 0)
const steps = fc.array(
  fc.record({
    wait: fc.boolean(),
    clockChanged: fc.integer({ max: 7, min: 0 }).map((n) => n === 0),
    said,
    renew: fc.integer({ max: 4, min: 0 }).map((n) => n === 0),
    /** Executions that are given up, each with what arrives before the next one. */
    failures: fc.array(fc.record({ fault, said, notYet }), { maxLength: 3 }),
  }),
  { minLength: 2, maxLength: 7 },
)

/** Three executions are given up; to the third, whose history is as long as that of the one that stands, the server said "not yet". */
const late = { fault: { at: 0, how: 'late' as const }, said: [], notYet: false }
const SAME_LENGTH = [1, 2].map((n) => ({
  wait: true,
  clockChanged: false,
  said: [],
  renew: false,
  failures: n === 1 ? [late, late, { fault: { at: 1, how: 'lost' as const }, said: [], notYet: true }] : [],
}))

describe.each(await openDatabases())('workflow tasks that are given up, on %s', (_, { db }) => {
  test('leave nothing behind', async () => {
    const seen = { ended: 0, touched: 0, late: 0 }
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        const { answers, clock, deps, plan, launch, ledger, turn } = touchesOn(db)
        const otherwise = { end: 'unresponsive' as const, after: { n: 7, unit: 'd' as const } }
        plan.stages = plan.stages.map((stage) => ({ ...stage, otherwise }))
        const id = await launch()
        const { version } = turn(id, 1, MONDAY).view
        const input: LeadInput = {
          format: FORMAT,
          lead: newLead(id, MONDAY),
          plan: { ...plan, version },
          queue: [],
          events: 0,
        }
        const history = new LeadHistory(input, createActivities(deps))
        const arrive = async (what: typeof TYPES): Promise<HistoryEvent[]> => {
          clock.at += 1000
          const at = clock.at
          const signals = what.map(([type, data]): Signal => ({ id: newId(), type, at, seen: at, data }))
          await insertSignals(
            db,
            signals.map((signal) => ({ lead: id, signal })),
          )
          return signals.length > 0 ? [signals] : []
        }
        await history.task([])
        for (const { wait, clockChanged, said, renew, failures } of story) {
          if (history.over) break
          const fires = wait && history.wake !== undefined
          clock.at = fires ? Math.max(clock.at, history.wake ?? 0) : clock.at + HOUR
          const events: HistoryEvent[] = [
            ...(clockChanged ? ['clock_changed' as const] : []),
            ...(fires ? ['fired' as const] : []),
            ...(await arrive(said)),
          ]
          for (const { fault, said, notYet } of failures) {
            clock.at += 1000
            if (notYet) answers.push(no('full', { code: 452, response: '452 4.2.2 full' }))
            await history.task(events, { fault })
            answers.splice(0)
            events.push(...(await arrive(said)))
          }
          if (events.length > 0) await history.task(events, { renew })
          for (const late of history.late.splice(0)) {
            seen.late += 1
            await late().catch(() => undefined)
          }
        }
        const { lead, changes, over } = history
        const timeline = (await readTimeline(db, id)).map(({ seq, ...line }) => line)
        expect(timeline).toEqual(JSON.parse(JSON.stringify(changes)))
        expect(changes.filter(({ kind }) => kind === 'end')).toHaveLength(over ? 1 : 0)
        expect(await leadDetail(db, id)).toMatchObject({
          ...{ standing: lead.standing, stage: lead.stage, urgency: lead.urgency, facts: lead.facts },
          ...{ endedAt: over ? expect.any(Number) : null },
          outcome: lead.ending?.outcome ?? null,
        })
        // An open lead can be begun again from what is on record.
        const [{ state, final }] = (await rows(db, sql`select state, final from leads where id = ${id}`)) as [
          { state: unknown; final: unknown },
        ]
        expect(over ? final : state).toEqual(JSON.parse(JSON.stringify(lead)))
        expect(over ? state : null).toBeNull()
        const done = (line: Change): string[] => (line.kind === 'touch' ? [line.key] : [])
        const accepted = (await ledger(id)).filter(({ status }) => status === 'accepted')
        const known = changes.flatMap(done)
        expect(known.length).toBe(new Set(known).size)
        expect(accepted.map(({ key }) => key).sort()).toEqual(known.sort())
        // The story lets moments pass by; nothing else may be wrong.
        const wrong = (await findings(db, clock.at)).filter(({ code }) => code !== 'lead_overdue')
        expect(wrong).toEqual([])
        seen.touched += known.length
        if (over) seen.ended += 1
      }),
      { examples: [[SAME_LENGTH]], numRuns: 150, endOnFailure: true, interruptAfterTimeLimit: 60_000 },
    )
    for (const [what, times] of Object.entries(seen)) expect([what, times > 10]).toEqual([what, true])
  }, 90_000)
})
