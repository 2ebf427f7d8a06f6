/** The numbers of a list are those that were written, and the same in both parts of a letter. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { render } from '../../test/support/templates.ts'

/** The numbers that a program shows for the HTML of one list. */
function shown(html: string): number[] {
  let next = Number(/<ol start="(\d+)">/.exec(html)?.[1] ?? 1)
  return [...html.matchAll(/<li(?: value="(\d+)")?>/g)].map(([, value]) => {
    const n = value === undefined ? next : Number(value)
    next = n + 1
    return n
  })
}

test('as they were written, in both parts; counted where all are the same', () => {
  const numbers = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(numbers, fc.boolean(), (some, alike) => {
      const written = alike ? some.map(() => some[0] as number) : some
      const isCounted = written.every((n) => n === written[0])
      const wanted = isCounted ? written.map((n, i) => n + i) : written
      const { text, html } = render(written.map((n) => `${n}. word`).join('\n'))
      expect(shown(html)).toEqual(wanted)
      expect(text).toBe(wanted.map((n) => `${n}. word\n`).join(''))
    }),
  )
})

test('a list in a list has its own', () => {
  const { text, html } = render('2. a\n   1. b\n   1. c\n4. d\n')
  expect(text).toBe('2. a\n   1. b\n   2. c\n4. d\n')
  expect(html).toContain('<li value="4">d</li>')
})
