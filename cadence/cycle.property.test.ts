/** What no order of signals can bring about, over random cadences. Each rule is told again here, from the signals alone. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { plans, START, signals } from '../test/support/arbitraries.ts'
import { fold } from './fold.ts'
import { newLead } from './lead.ts'
import type { Cap, Plan, Step } from './plan.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'
import type { Signal } from './signals.ts'
import { addFixed, DAY, type Instant } from './time.ts'
import { turn } from './turn.ts'

const stepsOf = (plan: Plan): Step[] => [...plan.stages, ...plan.plays].flatMap((part) => part.steps)

const DAYS = 300
const RUNS = { numRuns: 300, endOnFailure: true }
const worlds = fc.uniqueArray(signals(START, DAYS), { selector: (s) => s.id, maxLength: 25 })
/** Worlds in which credit is decided, proposals are made and offers moved, again and again. */
const business = fc.uniqueArray(
  signals(START, DAYS, [
    'credit.approved',
    'credit.requested',
    'credit.refused',
    'credit.review',
    'credit.changed',
    'proposal.sent',
    'interest.expressed',
    'demo.held',
    'contact.identified',
    'offer.extended',
    'link.clicked',
  ]),
  { selector: (s) => s.id, maxLength: 25 },
)

/** Cadences that sell: one stage after credit, of proposals and of offers that are quoted again. */
const sellers: fc.Arbitrary<Plan> = plans.map((plan) => {
  const { urgency, plays, limits, ...rest } = plan
  const steps = stepsOf(plan).map(({ when, to, proposal, ...step }, i): Step => {
    if (step.kind !== 'email') return step
    return i % 2 === 0
      ? { ...step, proposal: true }
      : { ...step, offer: { name: 'spring', lasts: { n: 20, unit: 'd' } } }
  })
  const [first] = plan.stages
  if (!first) throw new Error('no stage')
  const sells = { ...first, until: { deal: 'won' as const }, on: {}, steps }
  return { ...rest, limits: {}, urgency: urgency.slice(0, 1), plays: [], stages: [sells] }
})

function play(plan: Plan, all: Signal[], until = START + DAYS * DAY): Rehearsal {
  return rehearse(plan, { from: START, until, zone: 'Europe/Paris', signals: all })
}

/** The latest of some signals that had come in by an instant, by when they happened. */
const latest = (all: Signal[], by: Instant, of: (signal: Signal) => boolean): Signal | undefined =>
  all
    .filter((s) => s.seen <= by && of(s))
    .reduce<Signal | undefined>(
      (best, s) => (!best || s.at > best.at || (s.at === best.at && s.id > best.id) ? s : best),
      undefined,
    )

test('no touch after an end, but those of the play that it set off', () => {
  fc.assert(
    fc.property(plans, worlds, (plan, all) => {
      const { calendar, timeline } = play(plan, all)
      const ended = [...timeline].find(({ what }) => what === 'end')
      if (!ended) return
      expect(calendar.filter(({ at }) => at > ended.at)).toEqual([])
    }),
    RUNS,
  )
})

test('no proposal without a credit that is approved, fresh, and covers the amount', () => {
  let proposals = 0
  fc.assert(
    fc.property(sellers, business, (plan, all) => {
      const { calendar } = play(plan, all)
      for (const { at, touch } of calendar) {
        if (!stepsOf(plan).find(({ id }) => id === touch.step)?.proposal) continue
        proposals += 1
        const decision = latest(all, at, ({ type }) => /^credit\.(approved|refused|review)$/.test(type))
        expect(decision?.type).toBe('credit.approved')
        if (!decision) continue
        if (plan.credit.validFor) expect(at).toBeLessThan(addFixed(decision.at, plan.credit.validFor))
        const change = latest(
          all,
          at,
          (s) => s.type === 'credit.changed' && s.data.limit !== undefined && s.at >= decision.at,
        )
        const limit = change?.data.limit ?? decision.data.limit
        const amount = latest(all, at, (s) => s.data.amount !== undefined)?.data.amount ?? 0
        if (limit !== undefined) expect(limit).toBeGreaterThanOrEqual(Number(amount))
      }
    }),
    RUNS,
  )
  expect(proposals).toBeGreaterThan(20)
})

test('no offer after its deadline, and none that is moved by itself', () => {
  let again = 0
  fc.assert(
    fc.property(sellers, business, (plan, all) => {
      const first = new Map<string, Instant>()
      for (const { at, touch } of play(plan, all).calendar) {
        if (!touch.offer) continue
        const { name } = touch.offer
        const lasts = stepsOf(plan).find(({ id }) => id === touch.step)?.offer?.lasts
        const set = first.get(name)
        const moved = latest(all, at, (s) => s.type === 'offer.extended' && s.data.offer === name)
        if (set === undefined && lasts) {
          first.set(name, addFixed(at, lasts))
          if (!moved) continue
        }
        again += 1
        const ends = moved ? Number(moved.data.until) : set
        expect(touch.offer.ends).toBe(ends)
        expect(at).toBeLessThan(ends as Instant)
      }
    }),
    RUNS,
  )
  expect(again).toBeGreaterThan(20)
})

test('never past a cap', () => {
  const over = (times: Instant[], { count, per }: Cap): boolean =>
    times.some((from) => times.filter((t) => t >= from && t < addFixed(from, per)).length > count)
  fc.assert(
    fc.property(plans, worlds, (plan, all) => {
      const sent = play(plan, all).calendar.flatMap(({ at, touch }) => (touch.kind === 'email' ? [at] : []))
      // One lead is all of its account here; two leads of one are `test/accounts.test.ts`.
      for (const cap of [plan.limits.perLead, plan.limits.perAccount])
        if (cap) expect(over(sent, cap)).toBe(false)
    }),
    RUNS,
  )
})

test('whoever rests says what for, and has something to wait for', () => {
  const awaited =
    /waits|holds stage|paused|keeps it still|keeps the lead|called back on|out of office until|no step left/
  fc.assert(
    fc.property(plans, worlds, fc.integer({ min: 0, max: DAYS }), (plan, all, days) => {
      const { because, outcome, next, again, lead } = play(plan, all, START + days * DAY)
      expect(because).not.toBe('')
      if (outcome !== undefined || next || again !== undefined) return
      // Nothing but a signal, or a person, can wake it: it says so.
      const { decision } = turn(lead, plan, [])
      if (decision.do === 'rest') expect(because).toMatch(awaited)
      else expect(decision.do).not.toBe('end')
    }),
    RUNS,
  )
})

test('every order of the same signals leaves the same facts', () => {
  fc.assert(
    fc.property(
      worlds.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const facts = (list: Signal[]) =>
          list.reduce((lead, s) => fold(lead, OPEN, { ...s, seen: START }).lead, newLead('lead', START)).facts
        expect(facts(shuffled)).toEqual(facts(all))
      },
    ),
    RUNS,
  )
})

/** A cadence without a way out, so that only facts count. */
const OPEN: Plan = {
  cadence: 'open',
  version: 1,
  from: 'claire',
  locale: 'en',
  window: { days: [1], from: 0, to: 1440 },
  limits: {},
  account: 'hold',
  prospect: { all: [] },
  qualified: { all: [] },
  credit: {},
  urgency: [{ id: 'calm', pace: 1 }],
  stages: [],
  plays: [],
}
