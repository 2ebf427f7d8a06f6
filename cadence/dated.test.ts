/** Steps tied to a date: before it, moved with it, and not done any more when it is over; and dates that are too far. */
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { readCadence } from './language/read.ts'
import type { Plan } from './plan.ts'
import { type Rehearsal, rehearse } from './rehearsal/rehearse.ts'
import type { Signal, SignalType } from './signals.ts'
import { DAY, HOUR, type Instant } from './time.ts'

const ZONE = 'Europe/Paris'
/** A Monday, 10:00 in Paris. */
const FROM = Date.UTC(2026, 0, 5, 9)

function compiled(steps: string): Plan {
  const yaml = `
cadence: dated
from: claire
locale: en
window: { days: mon-fri, hours: "09:00-17:30" }
stages:
  - stage: sale
    until: { deal: won }
    steps:
${steps
  .trim()
  .split('\n')
  .map((line) => `      - ${line.trim()}`)
  .join('\n')}
`
  const { plan, problems } = readCadence(yaml, 'dated.yaml')
  if (!plan) throw new Error(JSON.stringify(problems))
  return plan
}

const signal = (type: SignalType, day: number, data: Signal['data'] = {}): Signal => {
  const at = FROM + day * DAY
  return { id: `${type}-${day}`, type, at, seen: at, data }
}
const play = (plan: Plan, signals: Signal[]): Rehearsal =>
  rehearse(plan, { from: FROM, until: FROM + 90 * DAY, zone: ZONE, signals })
/** `remind 01-14 09:00` */
const days = ({ calendar }: Rehearsal): string[] =>
  calendar.map(
    ({ touch, at }) => `${touch.step} ${DateTime.fromMillis(at, { zone: ZONE }).toFormat('MM-dd HH:mm')}`,
  )

describe('a reminder of a demo', () => {
  const plan = compiled(`
    { id: invite, email: invite }
    { id: remind, email: remind, at: demo - 1d 09:00 }
    { id: after, email: after, wait: 3d }
  `)
  /** Thursday, 15 January, 14:00. */
  const THURSDAY = FROM + 10 * DAY + 4 * HOUR

  test('goes out the day before it; what stands behind it counts from there', () => {
    expect(days(play(plan, [signal('demo.booked', 1, { at: THURSDAY })]))).toEqual([
      'invite 01-05 10:00',
      'remind 01-14 09:00',
      'after 01-19 09:00',
    ])
  })

  test('moves with the demo, to a later day and to a sooner one', () => {
    const booked = signal('demo.booked', 1, { at: THURSDAY })
    const later = signal('demo.booked', 5, { at: THURSDAY + 7 * DAY })
    expect(days(play(plan, [booked, later]))).toContain('remind 01-21 09:00')
    const sooner = signal('demo.booked', 3, { at: THURSDAY - 6 * DAY })
    // The day before has begun: the next moment there is.
    expect(days(play(plan, [booked, sooner]))).toContain('remind 01-08 10:00')
  })

  test('is not sent once the demo has been, nor holds up what stands behind it while there is none', () => {
    const unknown = ['invite 01-05 10:00', 'after 01-08 10:00']
    expect(days(play(plan, []))).toEqual(unknown)
    // Booked in the evening for the next morning, before the window opens.
    const night = signal('demo.booked', 1.4, { at: FROM + 2 * DAY - 2 * HOUR })
    expect(days(play(plan, [night]))).toEqual(unknown)
  })

  test('whatever is booked, and however often, none goes out at or after the demo it is for', () => {
    const bookings = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 30 * 24 }), fc.integer({ min: 1, max: 20 * 24 })),
      { minLength: 1, maxLength: 4 },
    )
    let sent = 0
    fc.assert(
      fc.property(bookings, (all) => {
        const signals = all
          .map(([hour, ahead]) => signal('demo.booked', hour / 24, { at: FROM + (hour + ahead) * HOUR }))
          .filter((one, i, list) => list.findIndex(({ at }) => at === one.at) === i)
          .sort((a, b) => a.at - b.at)
        for (const { touch, at } of play(plan, signals).calendar) {
          if (touch.step !== 'remind') continue
          const last = signals.findLast((one) => one.at <= at)?.data.at as Instant
          expect(at).toBeLessThan(last)
          sent += 1
        }
      }),
    )
    expect(sent).toBeGreaterThan(10)
  })
})

test('a last call goes out so long before the end of the offer, and moves when that is extended', () => {
  const plan = compiled(`
    { id: offer, email: offer, offer: { name: early, lasts: 21d } }
    { id: last,  email: last,  offer: { name: early, lasts: 21d }, at: offer ends - 9d }
  `)
  // The offer ends with Monday, 26 January; nine days before that is a Saturday.
  expect(days(play(plan, []))).toEqual(['offer 01-05 10:00', 'last 01-19 09:00'])
  const extended = signal('offer.extended', 3, { offer: 'early', until: FROM + 40 * DAY, reason: 'holidays' })
  expect(days(play(plan, [extended]))).toEqual(['offer 01-05 10:00', 'last 02-05 10:00'])
})

test('a fact that is a date: before it, once it is known; a date that is over is passed by', () => {
  const plan = compiled(`
    { id: hello, email: hello }
    { id: renew, email: renew, at: fact renewal - 30d }
  `)
  const known = (value: string): string[] =>
    days(play(plan, [signal('fact.recorded', 1, { name: 'renewal', value })]))
  expect(known('2026-03-12')).toEqual(['hello 01-05 10:00', 'renew 02-10 09:00'])
  expect(known('2026-01-20')).toEqual(['hello 01-05 10:00', 'renew 01-06 10:00'])
  expect(known('2026-01-02')).toEqual(['hello 01-05 10:00'])
})

test.each([
  ['reply.automatic', 'returns'],
  ['callback.requested', 'until'],
] as const)('%s with a date over a year away is asked about, not obeyed', (type, field) => {
  const plan = compiled(`
    { id: a, email: a }
    { id: b, email: b, wait: 5d }
  `)
  const far = play(plan, [signal(type, 1, { [field]: FROM + 500 * DAY })])
  expect(far.calendar.filter(({ touch }) => touch.kind === 'notify').map(({ touch }) => touch.name)).toEqual([
    'owner',
  ])
  // Two weeks count for no wait; then it goes on where it stood.
  expect(days(far)).toContain('b 01-26 09:00')
  const near = play(plan, [signal(type, 1, { [field]: FROM + 60 * DAY })])
  expect(near.calendar.map(({ touch }) => touch.step)).toEqual(['a', 'b'])
  expect(days(near)).toContain('b 03-10 10:00')
})
