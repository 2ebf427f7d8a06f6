/** What an edit does to ids of steps, and what a move would repeat or skip. */
import { describe, expect, test } from '@jest/globals'
import { MONDAY, PLAN } from '../test/support/plans.ts'
import { editsOf } from './edits.ts'
import { newLead } from './lead.ts'
import { checkMove } from './move-check.ts'
import type { Plan, Stage, Step } from './plan.ts'
import { turn } from './turn.ts'

const step = (id: string, name = id): Step => ({ id, kind: 'email', name })
const stage = (id: string, ...steps: (string | Step)[]): Stage => ({
  id,
  until: id.startsWith('met') ? { all: [] } : { deal: 'won' },
  steps: steps.map((one) => (typeof one === 'string' ? step(one) : one)),
  on: {},
})
const version = (n: number, stages: Stage[], plays: Plan['plays'] = []): Plan => ({
  ...PLAN,
  version: n,
  stages,
  plays,
})
const FIRST = version(1, [stage('contact', 'a', 'b', 'c', 'd')])

const table: [string, Plan, unknown[]][] = [
  ['another name of the stage', version(2, [stage('outreach', 'a', 'b', 'c', 'd')]), []],
  ['another order', version(2, [stage('contact', 'd', 'a', 'c', 'b')]), []],
  ['another id', version(2, [stage('contact', 'a', step('b2', 'b'), 'c', 'd')]), ['step_renamed b→b2']],
  ['one less', version(2, [stage('contact', 'a', 'c', 'd')]), ['step_vanished b']],
  ['another template', version(2, [stage('contact', 'a', step('b', 'x'), 'c', 'd')]), ['step_reused b']],
  [
    'two that are swapped',
    version(2, [stage('contact', 'a', step('b', 'c'), step('c', 'b'), 'd')]),
    ['step_reused b', 'step_reused c'],
  ],
  [
    'another stage',
    version(2, [stage('contact', 'a', 'c', 'd'), stage('later', 'b')]),
    ['step_moved b→later'],
  ],
]

test.each(table)('an edit: %s', (_, to, expected) => {
  const said = editsOf(FIRST, to).map(({ code, values }) => {
    const target = 'to' in values ? `→${values.to}` : ''
    return `${code} ${values.step}${target}`
  })
  expect(said).toEqual(expected)
})

describe('a move of a lead that has done a and b', () => {
  const begun = turn(newLead('lead', MONDAY), FIRST, []).lead
  const lead = { ...begun, visits: begun.visits.map((visit) => ({ ...visit, done: ['a', 'b'] })) }
  const play = (steps: Step[]): Plan['plays'] => [{ id: 'play', on: 'link.clicked', steps }]
  const moves: [string, Plan, string[], string[]][] = [
    ['another name of the stage', version(2, [stage('outreach', 'a', 'b', 'c', 'd')]), [], []],
    ['another order', version(2, [stage('contact', 'c', 'a', 'd', 'b')]), [], []],
    ['a new step before them', version(2, [stage('contact', 'new', 'a', 'b', 'c', 'd')]), [], []],
    ['a step to come is gone', version(2, [stage('contact', 'a', 'b', 'd')]), [], []],
    ['done, under another id', version(2, [stage('contact', 'a', step('b2', 'b'), 'c', 'd')]), ['b2'], []],
    ['to come, under another id', version(2, [stage('contact', 'a', 'b', step('c2', 'c'), 'd')]), [], []],
    ['another letter, done last', version(2, [stage('contact', 'a', step('b', 'x'), 'c', 'd')]), [], ['b']],
    ['another letter, long done', version(2, [stage('contact', step('a', 'x'), 'b', 'c', 'd')]), [], []],
    ['in a stage that is over', version(2, [stage('met', 'c'), stage('contact', 'a', 'b', 'd')]), [], ['c']],
    ['in a play', version(2, [stage('contact', 'a', 'c')], play([step('b'), step('d')])), ['b'], ['d']],
  ]
  test.each(moves)('%s', (_, to, repeats, skips) => {
    expect(checkMove(lead, FIRST, to, [])).toEqual({ repeats, skips })
  })
})
