import { describe, expect, test } from '@jest/globals'
import { DAY } from '../time.ts'
import { holidayOn, region } from './holidays.ts'

const on = (code: string, date: string): string | undefined => holidayOn(code, Date.parse(date) / DAY)

describe('holidayOn', () => {
  test.each([
    ['FR', '2026-01-01', 'Nouvel An'],
    ['FR', '2026-04-06', 'Lundi de Pâques'],
    ['FR', '2027-03-29', 'Lundi de Pâques'],
    ['FR', '2026-05-14', 'Ascension'],
    ['FR', '2027-05-06', 'Ascension'],
    ['FR', '2026-05-25', 'Lundi de Pentecôte'],
    ['FR', '2026-12-25', 'Noël'],
    ['DE-BY', '2026-01-06', 'Heilige Drei Könige'],
    ['DE-BY', '2026-06-04', 'Fronleichnam'],
    ['DE-BY-A', '2026-08-08', 'Friedensfest'],
    ['DE', '2026-10-03', 'Tag der Deutschen Einheit'],
    // Taken on the day before, when the first of January is a Saturday.
    ['US', '2021-12-31', "New Year's Day (substitute day)"],
  ])('%s %s is %s', (code, date, name) => {
    expect(on(code, date)).toContain(name)
  })

  test.each([
    ['no holiday', 'FR', '2026-04-07'],
    ['an observance', 'FR', '2026-05-31'],
    ["another region's", 'DE', '2026-01-06'],
    ["another region's", 'DE-BE', '2026-06-04'],
    ['an unknown country', 'ZZ', '2026-12-25'],
  ])('%s: %s %s is a day like any other', (_, code, date) => {
    expect(on(code, date)).toBeUndefined()
  })

  test('one of several days holds them all, into the next year too', () => {
    const days = ['2026-12-27', '2026-12-28', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03']
    expect(days.map((day) => on('SZ', day) !== undefined)).toEqual([false, true, true, true, true, false])
  })

  test('one that begins at sunset is the day after', () => {
    expect([on('AE', '2024-04-09'), on('AE', '2024-04-10'), on('AE', '2024-04-12')]).toEqual([
      undefined,
      'عيد الفطر',
      'عيد الفطر',
    ])
    expect(on('AE', '2024-04-13')).toBeUndefined()
  })

  test('a part of a day is a day', () => {
    expect(on('IS', '2026-12-24')).toBe('Aðfangadagur')
  })

  test('more region-years than are kept are still answered', () => {
    const years = Array.from({ length: 500 }, (_, i) => 1970 + (i % 100))
    expect(years.map((year) => on('AD', `${year}-12-25`))).toEqual(years.map(() => 'Nadal'))
  })
})

describe('corrections of date-holidays', () => {
  test.each([
    ['US', '2028-11-10', 'Veterans Day (substitute day)'],
    ['US', '2029-11-12', 'Veterans Day (substitute day)'],
    ['US-CA', '2029-11-12', 'Veterans Day (substitute day)'],
    ['CA', '2027-12-27', 'Christmas Day (substitute day)'],
    ['CA', '2028-01-03', "New Year's Day (substitute day)"],
    ['FI', '2026-06-19', 'juhannusaatto'],
    ['FI', '2027-06-25', 'juhannusaatto'],
    ['FI', '2028-06-23', 'juhannusaatto'],
    ['FI', '2026-12-24', 'jouluaatto'],
    ['HU', '2026-12-24', 'Szenteste'],
    ['AE', '2026-12-02', 'اليوم الوطني'],
    ['AE', '2026-12-03', 'اليوم الوطني'],
    ['AE', '2026-05-26', 'يوم عرفة'],
    ['MA', '2027-01-14', 'رأس السنة الأمازيغية'],
    ['MA', '2026-10-31', 'عيد الوحدة'],
    ['MA', '2026-05-28', 'عيد الأضحى'],
  ])('%s %s is %s', (code, date, name) => {
    expect(on(code, date)).toBe(name)
  })

  test.each([
    ['the first of Ramadan', 'AE', '2026-02-18'],
    ['the night journey', 'AE', '2026-01-16'],
    ['the day before a Christmas on Sunday', 'CA', '2022-12-24'],
    ['a Veterans Day on Wednesday has no other', 'US', '2026-11-12'],
    ['Morocco before its decisions', 'MA', '2023-01-14'],
    ['Morocco before its decisions', 'MA', '2025-10-31'],
    ['Hungary before its amendment', 'HU', '2023-12-24'],
    ['the Friday before Midsummer Eve', 'FI', '2026-06-12'],
  ])('%s: %s %s is a day like any other', (_, code, date) => {
    expect(on(code, date)).toBeUndefined()
  })
})

describe('regions', () => {
  test.each([
    ['FR', undefined, 'FR'],
    ['fr', undefined, 'FR'],
    ['DE', 'BY', 'DE-BY'],
    ['de', 'by', 'DE-BY'],
    ['DE', 'BY-A', 'DE-BY-A'],
    ['NZ', 'CAN-timaru', 'NZ-CAN-Timaru'],
    ['DE', 'Nowhere', 'DE'],
    ['DE', 'BY-A-B', 'DE'],
    ['US', 'LA-NO', 'US-LA-NO'],
    ['FR', '', 'FR'],
    ['ZZ', 'BY', undefined],
    ['', undefined, undefined],
    ['constructor', undefined, undefined],
  ])('region(%s, %s) is %s', (country, part, code) => {
    expect(region(country, part)).toBe(code)
  })
})
