/** Short texts of a cadence whose faults are their own: closed days and caps. The others: `read.test.ts`. */
import { describe, expect, test } from '@jest/globals'
import { readCap, readClosed } from './notation.ts'

describe('closed days', () => {
  test.each([
    ['2026-12-24', { from: '2026-12-24', to: '2026-12-24' }],
    ['2026-12-28..2026-12-31', { from: '2026-12-28', to: '2026-12-31' }],
    [' 2028-02-29 .. 2028-03-01 ', { from: '2028-02-29', to: '2028-03-01' }],
  ])('%s', (text, value) => {
    expect(readClosed(text)).toEqual({ value })
  })

  test.each([
    'Christmas',
    '',
    '12-24',
    '2027-02-29',
    '2026-12-31..2026-12-28',
    '2026-12-24..',
    '2026-12-24..2026-12-25..2026-12-26',
    '2026-01-01..2026-12-31',
  ])('not %j', (text) => {
    expect(readClosed(text)).toMatchObject({ fault: { code: 'wrong_closed' } })
  })
})

describe('caps', () => {
  test.each([
    ['1 per day', 'calendar', { n: 1, unit: 'd' }],
    ['1 per week', 'calendar', { n: 1, unit: 'w' }],
    ['1 per month', 'calendar', { n: 1, unit: 'mo' }],
    ['1 per 24h', 'rolling', { n: 24, unit: 'h' }],
    ['1 per 7d', 'rolling', { n: 7, unit: 'd' }],
    ['1 per 1w', 'rolling', { n: 1, unit: 'w' }],
  ])('%s is %s', (text, kind, per) => {
    expect(readCap(text)).toEqual({ value: { kind, count: 1, per } })
  })
})
