import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { SIGNAL_TYPES, specOf } from '../../cadence/signals.ts'
import { OUTCOMES } from '../../cadence/words.ts'
import { parseSignalFields } from './fields.ts'
import { exampleOf, signalReference } from './signals-page.ts'

const others = SIGNAL_TYPES.filter((type) => !specOf(type).own)

test('the page is current (npm run build && npm run reference)', () => {
  expect(readFileSync(new URL('../../docs/signals.md', import.meta.url), 'utf8')).toBe(signalReference())
})

test('examples are command lines', () => {
  for (const type of others) {
    expect(exampleOf(type)).toMatch(/^relance signal \S+@\S+\.example [a-z.]+( [a-z_]+=('[^']*'|\S+))*$/)
  }
})

test.each(SIGNAL_TYPES)(
  '%s: what it changes and how it can end a lead is said in words there are',
  (type) => {
    const { about, changes, ends = [] } = specOf(type)
    expect(about).toMatch(/\.$/)
    expect(changes).not.toBe('')
    for (const end of ends) expect(OUTCOMES).toContain(end)
  },
)

test('what Relance says itself nobody else may', () => {
  const own = SIGNAL_TYPES.filter((type) => specOf(type).own)
  expect(own.length).toBeGreaterThan(0)
  for (const type of own) {
    expect(() => parseSignalFields(type, specOf(type).example)).toThrow(
      expect.objectContaining({ code: 'own_signal' }),
    )
  }
})
