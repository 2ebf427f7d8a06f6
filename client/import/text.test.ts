import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { clean, foldText, isFormula, isPlaceholder, remembered, shown, slug, unwrapLiteral } from './text.ts'

describe('clean', () => {
  test.each([
    [' Jean \t Paul ', 'Jean Paul'],
    ['Sy\r\nX-Injected: yes', 'Sy X-Injected: yes'],
    ['Jea\0n\u202e\u200b', 'Jean'],
    ['e\u0301te\u0301', 'été'],
    ['a\u00a0\u2028b\u0085c', 'a b c'],
    ['a \0 b', 'a b'],
  ])('%j is %j', (dirty, tidy) => expect(clean(dirty)).toBe(tidy))

  test('any text becomes one line without control characters, and stays so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const tidy = clean(text)
        expect(tidy).not.toMatch(/\p{Cc}|\u2028|\u2029|^\s|\s$|\s\s/u)
        expect(clean(tidy)).toBe(tidy)
      }),
    )
  })
})

test.each([
  ['Prénom', 'prenom'],
  ['HasOptedOutOfEmail', 'has opted out of email'],
  ['Company / Account', 'company account'],
  ['Cœur', 'coeur'],
  ['e-mail', 'e mail'],
])('foldText: %j is %j', (text, folded) => expect(foldText(text)).toBe(folded))

test.each([
  ["Chiffre d'affaires (k€)", 'chiffre_d_affaires_k'],
  ['Annual Revenue', 'annual_revenue'],
  ['2026 budget', 'n_2026_budget'],
  ['__proto__', 'proto'],
  ['会社', ''],
])('slug: %j is %j', (text, name) => expect(slug(text)).toBe(name))

test.each(['=1+1', '=HYPERLINK("http://x.example","x")', '@SUM(1)', "+cmd|' /C calc'!A0", '-A1'])(
  '%j is a formula',
  (text) => expect(isFormula(text)).toBe(true),
)
test.each(['+33 (0)6 12 34 56 78', '-12.5', '- rappeler', '@handle', '+Simple', 'a=b', '{{ x }}'])(
  '%j is text',
  (text) => expect(isFormula(text)).toBe(false),
)

test('dashes and the errors of spreadsheets stand for nothing; names do not', () => {
  expect(['-', '—', 'n/a', '#N/A', '#REF!', '####'].every(isPlaceholder)).toBe(true)
  expect(['Null', 'None', 'Na', 'No'].some(isPlaceholder)).toBe(false)
})

test('="00123" is text', () => {
  expect(unwrapLiteral('="00123"')).toBe('00123')
  expect(unwrapLiteral('="a"&"b"')).toBe('="a"&"b"')
})

test('a quotation is short, and safe for a terminal', () => {
  expect(shown('\u001b[31mred')).toBe('[31mred')
  expect(shown('x'.repeat(100))).toHaveLength(60)
})

test('an answer is remembered, also when it is undefined', () => {
  let asked = 0
  const answer = remembered((text) => {
    asked++
    return text === 'a' ? 1 : undefined
  })
  expect([answer('a'), answer('b'), answer('a'), answer('b')]).toEqual([1, undefined, 1, undefined])
  expect(asked).toBe(2)
})
