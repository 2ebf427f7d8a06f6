import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LIVELY, plans, START, signals } from '../../test/support/arbitraries.ts'
import { overCap } from '../../test/support/caps.ts'
import { inEnglish } from '../../test/support/words.ts'
import { MAIN } from '../facts.ts'
import type { Plan } from '../plan.ts'
import type { Signal } from '../signals.ts'
import { DAY, type Instant } from '../time.ts'
import type { Touch } from '../touch.ts'
import { STEP_KIND } from '../words.ts'
import { type Rehearsal, type RehearsalOptions, rehearse } from './rehearse.ts'

const YEAR = 365 * DAY
const play = (plan: Plan, all: Signal[], more: Partial<RehearsalOptions> = {}): Rehearsal =>
  rehearse(plan, { from: START, until: START + YEAR, zone: 'Europe/Paris', signals: all, ...more })

const some = fc.uniqueArray(signals(START, 300), { selector: (s) => s.id, maxLength: 12 })
const lively = fc.uniqueArray(signals(START, 300, LIVELY), { selector: (s) => s.id, maxLength: 12 })
const RUNS = { numRuns: 150, endOnFailure: true }

describe('over random cadences and random outside worlds', () => {
  test('promise 1: no touch has the same key twice', () => {
    fc.assert(
      fc.property(plans, lively, (plan, all) => {
        const keys = play(plan, all).calendar.map((c) => c.touch.key)
        expect(new Set(keys).size).toBe(keys.length)
      }),
      RUNS,
    )
  })

  test('promise 2: none after an opt-out, a hard bounce or a complaint', () => {
    const exit = fc.constantFrom(
      'unsubscribed' as const,
      'email.complained' as const,
      'email.bounced' as const,
    )
    fc.assert(
      fc.property(plans, lively, exit, fc.integer({ min: 0, max: 200 }), (plan, all, type, days) => {
        const at = START + days * DAY
        const out: Signal = { id: 'out', type, at, seen: at, data: { hard: true } }
        const { calendar, outcome } = play(plan, [...all, out])
        // Where the address is the trouble, the rest of the buying centre may still be written to.
        const colleagues = type === 'email.bounced' && outcome !== 'unreachable'
        const after = calendar.filter((c) => c.at > at)
        const main = (touch: Touch): boolean => touch.kind === 'email' && touch.contact === MAIN
        expect(after.filter(({ touch }) => !colleagues || main(touch))).toEqual([])
      }),
      RUNS,
    )
  })

  test('promise 2: none while a reply waits for the seller', () => {
    fc.assert(
      fc.property(
        plans,
        lively,
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 90 }),
        (plan, all, days, length) => {
          const from = START + days * DAY
          const to = from + length * DAY
          const others = all.filter((s) => s.type !== 'reply.received')
          const reply: Signal = { id: 'reply', type: 'reply.received', at: from, seen: from, data: {} }
          const handled: Signal = {
            id: 'handled',
            type: 'reply.handled',
            at: to,
            seen: to,
            data: { then: 'resume' },
          }
          const { calendar } = play(plan, [...others, reply, handled])
          const kept = calendar.filter(({ touch }) => STEP_KIND[touch.kind].holdable)
          expect(kept.filter((c) => c.at > from && c.at < to)).toEqual([])
        },
      ),
      RUNS,
    )
  })

  test('promise 5: never outside the window, over a cap', () => {
    fc.assert(
      fc.property(plans, lively, (plan, all) => {
        const { calendar } = play(plan, all)
        for (const { at } of calendar) {
          const { weekday, minutes } = inParis(at)
          expect(plan.window.days).toContain(weekday)
          expect(minutes).toBeGreaterThanOrEqual(plan.window.from)
          expect(minutes).toBeLessThan(plan.window.to)
        }
        const sent = calendar.filter((c) => c.touch.kind === 'email').map((c) => c.at)
        for (const cap of [plan.limits.perLead, plan.limits.perAccount]) {
          if (cap) expect(overCap(sent, cap, 'Europe/Paris')).toBe(false)
        }
      }),
      RUNS,
    )
  })

  test('promise 6: it always says what it waits for, and what it says is what happens', () => {
    fc.assert(
      fc.property(plans, lively, fc.integer({ min: 1, max: 300 }), (plan, all, days) => {
        const until = START + days * DAY
        const known = all.filter((s) => s.seen <= until)
        const then = play(plan, known, { until })
        expect(inEnglish(then.because)).not.toBe('')
        if (then.outcome || !then.next || (then.again !== undefined && then.again <= then.next.at)) return
        const later = play(plan, known, { until: then.next.at + 1 })
        const [first] = later.calendar.slice(then.calendar.length)
        expect({ step: first?.touch.step, at: first?.at }).toEqual(then.next)
      }),
      RUNS,
    )
  })

  test('the order in which signals of one moment arrive changes no touch', () => {
    fc.assert(
      fc.property(plans, some, (plan, all) => {
        const reversed = [...all].reverse()
        expect(play(plan, reversed).calendar.map((c) => c.touch.key)).toEqual(
          play(plan, all).calendar.map((c) => c.touch.key),
        )
      }),
      RUNS,
    )
  })
})

/** Weekday (ISO) and minutes since midnight in Paris, without the planner's own calendar. */
function inParis(at: Instant): { weekday: number; minutes: number } {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Paris',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(at)
      .map((p) => [p.type, p.value]),
  )
  const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday ?? '') + 1
  return { weekday, minutes: Number(parts.hour) * 60 + Number(parts.minute) }
}
