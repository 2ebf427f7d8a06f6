/** Two e-mails of one lead never leave in the same minute; `check` says where they would follow at once. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { LIVELY, plans, START, signals } from '../test/support/arbitraries.ts'
import { readCadence } from './language/read.ts'
import { rehearse } from './rehearsal/rehearse.ts'
import { DAY, MINUTE } from './time.ts'

const yaml = (steps: string, more = ''): string => `
cadence: row
from: claire
locale: en
${more}
stages:
  - { stage: contact, until: { interest: general }, otherwise: { end: lost }, steps: [${steps}] }
`
const found = (source: string) =>
  readCadence(source, 'row.yaml').problems.map(({ code, values }) => ({ code, ...values }))

test('e-mails in a row without a wait: a warning, and a minute between them', () => {
  const source = yaml('{ id: a, email: a }, { id: b, email: b }, { id: t, task: T }, { id: c, email: c }')
  const { plan, problems } = readCadence(source, 'row.yaml')
  expect(problems).toMatchObject([{ code: 'emails_at_once', severity: 'warning', values: { step: 'b' } }])
  if (!plan) throw new Error('it has no plan')
  const { calendar } = rehearse(plan, { from: START, until: START + DAY, zone: 'Europe/Paris' })
  expect(calendar.map(({ touch, at }) => [touch.step, (at - START) / MINUTE])).toEqual([
    ['a', 0],
    ['b', 1],
    ['t', 1],
    ['c', 2],
  ])
})

test('no warning where they may be meant instead of each other, or one has a wait', () => {
  expect(found(yaml('{ id: a, email: a, when: { need: verified } }, { id: b, email: b }'))).toEqual([])
  expect(found(yaml('{ id: a, email: a }, { id: b, email: b, wait: 1d }'))).toEqual([])
})

test('over random cadences, no two e-mails of a lead leave within a minute', () => {
  const lively = fc.uniqueArray(signals(START, 300, LIVELY), { selector: (s) => s.id, maxLength: 12 })
  fc.assert(
    fc.property(plans, lively, (plan, all) => {
      const { calendar } = rehearse(plan, {
        ...{ from: START, until: START + 365 * DAY, zone: 'Europe/Paris', signals: all },
      })
      const sent = calendar.filter(({ touch }) => touch.kind === 'email').map(({ at }) => at)
      sent.forEach((at, i) => {
        expect(at - (sent[i - 1] ?? 0)).toBeGreaterThanOrEqual(MINUTE)
      })
    }),
    { numRuns: 150, endOnFailure: true },
  )
})

const stage = (more: string, top = ''): ReturnType<typeof found> =>
  found(`
cadence: row
from: claire
locale: en
${top}
stages:
  - { stage: contact, until: { interest: general }, ${more} }
`)
const EMAIL = 'steps: [{ id: a, email: a }]'

test('where a lead can wait without end, and nobody is told: a stage without a way out', () => {
  expect(stage(EMAIL)).toEqual([{ code: 'waits_unseen', kind: 'stage', id: 'contact' }])
  expect(stage(`${EMAIL}, otherwise: { end: lost }`)).toEqual([])
  expect(stage('steps: [{ id: a, email: a }, { id: b, task: Call, wait: 1d }]')).toEqual([])
  const tells = 'urgency: [{ level: calm }, { level: late, when: { stage_age: 30d }, tell: owner }]'
  expect(stage(EMAIL, tells)).toEqual([])
})

test('and a play that waits for its goal, and what the cadence tells nobody of', () => {
  const way = `${EMAIL}, otherwise: { end: lost }`
  const play =
    'plays: [{ play: doubt, on: objection.raised, until: { open_objections: 0 }, steps: [{ id: p, email: p }] }]'
  expect(stage(way, play)).toEqual([{ code: 'waits_unseen', kind: 'play', id: 'doubt' }])
  expect(stage(way, 'escalate: { reply: {} }')).toEqual([{ code: 'waits_unseen', kind: 'reply' }])
  expect(stage(way, 'escalate: { role: {} }')).toEqual([])
  expect(
    stage('steps: [{ id: a, email: a, to: user }], otherwise: { end: lost }', 'escalate: { role: {} }'),
  ).toEqual([{ code: 'waits_unseen', kind: 'role' }])
})
