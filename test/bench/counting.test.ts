/** What the benchmark says is worth no more than its counting. */
import { expect, test } from '@jest/globals'
import { eventsPerFollowUp, followUps } from './histories.ts'
import { figure, median } from './rounds.ts'
import { row } from './table.ts'

const payload = (value: unknown) => ({
  payloads: [{ data: new TextEncoder().encode(JSON.stringify(value)) }],
})
const other = {}
const regular = { activityTaskCompletedEventAttributes: {} }
const local = (activity: string, answer: unknown) => ({
  markerRecordedEventAttributes: {
    markerName: 'core_local_activity',
    details: { data: payload({ activity_type: activity }), result: payload(answer) },
  },
})
const done = local('attempt', { kind: 'done' })

test('events are counted from the first follow-up to the last', () => {
  const history = [other, other, done, other, other, other, done, other, done, other, other]
  expect(followUps(history)).toBe(3)
  expect(eventsPerFollowUp(history)).toBe(3)
  expect(eventsPerFollowUp([regular, other, regular])).toBe(2)
})

test('a turn that was recorded and an attempt that came to nothing are no follow-ups', () => {
  const history = [done, local('record', {}), local('attempt', { kind: 'later' }), done]
  expect(followUps(history)).toBe(2)
  expect(eventsPerFollowUp(history)).toBe(3)
  expect(() => eventsPerFollowUp([done, other])).toThrow('too few')
})

test('the ratio is the median of the rounds’ own ratios', () => {
  const pairs = [
    { relance: 10, plain: 10 },
    { relance: 1, plain: 4 },
    { relance: 30, plain: 20 },
  ]
  expect(figure(pairs)).toEqual({ relance: 10, plain: 10, ratio: { median: 1, least: 0.25, most: 1.5 } })
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('a target that is met exactly is met', () => {
  const half = figure([{ relance: 1, plain: 2 }])
  expect(row('a', half, { ratioAtLeast: 0.5 }).ok).toBe(true)
  expect(row('a', half, { ratioAtLeast: 0.51 }).ok).toBe(false)
  expect(row('a', half, { ratioAtMost: 0.5 }).ok).toBe(true)
  expect(row('a', half, { ratioAtMost: 0.49 }).ok).toBe(false)
  expect(row('a', half, { atMost: 1 }).ok).toBe(true)
  expect(row('a', half, { atMost: 0.9 }).ok).toBe(false)
})
