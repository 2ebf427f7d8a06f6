/** Whatever text comes in can be stored, and what is fine stays what it is. */
import { describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { openDatabases } from '../test/support/database.ts'
import { records, rows } from './db.ts'
import { storable } from './storable.ts'

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(fc.constantFrom('\0', '\ud800', '\udc00', '\\', 'u0000', '\\u0000', '😀', 'a', '"'), {
      maxLength: 8,
    })
    .map((l) => l.join('')),
)

test('what is fine stays the same, as text and in JSON', () => {
  fc.assert(
    fc.property(anything, (text) => {
      fc.pre(!text.includes('\0') && !/\p{Cs}/u.test(text))
      expect(JSON.parse(storable(JSON.stringify({ text })) as string)).toEqual({ text })
      fc.pre(!/^[[{"]/.test(text))
      expect(storable(text)).toBe(text)
    }),
  )
})

describe.each(await openDatabases())('on %s', (_, { db }) => {
  test('any text is stored, in a column and in JSON', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const clean = text.replaceAll('\0', '').replace(/\p{Cs}/gu, '\ufffd')
        const [found] = await rows<{ text: string; json: string }>(
          db,
          sql`select ${`a${text}`}::text as text, r.json from ${records([{ json: text }])} as r(json text)`,
        )
        expect(found).toEqual({ text: `a${clean}`, json: clean })
      }),
      { numRuns: 1000 },
    )
  })
})
