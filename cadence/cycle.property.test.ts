/** What no order of signals can bring about, over random cadences. Each rule is told again here, from the signals alone. */

import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { plans, START, signals } from '../test/support/arbitraries.ts'
import { overCap } from '../test/support/caps.ts'
import { inEnglish } from '../test/support/words.ts'
import { endOfDay } from './calendar/zone.ts'
import { fold } from './fold.ts'
import { FORMAT } from './format.ts'
import { type Lead, newLead } from './lead.ts'
import type { Plan, Step } from './plan.ts'
import type { Because } from './reason.ts'
import { type Rehearsal, rehearse } from './rehearsal/rehearse.ts'
import type { Signal, SignalType } from './signals.ts'
import { standingDetail } from './standing.ts'
import { addFixed, DAY, type Instant } from './time.ts'
import { turn } from './turn.ts'

const stepsOf = (plan: Plan): Step[] => [...plan.stages, ...plan.plays].flatMap((part) => part.steps)

const DAYS = 300
const RUNS = { numRuns: 300, endOnFailure: true }
const worlds = fc.uniqueArray(signals(START, DAYS), { selector: (s) => s.id, maxLength: 25 })
/** How it may end: with a deal, and with an opt-out, while clicks set off plays. */
const leaving = fc.uniqueArray(
  signals(START, DAYS, ['deal.won', 'deal.lost', 'unsubscribed', 'email.complained', 'link.clicked']),
  { selector: (s) => s.id, maxLength: 6 },
)
/** Cadences that go on with customers, and with those who click. */
const followers: fc.Arbitrary<Plan> = plans.map((plan) => ({
  ...plan,
  plays: plan.plays.map(({ id, steps }, i) => ({ id, steps, on: i === 0 ? 'deal.won' : 'link.clicked' })),
}))
/** Worlds in which credit is decided, proposals are made and offers moved, again and again. */
const business = fc
  .uniqueArray(
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
  // The offer that the cadences below make.
  .map((all) =>
    all.map((s) => (s.type === 'offer.extended' ? { ...s, data: { ...s.data, offer: 'spring' } } : s)),
  )

/** Cadences that sell: one stage after credit, of proposals and of offers that are quoted again. */
const sellers: fc.Arbitrary<Plan> = plans.map((plan) => {
  const { urgency, plays, limits, ...rest } = plan
  const steps = stepsOf(plan).map(({ when, to, proposal, ...step }, i): Step => {
    if (step.kind !== 'email') return step
    return i % 2 === 0
      ? { ...step, proposal: true }
      : { ...step, offer: { name: 'spring', lasts: { n: 20, unit: 'd' }, notice: { n: 1, unit: 'bd' } } }
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

test('no touch after an exit, but those of the play that a deal set off', () => {
  let exits = 0
  fc.assert(
    fc.property(followers, leaving, (plan, all) => {
      const { calendar } = play(plan, all)
      const main = ({ contact }: Signal): boolean => contact === undefined
      const first = (of: (s: Signal) => boolean): Instant =>
        Math.min(...all.filter(of).map(({ seen }) => seen), Number.POSITIVE_INFINITY)
      const optedOut = first((s) => main(s) && (s.type === 'unsubscribed' || s.type === 'email.complained'))
      expect(calendar.filter(({ at }) => at > optedOut)).toEqual([])
      const deal = first(({ type }) => type === 'deal.won' || type === 'deal.lost')
      const follows = plan.plays
        .filter(({ on }) => on === 'deal.won')
        .flatMap(({ id, steps }) => steps.map((step) => `${id}/${step.id}`))
      const after = calendar.filter(({ at, touch }) => at > deal && !touch.step.startsWith('find-'))
      for (const { because } of after) {
        const reason = because()
        const play = reason.code === 'step' && reason.part.kind === 'play' ? reason.part.id : ''
        expect(follows).toContain(`${play}/${reason.code === 'step' ? reason.step : ''}`)
      }
      if (Math.min(optedOut, deal) < START + DAYS * DAY) exits += 1
    }),
    RUNS,
  )
  expect(exits).toBeGreaterThan(10)
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
  expect(proposals).toBeGreaterThan(4)
})

test('no offer after its deadline, and none that is moved by itself', () => {
  let again = 0
  let extended = 0
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
          first.set(name, endOfDay(addFixed(at, lasts), 'Europe/Paris'))
          if (!moved) continue
        }
        again += 1
        if (moved) extended += 1
        const ends = moved ? Number(moved.data.until) : set
        expect(touch.offer.ends).toBe(ends)
        expect(at).toBeLessThan(ends as Instant)
      }
    }),
    RUNS,
  )
  expect(again).toBeGreaterThan(4)
  expect(extended).toBeGreaterThan(0)
})

test('never past a cap', () => {
  fc.assert(
    fc.property(plans, worlds, (plan, all) => {
      const sent = play(plan, all).calendar.flatMap(({ at, touch }) => (touch.kind === 'email' ? [at] : []))
      // One lead is all of its account here; two leads of one are `test/accounts.test.ts`.
      for (const cap of [plan.limits.perLead, plan.limits.perAccount])
        if (cap) expect(overCap(sent, cap, 'Europe/Paris')).toBe(false)
    }),
    RUNS,
  )
})

/** What somebody does about the thing that a resting lead says it waits for. */
function answer(because: Because, lead: Lead, now: Instant): Signal[] {
  const told = (type: SignalType, data: Signal['data'], n = 0, contact?: string): Signal => ({
    id: `answer-${n}`,
    type,
    at: now,
    seen: now,
    data,
    ...(contact ? { contact } : {}),
  })
  switch (because.code) {
    case 'reply_waits':
    case 'kept_still':
      return [told('reply.handled', { then: 'resume' })]
    case 'colleague_waits':
      return Object.keys(lead.facts.colleagues).map((id, i) => told('colleague.handled', { lead: id }, i))
    case 'role_awaited':
      return [told('contact.identified', { role: because.role }, 0, 'zoe')]
    case 'challenged':
      return Object.keys(lead.facts.objections).map((topic, i) => told('objection.overcome', { topic }, i))
    case 'proposal_waits':
      return [told('credit.changed', { limit: 1e9 }), told('credit.approved', { limit: 1e9 }, 1)]
    default:
      return []
  }
}

test('no lead waits for nothing: it says what for, and what it says is what it waits for', () => {
  const kinds = new Map<string, number>()
  // What only the cadence's own goals end: its steps are done, and it says which goal is open.
  const goals = ['stage_waits', 'play_holds', 'every_goal_met']
  fc.assert(
    fc.property(plans, worlds, fc.integer({ min: 0, max: DAYS }), (plan, all, days) => {
      const now = START + days * DAY
      const { outcome, next, again, lead, ...played } = play(plan, all, now)
      const because = played.because()
      expect(inEnglish(because, now)).not.toBe('')
      const { standing, next: higher } = standingDetail(lead, plan)
      expect(standing === 'customer' || (higher?.rule ?? []).length > 0).toBe(true)
      const { decision } = turn(lead, plan, [])
      if (outcome !== undefined || next || decision.kind === 'pass' || decision.kind === 'skip') return
      if (decision.kind === 'touch') {
        // An offer that can't go out before its end is looked at again then.
        expect(again).toBeGreaterThan(now)
        return
      }
      expect(decision.kind).toBe('rest')
      if (because.code === 'out_of_office' || because.code === 'callback') {
        expect(again).toBeGreaterThan(now)
        return
      }
      const done = answer(because, lead, now)
      if (done.length === 0) {
        expect(goals).toContain(because.code)
        return
      }
      kinds.set(because.code, (kinds.get(because.code) ?? 0) + 1)
      const told = done.reduce((before, signal) => fold(before, plan, signal).lead, { ...lead, now })
      expect(turn(told, plan, []).decision.because()).not.toEqual(because)
    }),
    RUNS,
  )
  expect(kinds.size).toBeGreaterThan(1)
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
  format: FORMAT,
  cadence: 'open',
  version: 1,
  from: 'claire',
  owner: 'claire',
  locale: 'en',
  window: { days: [1], from: 0, to: 1440 },
  limits: {},
  account: 'hold',
  prospect: { all: [] },
  qualified: { all: [] },
  credit: {},
  escalate: { reply: {}, role: {}, task: {} },
  urgency: [{ id: 'calm', pace: 1 }],
  stages: [],
  plays: [],
}
