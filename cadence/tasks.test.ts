/** Tasks of a lead: waited for, told of, and closed; and plays that run once. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { inEnglish } from '../test/support/words.ts'
import { readCadence } from './language/read.ts'
import type { Plan } from './plan.ts'
import { type Rehearsal, type RehearsalOptions, rehearse } from './rehearsal/rehearse.ts'
import type { Signal, SignalType } from './signals.ts'
import { DAY, HOUR, type Instant } from './time.ts'

/** A Monday, 10:00 in Paris. */
const FROM = Date.UTC(2026, 0, 5, 9)

function compiled(yaml: string): Plan {
  const { plan, problems } = readCadence(`cadence: people\nfrom: claire\nlocale: en\n${yaml}`, 'people.yaml')
  if (!plan) throw new Error(JSON.stringify(problems))
  return plan
}

/** Two e-mails around a call that is due two days after it was given. */
const waiting = (waitFor: string, escalate = '{}'): Plan =>
  compiled(`
escalate: { task: ${escalate} }
stages:
  - stage: contact
    until: { interest: general }
    steps:
      - { id: hello, email: hello }
      - { id: call, task: Call them, wait: 1d, due: 2d }
      - { id: after, email: after, wait_for: ${waitFor}, wait: 1d }
`)

const signal = (type: SignalType, at: Instant, data: Signal['data'] = {}): Signal => ({
  ...{ id: `${type}-${at}`, type, at, seen: at, data },
})
const done = (at: Instant, step = 'call', visit = 1): Signal => signal('task.done', at, { step, visit })
const play = (plan: Plan, signals: Signal[], more: Partial<RehearsalOptions> = {}): Rehearsal =>
  rehearse(plan, { from: FROM, until: FROM + 60 * DAY, zone: 'Europe/Paris', signals, ...more })
const days = ({ calendar }: Rehearsal): string[] =>
  calendar.map(({ touch, at }) => `${touch.step} ${new Date(at).toISOString().slice(0, 16)}`)
const when = ({ calendar }: Rehearsal, step: string): Instant | undefined =>
  calendar.find(({ touch }) => touch.step === step)?.at

describe('a step that waits for a task', () => {
  const CALL = FROM + DAY

  test('counts from when it is done', () => {
    expect(days(play(waiting('done'), [done(CALL + 5 * HOUR)]))).toEqual([
      'hello 2026-01-05T09:00',
      'call 2026-01-06T09:00',
      'after 2026-01-07T14:00',
    ])
  })

  test('goes on without it two business days after its due date, or as the cadence says', () => {
    // Due Thu 8 Jan; two business days later it is Mon 12 Jan; and its own wait of a day.
    expect(days(play(waiting('done'), [])).at(-1)).toBe('after 2026-01-13T09:00')
    expect(days(play(waiting('{ done: true, patience: 5d }'), [])).at(-1)).toBe('after 2026-01-14T09:00')
  })

  test('done after the patience is over, it changes nothing any more', () => {
    expect(days(play(waiting('done'), [done(Date.UTC(2026, 0, 12, 20))])).at(-1)).toBe(
      'after 2026-01-13T09:00',
    )
  })

  test('says what it waits for', () => {
    const { because } = play(waiting('done'), [], { until: CALL + HOUR })
    expect(because()).toMatchObject({
      code: 'task_awaited',
      step: 'after',
      task: 'call',
      due: CALL + 2 * DAY,
    })
    expect(inEnglish(because())).toContain(
      'step after waits until the task call is done, or 2 business days after',
    )
  })

  test('another visit has another task', () => {
    expect(days(play(waiting('done'), [done(CALL + HOUR, 'call', 7)])).at(-1)).toBe('after 2026-01-13T09:00')
  })

  test('a task that was passed over is not waited for', () => {
    const plan = waiting('done')
    const call = plan.stages[0]?.steps[1]
    if (call) call.when = { fact: 'phone', is: true }
    expect(days(play(plan, []))).toEqual(['hello 2026-01-05T09:00', 'after 2026-01-07T09:00'])
  })

  test('never leaves before the task is done or its patience is over, nor within its own wait', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 * 24 }), (hours) => {
        const at = CALL + hours * HOUR
        const after = when(play(waiting('done'), [done(at)]), 'after') as Instant
        const over = Date.UTC(2026, 0, 12, 9)
        expect(after).toBeGreaterThanOrEqual(Math.min(at, over) + DAY)
        expect(after).toBeLessThanOrEqual(over + DAY)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a task that nobody does', () => {
  const told = (signals: Signal[], escalate = '{ owner: 1d, manager: 3d }'): string[] =>
    days(play(waiting('done', escalate), signals)).filter((line) => line.startsWith('tell-'))

  test('is told of: the owner a day after its due date, the manager after three', () => {
    expect(told([])).toEqual(['tell-task-call 2026-01-09T09:00', 'tell-task-call 2026-01-12T08:00'])
    const { calendar } = play(waiting('done', '{ owner: 1d, manager: 3d }'), [])
    const notices = calendar.filter(({ touch }) => touch.waits === 'task')
    expect(notices.map(({ touch }) => [touch.name, touch.task])).toEqual([
      ['owner', 'call'],
      ['manager', 'call'],
    ])
    expect(inEnglish(notices[0]?.because() as never)).toBe(
      'a task waits to be done (call): the owner is told',
    )
  })

  test('not once it is done, nor when the cadence says nobody, nor once its stage is over', () => {
    expect(told([done(Date.UTC(2026, 0, 10))])).toEqual(['tell-task-call 2026-01-09T09:00'])
    expect(told([], '{}')).toEqual([])
    expect(told([signal('interest.expressed', Date.UTC(2026, 0, 8), { level: 'general' })])).toEqual([])
  })

  test('goes on during a hold', () => {
    expect(told([signal('reply.received', FROM + 2 * DAY)])).toContain('tell-task-call 2026-01-09T09:00')
  })

  test('of a play that is over because its steps are done is told of, too', () => {
    const plan = compiled(`
stages: [{ stage: contact, until: { deal: won }, steps: [{ id: hello, email: hello }] }]
plays: [{ play: click, on: link.clicked, steps: [{ id: call, task: Call }] }]
`)
    const { calendar, lead } = play(plan, [signal('link.clicked', FROM + DAY)])
    expect(calendar.map(({ touch }) => touch.step)).toEqual([
      'hello',
      'call',
      'tell-task-call',
      'tell-task-call',
    ])
    expect(lead.given).toHaveLength(1)
    const later = play(plan, [signal('link.clicked', FROM + DAY), done(FROM + 9 * DAY, 'call', 2)])
    expect(later.lead).toMatchObject({ given: [], told: {} })
  })
})

test.each([
  ['no task before it', '{ id: b, email: b, wait_for: done }', 'no_task'],
  [
    'a date of its own',
    '{ id: t, task: Call }, { id: b, email: b, at: 2027-03-01, wait_for: done }',
    'dated',
  ],
])('wait_for with %s is a problem', (_, steps, kind) => {
  const yaml = `cadence: x\nfrom: me\nlocale: en\nstages: [{ stage: s, until: { deal: won }, otherwise: { end: lost }, steps: [${steps}] }]\n`
  expect(readCadence(yaml, 'x.yaml').problems).toMatchObject([
    { code: 'nothing_to_wait_for', severity: 'error', values: { kind, step: 'b' } },
  ])
})

test('wait_for: done, or a mapping', () => {
  const yaml = (value: string): string =>
    `cadence: x\nfrom: me\nlocale: en\nstages: [{ stage: s, until: { deal: won }, steps: [{ id: t, task: Call }, { id: b, email: b, wait_for: ${value} }] }]\n`
  expect(readCadence(yaml('soon'), 'x.yaml').problems).toMatchObject([
    { code: 'wrong_type', values: { kind: 'wait_for' } },
  ])
  expect(
    readCadence(yaml('{ done: true, patience: 1w }'), 'x.yaml').plan?.stages[0]?.steps[1]?.waitFor,
  ).toEqual({
    ...{ task: 't', patience: { n: 1, unit: 'w' } },
  })
})

test('tasks close with their stage, with a play whose goal is met, and with their lead', () => {
  const plan = compiled(`
escalate: { task: {} }
stages:
  - { stage: contact, until: { interest: general }, steps: [{ id: call, task: Call }] }
  - { stage: sale, until: { deal: won }, steps: [{ id: quote, task: Quote }] }
plays:
  - { play: doubt, on: objection.raised, until: { open_objections: 0 }, steps: [{ id: answer, task: Answer }] }
`)
  const { timeline, lead } = play(plan, [
    signal('objection.raised', FROM + HOUR, { topic: 't' }),
    signal('objection.overcome', FROM + DAY, { topic: 't' }),
    signal('interest.expressed', FROM + 2 * DAY, { level: 'general' }),
    signal('deal.lost', FROM + 3 * DAY),
  ])
  expect(timeline.filter(({ kind }) => kind === 'task_closed')).toMatchObject([
    { step: 'answer', because: { code: 'play_over', play: 'doubt' } },
    { step: 'call', because: { code: 'stage_over', stage: 'contact' } },
    { step: 'quote', because: { code: 'lead_ended', outcome: 'lost' } },
  ])
  expect(lead.given).toEqual([])
})

describe('a play that runs once', () => {
  const clicks = (once: string): Plan =>
    compiled(`
stages:
  - { stage: contact, until: { interest: general }, steps: [{ id: hello, email: hello }] }
  - { stage: sale, until: { deal: won }, steps: [{ id: kit, email: kit }] }
plays: [{ play: click, ${once} on: link.clicked, steps: [{ id: more, notify: owner }] }]
`)
  const four = [1, 2, 7, 8].map((day) => signal('link.clicked', FROM + day * DAY))
  const moved = signal('interest.expressed', FROM + 4 * DAY, { level: 'general' })
  const runs = (once: string): number =>
    play(clicks(once), [...four, moved]).timeline.filter(({ kind }) => kind === 'play').length

  test('four clicks: as often as they come, once for the lead, or once a visit', () => {
    expect([runs(''), runs('once: per lead,'), runs('once: per visit,')]).toEqual([4, 1, 2])
  })
})
