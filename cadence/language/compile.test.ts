import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { FORMAT } from '../format.ts'
import { compile } from './compile.ts'
import { readCadence } from './read.ts'
import { cadenceSchema } from './schema.ts'

const example = readFileSync(new URL('../../examples/atelier-erp.yaml', import.meta.url), 'utf8')
const plan = (source: string) => compile(cadenceSchema.parse(parse(source)))

/** Nothing but what must be said. */
const bare = `
cadence: bare
from: claire
locale: en
stages: [{ stage: contact, until: { interest: general }, steps: [{ id: hello, email: hello }] }]
`

test('the example of docs/design.md compiles to the letter, without a problem', () => {
  const { plan, problems } = readCadence(example, 'atelier-erp.yaml')
  expect(problems).toEqual([])
  expect(plan).toMatchObject({
    cadence: 'atelier-erp',
    version: 0,
    from: 'claire',
    locale: 'fr',
    window: { days: [1, 2, 3, 4, 5], from: 540, to: 1050, holidays: 'FR' },
    limits: {
      perLead: { kind: 'calendar', count: 2, per: { n: 1, unit: 'w' } },
      perAccount: { kind: 'calendar', count: 4, per: { n: 1, unit: 'w' } },
    },
    prospect: { all: [{ credit: 'approved' }, { dialogue: { n: 45, unit: 'd' } }, { interest: 'general' }] },
    qualified: {
      all: [{ need: 'verified' }, { interest: 'comparing' }, { authority: ['decision_maker', 'influencer'] }],
    },
    credit: { validFor: { n: 90, unit: 'd' } },
    urgency: [
      { id: 'calm', pace: 1 },
      { id: 'pressing', pace: 0.6, when: { any: [{ stage_age: { n: 21, unit: 'd' } }, { unanswered: 3 }] } },
      { id: 'last_call', pace: 0.3, when: { offer_ends_within: { n: 7, unit: 'd' } }, tell: 'manager' },
    ],
    nurture: {
      every: { n: 60, unit: 'd' },
      for: { n: 2, unit: 'y' },
      emails: ['news-1', 'news-2', 'news-3'],
      until: { interest: 'comparing' },
    },
  })
  expect(plan?.stages.map(({ id, until, otherwise, on }) => ({ id, until, otherwise, on }))).toEqual([
    {
      id: 'contact',
      until: { interest: 'general' },
      otherwise: { nurture: true, after: { n: 7, unit: 'd' } },
      on: {},
    },
    { id: 'credit', until: { credit: 'approved' }, on: { 'credit.refused': { end: 'refused_credit' } } },
    { id: 'demo', until: { demo: 'held' }, on: {} },
    {
      id: 'proposal',
      until: { deal: 'won' },
      otherwise: { nurture: true, after: { n: 7, unit: 'd' } },
      on: {},
    },
  ])
  expect(plan?.stages.flatMap(({ steps }) => steps)).toEqual([
    { id: 'hello', kind: 'email', name: 'hello', theme: 'ease' },
    { id: 'gain', kind: 'email', name: 'productivity', theme: 'productivity', wait: { n: 3, unit: 'bd' } },
    {
      id: 'call',
      kind: 'task',
      name: 'Call {{ contact.first_name }}',
      wait: { n: 2, unit: 'bd' },
      due: { n: 1, unit: 'bd' },
    },
    {
      id: 'proof',
      kind: 'email',
      name: 'support',
      theme: 'support',
      wait: { n: 4, unit: 'bd' },
      thread: 'hello',
    },
    { id: 'check', kind: 'credit_check', name: 'creditsafe', timeout: { n: 10, unit: 'bd' } },
    { id: 'chase', kind: 'task', name: 'Chase the credit file', wait: { n: 2, unit: 'bd' } },
    { id: 'invite', kind: 'email', name: 'demo-invite', theme: 'productivity' },
    { id: 'remind', kind: 'email', name: 'demo-remind', wait: { n: 3, unit: 'bd' } },
    { id: 'quote', kind: 'task', name: 'Send the proposal', due: { n: 2, unit: 'bd' } },
    {
      id: 'offer',
      kind: 'email',
      name: 'offer',
      wait: { n: 2, unit: 'bd' },
      to: 'decision_maker',
      offer: { name: 'early-signature', lasts: { n: 14, unit: 'd' }, notice: { n: 1, unit: 'bd' } },
    },
    {
      id: 'costs',
      kind: 'email',
      name: 'indirect-costs',
      theme: 'indirect_costs',
      wait: { n: 4, unit: 'bd' },
    },
  ])
  expect(plan?.plays).toEqual([
    {
      id: 'saboteur',
      on: 'objection.raised',
      until: { open_objections: 0 },
      steps: [
        { id: 'brief', kind: 'task', name: 'Answer: {{ objection.topic }}', due: { n: 1, unit: 'bd' } },
        { id: 'ally', kind: 'email', name: 'champion-kit', to: 'influencer', wait: { n: 1, unit: 'bd' } },
      ],
    },
    {
      id: 'referral',
      on: 'deal.won',
      steps: [
        { id: 'thanks', kind: 'email', name: 'thanks' },
        { id: 'refer', kind: 'email', name: 'referral', wait: { n: 30, unit: 'd' } },
      ],
    },
  ])
})

test('a plan is plain JSON: it comes through unchanged', () => {
  const { plan } = readCadence(example, 'atelier-erp.yaml')
  expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan)
})

test('what is left out is what docs/design.md says', () => {
  expect(plan(bare)).toEqual({
    format: FORMAT,
    cadence: 'bare',
    account: 'hold',
    version: 0,
    from: 'claire',
    owner: 'claire',
    locale: 'en',
    window: { days: [1, 2, 3, 4, 5], from: 540, to: 1050 },
    limits: {},
    prospect: { all: [{ credit: 'approved' }, { dialogue: { n: 45, unit: 'd' } }, { interest: 'general' }] },
    qualified: {
      all: [{ need: 'verified' }, { interest: 'comparing' }, { authority: ['decision_maker', 'influencer'] }],
    },
    credit: {},
    escalate: {
      reply: { owner: { n: 1, unit: 'd' }, manager: { n: 3, unit: 'd' } },
      role: { owner: { n: 3, unit: 'd' }, manager: { n: 7, unit: 'd' } },
      task: { owner: { n: 1, unit: 'd' }, manager: { n: 3, unit: 'd' } },
    },
    urgency: [{ id: 'calm', pace: 1 }],
    stages: [
      {
        id: 'contact',
        until: { interest: 'general' },
        steps: [{ id: 'hello', kind: 'email', name: 'hello' }],
        on: {},
      },
    ],
    plays: [],
  })
})

test.each([
  ['mon-fri', [1, 2, 3, 4, 5]],
  ['mon-sat', [1, 2, 3, 4, 5, 6]],
  ['mon,wed,fri', [1, 3, 5]],
  ['sun-thu', [1, 2, 3, 4, 7]],
  ['fri, mon-tue', [1, 2, 5]],
])('days %s', (days, is) => {
  expect(plan(`${bare}window: { days: "${days}", hours: 8:00-24:00 }`).window).toEqual({
    days: is,
    from: 480,
    to: 1440,
  })
})

test("the team's closed days, and a country's working week", () => {
  const window = 'window: { days: business, holidays: SA, closed: [2026-12-24, "2026-12-28..2026-12-31"] }'
  expect(plan(`${bare}${window}`).window).toEqual({
    ...{ days: [1, 2, 3, 4, 7], business: true, from: 540, to: 1050, holidays: 'SA' },
    closed: [
      { from: '2026-12-24', to: '2026-12-24' },
      { from: '2026-12-28', to: '2026-12-31' },
    ],
  })
  expect(plan(`${bare}window: { days: business }`).window.days).toEqual([1, 2, 3, 4, 5])
})

test.each([
  ['1 per day', { kind: 'calendar', count: 1, per: { n: 1, unit: 'd' } }],
  ['2 per week', { kind: 'calendar', count: 2, per: { n: 1, unit: 'w' } }],
  ['1 per month', { kind: 'calendar', count: 1, per: { n: 1, unit: 'mo' } }],
  ['1 per 24h', { kind: 'rolling', count: 1, per: { n: 24, unit: 'h' } }],
  ['1 per 1d', { kind: 'rolling', count: 1, per: { n: 1, unit: 'd' } }],
  ['4 per 10d', { kind: 'rolling', count: 4, per: { n: 10, unit: 'd' } }],
])('limit %s', (limit, perLead) => {
  expect(plan(`${bare}limits: { per_lead: ${limit} }`).limits).toEqual({ perLead })
})

test.each([
  ['{ fact: { employees: 120 } }', { fact: 'employees', is: 120 }],
  ['{ fact: { employees: { at_least: 100 } } }', { fact: 'employees', at_least: 100 }],
  [
    '{ fact: { plan: pro, vip: true } }',
    {
      all: [
        { fact: 'plan', is: 'pro' },
        { fact: 'vip', is: true },
      ],
    },
  ],
  [
    '{ any: [{ demo: held }, { not: { need: dismissed } }] }',
    { any: [{ demo: 'held' }, { not: { need: 'dismissed' } }] },
  ],
  ['{ all: [{ demo: held }], amount: 5 }', { all: [{ demo: 'held' }, { amount: 5 }] }],
  ['{ all: [{ demo: held }] }', { demo: 'held' }],
  ['{ standing: qualified, unanswered: 2 }', { all: [{ standing: 'qualified' }, { unanswered: 2 }] }],
])('condition %s', (condition, is) => {
  expect(plan(bare.replace('{ interest: general }', condition)).stages[0]?.until).toEqual(is)
})

test('a level without a pace keeps the one before', () => {
  const urgency =
    '[{ level: a }, { level: b, when: { unanswered: 1 }, pace: 0.5 }, { level: c, when: { unanswered: 2 } }]'
  expect(plan(`${bare}urgency: ${urgency}`).urgency.map(({ pace }) => pace)).toEqual([1, 0.5, 0.5])
})

test('an end waits a week for an answer to the last step, unless it says otherwise', () => {
  const ends = (otherwise: string) =>
    plan(bare.replace('steps:', `otherwise: ${otherwise}, steps:`)).stages[0]?.otherwise
  expect(ends('{ end: unresponsive }')).toEqual({ end: 'unresponsive', after: { n: 7, unit: 'd' } })
  expect(ends('{ end: lost, after: 3bd }')).toEqual({ end: 'lost', after: { n: 3, unit: 'bd' } })
})
