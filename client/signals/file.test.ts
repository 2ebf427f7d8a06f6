import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { RelanceError } from '../../cadence/errors.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import { type Field, SIGNAL_TYPES, SIGNALS, specOf } from '../../cadence/signals.ts'
import { parseSignalFields, readSignalFields } from './fields.ts'
import { readSignals } from './file.ts'

const START = Date.parse('2026-11-23T09:00:00Z')
const DAY = 86_400_000

/** An error's code, and what it says in English. */
function refusal(
  type: string,
  raw: Record<string, unknown>,
): { code: string; message: string; remedy?: string } {
  try {
    parseSignalFields(type, raw)
  } catch (error) {
    if (error instanceof RelanceError) return { code: error.code, ...sayError(error, 'en') }
    throw error
  }
  throw new Error('it was not refused')
}

describe("a signal's fields", () => {
  test.each(SIGNAL_TYPES.filter((type) => !specOf(type).own))(
    "the catalogue's example of %s is right",
    (type) => {
      const example: Record<string, unknown> = SIGNALS[type].example
      const { fields } = parseSignalFields(type, example, 'Europe/Paris')
      expect(Object.keys(fields).sort()).toEqual(Object.keys(example).sort())
      const asText = Object.fromEntries(Object.entries(example).map(([name, value]) => [name, String(value)]))
      expect(parseSignalFields(type, asText, 'Europe/Paris').fields).toEqual(fields)
    },
  )

  // biome-ignore format: a table
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['interest.expressed', { level: 'general', theme: null }, { level: 'general' }],
    ['credit.approved', { limit: '50000', rating: 'B+', ref: 8841 }, { limit: 50000, rating: 'B+', ref: '8841' }],
    ['email.bounced', { hard: 'false' }, { hard: false }],
    ['callback.requested', { until: '2027-03-01' }, { until: Date.parse('2027-03-01T00:00+01:00') }],
    ['callback.requested', { until: '2027-07-01T10:30' }, { until: Date.parse('2027-07-01T10:30+02:00') }],
    ['callback.requested', { until: '2027-07-01T10:30:00Z' }, { until: Date.parse('2027-07-01T10:30Z') }],
    ['callback.requested', { until: '2026-10-25T02:30' }, { until: Date.parse('2026-10-25T02:30+02:00') }],
    ['callback.requested', { until: '2026-03-29T02:30' }, { until: Date.parse('2026-03-29T03:30+02:00') }],
    ['callback.requested', { until: '2026-10-25T02:30+01:00' }, { until: Date.parse('2026-10-25T02:30+01:00') }],
    ['offer.extended', { offer: 'o', until: '2027-01-31', reason: 'r' }, { offer: 'o', until: Date.parse('2027-01-31T23:59:59.999+01:00'), reason: 'r' }],
    ['offer.extended', { offer: 'o', until: '2026-10-25', reason: 'r' }, { offer: 'o', until: Date.parse('2026-10-25T23:59:59.999+01:00'), reason: 'r' }],
    ['offer.extended', { offer: 'o', until: '2027-01-31T12:00', reason: 'r' }, { offer: 'o', until: Date.parse('2027-01-31T12:00+01:00'), reason: 'r' }],
    ['fact.recorded', { name: 'employees', value: '120' }, { name: 'employees', value: 120 }],
    ['fact.recorded', { name: 'vip', value: 'true' }, { name: 'vip', value: true }],
    ['fact.recorded', { name: 'code', value: '007' }, { name: 'code', value: '007' }],
    ['objection.raised', { topic: ' data migration ' }, { topic: 'data migration' }],
  ])('%s %j', (type, raw, fields) => {
    expect(parseSignalFields(type, raw, 'Europe/Paris')).toEqual({ type, fields })
  })

  // biome-ignore format: a table
  test.each<[string, Record<string, unknown>, string, string]>([
    ['interest.expresed', {}, 'unknown_signal', 'Did you mean interest.expressed? The types are interest.expressed, need.verified,'],
    ['interest.expressed', {}, 'missing_field', 'Add level: the grade of interest (none, general, comparing, convinced).'],
    ['interest.expressed', { level: 'generl' }, 'invalid_field', 'Write general; it is one of none, general, comparing, convinced.'],
    ['interest.expressed', { level: 'general', them: 'ease' }, 'unknown_field', 'Did you mean theme?'],
    ['demo.held', { on: 'monday' }, 'unknown_field', 'It has none.'],
    ['proposal.sent', { amount: -1 }, 'invalid_field', 'Write a number, 0 or more.'],
    ['proposal.sent', { amount: 'a lot' }, 'invalid_field', ''],
    ['proposal.sent', { amount: Number.NaN }, 'invalid_field', ''],
    ['email.bounced', { hard: 'yes' }, 'invalid_field', 'Write true or false.'],
    ['callback.requested', { until: '2027-02-30' }, 'invalid_field', ''],
    ['callback.requested', { until: 'March' }, 'invalid_field', 'Write a date as 2026-12-03, or a time as 2026-12-03T14:00.'],
    ['callback.requested', { until: 1_800_000_000_000 }, 'invalid_field', ''],
    ['fact.recorded', { name: 'employees', value: 'hugo@atelier.example' }, 'invalid_field', ''],
    ['fact.recorded', { name: '__proto__', value: 1 }, 'invalid_field', ''],
    ['fact.recorded', { name: 'constructor', value: 1 }, 'invalid_field', ''],
    ['need.verified', { note: 'x'.repeat(20_001) }, 'invalid_field', ''],
    ['need.verified', { note: 'a\0b' }, 'invalid_field', ''],
    ['need.verified', { note: { a: 1 } }, 'invalid_field', ''],
    ['objection.raised', { topic: '  ' }, 'invalid_field', ''],
    ['demo.held', { __proto__x: 1, constructor: 2 }, 'unknown_field', ''],
  ])('%s %j is refused: %s', (type, raw, code, remedy) => {
    const error = refusal(type, raw)
    expect(error.code).toBe(code)
    expect(error.remedy).toContain(remedy)
  })

  test('all that is wrong is said at once', () => {
    const { message } = refusal('credit.approved', {
      limit: 'big',
      rating: 'very good indeed',
      colour: 'red',
    })
    expect(message).toBe(
      'limit can\'t be "big"; rating can\'t be "very good indeed"; credit.approved has no field "colour"',
    )
  })

  test('whatever comes in, what goes on is data of the kind the catalogue says', () => {
    const kinds: Record<Field['kind']['kind'], (value: unknown, field: Field) => boolean> = {
      one_of: (value, { kind }) => kind.kind === 'one_of' && kind.values.includes(String(value)),
      number: (value) => typeof value === 'number' && Number.isFinite(value),
      boolean: (value) => typeof value === 'boolean',
      instant: (value) => Number.isInteger(value),
      code: (value) => typeof value === 'string' && value.length <= 64 && !value.includes('@'),
      text: (value) => typeof value === 'string',
      topic: (value) => typeof value === 'string' && value !== '',
      value: (value) => ['string', 'number', 'boolean'].includes(typeof value),
    }
    const value = fc.oneof(
      fc.anything(),
      fc.constantFrom('general', 'true', '12', '2026-12-01', 'a@b.example', 'ease', 'decision_maker'),
    )
    const raw = fc.dictionary(
      fc.oneof(
        fc.string(),
        fc.constantFrom('level', 'theme', 'hard', 'until', 'name', 'value', 'topic', 'amount'),
      ),
      value,
    )
    fc.assert(
      fc.property(fc.constantFrom(...SIGNAL_TYPES), raw, (type, given) => {
        const read = readSignalFields(type, given)
        if ('faults' in read) return expect(read.faults).not.toEqual([])
        for (const [name, is] of Object.entries(read.fields)) {
          const field = specOf(type).fields[name] as Field
          expect(kinds[field.kind.kind](is, field)).toBe(true)
        }
      }),
    )
  })
})

describe('a signals file', () => {
  const read = (source: string) => readSignals(source, 's.yaml', { start: START, zone: 'Europe/Paris' })
  const faults = (source: string): string[] =>
    read(source).problems.map(({ line, column, code }) => `${line}:${column} ${code}`)

  test('gives the signals in the order they happen, without what is personal', () => {
    const { signals, problems } = read(`
- { at: +9d, type: interest.expressed, level: general }
- { at: 2026-11-25T10:00, type: demo.booked, fields: { at: 2026-12-03T14:00 } }
- { at: +2d, type: reply.automatic, returns: +10d, id: away }
- { at: +1d, type: contact.identified, role: influencer, email: karim@atelier.example }
- { at: +3d, type: objection.raised, topic: Data  Migration }
- { at: +4d, type: objection.overcome, topic: data migration, contact: karim }
- { at: 2026-11-01, type: demo.held }
`)
    expect(problems).toEqual([])
    expect(signals?.map(({ id, at }) => [id, (at - START) / DAY])).toEqual([
      ['signal-7', -22 - 10 / 24],
      ['signal-4', 1],
      ['signal-2', 2],
      ['away', 2],
      ['signal-5', 3],
      ['signal-6', 4],
      ['signal-1', 9],
    ])
    const [held, karim, booked, away, raised, overcome] = signals ?? []
    expect(held?.seen).toBe(START)
    expect(karim).toMatchObject({ contact: 'contact-4', data: { role: 'influencer' } })
    expect(karim?.personal).toEqual({ email: 'karim@atelier.example' })
    expect(booked?.data).toEqual({ at: Date.parse('2026-12-03T14:00+01:00') })
    expect(away?.data).toEqual({ returns: START + 10 * DAY })
    expect(overcome?.data.topic).toBe(raised?.data.topic)
    expect(String(raised?.data.topic)).toMatch(/^[0-9a-f]{16}$/)
    expect(overcome?.contact).toBe('karim')
  })

  test('an empty file is a rehearsal in which nothing happens', () => {
    expect(read('# nothing\n')).toEqual({ signals: [], problems: [] })
  })

  // biome-ignore format: a table
  test.each([
    ['at: +9d', '1:1 not_a_list'],
    ['- demo.held', '1:3 wrong_type'],
    ['- { type: demo.held }', '1:3 missing_key'],
    ['- { at: +9d }', '1:3 missing_key'],
    ['- { at: soon, type: demo.held }', '1:9 wrong_value'],
    ['- { at: 9, type: demo.held }', '1:9 wrong_value'],
    ['- { at: +9bd, type: demo.held }', '1:9 wrong_value'],
    ['- { at: +9d, type: demo.hold }', '1:20 unknown_signal'],
    ['- { at: +9d, type: interest.expressed }', '1:3 missing_field'],
    ['- { at: +9d, type: interest.expressed, level: hot }', '1:47 invalid_field'],
    ['- { at: +9d, type: interest.expressed, levl: general }', '1:40 unknown_field,1:3 missing_field'],
    ['- { at: +9d, type: demo.booked, fields: { at: monday } }', '1:47 invalid_field'],
    ['- { at: +9d, type: demo.booked, fields: 3 }', '1:41 wrong_type'],
    ['- { at: +9d, type: demo.held, id: "a b" }', '1:35 wrong_value'],
    ['- { at: +9d, type: demo.held, contact: a@b.example }', '1:40 wrong_value'],
    ['- { at: +9d, type: demo.held, id: a }\n- { at: +9d, type: demo.held, id: a }', '2:35 duplicate_id'],
    ['- { at: +9d, type: demo.hold }\n- { at: +9d, type: demo.held, id: a }\n- { at: +9d, type: demo.held, id: a }', '1:20 unknown_signal,3:35 duplicate_id'],
    ['- { at: +9d, type: demo.held', '1:29 yaml_syntax'],
    ['- { at: +9d, type: demo.held, at: +3d }', '1:31 duplicate_key'],
  ])('%j: %s', (source, where) => {
    expect(faults(source).sort()).toEqual(where.split(',').sort())
    expect(read(source).signals).toBeUndefined()
  })

  test('any text at all gives signals or problems, never an exception', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '- ',
            '{',
            '}',
            'at: ',
            '+9d',
            ', ',
            'type: ',
            'demo.booked',
            'fields: ',
            '[',
            ']',
            '\n',
            'null',
          ),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (source) => {
        const { signals, problems } = read(source)
        expect(signals === undefined).toBe(problems.length > 0)
      }),
      { numRuns: 500 },
    )
  })
})
