/** The sales cycle: proposals, offers, deals, and leads that drop off. */

import { expect, test } from '@jest/globals'
import {
  APPROVED,
  compiled,
  dayOf,
  type Event,
  expectRow,
  FROM,
  INTERESTED,
  PROPOSAL,
  play,
  type Row,
  steps,
  YAML,
} from '../test/support/cycle.ts'
import { DAY } from './time.ts'

const TABLE: Row[] = [
  [
    'looked at again, an accepted proposal stays accepted',
    [INTERESTED, [2, 'proposal.accepted'], [3, 'proposal.viewed']],
    4,
    { stage: 'demo' },
    compiled(YAML.replace('until: { credit: approved }', 'until: { proposal: accepted }')),
  ],
  [
    'a new proposal is open until it is answered',
    [INTERESTED, [2, 'proposal.declined'], [3, 'proposal.sent']],
    4,
    { stage: 'credit', because: 'proposal sent (accepted asked for)' },
    compiled(YAML.replace('until: { credit: approved }', 'until: { proposal: accepted }')),
  ],
  [
    'one that was looked at was sent',
    [INTERESTED, [2, 'proposal.sent', { amount: 9000 }], [3, 'proposal.viewed']],
    4,
    { stage: 'demo' },
    compiled(YAML.replace('until: { credit: approved }', 'until: { proposal: sent }')),
  ],
  [
    'one that was declined is no accepted one',
    [INTERESTED, [2, 'proposal.sent'], [3, 'proposal.declined']],
    4,
    { stage: 'credit', because: 'proposal declined (accepted asked for)' },
    compiled(YAML.replace('until: { credit: approved }', 'until: { proposal: accepted }')),
  ],
  [
    'a referral is dialogue, and leaves the lead where it is',
    [INTERESTED, APPROVED, [50, 'referral.given']],
    51,
    { stage: 'demo', standing: 'prospect' },
  ],
  ['accepted is not won', [...PROPOSAL, [6, 'proposal.accepted']], 7, { stage: 'proposal' }],
  [
    'won: a customer',
    [...PROPOSAL, [6, 'deal.won', { amount: 18_000 }]],
    6.5,
    { outcome: 'won', standing: 'customer' },
  ],
  ['lost', [...PROPOSAL, [6, 'deal.lost']], 7, { outcome: 'lost' }],
  ['silence: into the nurture', [], 25, { stage: 'nurture' }],
  [
    'but silence is not what they broke: the end of a hold begins it anew',
    [
      [10, 'reply.received'],
      [18, 'reply.handled', { then: 'resume' }],
    ],
    24,
    { stage: 'contact' },
  ],
  [
    'nor what they asked for',
    [[10, 'callback.requested', { until: FROM + 60 * DAY }]],
    66,
    { stage: 'contact', because: 'goes to nurture' },
  ],
  [
    'and then they are silent',
    [[10, 'callback.requested', { until: FROM + 60 * DAY }]],
    68,
    { stage: 'nurture' },
  ],
  ['interest: out of it', [[60, 'interest.expressed', { level: 'comparing' }]], 61, { stage: 'credit' }],
  [
    'a little interest does not',
    [[60, 'interest.expressed', { level: 'general' }]],
    61,
    { stage: 'nurture' },
  ],
  ['its time is over', [], 800, { outcome: 'unresponsive' }],
]

test.each(TABLE)('%s', (...row) => expectRow(...row))

test('an offer: the last call goes out before it ends, in the window; never after it', () => {
  const story = play(PROPOSAL, 60)
  const [offer] = dayOf(story, 'offer')
  const [last] = dayOf(story, 'last')
  expect(last).toBeGreaterThan(offer as number)
  expect(last).toBeLessThan((offer as number) + 14)
})

test('an extended offer has its last call later; one that ended is never quoted again', () => {
  const [offer = 0] = dayOf(play(PROPOSAL, 60), 'offer')
  const extended = FROM + (offer + 40) * DAY
  const longer = play([...PROPOSAL, [offer + 1, 'offer.extended', { offer: 'early', until: extended }]], 90)
  expect(dayOf(longer, 'last')[0]).toBeGreaterThan(offer + 14)
  const away = play(
    [...PROPOSAL, [offer + 1, 'callback.requested', { until: FROM + (offer + 30) * DAY }]],
    80,
  )
  expect(dayOf(away, 'last')).toEqual([])
})

test('an end that a person gave before the offer was made is its end', () => {
  const given = FROM + 30 * DAY
  const { calendar } = play([...PROPOSAL, [1, 'offer.extended', { offer: 'early', until: given }]], 60)
  const offers = calendar.flatMap(({ at, touch }) => (touch.offer ? [{ at, ends: touch.offer.ends }] : []))
  expect(offers.map(({ ends }) => ends)).toEqual([given, given])
  expect(offers.every(({ at }) => at < given)).toBe(true)
})

test('one that a person ended before it was made is not made', () => {
  const story = play([...PROPOSAL, [1, 'offer.extended', { offer: 'early', until: FROM + 2 * DAY }]], 60)
  expect(steps(story)).not.toContain('offer')
  expect(steps(story)).not.toContain('last')
})

test('the benefit a lead answers to, else the one argued least', () => {
  const argued = (events: Event[]): string | undefined =>
    play(events, 12).calendar.find(({ touch }) => touch.step === 'proof')?.touch.name
  expect(argued([])).toBe('proof-support')
  expect(argued([[1, 'link.clicked', { theme: 'productivity' }]])).toBe('proof-productivity')
  expect(argued([[1, 'interest.expressed', { level: 'none', theme: 'indirect_costs' }]])).toBe(
    'proof-indirect_costs',
  )
  expect(
    argued([
      [1, 'link.clicked', { theme: 'productivity' }],
      [2, 'link.clicked', { theme: 'ease' }],
      [3, 'link.clicked', { theme: 'ease' }],
    ]),
  ).toBe('proof-ease')
})

test("a won deal runs the customer's play, and then it is over", () => {
  const won = play([...PROPOSAL, [6, 'deal.won']], 30)
  expect(steps(won).at(-1)).toBe('thanks')
  expect(won.outcome).toBe('won')
})

test("a deal that is off after all ends the customer's play", () => {
  expect(steps(play([...PROPOSAL, [4.8, 'deal.won'], [5, 'deal.lost']], 30))).not.toContain('thanks')
})
