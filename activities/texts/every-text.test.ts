/** Every text of a cadence is tried before anything is sent; what passes renders, whatever is in a lead's fields. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { TextFault } from '../../cadence/error-values.ts'
import type { Locales, Plan } from '../../cadence/plan.ts'
import { PLAN } from '../../test/support/plans.ts'
import { LETTERS_AND_LEADS } from '../../test/support/random-letters.ts'
import { isVisible } from '../mail/clean-text.ts'
import { everyText, type Reader } from './every-text.ts'
import { parseTemplate, renderTemplate } from './template.ts'
import { valuesFor } from './values.ts'

const NOW = Date.UTC(2026, 10, 30)
const plan = (change: Partial<Plan> = {}): Plan => ({
  ...PLAN,
  ...{ locale: 'en', locales: { written: ['en'], standIn: {} } },
  ...{
    stages: [
      { id: 's', until: { interest: 'general' }, on: {}, steps: [{ id: 'a', kind: 'email', name: 'a' }] },
    ],
  },
  ...change,
})
const letter = (body: string, front = 'subject: Hello') => `---\n${front}\n---\n${body}\n`
const reader = (change: Partial<Reader> = {}): Reader => ({
  ...{
    custom: {},
    company: 'Acme',
    country: 'FR',
    locale: null,
    zone: 'UTC',
    topic: null,
    referrer: null,
    facts: null,
  },
  contact: { email: 'a@b.example', first_name: 'Al', last_name: null, title: null, phone: null },
  ...change,
})
const faults = (files: Record<string, string>, who = reader(), of = plan()): TextFault[] =>
  everyText({ plan: of, files }, NOW)(who)
const kinds = (list: TextFault[]): string[] =>
  list.map(
    (is) =>
      ('template' in is.text ? is.text.template : is.text.step) +
      (is.kind === 'template' ? ` ${is.fault.kind}` : ` ${is.kind}`),
  )

test.each<[string, string, string, Partial<Reader>, string[]]>([
  ['nothing wrong', 'Hello {{ contact.first_name }}', 'subject: Hi', {}, []],
  ['an empty subject', 'x', 'subject: "{{ lead.zzz | default: \'\' }}"', {}, ['a.en.md subject_empty']],
  [
    'one of the variants',
    'x',
    'variants: { a: Hi, b: "{% if lead.zzz %}x{% endif %}" }',
    {},
    ['a.en.md subject_empty'],
  ],
  ['an empty text', '{% if lead.zzz %}x{% endif %}', 'subject: Hi', {}, ['a.en.md body_empty']],
  [
    'at one urgency',
    "{% if urgency == 'hot' %}{% else %}x{% endif %}",
    'subject: Hi',
    {},
    ['a.en.md body_empty'],
  ],
  ['a link to nowhere', '[x]({{ lead.site }})', 'subject: Hi', { custom: { site: 'n/a' } }, ['a.en.md link']],
  [
    'a host is an address',
    '[x]({{ lead.site }})',
    'subject: Hi',
    { custom: { site: 'www.acme.example' } },
    [],
  ],
  ['a relative link', '[x](/a)', 'subject: Hi', {}, ['a.en.md link']],
  [
    'a date that can be read',
    "{{ lead.d | date: '%d' }}",
    'subject: Hi',
    { custom: { d: '31/03/2026' } },
    [],
  ],
  [
    'a date in two ways',
    "{{ lead.d | date: '%d' }}",
    'subject: Hi',
    { custom: { d: '01/03/2026' } },
    ['a.en.md date_unclear'],
  ],
  ['today', "{{ 'now' | date: '%d' }}", 'subject: Hi', {}, ['a.en.md no_clock']],
  [
    'a value that came out empty',
    '{{ lead.d | remove: "x" }}{{ lead.d | split: "," | last }}',
    'subject: Hi',
    { custom: { d: ',' } },
    ['a.en.md value'],
  ],
  ['a fact that may be known later', "{{ fact.renewal | date: '%d' }}", 'subject: Hi', {}, []],
  [
    'a fact that may never be',
    'x',
    'subject: "{{ fact.renewal | default: \'\' }}"',
    {},
    ['a.en.md subject_empty'],
  ],
])('%s', (_, body, front, change, found) => {
  const urgency = [
    { id: 'calm', pace: 1 },
    { id: 'hot', pace: 0.5, when: { unanswered: 3 } },
  ]
  expect(kinds(faults({ 'a.en.md': letter(body, front) }, reader(change), plan({ urgency })))).toEqual(found)
})

test('a letter in no language of theirs, unless another stands in', () => {
  const files = { 'a.en.md': letter('x'), 'a.fr-CH.md': letter('x') }
  const german = reader({ locale: 'de' })
  expect(faults(files, german)).toEqual([{ text: { template: 'a' }, kind: 'language', language: 'de' }])
  expect(faults(files, reader({ locale: 'fr' }))).toEqual([])
  const either: Locales[] = [
    { written: ['en'], standIn: { de: 'en' } },
    { written: ['en'], standIn: {}, others: 'en' },
  ]
  for (const locales of either) {
    expect(faults(files, german, plan({ locales }))).toEqual([])
  }
  // A file without a language is in the cadence's.
  expect(kinds(faults({ 'a.md': letter('x') }, german))).toEqual(['a language'])
  expect(faults({ 'a.md': letter('x') })).toEqual([])
})

test('a letter for another role asks nothing of who is known', () => {
  const steps = [{ id: 'a', kind: 'email' as const, name: 'a', to: 'decision_maker' as const }]
  const toRole = plan({ stages: [{ id: 's', until: { interest: 'general' }, on: {}, steps }] })
  const files = { 'a.en.md': letter('{{ contact.title }}', 'subject: "{{ contact.title }}"') }
  expect(faults(files, reader(), toRole)).toEqual([])
})

test('tasks are tried, too', () => {
  const steps = [{ id: 'call', kind: 'task' as const, name: '{% if lead.zzz %}Call{% endif %}' }]
  const tasks = plan({ stages: [{ id: 's', until: { interest: 'general' }, on: {}, steps }] })
  expect(kinds(faults({}, reader(), tasks))).toEqual(['call body_empty'])
})

test('whatever is in the fields, what passes renders to a subject and a text, and leads before make no difference', () => {
  fc.assert(
    fc.property(LETTERS_AND_LEADS, ({ body, subject, leads }) => {
      const files = { 'a.en.md': letter(body, `subject: ${JSON.stringify(subject)}`) }
      const check = everyText({ plan: plan(), files }, NOW)
      for (const { a, b, first } of leads) {
        const who = reader({ custom: { a, b } })
        if (who.contact) who.contact.first_name = first
        const found = check(who)
        expect(found).toEqual(faults(files, who))
        if (found.length > 0) continue
        const values = valuesFor(who, plan(), {
          urgency: 'calm',
          language: 'en',
          sender: { email: 'c@d.example' },
        })
        const sent = renderTemplate(parseTemplate(files['a.en.md'], 'a.en.md'), values)
        expect(isVisible(sent.subject) && isVisible(sent.text)).toBe(true)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('twenty thousand leads take seconds, whatever is usually done with their values', () => {
  const names = Array.from({ length: 20 }, (_, i) => `t${i}`)
  const files = Object.fromEntries(
    names.flatMap((name) =>
      ['en', 'fr'].map((language) => [
        `${name}.${language}.md`,
        letter(
          `Hello {{ contact.first_name | capitalize }},\n\n${'words '.repeat(100)}{% if lead.title %}{{ lead.title }}{% endif %}
{% if lead.company == 'x' %}x{% endif %} [y](https://x.example/?e={{ contact.email }})`,
          'subject: "{{ lead.company }}"',
        ),
      ]),
    ),
  )
  const steps = names.map((name) => ({ id: name, kind: 'email' as const, name }))
  const check = everyText(
    { plan: plan({ stages: [{ id: 's', until: { interest: 'general' }, on: {}, steps }] }), files },
    NOW,
  )
  const person = { last_name: null, title: null, phone: null }
  const readerOf = (i: number): Reader =>
    reader({
      ...{ locale: i % 2 === 0 ? 'en' : 'fr', company: `Company ${i}`, custom: { title: `${i}` } },
      contact: { ...person, email: `p${i}@x.example`, first_name: `First${i}` },
    })
  const start = performance.now()
  for (let i = 0; i < 20_000; i++) {
    expect(check(readerOf(i))).toHaveLength(0)
  }
  expect(performance.now() - start).toBeLessThan(30_000)
})
