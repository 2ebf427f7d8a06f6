/**
 * Promise 5 as properties: never outside the window, over a cap, on a holiday, before now or before the waits, across
 * daylight-saving changes too; and the earliest such instant. The judge below knows nothing of how the planner works:
 * it asks luxon and date-holidays about every quarter of an hour in turn.
 */
import { describe, expect, test } from '@jest/globals'
import Holidays from 'date-holidays'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { overCap } from '../../test/support/caps.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../time.ts'
import type { MomentRequest } from '../touch.ts'
import { type Book, earliest, type RecipientRules, type Slot, slot } from './planner.ts'

/** What is planned without a deadline always has a moment. */
const certain = (found: Slot | undefined): Slot => found as Slot

const QUARTER = 15 * 60_000
const at = (iso: string): number => Date.parse(iso)

/** Changes of the clocks worth standing next to: at midnight, by half an hour, by a day, backwards over midnight. */
const CHANGES: [string, string][] = [
  ['Europe/Paris', '2026-03-29T01:00Z'],
  ['Europe/Paris', '2026-10-25T01:00Z'],
  ['America/New_York', '2026-11-01T06:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['America/Havana', '2026-03-08T05:00Z'],
  ['America/Havana', '2026-11-01T05:00Z'],
  ['America/Sao_Paulo', '2018-11-04T03:00Z'],
  ['America/Sao_Paulo', '2018-02-18T02:00Z'],
  ['Asia/Beirut', '2026-03-28T22:00Z'],
  ['Africa/Casablanca', '2026-02-15T02:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00Z'],
  ['Pacific/Kwajalein', '1993-08-21T12:00Z'],
  ['Antarctica/Troll', '2026-03-29T01:00Z'],
]
const QUARTERS = [at('1990-01-01T00:00Z'), at('2060-01-01T00:00Z')].map((t) => t / QUARTER) as [
  number,
  number,
]
const anywhere = fc.tuple(
  fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT-14', 'Etc/GMT+12'),
  fc.integer({ min: QUARTERS[0], max: QUARTERS[1] }).map((q) => q * QUARTER),
)
const atChange = fc
  .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -400, max: 40 }))
  .map(([[zone, iso], q]): [string, Instant] => [zone, at(iso) + q * QUARTER])
const nearHoliday = fc
  .tuple(
    fc.constantFrom('Europe/Paris', 'Asia/Tokyo', 'America/St_Johns'),
    fc.integer({ min: 1990, max: 2059 }),
  )
  .map(([zone, year]): [string, Instant] => [zone, at(`${year}-12-24T12:00Z`)])

/** No narrower than the widest spacing of slots: there has to be one inside. */
const quarterOfDay = fc.integer({ min: 0, max: 96 })
const windows = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    hours: fc.tuple(quarterOfDay, quarterOfDay).filter(([a, b]) => Math.abs(a - b) >= 3),
    holidays: fc.constantFrom(undefined, 'FR', 'DE-BY', 'US', 'JP', 'ZZ'),
  })
  .map(({ days, hours: [a, b], holidays }) => ({
    days,
    from: Math.min(a, b) * 15,
    to: Math.max(a, b) * 15,
    ...(holidays === undefined ? {} : { holidays }),
  }))
const caps = fc.option(
  fc.oneof(
    fc.record({
      ...{ kind: fc.constant('rolling' as const), count: fc.integer({ min: 1, max: 3 }) },
      per: fc.record({ n: fc.integer({ min: 1, max: 60 }), unit: fc.constant('h' as const) }),
    }),
    fc.record({
      ...{ kind: fc.constant('calendar' as const), count: fc.integer({ min: 1, max: 3 }) },
      per: fc.constantFrom('d', 'w', 'mo').map((unit) => ({ n: 1, unit }) as const),
    }),
  ),
  { nil: undefined },
)
const times = fc.array(fc.integer({ min: -300, max: 300 }), { maxLength: 8 })
const cases = fc
  .record({
    where: fc.oneof(anywhere, atChange, nearHoliday),
    window: windows,
    perLead: caps,
    perAccount: caps,
    lead: times,
    others: times,
    kind: fc.constantFrom('email', 'email', 'email', 'task', 'moment' as const),
    waits: fc.array(fc.record({ n: fc.integer({ min: 0, max: 30 }), unit: fc.constant('h' as const) }), {
      maxLength: 2,
    }),
    since: fc.integer({ min: 0, max: 200 }),
    later: fc.integer({ min: -100, max: 100 }),
    spacing: fc.constantFrom(1, 2, 3),
    taken: fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 150 }),
  })
  .map(({ where: [zone, now], window, perLead, perAccount, ...c }) => {
    const near = (quarters: number[]): Instant[] => quarters.map((q) => now + q * QUARTER)
    const limits: RecipientRules['limits'] = {
      ...(perLead ? { perLead } : {}),
      ...(perAccount ? { perAccount } : {}),
    }
    const rules: RecipientRules = { zone, window, limits }
    const book: Book = { lead: near(c.lead), account: near([...c.lead, ...c.others]) }
    const want: MomentRequest = { kind: c.kind, anchor: now - c.since * QUARTER, waits: c.waits, pace: 1 }
    const spacing = c.spacing * QUARTER
    const grid = Math.ceil(now / spacing)
    const taken = new Set(c.taken.map((n) => (grid + n) * spacing))
    const free = (from: Instant): Instant => {
      let t = from
      while (taken.has(t)) t += spacing
      return t
    }
    const notBefore = now + c.later * QUARTER
    return { now, notBefore, rules, book, want: { ...want, notBefore }, spacing, taken, free }
  })
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never

describe('promise 5', () => {
  test('the earliest is allowed, and nothing before it is', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const found = certain(earliest(c.want, c.rules, c.book, c.now)).at
        expect(refusal(c, found)).toBe('')
        expect(quartersBefore(c, found).filter((t) => refusal(c, t) === '')).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('a slot is allowed and free, and no free one before it is', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const found = certain(slot(c.want, c.rules, c.book, c.now, c.spacing, c.free)).at
        const taken = (t: Instant): boolean =>
          c.want.kind === 'email' && (t % c.spacing !== 0 || c.taken.has(t))
        expect(refusal(c, found)).toBe('')
        expect(taken(found)).toBe(false)
        expect(quartersBefore(c, found).filter((t) => !taken(t) && refusal(c, t) === '')).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('planning again, at any time up to the slot, gives the same slot', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), (c, part) => {
        const first = certain(slot(c.want, c.rules, c.book, c.now, c.spacing, c.free))
        const now = c.now + Math.floor((first.at - c.now) * part)
        const again = certain(slot(c.want, c.rules, c.book, now, c.spacing, c.free))
        expect(again.at).toBe(first.at)
        const shuffled = { lead: c.book.lead.toReversed(), account: c.book.account.toReversed() }
        expect(certain(slot(c.want, c.rules, shuffled, now, c.spacing, c.free))).toEqual(again)
      }),
      { numRuns: 1000 },
    )
  })

  test('and the same reasons, unless it was overdue or the mailbox moved it', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), (c, part) => {
        const { notBefore: _, ...plain } = c.want
        const want = { ...plain, anchor: c.now }
        const first = certain(earliest(want, c.rules, c.book, c.now))
        const now = c.now + Math.floor((first.at - c.now) * part)
        expect(certain(earliest(want, c.rules, c.book, now))).toEqual(first)
      }),
      { numRuns: 1000 },
    )
  })

  test('business days, months and years of waiting too: inside the window, never early', () => {
    const unit = fc.constantFrom('h', 'd', 'bd', 'w', 'mo', 'y' as const)
    const waits = fc.array(fc.record({ n: fc.integer({ min: 0, max: 9 }), unit }), { maxLength: 2 })
    fc.assert(
      fc.property(cases, waits, fc.constantFrom(0.3, 0.6, 1), (c, long, pace) => {
        const want: MomentRequest = { ...c.want, waits: long, pace }
        const found = certain(slot(want, c.rules, c.book, c.now, c.spacing, c.free)).at
        expect(refusal({ ...c, want: { ...c.want, waits: [] } }, found)).toBe('')
        const hours = long.reduce(
          (sum, { n, unit: u }) => sum + (u === 'h' ? n * HOUR : u === 'bd' ? 0 : n * DAY),
          0,
        )
        // Two days of slack for what clocks may skip (Apia: a whole day).
        expect(found - want.anchor).toBeGreaterThanOrEqual(hours * pace - 2 * DAY)
      }),
      { numRuns: 500 },
    )
  })
})

/** The quarters of an hour before what was found, at most so many that this stays quick. */
function quartersBefore(c: Case, found: Instant): Instant[] {
  const from = Math.max(c.now, found - 700 * QUARTER)
  return Array.from({ length: Math.ceil((found - from) / QUARTER) }, (_, i) => from + i * QUARTER)
}

/** Why an instant is not allowed, or ''. */
function refusal({ want, rules, book, now, notBefore }: Case, t: Instant): string {
  const due = want.waits.reduce((sum, wait) => sum + wait.n * HOUR, want.anchor)
  if (t < now) return 'before now'
  if (t < notBefore) return 'not before'
  if (t < due) return 'before its waits'
  if (want.kind === 'moment') return ''
  const there = DateTime.fromMillis(t, { zone: rules.zone })
  const minute = there.hour * 60 + there.minute
  if (!rules.window.days.includes(there.weekday)) return 'weekday'
  if (minute < rules.window.from || minute >= rules.window.to) return 'time of day'
  if (rules.window.holidays && isHoliday(rules.window.holidays, there.toISODate() as string)) return 'holiday'
  if (want.kind !== 'email') return ''
  // Two e-mails of a lead are a minute apart.
  if (book.lead.some((sent) => Math.abs(sent - t) < MINUTE)) return 'a minute apart'
  const { perLead, perAccount } = rules.limits
  if (perLead && overCap([...book.lead, t], perLead, rules.zone, t)) return 'cap'
  if (perAccount && overCap([...book.account, t], perAccount, rules.zone, t)) return 'account cap'
  return ''
}

const dates = new Map<string, Set<string>>()
function isHoliday(code: string, date: string): boolean {
  const key = `${code} ${date.slice(0, 4)}`
  let known = dates.get(key)
  if (!known) {
    const [country, state] = code.split('-') as [string, string?]
    const calendar = state === undefined ? new Holidays(country) : new Holidays(country, state)
    const days = calendar.getHolidays(Number(date.slice(0, 4))).filter((day) => day.type === 'public')
    known = new Set(days.map((day) => day.date.slice(0, 10)))
    // Veterans Day on a weekend is taken beside it, which date-holidays doesn't know.
    if (country === 'US') {
      const veterans = DateTime.utc(Number(date.slice(0, 4)), 11, 11)
      const beside = { 6: -1, 7: 1 }[veterans.weekday as 6 | 7] ?? 0
      known.add(veterans.plus({ days: beside }).toISODate() as string)
    }
    dates.set(key, known)
  }
  return known.has(date)
}
