/** What time means, over random cadences and random outside worlds: conditions, holds, ages and deadlines. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LIVELY, plans, START, signals } from '../test/support/arbitraries.ts'
import { addWait } from './calendar/waits.ts'
import { endOfDay } from './calendar/zone.ts'
import type { Arrival } from './fold.ts'
import { FORMAT } from './format.ts'
import type { Plan, Step } from './plan.ts'
import { type Rehearsal, rehearse } from './rehearsal/rehearse.ts'
import { DAY, HOUR, type Instant } from './time.ts'
import { writesToPerson } from './words.ts'

const ZONE = 'Europe/Paris'
const YEAR = 365 * DAY
const RUNS = { numRuns: 150, endOnFailure: true }
const some = fc.uniqueArray(signals(START, 200, LIVELY), { selector: (s) => s.id, maxLength: 8 })
const play = (plan: Plan, all: readonly Arrival[]): Rehearsal =>
  rehearse(plan, { from: START, until: START + YEAR, zone: ZONE, signals: all })
const stepsOf = (plan: Plan): Step[] => [...plan.stages, ...plan.plays].flatMap(({ steps }) => steps)
/** The least that a step's wait can be: at the fastest pace of the ladder. */
const leastAfter = (plan: Plan, from: Instant, { wait }: Step): Instant => {
  const pace = Math.min(...plan.urgency.map((level) => level.pace))
  return wait ? addWait(from, wait, pace, { window: plan.window, zone: ZONE }) : from
}

test('passing a step over makes no later step earlier: each has its own wait behind the one before, done or not', () => {
  let passed = 0
  fc.assert(
    fc.property(plans, some, (plan, all) => {
      const { timeline } = play(plan, all)
      // What came of the steps of each part, in order; a visit that ended is another beginning.
      let last: { step: string; at: Instant } | undefined
      for (const line of timeline) {
        if (line.kind === 'stage' || line.kind === 'play' || line.kind === 'play_over') last = undefined
        if (line.kind !== 'touch' && line.kind !== 'passed_over') continue
        const step = stepsOf(plan).find(({ id }) => id === line.step)
        if (!step) continue
        const part = [...plan.stages, ...plan.plays].find(({ steps }) => steps.includes(step))
        const before = last && part?.steps[part.steps.indexOf(step) - 1]
        // An offer's deadline moves what quotes it forward.
        if (last && before?.id === last.step && !step.offer) {
          expect(line.at).toBeGreaterThanOrEqual(leastAfter(plan, last.at, step))
        }
        if (line.kind === 'passed_over') passed += 1
        last = { step: step.id, at: line.at }
      }
    }),
    RUNS,
  )
  expect(passed).toBeGreaterThan(10)
})

describe('a hold', () => {
  test('after a reply of their own, no e-mail leaves within its own wait of the answer', () => {
    let held = 0
    fc.assert(
      fc.property(
        plans,
        some,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 40 }),
        (random, all, day, days) => {
          const { nurture, ...kept } = random
          const emails = stepsOf(random).map(
            ({ id, wait = { n: 3, unit: 'd' } }): Step => ({ id, kind: 'email', name: 'hello', wait }),
          )
          const stages = [{ id: 'sale', until: { deal: 'won' as const }, steps: emails, on: {} }]
          const plan: Plan = { ...kept, stages, plays: [] }
          const from = START + day * DAY
          const to = from + days * DAY
          const others = all.filter(({ type }) => !type.startsWith('reply.'))
          const reply: Arrival = { id: 'reply', type: 'reply.received', at: from, seen: from, data: {} }
          const handled: Arrival = {
            id: 'ok',
            type: 'reply.handled',
            at: to,
            seen: to,
            data: { then: 'resume' },
          }
          const { calendar } = play(plan, [...others, reply, handled])
          const [first] = calendar.filter(({ at, touch }) => at > to && writesToPerson(touch.kind))
          const step = first && stepsOf(plan).find(({ id }) => id === first.touch.step)
          if (!first || !step) return
          held += 1
          expect(first.at).toBeGreaterThanOrEqual(leastAfter(plan, to, step))
        },
      ),
      RUNS,
    )
    expect(held).toBeGreaterThan(8)
  })

  test('changes no urgency: a level that age alone reaches comes later by what was held', () => {
    const age = fc.integer({ min: 5, max: 60 })
    fc.assert(
      fc.property(
        plans,
        age,
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 90 }),
        (random, n, day, days) => {
          const urgency = [
            { id: 'calm', pace: 1 },
            { id: 'pressing', pace: 1, when: { stage_age: { n, unit: 'd' as const } } },
          ]
          const stages = [{ id: 'sale', until: { deal: 'won' as const }, steps: [], on: {} }]
          const { nurture, ...kept } = random
          const plan: Plan = { ...kept, urgency, stages, plays: [] }
          const from = START + day * DAY
          const to = from + days * DAY
          const rises = (arrivals: Arrival[]): Instant | undefined =>
            play(plan, arrivals).timeline.find(({ kind }) => kind === 'urgency')?.at
          const pause: Arrival = { format: FORMAT, kind: 'pause', seen: from, until: to }
          const reached = rises([]) as Instant
          expect(rises([pause])).toBe(from < reached ? reached + (to - from) : reached)
        },
      ),
      RUNS,
    )
  })
})

test('leads of one account that are let go together are written to one after the other, over their own wait', () => {
  const wait = { n: 4, unit: 'bd' as const }
  const email = (id: string, more: Partial<Step> = {}): Step => ({
    id,
    kind: 'email',
    name: 'hello',
    ...more,
  })
  fc.assert(
    fc.property(plans, fc.array(fc.uuid(), { minLength: 40, maxLength: 40 }), (random, ids) => {
      const { nurture, ...kept } = random
      const steps = [email('a'), email('b', { wait })]
      const stages = [{ id: 'sale', until: { deal: 'won' as const }, steps, on: {} }]
      const urgency = [{ id: 'calm', pace: 1 }]
      const plan: Plan = { ...kept, stages, urgency, plays: [], limits: {}, account: 'hold' }
      const window = { ...plan.window, days: [1, 2, 3, 4, 5], from: 540, to: 1020 }
      // Their waits are all but over when a colleague replies; the reply is handled weeks later.
      const from = START + 4 * DAY
      const to = START + 21 * DAY
      const news = (id: string, type: 'colleague.replied' | 'colleague.handled', at: Instant): Arrival => ({
        ...{ id, type, at, seen: at, data: { lead: 'other' } },
      })
      const written = ids.map((id) => {
        const signals = [news('r', 'colleague.replied', from), news('h', 'colleague.handled', to)]
        const { calendar } = rehearse(
          { ...plan, window },
          { from: START, until: START + YEAR, zone: ZONE, id, signals },
        )
        return calendar.find(({ touch }) => touch.step === 'b')?.at as Instant
      })
      const end = addWait(to, { n: 5, unit: 'bd' }, 1, { window, zone: ZONE })
      for (const at of written) expect(at > to && at <= end).toBe(true)
      const together = written.map((at) => written.filter((other) => other >= at && other < at + HOUR).length)
      expect(Math.max(...together)).toBeLessThan(12)
    }),
    { numRuns: 40, endOnFailure: true },
  )
})

test('an offer is quoted last so long before the day of its end as its notice says, or not at all', () => {
  let quoted = 0
  fc.assert(
    fc.property(plans, some, (random, all) => {
      const offer = (lasts: number) => ({
        ...{ name: 'spring', notice: { n: 1, unit: 'bd' as const } },
        lasts: { n: lasts, unit: 'd' as const },
      })
      const email = (id: string, n: number): Step => ({
        ...{ id, kind: 'email', name: 'hello', wait: { n, unit: 'd' } },
        offer: offer(9),
      })
      const { nurture, ...kept } = random
      const stages = [
        {
          id: 'sale',
          until: { deal: 'won' as const },
          on: {},
          steps: [email('a', 1), email('b', 5), email('c', 4)],
        },
      ]
      const plan: Plan = { ...kept, stages, plays: [] }
      const { calendar } = play(
        plan,
        all.filter(({ type }) => type !== 'offer.extended'),
      )
      const [made, ...again] = calendar.filter(({ touch }) => touch.offer?.name === 'spring')
      for (const { at, touch } of again) {
        const ends = touch.offer?.ends as Instant
        expect(ends).toBe(made?.touch.offer?.ends)
        expect(endOfDay(ends, ZONE)).toBe(ends)
        // A whole business day at least is left between it and the last day.
        expect(addWait(at, { n: 1, unit: 'bd' }, 1, { window: plan.window, zone: ZONE })).toBeLessThanOrEqual(
          ends,
        )
        quoted += 1
      }
    }),
    RUNS,
  )
  expect(quoted).toBeGreaterThan(5)
})
