/** The sales cycle: what makes a lead a prospect, and a prospect qualified. */

import { expect, test } from '@jest/globals'
import {
  APPROVED,
  compiled,
  expectRow,
  INTERESTED,
  PROPOSAL,
  play,
  type Row,
  YAML,
} from '../test/support/cycle.ts'
import { DAY } from './time.ts'

const TABLE: Row[] = [
  ['nothing known', [], 0.5, { stage: 'contact', standing: 'lead', early: false }],
  [
    'interest alone is early stage',
    [INTERESTED],
    1.5,
    { stage: 'credit', standing: 'lead', early: true, missing: 'credit pending' },
  ],
  [
    'creditworthy, interested, in dialogue',
    [INTERESTED, APPROVED],
    2.5,
    { standing: 'prospect', early: false, missing: 'need unknown', says: 'need unknown' },
  ],
  [
    'the dialogue lapses',
    [INTERESTED, APPROVED],
    50,
    { standing: 'lead', missing: 'dialogue lapsed (heard from 48 days ago, within 45 days asked for)' },
  ],
  [
    'need, grade, authority',
    [...PROPOSAL, [4, 'need.verified'], [4, 'interest.expressed', { level: 'comparing' }]],
    4.5,
    { standing: 'qualified', missing: 'the deal' },
  ],
  [
    'an influencer is authority too',
    [
      INTERESTED,
      APPROVED,
      [3, 'need.verified'],
      [3, 'interest.expressed', { level: 'convinced' }],
      [3, 'contact.identified', { role: 'influencer' }, 'ivan'],
    ],
    3.5,
    { standing: 'qualified' },
  ],
  [
    'a user is not',
    [
      INTERESTED,
      APPROVED,
      [3, 'need.verified'],
      [3, 'interest.expressed', { level: 'convinced' }],
      [3, 'contact.identified', { role: 'user' }, 'ulla'],
    ],
    3.5,
    { standing: 'prospect', missing: 'no decision maker or influencer known' },
  ],
  [
    'authority that left is none',
    [
      ...PROPOSAL,
      [4, 'need.verified'],
      [4, 'interest.expressed', { level: 'comparing' }],
      [5, 'contact.left', {}, 'dana'],
    ],
    5.5,
    { standing: 'prospect' },
  ],
  [
    'and is again when they are back',
    [
      ...PROPOSAL,
      [4, 'need.verified'],
      [4, 'interest.expressed', { level: 'comparing' }],
      [5, 'contact.left', {}, 'dana'],
      [6, 'contact.identified', { role: 'decision_maker' }, 'dana'],
    ],
    6.5,
    { standing: 'qualified' },
  ],
  [
    'a dismissed need',
    [...PROPOSAL, [4, 'need.verified'], [5, 'need.dismissed']],
    5.5,
    { standing: 'prospect', missing: 'need dismissed' },
  ],
  [
    'what is pending says since when, and with whom',
    [
      [1, 'interest.expressed', { level: 'comparing' }],
      [2, 'credit.requested', { provider: 'creditsafe', ref: '8841' }],
      [8, 'reply.received'],
    ],
    14.2,
    {
      says: 'credit pending since 12 days (creditsafe ref 8841), dialogue ok (reply 6 days ago), interest comparing',
    },
  ],
  [
    "a stricter standing is the cadence's",
    [...PROPOSAL, [4, 'need.verified', { amount: 5000 }]],
    4.5,
    { standing: 'prospect', missing: 'amount 5,000 (10,000 asked for)' },
    compiled(YAML.replace('account: hold', 'qualified: { need: verified, amount: 10000 }')),
  ],
]

test.each(TABLE)('%s', (...row) => expectRow(...row))

test('time spent in each stage is kept', () => {
  const { spent } = play([INTERESTED, APPROVED, [10, 'demo.held']], 20).lead
  expect(Object.keys(spent)).toEqual(['contact', 'credit', 'demo'])
  expect(Math.round((spent.demo ?? 0) / DAY)).toBe(8)
})
