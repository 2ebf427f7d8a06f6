/** Letters are shown as they would go: at every level, with every subject, and honest about what is imagined or fails. */
import { describe, expect, test } from '@jest/globals'
import type { Plan, Step } from '../../cadence/plan.ts'
import { PLAN } from '../../test/support/plans.ts'
import type { LetterContext } from '../texts/write.ts'
import { type PreviewReader, previewLetters } from './preview.ts'

const NOW = Date.UTC(2026, 10, 30, 9)
const CONTEXT: LetterContext = {
  ...{ custom: {}, company: 'Moulin & Fils', country: 'FR', locale: null, zone: 'Europe/Paris' },
  contact: { email: 'zoe@moulin.example', first_name: 'Zoé', last_name: null, title: null, phone: null },
  ...{ topic: null, referrer: null, facts: null, thread: null },
}
const reader = (
  change: Partial<PreviewReader> = {},
  context: Partial<LetterContext> = {},
): PreviewReader => ({
  contextFor: () => ({ ...CONTEXT, ...context }),
  ...{ sender: { name: 'Claire', email: 'claire@atelier.example' }, at: NOW },
  ...change,
})
const plan = (...steps: Partial<Step>[]): Plan => ({
  ...PLAN,
  ...{ locale: 'en', locales: { written: ['en'], standIn: {} } },
  urgency: [
    { id: 'calm', pace: 1 },
    { id: 'hot', pace: 0.5, when: { unanswered: 3 } },
  ],
  stages: [
    {
      ...{ id: 'contact', until: { interest: 'general' }, on: {} },
      steps: steps.map((step) => ({ id: 'a', kind: 'email', name: 'a', ...step })),
    },
  ],
})
const letter = (body: string, front = 'subject: Hi') => `---\n${front}\n---\n${body}\n`
const shown = (
  files: Record<string, string>,
  of = plan({}),
  who = reader(),
  template?: string,
): Record<string, unknown>[] =>
  previewLetters({ plan: of, files }, who, template).map((one) => ({
    ...one,
    ...('subjects' in one && {
      subjects: one.subjects.map(({ subject, variant }) => (variant ? `${variant}: ${subject}` : subject)),
    }),
  }))

test('levels at which a letter reads the same are one', () => {
  expect(shown({ 'a.en.md': letter('Hello {{ contact.first_name }}') })).toMatchObject([
    {
      ...{ file: 'a.en.md', language: 'en', template: 'a', step: 'a', urgency: ['calm', 'hot'] },
      ...{ subjects: ['Hi'], text: 'Hello Zoé\n', imagined: [] },
      recipient: { name: 'Zoé', email: 'zoe@moulin.example' },
    },
  ])
  const byLevel = { 'a.en.md': letter("{% if urgency == 'hot' %}Now!{% else %}Hello{% endif %}") }
  expect(shown(byLevel)).toMatchObject([
    { urgency: ['calm'], text: 'Hello\n' },
    { urgency: ['hot'], text: 'Now!\n' },
  ])
})

test('each level has the subjects that it may go out with', () => {
  const files = { 'a.en.md': letter('x', 'variants: { one: First, two: Second, hot: Last }') }
  expect(shown(files)).toMatchObject([
    { urgency: ['calm'], subjects: ['one: First', 'two: Second'] },
    { urgency: ['hot'], subjects: ['hot: Last'] },
  ])
})

describe('a letter in a thread', () => {
  const files = {
    'a.en.md': letter('x', 'variants: { one: First, two: "Re: Second" }'),
    'b.en.md': letter('y', 'subject: Own'),
    'c.en.md': letter('z', 'subject: Third'),
  }
  const three = plan({}, { id: 'b', name: 'b', thread: 'a' }, { id: 'c', name: 'c', thread: 'b' })

  test('has each subject of the letter it follows up, and its own in case that one never goes', () => {
    const [, second, third] = shown(files, three)
    expect(second).toMatchObject({ subjects: ['Re: First', 'Re: Second', 'Own'] })
    expect(third).toMatchObject({ subjects: ['Re: First', 'Re: Second', 'Third'] })
  })

  test('has the one that went out, once it has', () => {
    const thread = { id: '<1@x>', references: null, subject: 'Sent so' }
    const contextFor: PreviewReader['contextFor'] = (step) => ({
      ...CONTEXT,
      thread: step.thread === 'a' ? thread : null,
    })
    expect(shown(files, three, reader({ contextFor }), 'b')).toMatchObject([{ subjects: ['Re: Sent so'] }])
  })
})

describe('what is not known yet', () => {
  test('is imagined where the letter needs it, and said', () => {
    const files = {
      'a.en.md': letter('{{ fact.renewal | date: "%Y" }} {{ objection.topic }} {{ fact.x | default: "-" }}'),
    }
    expect(shown(files)).toMatchObject([
      { text: '2027 [topic] -\n', imagined: ['fact.renewal', 'objection.topic'] },
    ])
  })

  test('whoever has a role that nobody has', () => {
    const files = { 'a.en.md': letter('Hello {{ contact.first_name }}') }
    expect(shown(files, plan({ to: 'decision_maker' }), reader({}, { contact: null }))).toMatchObject([
      { to: 'decision_maker', text: 'Hello [first_name]\n', imagined: ['contact.first_name'] },
    ])
  })

  test('a column that is missing is not: the letter could not be written', () => {
    const files = { 'a.en.md': letter('Hello\n{{ lead.city }}') }
    expect(shown(files)).toMatchObject([
      {
        failure: {
          code: 'text_unwritable',
          why: { text: { template: 'a.en.md' }, line: 5, column: 4, kind: 'value', variable: 'lead.city' },
        },
      },
    ])
  })
})

test.each<[string, Record<string, string>, Plan, PreviewReader, unknown]>([
  [
    'no letter in their language',
    { 'a.en.md': letter('x') },
    plan({}),
    reader({}, { locale: 'de' }),
    { code: 'text_unwritable', why: { text: { template: 'a' }, kind: 'language', language: 'de' } },
  ],
  [
    'an offer that is over',
    { 'a.en.md': letter('x') },
    plan({ offer: { name: 'early', lasts: { n: 7, unit: 'd' }, notice: { n: 1, unit: 'd' } } }),
    reader({ offerEnds: () => NOW - 1 }),
    { code: 'offer_over' },
  ],
  [
    'no address',
    { 'a.en.md': letter('x') },
    plan({}),
    reader({}, { contact: { ...CONTEXT.contact, email: null } as LetterContext['contact'] }),
    { code: 'no_address' },
  ],
])('%s', (_, files, of, who, failure) => {
  expect(shown(files, of, who)).toMatchObject([{ urgency: ['calm', 'hot'], failure }])
})
