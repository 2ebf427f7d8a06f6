/**
 * The twin is one: random stories of a few leads and mailboxes, told to a database and to the memory, get the same
 * answers and leave the same ledger.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { KINDS } from '../test/support/database.ts'
import { databaseWorld, memoryWorld, type World } from '../test/support/ports.ts'
import { play, stories } from '../test/support/stories.ts'

describe.each(KINDS)('the twin of %s', (kind) => {
  let database: World
  beforeAll(async () => {
    database = await databaseWorld(kind)
  }, 120_000)
  afterAll(() => database.close())

  test('answers like it, and leaves the same ledger', async () => {
    const seen = new Map<string, number>()
    const saw = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1)
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const leads = [await database.lead(), await database.lead(), await database.lead()]
        const real = await play(database, leads, story)
        expect(await play(memoryWorld(), leads, story)).toEqual(real)
        for (const { status, deferrals, deferredAt, settledAt } of real.left) {
          saw(status)
          if (deferrals > 1 && deferredAt !== settledAt) saw('deferred twice')
        }
        for (const answer of real.answers.flatMap((all) => all as unknown[]))
          if (typeof answer === 'string') saw(answer)
      }),
      { numRuns: 300 },
    )
    // The stories were worth telling.
    const wanted = [
      'claimed',
      'handed_over',
      'accepted',
      'unconfirmed',
      'refused',
      'failed',
      'deferred',
      'closed',
    ]
    for (const what of [...wanted, 'deferred twice', 'lost', 'unreserved', 'paused', 'ended'])
      expect([what, (seen.get(what) ?? 0) > 5]).toEqual([what, true])
  }, 240_000)
})
