/** Moving to another version: what was done is done, wherever its step is now, and what was to come comes. */
import { describe, expect, test } from '@jest/globals'
import { MONDAY, PLAN } from '../test/support/plans.ts'
import { fold } from './fold.ts'
import { FORMAT } from './format.ts'
import type { Lead } from './lead.ts'
import type { Plan, Stage, Step } from './plan.ts'
import { rehearse } from './rehearsal/rehearse.ts'
import type { Signal, SignalType } from './signals.ts'
import { DAY } from './time.ts'

const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: 'email',
  name: id,
  wait: { n: 2, unit: 'd' },
  ...more,
})
const stage = (id: string, until: Stage['until'], ids: (string | Step)[]): Stage => ({
  id,
  until,
  steps: ids.map((one) => (typeof one === 'string' ? step(one) : one)),
  on: {},
})
const version = (n: number, ...stages: Stage[]): Plan => ({ ...PLAN, version: n, limits: {}, stages })

const INTEREST = { interest: 'general' } as const
const DEMO = { demo: 'held' } as const
const told = (day: number, type: SignalType, data: Signal['data'] = {}): Signal => {
  const at = MONDAY + day * DAY
  return { id: `${type}-${day}`, type, at, seen: at, data }
}

/** A lead of `from` on a day, moved to `to`: what it did before and does after, by step, and the keys and instants. */
function movedOn(day: number, from: Plan, to: Plan[], signals: Signal[] = []) {
  const at = MONDAY + day * DAY
  const options = { zone: 'Europe/Paris', signals, id: 'lead' }
  const before = rehearse(from, { ...options, from: MONDAY, until: at })
  let lead: Lead = { ...before.lead, now: at }
  let plan = from
  for (const next of to) {
    const folded = fold(lead, plan, { format: FORMAT, kind: 'move', seen: at, plan: next })
    lead = folded.lead
    plan = next
  }
  const rest = signals.filter(({ seen }) => seen > at)
  const after = rehearse(plan, { ...options, from: at, until: at + 100 * DAY, lead, signals: rest })
  const stays = rehearse(from, { ...options, from: MONDAY, until: at + 100 * DAY })
  const steps = (played: typeof after): string[] => played.calendar.map(({ touch }) => touch.step)
  return { before, after, stays, done: steps(before), comes: steps(after), lead: after.lead }
}

const FIRST = version(1, stage('contact', INTEREST, ['a', 'b', 'c', 'd']), stage('demo', DEMO, ['e', 'f']))

describe('what was done', () => {
  test('a stage that has another name goes on as the same visit, at the same moments', () => {
    const renamed = version(
      2,
      stage('outreach', INTEREST, ['a', 'b', 'c', 'd']),
      stage('show', DEMO, ['e', 'f']),
    )
    const { done, before, after, stays, lead } = movedOn(5, FIRST, [renamed])
    expect(done).toEqual(['a', 'b'])
    const all = [...before.calendar, ...after.calendar]
    expect(all.map(({ touch, at }) => [touch.key, at])).toEqual(
      stays.calendar.map(({ touch, at }) => [touch.key, at]),
    )
    expect(lead).toMatchObject({ stage: 'outreach', stageSince: MONDAY })
    expect(after.timeline.map(({ kind }) => kind)).not.toContain('stage')
  })

  test('a step that is in another stage now stays done there, those behind it come', () => {
    const other = version(
      2,
      stage('contact', INTEREST, ['a', 'c', 'd']),
      stage('demo', DEMO, ['e', 'f', 'b']),
    )
    const interested = [told(20, 'interest.expressed', { level: 'general' })]
    expect(movedOn(5, FIRST, [other], interested).comes).toEqual(['c', 'd', 'e', 'f'])
  })

  test('so does one of a stage that is over', () => {
    const other = version(
      2,
      stage('contact', INTEREST, ['a', 'c', 'd']),
      stage('demo', DEMO, ['b', 'e', 'f']),
    )
    const interested = [told(5, 'interest.expressed', { level: 'general' })]
    expect(movedOn(6, FIRST, [other], interested).comes).toEqual(['e', 'f'])
  })

  test('a stage in two: its steps are done in either, the next wait counts from the last touch', () => {
    const halves = version(
      2,
      stage('opening', { need: 'verified' }, ['a', 'b']),
      stage('following', INTEREST, ['c', 'd']),
      stage('demo', DEMO, ['e', 'f']),
    )
    const needed = [told(5, 'need.verified')]
    const { comes, after, stays, lead } = movedOn(5.5, FIRST, [halves], needed)
    expect(comes).toEqual(['c', 'd'])
    expect(after.calendar.map(({ at }) => at)).toEqual(stays.calendar.slice(2).map(({ at }) => at))
    expect(lead.stage).toBe('following')
  })

  test('two stages in one: nothing of either again, and nothing passed by', () => {
    const both = version(2, stage('all', DEMO, ['a', 'e', 'b', 'c', 'd', 'f']))
    const { comes } = movedOn(5, FIRST, [both])
    expect(comes).toEqual(['e', 'c', 'd', 'f'])
  })

  test('a step that vanishes and comes back is remembered', () => {
    const without = version(2, stage('contact', INTEREST, ['a', 'c', 'd']), stage('demo', DEMO, ['e', 'f']))
    expect(movedOn(5, FIRST, [without]).comes).toEqual(['c', 'd'])
    expect(movedOn(5, FIRST, [without, { ...FIRST, version: 3 }]).comes).toEqual(['c', 'd'])
  })

  test('an id that stands for something else now is done', () => {
    const reused = version(2, stage('contact', INTEREST, ['a', step('b', { name: 'other' }), 'c', 'd']))
    expect(movedOn(5, FIRST, [reused]).comes).toEqual(['c', 'd'])
  })

  test('a goal that asks for more now leads back without repeating', () => {
    const more = version(
      2,
      stage('contact', { interest: 'convinced' }, ['a', 'b', 'c', 'd']),
      stage('demo', DEMO, ['e', 'f']),
    )
    const interested = [told(5, 'interest.expressed', { level: 'general' })]
    expect(movedOn(6, FIRST, [more], interested).comes).toEqual(['c', 'd'])
  })
})

describe('what may happen again', () => {
  const CREDIT = { credit: 'approved' } as const
  const check = step('check', { kind: 'task' })
  const cycle = version(1, stage('credit', CREDIT, [check]), stage('demo', DEMO, ['e', 'f']))
  const renamed = version(2, stage('money', CREDIT, [check]), stage('demo', DEMO, ['e', 'f']))

  test('the steps of a stage whose goal lapses after the move', () => {
    const signals = [told(3, 'credit.approved'), told(30, 'credit.refused')]
    expect(movedOn(10, cycle, [renamed], signals).comes).toEqual(['check'])
  })

  test('and of one whose goal had lapsed before it', () => {
    const signals = [told(3, 'credit.approved'), told(9, 'credit.refused')]
    const { done, comes } = movedOn(10, { ...cycle }, [renamed], signals)
    expect([...done, ...comes].filter((id) => id === 'check')).toHaveLength(2)
  })
})
