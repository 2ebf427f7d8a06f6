/** The sales cycle: the order of stages, waits and absences, urgency. */

import { expect, test } from '@jest/globals'
import {
  APPROVED,
  compiled,
  DECIDER,
  dayOf,
  type Event,
  expectRow,
  FROM,
  INTERESTED,
  PATIENT,
  PROPOSAL,
  play,
  type Row,
  SHOWN,
  steps,
  YAML,
} from '../test/support/cycle.ts'
import { DAY } from './time.ts'

const TABLE: Row[] = [
  [
    'stages met out of order are skipped',
    [APPROVED, SHOWN, [3, 'interest.expressed', { level: 'convinced' }]],
    3.5,
    { stage: 'proposal' },
  ],
  ['a booked demo is not a held one', [INTERESTED, APPROVED, [3, 'demo.booked']], 4, { stage: 'demo' }],
  [
    'a missed demo keeps the stage',
    [INTERESTED, APPROVED, [3, 'demo.booked'], [5, 'demo.missed']],
    6,
    { stage: 'demo' },
  ],
  [
    'a demo that was held stays held: another one does not send the lead back',
    [...PROPOSAL, [6, 'demo.booked'], [8, 'demo.missed']],
    9,
    { stage: 'proposal' },
  ],
  [
    'interest that is lost brings it back',
    [INTERESTED, [5, 'interest.expressed', { level: 'none' }]],
    6,
    { stage: 'contact' },
  ],
  [
    'out of office',
    [[2, 'reply.automatic', { returns: FROM + 20 * DAY }]],
    10,
    { stage: 'contact', hold: 'out_of_office', because: 'out of office until 25 Jan 2026' },
  ],
  [
    '"call me in March"',
    [[2, 'callback.requested', { until: FROM + 60 * DAY }]],
    10,
    { hold: 'callback', because: 'asked to be called back on 6 Mar 2026' },
  ],
  [
    'who asked for March and is away in January is called in March',
    [
      [2, 'callback.requested', { until: FROM + 60 * DAY }],
      [5, 'reply.automatic', { returns: FROM + 20 * DAY }],
    ],
    30,
    { hold: 'callback' },
  ],
  [
    'who asks for an earlier day is called then',
    [
      [2, 'callback.requested', { until: FROM + 60 * DAY }],
      [5, 'callback.requested', { until: FROM + 20 * DAY }],
    ],
    20.2,
    { because: 'step proof' },
  ],
  [
    'who left is not waited for: it goes on with who decides',
    [DECIDER, [4, 'reply.automatic', { returns: FROM + 300 * DAY }], [5, 'contact.left']],
    6,
    { because: 'step proof' },
  ],
  [
    "another contact's absence holds nobody else",
    [[2, 'reply.automatic', { returns: FROM + 60 * DAY }, 'ulla']],
    3,
    { stage: 'contact', because: 'step proof' },
  ],
  [
    'a step for them waits',
    [...PROPOSAL, [4, 'reply.automatic', { returns: FROM + 40 * DAY }, 'dana']],
    10,
    { because: 'once dana is back on 14 Feb 2026' },
  ],
  ['calm', [INTERESTED], 1.5, { urgency: 'calm' }],
  ['time in the stage', [...PROPOSAL], 30, { urgency: 'pressing' }, PATIENT],
  [
    'a large amount',
    [INTERESTED, [2, 'credit.approved'], [3, 'proposal.sent', { amount: 150_000 }]],
    3.5,
    { urgency: 'pressing' },
  ],
  ['a named fact', [[1, 'fact.recorded', { name: 'tender', value: true }]], 1.5, { urgency: 'pressing' }],
  [
    'and down again when its reason is gone',
    [
      [1, 'fact.recorded', { name: 'tender', value: true }],
      [2, 'fact.recorded', { name: 'tender', value: false }],
    ],
    2.5,
    { urgency: 'calm' },
  ],
  [
    'e-mails that nobody answers',
    [],
    8,
    { urgency: 'pressing' },
    compiled(
      YAML.replace(
        'id: proof,',
        'id: gain, email: gain }\n      - { id: more, email: more }\n      - { id: proof,',
      ),
    ),
  ],
  [
    'it breaks no hold',
    [
      [1, 'fact.recorded', { name: 'tender', value: true }],
      [2, 'reply.received'],
    ],
    12,
    { urgency: 'pressing', hold: 'reply' },
  ],
  [
    'nothing presses in the nurture',
    [[1, 'fact.recorded', { name: 'tender', value: true }]],
    60,
    { stage: 'nurture', urgency: 'calm' },
  ],
  ['an offer about to end', PROPOSAL, 18, { urgency: 'last_call' }],
  ['credit about to lapse', PROPOSAL, 87, { urgency: 'last_call' }, PATIENT],
]

test.each(TABLE)('%s', (...row) => expectRow(...row))

test('quiet until March, then on from where it was', () => {
  const away = play([[2, 'callback.requested', { until: FROM + 60 * DAY }]], 70)
  expect(steps(away)).toEqual(['hello', 'proof-'.slice(0, 5)])
  expect(dayOf(away, 'proof')).toEqual([65])
})

test('a step whose `when` only time makes true is asked at its own moment, and then passed over', () => {
  const hurry = '      - { id: hurry, email: remind, when: { stage_age: 30d } }\n  - stage: proposal'
  const plan = compiled(YAML.replace('  - stage: proposal', hurry))
  const played = play([INTERESTED, APPROVED], 40, plan)
  expect(dayOf(played, 'hurry')).toEqual([])
  expect(played.timeline).toContainEqual(expect.objectContaining({ kind: 'passed_over', step: 'hurry' }))
})

test('the manager is told once when urgency rises', () => {
  expect(steps(play(PROPOSAL, 20)).filter((step) => step === 'tell-last_call')).toHaveLength(1)
})

test('who is to be told of a rise is told during a hold, too', () => {
  const held: Event[] = [
    [80, 'reply.received'],
    [86, 'credit.approved'],
    [90, 'reply.handled', { then: 'resume' }],
  ]
  const { timeline, ...told } = play([INTERESTED, APPROVED, ...held], 100)
  expect(timeline.filter((line) => line.kind === 'urgency' && line.urgency === 'last_call')).toHaveLength(1)
  expect(dayOf({ timeline, ...told }, 'tell-last_call')[0]).toBeLessThan(86)
})

test('urgency shortens the waits, and its level chooses the words', () => {
  const hurried = play([[0.1, 'fact.recorded', { name: 'tender', value: true }]], 12)
  const [calm = 0] = dayOf(play([], 12), 'proof')
  const proof = hurried.calendar.find(({ touch }) => touch.step === 'proof')
  expect(proof?.touch.urgency).toBe('pressing')
  expect(dayOf(hurried, 'proof')[0]).toBeLessThan(calm)
})
