/** Promise 11, of letters, over random cadences and worlds: one that can't be written ends nobody, and is lost to nobody. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { plans, START, signals } from '../test/support/arbitraries.ts'
import type { Change } from './lead.ts'
import type { Plan, Step } from './plan.ts'
import type { Flaw } from './reason.ts'
import { type Rehearsal, rehearse } from './rehearsal/rehearse.ts'
import type { Signal } from './signals.ts'
import { DAY } from './time.ts'
import type { Touch } from './touch.ts'
import { STEP_KIND } from './words.ts'

const DAYS = 300
const RUNS = { numRuns: 300, endOnFailure: true }
const worlds = fc.uniqueArray(signals(START, DAYS), { selector: (s) => s.id, maxLength: 15 })
/** Cadences of one stage, which ends the lead a day after its last step. */
const ending: fc.Arbitrary<Plan> = plans.map((plan) => ({
  ...plan,
  stages: plan.stages.slice(0, 1).map((stage) => ({
    ...stage,
    ...{
      until: { deal: 'won' as const },
      otherwise: { end: 'unresponsive' as const, after: { n: 1, unit: 'd' as const } },
    },
  })),
}))
/** The steps whose texts fail, by the last letter of their ids' sums; and when all is mended. */
const flaws = fc.record({ of: fc.integer({ min: 1, max: 3 }), until: fc.integer({ min: 1, max: 400 }) })

const hasText = ({ kind, asks }: Touch): boolean => asks === undefined && STEP_KIND[kind].words !== 'relance'
const fails = ({ step }: Touch, of: number): boolean =>
  [...step].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % of === 0
const flawOf = (touch: Touch): Flaw => ({
  code: 'text_unwritable',
  why: { text: { step: touch.step }, kind: 'link' },
})

/** Played for two years: what fails does so until it is mended, which the lead hears of. */
function play(plan: Plan, all: Signal[], { of, until }: { of: number; until: number }): Rehearsal {
  const at = START + until * DAY
  const mended: Signal = { id: 'mended', type: 'contact.edited', at, seen: at, data: { fields: 'title' } }
  return rehearse(plan, {
    ...{ from: START, until: START + 730 * DAY, zone: 'Europe/Paris', signals: [...all, mended] },
    flawOf: (touch, now) => (now < at && hasText(touch) && fails(touch, of) ? flawOf(touch) : undefined),
  })
}

test('nobody ends by time alone while a letter of their stage waits to be written', () => {
  fc.assert(
    fc.property(ending, worlds, flaws, (plan, all, failing) => {
      const { timeline, lead } = play(plan, all, failing)
      const cause = lead.ending?.cause
      if (cause?.code !== 'stage_unanswered') return
      const stage = plan.stages.find(({ id }) => id === cause.stage)
      const undated = (stage?.steps ?? []).filter(({ at }: Step) => !at).map(({ id }) => id)
      const last = (step: string, kinds: Change['kind'][]): number =>
        timeline.findLastIndex((line) => 'step' in line && line.step === step && kinds.includes(line.kind))
      const lost = undated.filter((id) => last(id, ['put_aside']) > last(id, ['touch', 'passed_over']))
      expect(lost).toEqual([])
    }),
    RUNS,
  )
})

test('nothing is done twice, each flaw is asked for once, and all tasks to mend close', () => {
  fc.assert(
    fc.property(plans, worlds, flaws, (plan, all, failing) => {
      const { timeline, calendar, lead } = play(plan, all, failing)
      const keys = calendar.map(({ touch }) => touch.key)
      expect(new Set(keys).size).toBe(keys.length)
      const asked = calendar.filter(({ touch }) => touch.asks?.code === 'mend')
      const aside = timeline.filter(({ kind }) => kind === 'put_aside')
      expect(asked.length).toBeLessThanOrEqual(aside.length)
      // What is still aside, and its task, is of a part of the cadence that the lead isn't in.
      expect(lead.given.filter(({ step }) => step.startsWith('mend-')).length).toBe(
        lead.aside.filter((one) => one.asked !== undefined).length,
      )
    }),
    RUNS,
  )
})
