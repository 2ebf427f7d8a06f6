/** Random cadences and random outside worlds for the property tests: everything the language can say, kept small. */

import fc from 'fast-check'
import type { Condition } from '../../cadence/condition.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { DatedMoment, Level, Plan, Play, Stage, Step } from '../../cadence/plan.ts'
import { type FieldKind, SIGNAL_TYPES, type Signal, type SignalType, specOf } from '../../cadence/signals.ts'
import { DAY, type Instant, type Unit, type Wait } from '../../cadence/time.ts'
import { ACCOUNT_RULES, CREDITS, DEMOS, INTERESTS, NEEDS, ONCE, ROLES, THEMES } from '../../cadence/words.ts'

const START = Date.UTC(2026, 0, 5, 8)

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const wait = (most: Partial<Record<Unit, number>>): fc.Arbitrary<Wait> =>
  oneOf(Object.keys(most) as Unit[]).chain((unit) =>
    fc.integer({ min: 1, max: most[unit] ?? 1 }).map((n) => ({ n, unit })),
  )
const stepWait = wait({ h: 40, d: 12, bd: 8, w: 2, mo: 1 })
const span = wait({ h: 60, d: 40, w: 4, mo: 2 })

/** Conditions that facts alone decide: goals. */
const goal: fc.Arbitrary<Condition> = fc.oneof(
  oneOf(INTERESTS.slice(1)).map((interest) => ({ interest })),
  oneOf(CREDITS.slice(1)).map((credit) => ({ credit })),
  oneOf(NEEDS.slice(1)).map((need) => ({ need })),
  oneOf(DEMOS.slice(1)).map((demo) => ({ demo })),
  fc.constant<Condition>({ deal: 'won' }),
  span.map((dialogue) => ({ dialogue })),
  fc.subarray([...ROLES], { minLength: 1 }).map((authority) => ({ authority })),
)

/** Conditions that time decides too. */
const pressure: fc.Arbitrary<Condition> = fc.oneof(
  span.map((stage_age) => ({ stage_age })),
  fc.integer({ min: 1, max: 5 }).map((unanswered) => ({ unanswered })),
  span.map((offer_ends_within) => ({ offer_ends_within })),
  span.map((credit_ends_within) => ({ credit_ends_within })),
)
const condition: fc.Arbitrary<Condition> = fc.oneof(
  goal,
  pressure,
  fc.tuple(goal, pressure).map(([a, b]) => ({ any: [a, b] })),
  fc.tuple(goal, pressure).map(([a, b]) => ({ all: [a, b] })),
  goal.map((not) => ({ not })),
)

const day = fc.integer({ min: 0, max: 250 }).map((n) => new Date(START + n * DAY).toISOString().slice(0, 10))

/** A moment tied to a date. */
const datedMoment: fc.Arbitrary<DatedMoment> = fc
  .tuple(
    fc.oneof(
      fc.record({ of: oneOf(['offer', 'demo', 'credit'] as const) }),
      fc.record({ of: fc.constant('day' as const), day }),
      fc.record({ of: fc.constant('fact' as const), name: oneOf(['a', 'b']) }),
    ),
    fc.record(
      {
        shift: fc
          .tuple(wait({ h: 40, d: 14, bd: 5 }), oneOf([1, -1] as const))
          .map(([by, sign]) => ({ ...by, sign })),
        time: fc.integer({ min: 0, max: 1439 }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([of, more]) => ({ ...of, ...more }))

const step: fc.Arbitrary<Omit<Step, 'id'>> = fc
  .record(
    {
      kind: fc.oneof(
        { arbitrary: fc.constant('email' as const), weight: 5 },
        { arbitrary: oneOf(['task', 'credit_check', 'notify'] as const), weight: 2 },
      ),
      starts: fc.oneof(
        { arbitrary: stepWait.map((wait) => ({ wait })), weight: 4 },
        { arbitrary: datedMoment.map((at) => ({ at })), weight: 1 },
      ),
      when: condition,
      theme: oneOf([...THEMES, 'best' as const]),
      proposal: fc.constant(true as const),
      to: oneOf(ROLES),
      offer: fc.record({
        name: oneOf(['spring', 'early']),
        lasts: wait({ d: 20, w: 3 }),
        notice: wait({ d: 2, bd: 2 }),
      }),
      timeout: stepWait,
      due: wait({ d: 3, bd: 3 }),
    },
    { requiredKeys: ['kind'] },
  )
  .map(({ when, to, offer, timeout, due, proposal, starts, ...rest }) => ({
    ...rest,
    ...starts,
    name: 'hello',
    ...(when ? { when } : {}),
    ...(to ? { to } : {}),
    ...(proposal && (rest.kind === 'email' || rest.kind === 'task') ? { proposal } : {}),
    ...(offer && rest.kind === 'email' ? { offer } : {}),
    ...(due && rest.kind === 'task' ? { due } : {}),
    ...(timeout && rest.kind === 'credit_check' ? { timeout } : {}),
  }))
/** How long a step waits for the task before it, where it does and there is one. */
const patience = fc.option(wait({ h: 40, d: 5, bd: 3 }), { nil: undefined })
const steps = (prefix: string, minLength: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.tuple(step, patience), { minLength, maxLength: 4 }).map((all) =>
    all.map(([one, waits], i) => {
      const task = all.slice(0, i).findLastIndex(([{ kind }]) => kind === 'task')
      const waitFor = waits && task >= 0 ? { task: `${prefix}-${task}`, patience: waits } : undefined
      return { ...one, id: `${prefix}-${i}`, ...(waitFor && { waitFor }) }
    }),
  )

const stage = (n: number): fc.Arbitrary<Stage> =>
  fc.record({
    id: fc.constant(`stage-${n}`),
    until: goal,
    steps: steps(`s${n}`, 0),
    otherwise: fc.option(
      fc.oneof(
        fc.record({ nurture: fc.constant(true as const), after: stepWait }),
        fc.record({ end: oneOf(['unresponsive', 'lost'] as const), after: stepWait }),
      ),
      { nil: undefined },
    ),
    on: fc.oneof(
      fc.constant({}),
      fc.constant({ 'credit.refused': { end: 'refused_credit' as const } }),
      fc.constant({ 'demo.missed': { end: 'lost' as const } }),
    ),
  })

const play = (n: number): fc.Arbitrary<Play> =>
  fc
    .record(
      {
        on: oneOf<SignalType>([
          'objection.raised',
          'deal.won',
          'deal.lost',
          'contact.identified',
          'demo.missed',
          'link.clicked',
        ]),
        until: fc.oneof(fc.constant<Condition>({ open_objections: 0 }), goal),
        when: goal,
        role: oneOf(ROLES),
        once: oneOf(ONCE),
        steps: steps(`p${n}`, 1),
      },
      { requiredKeys: ['on', 'steps'] },
    )
    .map((p) => ({ ...p, id: `play-${n}` }))

const levels: fc.Arbitrary<Level[]> = fc
  .array(
    fc.record(
      { when: condition, pace: oneOf([0.3, 0.6, 0.9]), tell: oneOf(['owner', 'manager'] as const) },
      { requiredKeys: ['when', 'pace'] },
    ),
    { maxLength: 3 },
  )
  .map((more) => [{ id: 'calm', pace: 1 }, ...more.map((level, i) => ({ ...level, id: `level-${i}` }))])

const window = fc
  .record({
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    hours: fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 48 })),
    holidays: oneOf(['FR', 'DE', undefined]),
  })
  .map(({ days, hours: [from, length], holidays }) => ({
    days,
    from: from * 15,
    to: Math.min(1440, (from + length) * 15),
    ...(holidays ? { holidays } : {}),
  }))

const count = fc.integer({ min: 1, max: 3 })
const cap = fc.oneof(
  fc.record({ kind: fc.constant('rolling' as const), count, per: wait({ d: 9, w: 2 }) }),
  fc.record({
    ...{ kind: fc.constant('calendar' as const), count },
    per: fc.constantFrom('d', 'w', 'mo').map((unit) => ({ n: 1, unit }) as const),
  }),
)

const escalation = fc.record({ owner: wait({ d: 3 }), manager: wait({ d: 9 }) }, { requiredKeys: [] })

/** Any cadence. */
export const plans: fc.Arbitrary<Plan> = fc.integer({ min: 1, max: 4 }).chain((count) =>
  fc.record({
    format: fc.constant(FORMAT),
    cadence: fc.constant('random'),
    version: fc.constant(1),
    from: fc.constant('claire'),
    owner: fc.constant('claire'),
    locale: fc.constant('fr'),
    window,
    account: oneOf(ACCOUNT_RULES),
    limits: fc.record({ perLead: cap, perAccount: cap }, { requiredKeys: [] }),
    prospect: fc.constant<Condition>({
      all: [{ credit: 'approved' }, { interest: 'general' }, { dialogue: { n: 45, unit: 'd' } }],
    }),
    qualified: fc.constant<Condition>({
      all: [{ need: 'verified' }, { interest: 'comparing' }, { authority: ['decision_maker', 'influencer'] }],
    }),
    credit: fc.record({ validFor: wait({ d: 90 }) }, { requiredKeys: [] }),
    escalate: fc.record({ reply: escalation, role: escalation, task: escalation }),
    urgency: levels,
    stages: fc.tuple(...Array.from({ length: count }, (_, i) => stage(i))),
    plays: fc.tuple(play(0), play(1)),
    nurture: fc.record({
      every: wait({ d: 40, w: 6, bd: 20 }),
      for: wait({ d: 200, mo: 7 }),
      emails: fc.constant(['news-1', 'news-2']),
      until: goal,
    }),
  }),
)

const value = (name: string, kind: FieldKind, at: Instant): fc.Arbitrary<string | number | boolean> => {
  // Of a task: one that a cadence may have given.
  if (name === 'step') return oneOf(['s0-0', 's0-1', 's1-0', 's1-1', 'p0-0'])
  if (name === 'visit') return fc.integer({ min: 1, max: 5 })
  switch (kind.kind) {
    case 'one_of':
      return oneOf(kind.values)
    case 'number':
      return fc.integer({ min: 0, max: 100_000 })
    case 'boolean':
      return fc.boolean()
    case 'instant':
      return fc.integer({ min: 0, max: 60 }).map((days) => at + days * DAY)
    case 'value':
      return fc.oneof(oneOf(['a', 'b', 'c']), day)
    case 'topic':
      return oneOf(['t-1', 't-2', 't-3'])
    default:
      return oneOf(['a', 'b', 'c'])
  }
}

/** Any signal that happens within `days` of `from`; what it carries is what the workflow would see. */
export function signals(
  from: Instant = START,
  days = 200,
  types: readonly SignalType[] = SIGNAL_TYPES,
): fc.Arbitrary<Signal> {
  return fc
    .record({
      type: oneOf(types),
      at: fc.integer({ min: 1, max: days * 1440 }).map((minutes) => from + minutes * 60_000),
      late: fc.oneof(
        { arbitrary: fc.constant(0), weight: 4 },
        { arbitrary: fc.integer({ min: 0, max: 20 }), weight: 1 },
      ),
      id: fc.uuid(),
      contact: fc.option(oneOf(['anna', 'ben']), { nil: undefined }),
    })
    .chain(({ type, at, late, id, contact }) => {
      const fields = Object.entries(specOf(type).fields).filter(([, f]) => !('personal' in f.kind))
      const data = fc.record(Object.fromEntries(fields.map(([name, f]) => [name, value(name, f.kind, at)])), {
        requiredKeys: fields.filter(([, f]) => f.required).map(([name]) => name),
      })
      const identified = type === 'contact.identified' ? 'anna' : undefined
      const who = contact ?? identified
      return data.map((filled) => ({
        id,
        type,
        at,
        seen: at + late * DAY,
        ...(who ? { contact: who } : {}),
        data: filled as Signal['data'],
      }))
    })
}

/** Signals that don't end a lead, so that long stretches of a cadence are seen. */
export const LIVELY: readonly SignalType[] = SIGNAL_TYPES.filter(
  (type) =>
    !['unsubscribed', 'email.complained', 'email.bounced', 'deal.won', 'deal.lost', 'reply.handled'].includes(
      type,
    ),
)

export { START }
