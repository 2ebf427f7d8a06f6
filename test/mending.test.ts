/**
 * Promise 11, of letters: one that can't be written when it is due ends nobody. The lead waits at it and its owner is
 * asked; live and rehearsed alike.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { readCadence } from '../cadence/language/read.ts'
import type { Flaw } from '../cadence/reason.ts'
import type { Signal } from '../cadence/signals.ts'
import { DAY, type Instant } from '../cadence/time.ts'
import { dice, seedOf } from './support/dice.ts'
import { type Live, openLive, same } from './support/live-and-rehearsed.ts'

const { plan } = readCadence(
  `
cadence: titled
from: claire
locale: fr
stages:
  - stage: sale
    until: { deal: won }
    steps:
      - { id: hello, email: hello }
      - { id: titled, email: titled, wait: 3d }
      - { id: last, email: last, wait: 3d }
    otherwise: { end: unresponsive, after: 10d }
`,
  'titled.yaml',
)
if (!plan) throw new Error('the cadence does not compile')
const FILES = { 'titled.md': '---\nsubject: titled\n---\nDear {{ contact.title }}\n' }
const UNTITLED: Flaw = {
  code: 'text_unwritable',
  why: { text: { template: 'titled.md' }, line: 4, column: 6, kind: 'value', variable: 'contact.title' },
}
const MENDED = 40

const SEED = seedOf('mending', 20_261_130)
const roll = dice(SEED)

/** One in five workflow tasks is given up when it is done, and offered again. */
let live: Live
beforeAll(async () => {
  live = await openLive({ givesUp: () => roll() < 0.2 })
}, 120_000)
afterAll(() => live?.close())

const steps = (keys: { key: string }[]): string[] => keys.map(({ key }) => key.split('/').at(-1) as string)

test('a letter that can’t be written holds its lead for a year, and ends nobody', async () => {
  const { real } = await same(live, {
    ...{ plan, files: FILES, length: 365 * DAY, signals: () => [] },
    flawOf: ({ step }) => (step === 'titled' ? UNTITLED : undefined),
  })
  expect(steps(real.touches)).toEqual([
    'hello',
    'mend-titled',
    'tell-task-mend-titled',
    'tell-task-mend-titled',
  ])
  expect(real.outcome).toBeUndefined()
}, 120_000)

test('corrected, it goes out once, from then on, and the cadence goes on', async () => {
  const edited = (from: Instant): Signal => ({
    ...{ id: 'edited', type: 'contact.edited', at: from + MENDED * DAY, seen: from + MENDED * DAY },
    data: { fields: 'title' },
  })
  const { real } = await same(live, {
    ...{ plan, files: FILES, length: 365 * DAY, signals: (from) => [edited(from)] },
    also: async (db, lead) => {
      await db.execute(sql`update contacts set title = 'Director' where lead_id = ${lead}`)
    },
    flawOf: ({ step }, at, from) => (step === 'titled' && at < from + MENDED * DAY ? UNTITLED : undefined),
  })
  expect(steps(real.touches)).toEqual([
    'hello',
    'mend-titled',
    'tell-task-mend-titled',
    'tell-task-mend-titled',
    'titled',
    'last',
  ])
  expect(real.touches[4]?.at).toBeGreaterThanOrEqual(real.from + MENDED * DAY)
  expect(real.emails).toHaveLength(3)
  expect(real.outcome).toBe('unresponsive')
}, 120_000)
