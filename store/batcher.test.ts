import { expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { batcher } from './batcher.ts'

test('everybody gets their own results, whatever comes at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer(), { maxLength: 5 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 8 }),
      async (calls, most) => {
        const sizes: number[] = []
        const double = batcher(async (items: number[]) => {
          sizes.push(items.length)
          await new Promise(setImmediate)
          return items.map((item) => item * 2)
        }, most)
        const results = await Promise.all(calls.map((items) => double(items)))
        expect(results).toEqual(calls.map((items) => items.map((item) => item * 2)))
        const largest = Math.max(most, ...calls.map((items) => items.length))
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(largest)
      },
    ),
  )
})

test('what comes at the same time, or while work is under way, is done in one go', async () => {
  const batches: string[][] = []
  const later: Promise<string[]>[] = []
  const work: (items: string[]) => Promise<string[]> = batcher(async (items: string[]) => {
    batches.push(items)
    if (items.includes('a')) later.push(work(['c']), work(['d']))
    return items
  }, 10)
  await Promise.all(['a', 'b'].map((item) => work([item])))
  await Promise.all(later)
  expect(batches).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test("nobody suffers from another's failure", async () => {
  const work = batcher(async (items: string[]) => {
    await new Promise(setImmediate)
    if (items.includes('bad')) throw new Error('bad')
    return items
  }, 10)
  const results = await Promise.allSettled(['first', 'bad', 'good'].map((item) => work([item])))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('there is a wait for company while there is some, and none for what comes alone', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] })
  try {
    const batches: string[][] = []
    const GATHER = 50
    const work = batcher(
      async (items: string[]) => {
        batches.push(items)
        return items
      },
      10,
      GATHER,
    )
    // Alone: at once.
    void work(['a'])
    await jest.advanceTimersByTimeAsync(1)
    expect(batches.splice(0)).toEqual([['a']])
    // In company: the next ones wait, and those that come meanwhile go with them.
    void work(['b'])
    void work(['c'])
    await jest.advanceTimersByTimeAsync(1)
    expect(batches.splice(0)).toEqual([['b', 'c']])
    void work(['d'])
    await jest.advanceTimersByTimeAsync(GATHER - 1)
    expect(batches).toEqual([])
    void work(['e'])
    await jest.advanceTimersByTimeAsync(1)
    expect(batches.splice(0)).toEqual([['d', 'e']])
    // Waited, and nobody came: no more of that.
    void work(['f'])
    await jest.advanceTimersByTimeAsync(GATHER)
    expect(batches.splice(0)).toEqual([['f']])
    void work(['g'])
    await jest.advanceTimersByTimeAsync(1)
    expect(batches).toEqual([['g']])
  } finally {
    jest.useRealTimers()
  }
})
