import { describe, expect, test } from '@jest/globals'
import { isError, RelanceError } from './errors.ts'
import { sayCode, sayFault } from './reasons/error-words.ts'
import { sayError } from './reasons/errors.ts'

const unknown = new RelanceError('lead_unknown', { lead: 'k3v9x2' })

describe('an error', () => {
  test('is a code with values; without words its message is both, for logs', () => {
    expect(unknown).toMatchObject({ name: 'RelanceError', code: 'lead_unknown', values: { lead: 'k3v9x2' } })
    expect(unknown.message).toBe('lead_unknown {"lead":"k3v9x2"}')
    expect(new RelanceError('not_ended', {}).message).toBe('not_ended')
    expect(unknown.remedy).toBeUndefined()
  })

  test('is told from others by its code', () => {
    expect(isError(unknown, 'lead_unknown') && unknown.values).toEqual({ lead: 'k3v9x2' })
    expect(isError(unknown, 'not_ended')).toBe(false)
    expect(isError(new Error('lead_unknown'), 'lead_unknown')).toBe(false)
  })

  test('keeps its cause', () => {
    const cause = new Error('ECONNREFUSED')
    expect(new RelanceError('temporal_away', {}, { cause }).cause).toBe(cause)
  })
})

describe('in words', () => {
  test('a language each', () => {
    expect(sayError(unknown, 'en')).toEqual({
      message: 'no lead has the id k3v9x2',
      remedy: '`relance leads` lists them.',
    })
    expect(sayError(unknown, 'fr').message).toBe('aucune piste n’a l’identifiant k3v9x2')
  })

  test('that came with it are kept', () => {
    const words = { message: 'aucune piste', remedy: 'Cherchez.' }
    expect(sayError(new RelanceError('lead_unknown', { lead: 'x' }, { words }), 'en')).toEqual(words)
  })

  test('what was found beside it is told in one go, a remedy once', () => {
    const [zone, other] = ['A', 'B'].map((name) => ({
      code: 'unknown_zone' as const,
      values: { zone: name },
    }))
    const error = RelanceError.of(zone as NonNullable<typeof zone>, {
      also: [other as NonNullable<typeof other>],
    })
    expect(sayError(error, 'en')).toEqual({
      message: '"A" is not a time zone; "B" is not a time zone',
      remedy: 'An IANA name is asked for, such as Europe/Paris.',
    })
  })

  test('a phrase becomes a sentence, but what is to be typed keeps its letters', () => {
    const remedy = (code: 'csv_empty' | 'hook_refused'): string | undefined =>
      sayError(RelanceError.of({ code, values: { provider: 'x' } }), 'en').remedy
    expect(remedy('csv_empty')).toBe('Export the leads again, as CSV with a header row.')
    expect(remedy('hook_refused')).toMatch(/^relance\.yaml says/)
    expect(sayFault({ code: 'csv_empty', values: {} }, 'en').remedy).toMatch(/^export .*row$/)
  })

  test('a code of another version speaks for itself', () => {
    const later = RelanceError.of({ code: 'of_tomorrow', values: { a: 1 } })
    expect(sayError(later, 'fr')).toEqual({ message: 'of_tomorrow {"a":1}' })
    // Values of another version lack what the words need.
    expect(sayCode('credit_unmappable', {}, 'fr')).toBe('credit_unmappable')
  })
})
