import { describe, expect, test } from '@jest/globals'
import { RelanceError } from '../../cadence/errors.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import { DAY } from '../../cadence/time.ts'
import { companyAt, countsFrom, readChange, readDecision } from './mapping.ts'
import { parsePath, valueAt } from './path.ts'
import type { Mapping } from './provider.ts'

const ANSWER = {
  statusCode: 1,
  result: { status: 'ok', limit: '50000', at: '2026-11-23T10:00:00+01:00' },
  Audits: [
    { RuleName: 'Size', description: 'S' },
    { RuleName: 'Credit Limit', description: 12_500.5 },
  ],
  nothing: null,
}

/** What an error says in English, with its values. */
function failure(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof RelanceError) return `${sayError(error, 'en').message}\n${error.message}`
    throw error
  }
  throw new Error('it did not fail')
}

describe('paths', () => {
  test.each([
    ['statusCode', 1],
    ['result.status', 'ok'],
    ['Audits[0].RuleName', 'Size'],
    ['Audits[RuleName=Credit Limit].description', 12_500.5],
    ['Audits[RuleName=Other].description', undefined],
    ['Audits[9].RuleName', undefined],
    ['nothing', undefined],
    ['nothing.more', undefined],
    ['statusCode.more', undefined],
    ['constructor', undefined],
    ['result[0]', undefined],
  ])('%s', (path, value) => {
    expect(valueAt(ANSWER, path)).toEqual(value)
  })

  test.each(['', '.a', 'a..b', 'a[', 'a[b]', 'a.', '[x=]'])('%j is none', (path) => {
    expect(parsePath(path)).toBeUndefined()
  })
})

const MAPPING: Mapping = {
  decision: { path: 'result.status', values: { approved: ['ok', 'true'], refused: ['no'], pending: ['2'] } },
  limit: 'result.limit',
}

describe('a decision', () => {
  test('with its limit, its rating as a code, and its date', () => {
    expect(
      readDecision(
        { result: { status: 'ok', limit: 5000, grade: ' Very low risk!', id: 77, at: '2026-11-23' } },
        { ...MAPPING, rating: 'result.grade', ref: 'result.id', date: 'result.at' },
      ),
    ).toEqual({
      ...{ decision: 'approved', limit: 5000, rating: 'Very-low-risk-', ref: '77' },
      date: { at: Date.UTC(2026, 10, 23), whole: true },
    })
  })

  test('numbers and truth values are compared as they are written', () => {
    expect(readDecision({ result: { status: 2 } }, MAPPING)).toEqual({ decision: 'pending' })
    expect(readDecision({ result: { status: true, limit: 1 } }, MAPPING).decision).toBe('approved')
  })

  test.each([
    [{}, 'result.status is not there'],
    [[], 'result.status is not there'],
    ['text', 'result.status is not there'],
    [{ result: { status: 'Hugo Morel' } }, 'result.status is none of ok, true, no, 2'],
    [{ result: { status: 'ok' } }, 'result.limit is not there'],
    [{ result: { status: 'ok', limit: '50,000' } }, 'result.limit is not a number'],
    [{ result: { status: 'ok', limit: -1 } }, 'result.limit is not a number'],
    [{ result: { status: 'ok', limit: { value: 1 } } }, 'result.limit is not there'],
    [{ result: { status: 'ok', limit: 1, at: 'Monday' } }, 'result.at is not a date'],
    [{ result: { status: 'ok', limit: 1, at: '2026-13-45' } }, 'result.at is a date that does not exist'],
  ])('%j is refused, naming the path and no value', (json, message) => {
    const read = () => readDecision(json, { ...MAPPING, date: 'result.at' })
    const said = failure(read)
    expect(said).toContain(message)
    expect(said).not.toContain('Hugo')
  })

  test('an approval may lack its limit only where its path says so; a refusal may', () => {
    const optional = { ...MAPPING, limit: 'result.limit?' }
    expect(readDecision({ result: { status: 'ok' } }, optional)).toEqual({ decision: 'approved' })
    expect(readDecision({ result: { status: 'no' } }, MAPPING)).toEqual({ decision: 'refused' })
  })
})

describe('when it counts from', () => {
  const asked = Date.UTC(2026, 10, 23, 9)
  const now = asked + 3 * DAY
  const said = (at: number, whole = false) => ({ at, whole })
  test.each([
    ['nothing said: now', undefined, now],
    ['as said', said(asked + DAY), asked + DAY],
    ['not before it was asked', said(asked - 60 * DAY), asked],
    ['not after now', said(now + DAY), now],
    ['a day is its end', said(Date.UTC(2026, 10, 24), true), Date.UTC(2026, 10, 25) - 1],
    ['today is now', said(Date.UTC(2026, 10, 26), true), now],
  ])('%s', (_, date, at) => {
    expect(countsFrom(date, asked, now)).toBe(at)
  })
  test('a clock that is behind doesn’t make it older than the asking', () => {
    expect(countsFrom(said(now), asked, asked - 5)).toBe(asked)
  })
})

describe('monitoring', () => {
  const monitoring = {
    company: 'companyId',
    limit: { path: 'newValue', when: { globalEventCode: ['CL'] } },
    rating: { path: 'newValue', when: { globalEventCode: ['R1', 'R2'] } },
    date: 'eventDate',
  }
  test('one value, by what the event is about', () => {
    expect(readChange({ globalEventCode: 'CL', newValue: '5000' }, monitoring)).toEqual({ limit: 5000 })
    expect(readChange({ globalEventCode: 'R2', newValue: 'D' }, monitoring)).toEqual({ rating: 'D' })
    expect(readChange({ globalEventCode: 'AD', newValue: 'Paris' }, monitoring)).toBeUndefined()
    expect(() => readChange({ globalEventCode: 'CL', newValue: 'x' }, monitoring)).toThrow('newValue')
    expect(() => readChange({ globalEventCode: 'CL' }, monitoring)).toThrow('newValue')
  })
  test('two values in one event', () => {
    const both = { company: 'id', limit: { path: 'limit' }, rating: { path: 'rating' } }
    expect(readChange({ limit: 0, rating: 'D' }, both)).toEqual({ limit: 0, rating: 'D' })
    expect(readChange({}, both)).toBeUndefined()
  })
  test('a company by a number or a text', () => {
    expect(companyAt({ id: 77 }, 'id')).toBe('77')
    expect(companyAt({}, 'id')).toBeUndefined()
  })
})
