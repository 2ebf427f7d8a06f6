/** Verdicts of random conditions: when time may change one is the same, asked alone or with what holds. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { plans, START, signals } from '../test/support/arbitraries.ts'
import type { Condition } from './condition.ts'
import { fold } from './fold.ts'
import { newLead } from './lead.ts'
import type { Plan } from './plan.ts'
import { DAY } from './time.ts'
import { advance } from './turn.ts'
import { againOf, judge } from './verdict.ts'

/** All conditions of a cadence, one by one and several in one. */
function conditionsOf({ prospect, qualified, stages, plays, urgency, nurture }: Plan): Condition[] {
  const steps = [...stages, ...plays].flatMap((part) => part.steps)
  const all = [...stages, ...plays, ...(nurture ? [nurture] : [])].map(({ until }) => until)
  const asked = [...all, ...steps.map(({ when }) => when), ...urgency.map(({ when }) => when)]
  const known = [prospect, qualified, ...asked.filter((one) => one !== undefined)]
  return [...known, { not: { any: known } }]
}

test('when time may change a verdict, asked alone, is what the verdict says', () => {
  let timed = 0
  fc.assert(
    fc.property(
      plans,
      fc.array(signals(START, 40), { maxLength: 12 }),
      fc.nat({ max: 60 * DAY }),
      (plan, all, later) => {
        let { lead } = advance(newLead('one', START), plan, [])
        for (const signal of [...all].sort((a, b) => a.seen - b.seen)) {
          lead = advance(fold(lead, plan, signal).lead, plan, []).lead
        }
        lead = { ...lead, now: lead.now + later }
        for (const condition of conditionsOf(plan)) {
          const { again } = judge(condition, lead, plan)
          if (again !== undefined) timed += 1
          expect(againOf(condition, lead, plan)).toBe(again)
        }
      },
    ),
  )
  expect(timed).toBeGreaterThan(50)
})
