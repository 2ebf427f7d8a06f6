import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Condition } from '../condition.ts'
import { DEMO_AFTER, DEMOS, type Demo, INTERESTS } from '../words.ts'
import { contradicts, excludes, implies } from './logic.ts'

/** A world small enough to try out in full: an interest, a demo and a count. */
interface World {
  interest: number
  demo: Demo
  unanswered: number
}
const WORLDS: World[] = INTERESTS.flatMap((_, interest) =>
  DEMOS.flatMap((demo) => [0, 1, 2].map((unanswered) => ({ interest, demo, unanswered }))),
)

function holds(condition: Condition, world: World): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, world))
  if ('any' in condition) return condition.any.some((part) => holds(part, world))
  if ('not' in condition) return !holds(condition.not, world)
  if ('interest' in condition) return world.interest >= INTERESTS.indexOf(condition.interest)
  if ('demo' in condition) return [condition.demo, ...DEMO_AFTER[condition.demo]].includes(world.demo)
  if ('unanswered' in condition) return world.unanswered >= condition.unanswered
  throw new Error('not of this world')
}

const conditions = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...INTERESTS).map((interest): Condition => ({ interest })),
    fc.constantFrom(...DEMOS).map((demo): Condition => ({ demo })),
    fc.constantFrom(1, 2).map((unanswered): Condition => ({ unanswered })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie('any'), { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any })),
    tie('any').map((not): Condition => ({ not })),
  ),
})).any

test('what is said to follow, to exclude and to contradict does so in every world', () => {
  fc.assert(
    fc.property(conditions, conditions, (a, b) => {
      if (implies(a, b)) expect(WORLDS.filter((world) => holds(a, world) && !holds(b, world))).toEqual([])
      if (excludes(a, b)) expect(WORLDS.filter((world) => holds(a, world) && holds(b, world))).toEqual([])
      if (contradicts(a)) expect(WORLDS.filter((world) => holds(a, world))).toEqual([])
    }),
    { numRuns: 3000 },
  )
})

describe('what follows from what', () => {
  // biome-ignore format: a table
  test.each<[Condition, Condition, boolean]>([
    [{ interest: 'convinced' }, { interest: 'general' }, true],
    [{ interest: 'general' }, { interest: 'convinced' }, false],
    [{ all: [{ demo: 'held' }, { interest: 'comparing' }] }, { interest: 'general' }, true],
    [{ demo: 'held' }, { any: [{ demo: 'held' }, { demo: 'booked' }] }, true],
    [{ any: [{ demo: 'held' }, { demo: 'booked' }] }, { demo: 'held' }, false],
    [{ demo: 'held' }, { not: { demo: 'missed' } }, true],
    [{ demo: 'held' }, { demo: 'booked' }, true],
    [{ demo: 'booked' }, { demo: 'held' }, false],
    [{ proposal: 'accepted' }, { proposal: 'sent' }, true],
    [{ proposal: 'declined' }, { not: { proposal: 'accepted' } }, true],
    [{ not: { interest: 'general' } }, { not: { interest: 'comparing' } }, true],
    [{ dialogue: { n: 1, unit: 'w' } }, { dialogue: { n: 30, unit: 'd' } }, true],
    [{ dialogue: { n: 3, unit: 'mo' } }, { dialogue: { n: 30, unit: 'd' } }, false],
    [{ authority: ['influencer'] }, { authority: ['decision_maker', 'influencer'] }, true],
    [{ authority: ['user', 'influencer'] }, { authority: ['influencer'] }, false],
    [{ open_objections: 0 }, { open_objections: 2 }, true],
    [{ amount: 10 }, { amount: 20 }, false],
    [{ fact: 'seats', is: 120 }, { fact: 'seats', at_least: 100 }, true],
    [{ fact: 'seats', at_least: 100 }, { fact: 'seats', at_least: 50 }, true],
    [{ fact: 'seats', is: 120 }, { fact: 'plants', is: 120 }, false],
    [{ stage_age: { n: 9, unit: 'd' } }, { stage_age: { n: 2, unit: 'd' } }, false],
    [{ standing: 'qualified' }, { standing: 'prospect' }, true],
    [{ need: 'verified' }, { interest: 'none' }, true],
  ])('%j ⇒ %j: %s', (a, b, follows) => {
    expect(implies(a, b)).toBe(follows)
  })

  test('a demo that was held was booked: one goal after the other', () => {
    expect(excludes({ demo: 'booked' }, { demo: 'held' })).toBe(false)
    expect(excludes({ demo: 'booked' }, { demo: 'missed' })).toBe(true)
    expect(excludes({ proposal: 'viewed' }, { proposal: 'declined' })).toBe(false)
  })

  test('facts that are compared exclude each other', () => {
    expect(excludes({ fact: 'seats', is: 50 }, { fact: 'seats', at_least: 100 })).toBe(true)
    expect(excludes({ fact: 'seats', at_least: 100 }, { fact: 'seats', is: 'many' })).toBe(true)
    expect(excludes({ fact: 'seats', is: 50 }, { fact: 'seats', is: 60 })).toBe(true)
    expect(excludes({ fact: 'seats', at_least: 10 }, { fact: 'seats', at_least: 20 })).toBe(false)
  })
})

test('conditions nested to no purpose come to an end', () => {
  const leaf = (i: number): Condition => ({ fact: `f${i}`, is: 1 })
  let [a, b]: Condition[] = [leaf(-1), leaf(-2)]
  for (let i = 0; i < 60; i++)
    [a, b] = [{ all: [a as Condition, leaf(i)] }, { any: [b as Condition, leaf(100 + i)] }]
  expect(implies(a as Condition, b as Condition)).toBe(false)
  expect(excludes(a as Condition, { not: b as Condition })).toBe(false)
})
