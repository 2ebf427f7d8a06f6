/**
 * Promise 7: what `rehearse` prints is what the workflow does. The same lead and the same signals through both, over
 * a year.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Arrival } from '../cadence/fold.ts'
import { FORMAT } from '../cadence/format.ts'
import { readCadence } from '../cadence/language/read.ts'
import type { Plan } from '../cadence/plan.ts'
import type { Signal } from '../cadence/signals.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../cadence/time.ts'
import { LIVELY, plans, signals } from './support/arbitraries.ts'
import { dice, seedOf } from './support/dice.ts'
import { EXAMPLE } from './support/example.ts'
import { type Live, openLive, same } from './support/live-and-rehearsed.ts'

const DATED = `
cadence: dated
from: claire
locale: fr
window: { days: mon-fri, hours: "09:00-17:30", holidays: FR }
stages:
  - stage: sale
    until: { deal: won }
    steps:
      - { id: offer, email: offer, offer: { name: early, lasts: 50d } }
      - { id: remind, email: remind, at: demo - 4bh }
      - { id: last, email: last, offer: { name: early, lasts: 50d }, at: offer ends - 9d }
      - { id: after, email: after, wait: 3d }
    otherwise: { end: unresponsive, after: 90d }
`
const SEED = seedOf('rehearsal', 20_260_105)
/** How often a workflow task was given up; about one in five is, once a story asks for it. */
const givenUp = { on: false, times: 0 }
const roll = dice(SEED)
const givesUp = (): boolean => {
  const now = givenUp.on && roll() < 0.2
  if (now) givenUp.times += 1
  return now
}

let live: Live
beforeAll(async () => {
  live = await openLive({ givesUp })
}, 120_000)
afterAll(() => live?.close())

/** A year of one lead, live and rehearsed. @returns how many touches there were */
async function year(
  plan: Plan,
  make: (from: Instant) => Arrival[],
  role?: 'decision_maker',
): Promise<number> {
  const { imagined } = await same(live, { plan, signals: make, length: 365 * DAY, ...(role ? { role } : {}) })
  return imagined.calendar.length
}

describe('promise 7: what rehearse prints is what the workflow does, over a year', () => {
  const { plan } = readCadence(EXAMPLE, 'atelier-erp.yaml')
  if (!plan) throw new Error('the example does not compile')
  const story =
    (...all: [days: number, type: Signal['type'], data?: Signal['data'], contact?: string][]) =>
    (from: Instant): Signal[] =>
      all.map(([days, type, data = {}, contact], i) => {
        const at = from + days * DAY + HOUR
        return { id: `s-${i}`, type, at, seen: at, data, ...(contact ? { contact } : {}) }
      })

  test('a lead who never answers', async () => {
    expect(await year(plan, story())).toBeGreaterThan(5)
  })

  const cycle = story(
    [5, 'reply.received'],
    [5.8, 'reply.handled', { then: 'resume' }],
    [8, 'interest.expressed', { level: 'general' }],
    [19, 'credit.approved', { limit: 50_000, ref: '8841' }],
    [24, 'objection.raised', { topic: 't-1', by: 'saboteur' }],
    [25, 'contact.identified', { role: 'influencer' }, 'anna'],
    [33, 'objection.overcome', { topic: 't-1' }],
    [40, 'demo.held'],
    [47, 'contact.identified', { role: 'decision_maker' }, 'ben'],
    [70, 'deal.won', { amount: 18_000 }],
  )

  test('from a bare contact to a customer who is asked for a referral', async () => {
    expect(await year(plan, cycle)).toBeGreaterThan(8)
  })

  test('late news, an absence, a pause with an end and one without, and a reply that the answer did not know', async () => {
    const at = (from: Instant, days: number): Instant => from + days * DAY + HOUR
    const world = (from: Instant): Arrival[] => [
      { id: 'away', type: 'reply.automatic', at: at(from, 1.9), seen: at(from, 2), data: {} },
      { format: FORMAT, kind: 'pause', seen: at(from, 20), until: at(from, 26.5) },
      { id: 'one', type: 'reply.received', at: at(from, 30), seen: at(from, 30.2), data: {} },
      {
        id: 'answer',
        type: 'reply.handled',
        at: at(from, 31),
        seen: at(from, 31.6),
        data: { then: 'resume' },
      },
      // Written before the answer, and come in after it.
      { id: 'two', type: 'reply.received', at: at(from, 30.5), seen: at(from, 31.3), data: {} },
      { id: 'again', type: 'reply.handled', at: at(from, 36), seen: at(from, 36), data: { then: 'resume' } },
      { format: FORMAT, kind: 'pause', seen: at(from, 40) },
      { format: FORMAT, kind: 'resume', seen: at(from, 47.3) },
      {
        id: 'call',
        type: 'callback.requested',
        at: at(from, 50),
        seen: at(from, 51),
        data: { until: at(from, 70) },
      },
    ]
    expect(await year(plan, world)).toBeGreaterThan(5)
  })

  test('steps tied to a demo that is moved, and to an offer that is extended', async () => {
    const at = (from: Instant, days: number): Instant => from + days * DAY + HOUR
    const { plan: dated } = readCadence(DATED, 'dated.yaml')
    if (!dated) throw new Error('it does not compile')
    const world = (from: Instant): Arrival[] => [
      ...story([4, 'demo.booked', { at: at(from, 30) }], [20, 'demo.booked', { at: at(from, 44) }])(from),
      ...story([8, 'offer.extended', { offer: 'early', until: at(from, 80), reason: 'holidays' }])(from),
    ]
    expect(await year(dated, world)).toBeGreaterThan(3)
  })

  test('an opt-out in the middle', async () => {
    await year(plan, story([12, 'unsubscribed']))
  })

  test('credit that goes stale in the middle of the proposal', async () => {
    const stale = story(
      [2, 'interest.expressed', { level: 'comparing' }],
      [4, 'credit.approved'],
      [6, 'demo.held'],
      [120, 'credit.approved'],
      [220, 'credit.refused'],
    )
    expect(await year(plan, stale, 'decision_maker')).toBeGreaterThan(5)
  })

  /** Pauses: from which minute on, for how long, and whether a person ends them or they end by themselves. */
  const minutes = fc.integer({ min: 1, max: 200 * 1440 })
  const pauses = fc.array(fc.tuple(minutes, minutes, fc.boolean()), { maxLength: 2 })
  const random = fc.sample(
    fc.tuple(
      plans,
      fc.uniqueArray(signals(0, 300, LIVELY), { selector: (s) => s.id, maxLength: 10 }),
      pauses,
    ),
    {
      numRuns: 8,
      seed: SEED,
    },
  )
  test.each(random.map((drawn, i) => [i, ...drawn] as const))(
    'random cadence %i, with late news and pauses',
    async (_, drawn, all, held) => {
      await year(drawn, (from) => [
        ...all.map((s) => ({ ...s, at: s.at + from, seen: s.seen + from })),
        ...held.flatMap(([begins, lasts, byItself]) => {
          const [since, until] = [from + begins * MINUTE, from + (begins + lasts) * MINUTE]
          const on: Arrival = { format: FORMAT, kind: 'pause', seen: since, ...(byItself && { until }) }
          return byItself ? [on] : [on, { format: FORMAT, kind: 'resume', seen: until } as const]
        }),
      ])
    },
  )

  describe('with workflow tasks that are given up and offered again', () => {
    beforeAll(() => {
      givenUp.on = true
    })
    afterAll(() => {
      givenUp.on = false
    })

    test('the whole cycle, paused once, with late news', async () => {
      const world = (from: Instant): Arrival[] => [
        ...cycle(from),
        { format: FORMAT, kind: 'pause', seen: from + 10 * DAY, until: from + 14 * DAY },
        {
          ...{ id: 'late', type: 'interest.expressed', data: { level: 'comparing' } },
          ...{ at: from + 20 * DAY, seen: from + 28 * DAY },
        },
      ]
      expect(await year(plan, world)).toBeGreaterThan(8)
    })

    test.each(random.map((drawn, i) => [i, ...drawn] as const))(
      'random cadence %i',
      async (_, drawn, all) => {
        await year(drawn, (from) => all.map((s) => ({ ...s, at: s.at + from, seen: s.seen + from })))
      },
    )

    test('there were many', () => {
      expect(givenUp.times).toBeGreaterThan(10)
    })
  })
})
