/** The sales cycle: who decides, who objects, who opts out, and the plays they start. */

import { expect, test } from '@jest/globals'
import {
  APPROVED,
  compiled,
  DECIDER,
  dayOf,
  type Event,
  expectRow,
  INTERESTED,
  PROPOSAL,
  play,
  type Row,
  SHOWN,
  steps,
  without,
  YAML,
} from '../test/support/cycle.ts'

const TABLE: Row[] = [
  [
    'a missing role is asked for, then waited for',
    [INTERESTED, APPROVED, SHOWN],
    10,
    { stage: 'proposal', because: 'waits until somebody is known as decision maker' },
  ],
  [
    "a saboteur's objection: its play holds the stage",
    [...PROPOSAL, [4, 'objection.raised', { topic: 't', by: 'saboteur' }]],
    6,
    { stage: 'proposal', because: 'play challenge holds stage proposal' },
  ],
  [
    'the goal is met meanwhile: still blocked',
    [INTERESTED, APPROVED, [4, 'objection.raised', { topic: 't', by: 'saboteur' }], [5, 'demo.held']],
    9,
    { stage: 'demo' },
  ],
  [
    'overcome: it goes on',
    [
      INTERESTED,
      APPROVED,
      [4, 'objection.raised', { topic: 't', by: 'saboteur' }],
      [5, 'demo.held'],
      [8, 'objection.overcome', { topic: 't' }],
    ],
    9,
    { stage: 'proposal' },
  ],
  [
    'a person lets it pass',
    [
      INTERESTED,
      APPROVED,
      [4, 'objection.raised', { topic: 't', by: 'saboteur' }],
      [5, 'demo.held'],
      [8, 'objection.overcome', { topic: 't', override: true }],
    ],
    9,
    { stage: 'proposal' },
  ],
  [
    'without a play, a person is asked',
    [INTERESTED, APPROVED, [4, 'objection.raised', { topic: 't', by: 'saboteur' }]],
    9,
    { stage: 'demo', because: "a saboteur's objection of 9 Jan 2026 keeps the lead" },
    without('challenge'),
  ],
  [
    'who raised it may be known as a saboteur only later',
    [
      INTERESTED,
      APPROVED,
      [4, 'objection.raised', { topic: 't' }, 'sam'],
      [5, 'contact.identified', { role: 'saboteur' }, 'sam'],
      [6, 'demo.held'],
    ],
    7,
    { stage: 'demo' },
  ],
  [
    "anybody else's objection blocks nothing",
    [INTERESTED, APPROVED, [4, 'objection.raised', { topic: 't', by: 'user' }], [5, 'demo.held']],
    9,
    { stage: 'proposal' },
  ],
  [
    "a saboteur's no waits for the seller",
    [
      ...PROPOSAL,
      [4, 'contact.identified', { role: 'saboteur' }, 'sam'],
      [5, 'reply.received', { refuses: true }, 'sam'],
    ],
    6,
    { hold: 'reply' },
  ],
  [
    "a decision maker's no ends it",
    [...PROPOSAL, [5, 'reply.received', { refuses: true }, 'dana']],
    6,
    { outcome: 'lost' },
  ],
  [
    'a no whose author turns out to decide ends it',
    [
      [4, 'reply.received', { refuses: true }, 'dana'],
      [3, 'contact.identified', { role: 'decision_maker' }, 'dana', 3],
    ],
    7,
    { outcome: 'lost' },
  ],
  [
    'unless the seller has handled it',
    [
      [4, 'reply.received', { refuses: true }, 'dana'],
      [5, 'reply.handled', { then: 'resume' }],
      [6, 'contact.identified', { role: 'decision_maker' }, 'dana'],
    ],
    7,
    { stage: 'contact' },
  ],
  [
    "a contact's own opt-out doesn't end the lead",
    [...PROPOSAL, [4, 'unsubscribed', {}, 'dana']],
    10,
    { stage: 'proposal', because: 'waits until somebody is known as decision maker' },
  ],
  ["the main contact's does", [[4, 'unsubscribed']], 5, { outcome: 'opted_out' }],
  [
    'an opt-out older than the bounce that is known counts all the same',
    [DECIDER, [6, 'email.bounced', { hard: true }], [5, 'unsubscribed', {}, undefined, 3]],
    9,
    { outcome: 'opted_out' },
  ],
  ['spam', [[4, 'email.complained']], 5, { outcome: 'opted_out' }],
  ['an address that never works', [[4, 'email.bounced', { hard: true }]], 5, { outcome: 'unreachable' }],
  ['others may be reached', [DECIDER, [4, 'email.bounced', { hard: true }]], 5, { stage: 'contact' }],
  ['a mailbox that was full', [[4, 'email.bounced', { hard: false }]], 5, { stage: 'contact' }],
]

test.each(TABLE)('%s', (...row) => expectRow(...row))

test("an influencer starts a play, others don't", () => {
  expect(steps(play([[1, 'contact.identified', { role: 'influencer' }, 'ivan']], 5))).toContain('kit')
  expect(steps(play([[1, 'contact.identified', { role: 'user' }, 'ulla']], 5))).not.toContain('kit')
})

test('found once: what more is learnt of an influencer starts no second play', () => {
  const found: Event = [1, 'contact.identified', { role: 'influencer' }, 'ivan']
  const more: Event = [6, 'contact.identified', { role: 'influencer', stance: 'for' }, 'ivan']
  expect(dayOf(play([found, more], 12), 'kit')).toEqual([1])
  const other: Event = [6, 'contact.identified', { role: 'influencer' }, 'ida']
  expect(dayOf(play([found, other], 12), 'kit')).toHaveLength(2)
})

test('who objected and is found to be a saboteur has the challenge answered by its play', () => {
  const raised: Event = [4, 'objection.raised', { topic: 't' }, 'sam']
  const found: Event = [5, 'contact.identified', { role: 'saboteur' }, 'sam']
  expect(dayOf(play([INTERESTED, APPROVED, raised, found], 12), 'brief')).toEqual([6])
  expect(steps(play([INTERESTED, APPROVED, found, [6, 'demo.booked']], 12))).not.toContain('brief')
})

test('a challenge whose play is over, or never began, is a task for a person', () => {
  const raised: Event = [4, 'objection.raised', { topic: 't', by: 'saboteur' }]
  const brief = compiled(YAML.replace('    until: { open_objections: 0 }\n', ''))
  expect(steps(play([INTERESTED, APPROVED, raised], 12, brief)).slice(-2)).toEqual(['brief', 'answer-t'])
  const large = compiled(YAML.replace('until: { open_objections: 0 }', 'when: { amount: 100000 }'))
  expect(steps(play([INTERESTED, APPROVED, raised], 12, large)).at(-1)).toBe('answer-t')
})

test('a play whose last step is passed over is over, and the stage goes on from there', () => {
  const kit = '- { id: kit, email: kit, to: influencer }'
  const ask =
    '- { id: ask, task: Ask for an introduction, wait: 5d, when: { not: { authority: [decision_maker] } } }'
  const plan = compiled(YAML.replace(kit, `${kit}\n      ${ask}`))
  const ally: Event = [1, 'contact.identified', { role: 'influencer' }, 'ivan']
  expect(steps(play([ally], 9, plan))).toEqual(['hello', 'kit', 'ask'])
  const known = play([ally, [0.5, 'contact.identified', { role: 'decision_maker' }, 'dana']], 9, plan)
  expect(steps(known)).toEqual(['hello', 'kit'])
  expect(known.timeline).toContainEqual(expect.objectContaining({ kind: 'play_over', play: 'ally' }))
  // The moment of what is passed over is spent: it was five days after the kit.
  const later = play([ally, [0.5, 'contact.identified', { role: 'decision_maker' }, 'dana']], 20, plan)
  expect(steps(later)).toEqual(['hello', 'kit', 'proof'])
})
