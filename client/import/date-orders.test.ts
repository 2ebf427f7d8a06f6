import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { inIso } from './date-orders.ts'
import { type ReadOptions, readLeads } from './read.ts'

/** What becomes of a column of dates. */
function read(dates: string[], options?: ReadOptions) {
  const csv = `email;Échéance\n${dates.map((date, i) => `p${i}@x.example;${date}`).join('\n')}\n`
  const { leads, warnings } = readLeads(Buffer.from(csv), options)
  return { dates: leads.map(({ custom }) => custom.echeance), warnings: warnings.map(({ code }) => code) }
}

describe('dates of a column', () => {
  test.each([
    [
      ['01/03/2026', '31/03/2026'],
      ['2026-03-01', '2026-03-31'],
    ],
    [
      ['1/3/2026', '3/31/2026'],
      ['2026-01-03', '2026-03-31'],
    ],
    [
      ['01.03.2026', '02.03.2026'],
      ['2026-03-01', '2026-03-02'],
    ],
    [
      ['01-03-2026 9:05', '15-03-2026'],
      ['2026-03-01 09:05', '2026-03-15'],
    ],
    [
      ['2026-03-01', '05/05/2026'],
      ['2026-03-01', '05/05/2026'],
    ],
    [
      ['31/03/2026', 'à voir', '31/02/2026'],
      ['2026-03-31', 'à voir', '31/02/2026'],
    ],
  ])('%j are read by their own order', (written, iso) => {
    expect(read(written)).toEqual({ dates: iso, warnings: [] })
  })

  test('are left as they are, and asked about, where none says the order or they contradict each other', () => {
    const open = ['01/03/2026', '02/04/2026']
    expect(read(open)).toEqual({ dates: open, warnings: ['dates_unclear'] })
    const mixed = ['01/03/2026', '31/03/2026', '03/31/2026']
    expect(read(mixed)).toEqual({ dates: mixed, warnings: ['dates_unclear'] })
    expect(read(mixed, { dates: 'dmy' }).warnings).toEqual(['dates_unclear'])
  })

  test('are read as the caller says where none says the order', () => {
    expect(read(['01/03/2026'], { dates: 'dmy' })).toEqual({ dates: ['2026-03-01'], warnings: [] })
    expect(read(['01/03/2026'], { dates: 'mdy' })).toEqual({ dates: ['2026-01-03'], warnings: [] })
    expect(read(['01/03/2026', '31/03/2026'], { dates: 'mdy' }).dates[0]).toBe('2026-03-01')
  })

  test('any date in either order is the day that it was', () => {
    const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(day, fc.constantFrom('/', '.', '-'), (date, mark) => {
        const [year = '', month = '', of = ''] = date.toISOString().slice(0, 10).split('-')
        expect(inIso([of, month, year].join(mark), 'dmy')).toBe(`${year}-${month}-${of}`)
        expect(inIso([month, of, year].join(mark), 'mdy')).toBe(`${year}-${month}-${of}`)
      }),
    )
  })
})
