/** The sales cycle: credit that is awaited, given, refused, lowered, stale. */

import { expect, test } from '@jest/globals'
import {
  compiled,
  DECIDER,
  dayOf,
  type Event,
  expectRow,
  INTERESTED,
  PATIENT,
  PLAN,
  PROPOSAL,
  play,
  type Row,
  SHOWN,
  steps,
  YAML,
} from '../test/support/cycle.ts'
import { inEnglish } from '../test/support/words.ts'

const TABLE: Row[] = [
  [
    'no answer: chased, escalated',
    [INTERESTED],
    30,
    { stage: 'credit', because: 'goal is not met (credit pending' },
  ],
  ['no answer for long: what the cadence says', [INTERESTED], 80, { outcome: 'refused_credit' }],
  ['a late answer still counts', [INTERESTED, [40, 'credit.approved']], 41, { stage: 'demo' }],
  [
    'an answer seen late counts from its date',
    [INTERESTED, [5, 'credit.approved', {}, undefined, 20]],
    26,
    { stage: 'demo' },
  ],
  [
    'under review it waits',
    [INTERESTED, [3, 'credit.review']],
    4,
    { stage: 'credit', standing: 'lead', early: true },
  ],
  [
    'a second answer is the later one',
    [INTERESTED, [3, 'credit.review'], [5, 'credit.approved']],
    6,
    { stage: 'demo' },
  ],
  [
    'an older answer that comes later changes nothing',
    [INTERESTED, [5, 'credit.approved'], [4, 'credit.review', {}, undefined, 3]],
    8,
    { stage: 'demo' },
  ],
  ['refused', [INTERESTED, [3, 'credit.refused']], 4, { outcome: 'refused_credit' }],
  [
    'refused after an approval, in the middle of the proposal',
    [...PROPOSAL, [8, 'credit.refused']],
    9,
    { outcome: 'refused_credit' },
  ],
  [
    'an answer for an ended lead changes nothing',
    [INTERESTED, [3, 'deal.lost'], [5, 'credit.approved']],
    6,
    { outcome: 'lost' },
  ],
  [
    'gone stale in the middle of the proposal: back to credit',
    PROPOSAL,
    95,
    { stage: 'credit', missing: 'credit pending' },
    PATIENT,
  ],
  [
    'renewed, it goes on where it was',
    [...PROPOSAL, [95, 'credit.approved']],
    96,
    { stage: 'proposal' },
    PATIENT,
  ],
  [
    'a limit below the amount is no approval for it',
    [...PROPOSAL, [4, 'proposal.sent', { amount: 60_000 }]],
    5,
    { stage: 'credit', missing: 'credit pending' },
  ],
  [
    'a limit of nothing, which a person leaves it at, covers no amount',
    [INTERESTED, [2, 'credit.approved', { limit: 0 }], [3, 'proposal.sent', { amount: 100 }]],
    4,
    { stage: 'credit' },
  ],
  [
    'where no amount is known it is an approval',
    [INTERESTED, [2, 'credit.approved', { limit: 0 }]],
    4,
    { stage: 'demo' },
  ],
  [
    'a higher limit is',
    [...PROPOSAL, [4, 'proposal.sent', { amount: 60_000 }], [6, 'credit.approved', { limit: 80_000 }]],
    7,
    { stage: 'proposal' },
  ],
  [
    'monitoring lowers the limit',
    [
      ...PROPOSAL,
      [4, 'proposal.sent', { amount: 18_000 }],
      [9, 'credit.changed', { limit: 5000, rating: 'D' }],
    ],
    10,
    { stage: 'credit', missing: 'credit pending' },
  ],
  [
    'a decision after it is what counts',
    [
      ...PROPOSAL,
      [4, 'proposal.sent', { amount: 18_000 }],
      [9, 'credit.changed', { limit: 5000 }],
      [12, 'credit.approved', { limit: 20_000 }],
    ],
    13,
    { stage: 'proposal' },
  ],
  [
    'a new rating alone changes no stage',
    [...PROPOSAL, [9, 'credit.changed', { rating: 'C' }]],
    10,
    { stage: 'proposal' },
  ],
  [
    'a rating that comes after it leaves the limit low',
    [
      ...PROPOSAL,
      [9, 'credit.changed', { limit: 5000 }],
      [10, 'credit.changed', { rating: 'D' }],
      [11, 'proposal.sent', { amount: 18_000 }],
    ],
    12,
    { stage: 'credit' },
  ],
  [
    'asked for again while it is still good, an approval stays one',
    [...PROPOSAL, [80, 'credit.requested', { ref: '9002' }]],
    81,
    { stage: 'proposal' },
    PATIENT,
  ],
  [
    'until it is stale: then the new decision is awaited',
    [...PROPOSAL, [80, 'credit.requested', { ref: '9002' }]],
    92.5,
    { stage: 'credit', missing: 'credit pending' },
    PATIENT,
  ],
  [
    'or until it is refused',
    [...PROPOSAL, [80, 'credit.requested', { ref: '9002' }], [82, 'credit.refused', { ref: '9002' }]],
    83,
    { outcome: 'refused_credit' },
    PATIENT,
  ],
  [
    'an approval that comes after a second request, dated before it, is an answer',
    [INTERESTED, [20, 'credit.requested', { ref: '9002' }], [15, 'credit.approved', {}, undefined, 8]],
    24,
    { stage: 'demo' },
  ],
]

test.each(TABLE)('%s', (...row) => expectRow(...row))

test('credit: asked, chased, escalated, each once', () => {
  expect(steps(play([INTERESTED], 50))).toEqual(['hello', 'check', 'chase', 'escalate'])
})

test('gone stale, credit is asked for again', () => {
  expect(dayOf(play(PROPOSAL, 100, PATIENT), 'check')).toEqual([1, 92])
})

test('no proposal while credit is awaited, whatever the stage', () => {
  const eager = compiled(YAML.replace('until: { credit: approved }', 'until: { interest: comparing }'))
  const story: Event[] = [[1, 'interest.expressed', { level: 'comparing' }], SHOWN, DECIDER]
  const waiting = play(story, 30, eager)
  expect(steps(waiting)).not.toContain('quote')
  expect(inEnglish(waiting.because)).toContain('is a proposal, and waits for credit: credit unknown')
  expect(dayOf(play([...story, [30, 'credit.approved']], 40, eager), 'quote')).toEqual([30])
})

test('at the very instant credit goes stale it is stale: no proposal goes out then', () => {
  const quote = [
    {
      id: 'quote',
      kind: 'task' as const,
      name: 'Quote',
      proposal: true as const,
      wait: { n: 6, unit: 'd' as const },
    },
  ]
  const sale = {
    ...PLAN,
    urgency: PLAN.urgency.slice(0, 1),
    credit: { validFor: { n: 6, unit: 'd' as const } },
    window: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 },
    stages: [{ id: 'sale', until: { deal: 'won' as const }, steps: quote, on: {} }],
  }
  expect(play([[-1 / 24, 'credit.approved']], 20, sale).calendar).toEqual([])
})
