import { beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { FullStretches } from './full-stretches.ts'

describe('full stretches', () => {
  let real = 0
  let full = new FullStretches(() => real)
  beforeEach(() => {
    real = 0
    full = new FullStretches(() => real)
  })

  test('are skipped, whoever found them, and forgotten after a minute', () => {
    full.add('a', 10, 20)
    full.add('a', 30, 40)
    full.add('a', 20, 30)
    expect([5, 10, 25, 39, 40].map((t) => full.skip('a', t))).toEqual([5, 40, 40, 40, 40])
    expect(full.skip('b', 10)).toBe(10)
    real = 60_001
    expect(full.skip('a', 10)).toBe(10)
  })

  test('are looked at again where something became free', () => {
    full.add('a', 10, 20)
    full.open('a', 15)
    expect(full.skip('a', 10)).toBe(10)
    full.open('b', 15)
  })

  test('are those that were added, in any order', () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 20 }), (stretches) => {
        const some = new FullStretches(() => 0)
        const taken = new Set<number>()
        for (const [from, length] of stretches) {
          some.add('m', from, from + length)
          for (let t = from; t < from + length; t++) taken.add(t)
        }
        for (let t = 0; t < 80; t++) {
          let free = t
          while (taken.has(free)) free += 1
          expect(some.skip('m', t)).toBe(free)
        }
      }),
    )
  })
})
