/** Moving is no touch more and no touch less: over random cadences and histories. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { plans, START, signals } from '../test/support/arbitraries.ts'
import { fold } from './fold.ts'
import { FORMAT } from './format.ts'
import { allAhead } from './next-step.ts'
import type { Plan, Step } from './plan.ts'
import { type Rehearsed, rehearse } from './rehearsal/rehearse.ts'
import type { Signal } from './signals.ts'
import { DAY } from './time.ts'
import { writesToPerson } from './words.ts'

const DAYS = 200
const RUNS = { numRuns: 300, endOnFailure: true }
const worlds = fc.uniqueArray(signals(START, DAYS), { selector: (s) => s.id, maxLength: 20 })
const days = fc.integer({ min: 1, max: DAYS - 1 })
const ZONE = 'Europe/Paris'

/** Plays the cadence until a day, moves the lead, and plays on. */
function movedOn(plan: Plan, to: Plan, all: Signal[], day: number) {
  const at = START + day * DAY
  const until = START + DAYS * DAY
  const first = rehearse(plan, { from: START, until: at, zone: ZONE, signals: all })
  if (first.outcome !== undefined) return undefined
  const sent = first.calendar.filter(({ touch }) => writesToPerson(touch.kind)).map(({ at: when }) => when)
  const { lead } = fold(first.lead, plan, { format: FORMAT, kind: 'move', seen: at, plan: to })
  const rest = all.filter(({ seen }) => seen > at)
  const then = rehearse(to, {
    ...{ from: at, until, zone: ZONE, signals: rest, lead },
    sent: { lead: sent, account: sent },
  })
  return { first, then, stays: () => rehearse(plan, { from: START, until, zone: ZONE, signals: all }) }
}

const told = ({ at, touch }: Rehearsed): unknown => [at, touch.key, touch.kind, touch.contact]

test('with other names for its stages and plays, a cadence does what it did, when it did, by the same keys', () => {
  let touches = 0
  const renamed = (plan: Plan): Plan => ({
    ...plan,
    version: 2,
    stages: plan.stages.map((stage) => ({ ...stage, id: `new-${stage.id}` })),
    plays: plan.plays.map((play) => ({ ...play, id: `new-${play.id}` })),
  })
  fc.assert(
    fc.property(plans, worlds, days, (plan, all, day) => {
      const played = movedOn(plan, renamed(plan), all, day)
      if (!played) return
      const { first, then, stays } = played
      expect([...first.calendar, ...then.calendar].map(told)).toEqual(stays().calendar.map(told))
      touches += then.calendar.length
    }),
    RUNS,
  )
  expect(touches).toBeGreaterThan(40)
})

test('however the steps are dealt to stages, nothing is repeated, and nothing that comes is passed by', () => {
  let kept = 0
  /** Goals that nothing meets: every stage but the first is out of reach, and none lapses. */
  const still = (plan: Plan): Plan => ({
    ...plan,
    stages: plan.stages.map(({ otherwise, ...stage }) => ({ ...stage, on: {}, until: { deal: 'won' } })),
    plays: [],
  })
  const dealt = fc
    .tuple(plans.map(still), fc.infiniteStream(fc.nat(3)), fc.boolean())
    .map(([plan, dice, last]) => {
      const steps: Step[][] = [[], [], [], []]
      for (const one of plan.stages.flatMap((stage) => stage.steps)) {
        steps[dice.next().value]?.[last ? 'push' : 'unshift'](one)
      }
      const stages = steps.map((some, i) => ({
        id: `dealt-${i}`,
        until: { deal: 'won' as const },
        on: {},
        steps: some,
      }))
      return { plan, to: { ...plan, version: 2, stages } }
    })
  fc.assert(
    fc.property(dealt, worlds, days, ({ plan, to }, all, day) => {
      const played = movedOn(plan, to, all, day)
      if (!played) return
      const { first, then } = played
      const passed = first.timeline.flatMap((line) => (line.kind === 'passed_over' ? [line.step] : []))
      const done = new Set([...passed, ...first.calendar.map(({ touch }) => touch.step)])
      const again = then.calendar.filter(
        ({ touch }) => !/^(tell|find|answer)-/.test(touch.step) && done.has(touch.step),
      )
      expect(again.map(({ touch }) => touch.step)).toEqual([])
      const ids = to.stages.flatMap((stage) => stage.steps.map(({ id }) => id))
      const ahead = ids.filter((id) => !done.has(id))
      const open = new Set(allAhead(then.lead, to).map(({ id }) => id))
      const came = new Set(then.timeline.flatMap((line) => ('step' in line ? [line.step] : [])))
      if (then.outcome === undefined) expect(ahead.filter((id) => !open.has(id) && !came.has(id))).toEqual([])
      kept += done.size
    }),
    RUNS,
  )
  expect(kept).toBeGreaterThan(40)
})
