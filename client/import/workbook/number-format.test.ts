/** Numbers as a workbook shows them: dates in no zone, no noise, zeros that the format owes. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { numberFormat, plain } from './number-format.ts'

test.each([
  // Built-in formats.
  [0, undefined, '33199001110', '33199001110'],
  [0, undefined, '3.3199001110000002E10', '33199001110'],
  [0, undefined, '0.30000000000000004', '0.3'],
  [0, undefined, '1E+21', '1000000000000000000000'],
  [0, undefined, '1E-7', '0.0000001'],
  [0, undefined, '12345678901234567890', '12345678901234567890'],
  [1, undefined, '7', '7'],
  [2, undefined, '7.5', '7.5'],
  [9, undefined, '0.15', '15%'],
  [11, undefined, '123456', '123456'],
  [14, undefined, '46082', '2026-03-01'],
  [14, undefined, '46082.999', '2026-03-01'],
  [20, undefined, '0.5', '12:00'],
  [22, undefined, '46083.604166666664', '2026-03-02 14:30'],
  [45, undefined, '0.00086805555', '00:01:15'],
  [46, undefined, '1.1458333333', '27:30:00'],
  [49, undefined, '123', '123'],
  // The day that never was, and those before it.
  [14, undefined, '1', '1900-01-01'],
  [14, undefined, '59', '1900-02-28'],
  [14, undefined, '61', '1900-03-01'],
  // Codes.
  [164, 'dd/mm/yyyy', '46082', '2026-03-01'],
  [164, '[$-40C]d mmmm yyyy;@', '46082', '2026-03-01'],
  [164, 'yyyy"年"m"月"d"日"', '46082', '2026-03-01'],
  [164, 'mmm\\-yy', '46082', '2026-03-01'],
  [164, 'dd/mm/yyyy\\ hh:mm:ss.000', '46082.5', '2026-03-01 12:00'],
  [164, 'h:mm AM/PM', '0.75', '18:00'],
  [164, '[hh]:mm', '1.5', '36:00'],
  [164, 'General', '46082', '46082'],
  [164, 'Standard', '46082', '46082'],
  [164, '#,##0.00 "days"', '46082.5', '46082.5'],
  [164, '#,##0.00\\ [$€-40C]', '1234.5', '1234.5'],
  [164, '0.00E+00', '1234', '1234'],
  [164, '00000', '1000', '01000'],
  [164, '0#" "##" "##" "##" "##', '199001110', '0199001110'],
  [164, '000\\-00\\-0000', '12345678', '012345678'],
  [164, '0.0%', '0.155', '15.5%'],
  [164, '"dd"0', '5', '5'],
  // No date at all.
  [14, undefined, '-1', '-1'],
  [14, undefined, '99999999', '99999999'],
  [14, undefined, 'abc', 'abc'],
])('%s %s: %s is %s', (id, code, value, shown) => {
  expect(numberFormat(id, code, false)(value)).toBe(shown)
})

test('a workbook may count from 1904', () => {
  expect(numberFormat(14, undefined, true)('44620')).toBe('2026-03-01')
})

test('any moment of any day comes back as it was, whatever the machine’s zone', () => {
  const day = fc.integer({ min: 61, max: 2_900_000 })
  const second = fc.integer({ min: 0, max: 86_399 })
  fc.assert(
    fc.property(day, second, (days, seconds) => {
      const shown = numberFormat(22, undefined, false)(String(days + seconds / 86_400))
      const iso = `${shown.replace(' ', 'T')}${shown.length === 16 ? ':00' : ''}Z`
      expect(Date.parse(iso)).toBe(Date.UTC(1899, 11, 30) + (days * 86_400 + seconds) * 1000)
    }),
  )
})

test('a plain number is a decimal number that is as good as the same', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e18, max: 1e18 }), (number) => {
      const shown = plain(String(number))
      expect(shown).toMatch(/^-?\d+(?:\.\d+)?$/)
      expect(Math.abs(Number(shown) - number)).toBeLessThanOrEqual(Math.abs(number) * 1e-14 + 1e-20)
    }),
  )
})
