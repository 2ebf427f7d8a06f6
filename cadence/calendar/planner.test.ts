import { describe, expect, test } from '@jest/globals'
import { say } from '../reasons/say.ts'
import { DAY, parseWait, type Wait } from '../time.ts'
import type { MomentRequest } from '../touch.ts'
import { type Book, earliest, type RecipientRules, type Slot, slot, slotAsync } from './planner.ts'

/** What is planned without a deadline always has a moment. */
const certain = (found: Slot | undefined): Slot => found as Slot

const MINUTE = 60_000
const at = (iso: string): number => Date.parse(iso)
const wait = (text: string): Wait => parseWait(text) as Wait
const EMPTY: Book = { lead: [], account: [] }
const FRANCE: RecipientRules = {
  zone: 'Europe/Paris',
  window: { days: [1, 2, 3, 4, 5], from: 540, to: 1050, holidays: 'FR' },
  limits: {
    perLead: { kind: 'rolling', count: 2, per: wait('1w') },
    perAccount: { kind: 'rolling', count: 4, per: wait('1w') },
  },
}
const want = (anchor: string, waits: string[], over: Partial<MomentRequest> = {}): MomentRequest => ({
  kind: 'email',
  anchor: at(anchor),
  waits: waits.map(wait),
  pace: 1,
  ...over,
})
const monday = '2026-11-23T10:12:00+01:00'
const touches = (...isos: string[]): number[] => isos.map(at)

/** Why then, as a reader in that zone sees it. */
const told = (found: Slot, zone = FRANCE.zone): { at: number; why: string[] } => ({
  at: found.at,
  why: found.why.map((one) => say(one, { language: 'en', zone, now: 0 })),
})

describe('earliest', () => {
  test.each([
    ['at once', want(monday, []), EMPTY, monday, []],
    [
      'after its wait',
      want(monday, ['3bd']),
      EMPTY,
      '2026-11-26T10:12:00+01:00',
      ['3 business days after Mon, 23 Nov 2026, 10:12'],
    ],
    [
      'after both its waits, paced',
      want(monday, ['10bd', '4h'], { pace: 0.5 }),
      EMPTY,
      '2026-11-30T12:12:00+01:00',
      ['10 business days + 4 hours × 0.5 after Mon, 23 Nov 2026, 10:12'],
    ],
    [
      'into the window',
      want(monday, ['5d']),
      EMPTY,
      '2026-11-30T09:00:00+01:00',
      ['5 days after Mon, 23 Nov 2026, 10:12', 'window opens Mon, 30 Nov 2026, 09:00'],
    ],
    [
      'over a holiday',
      want('2026-12-24T18:00+01:00', []),
      EMPTY,
      '2026-12-28T09:00:00+01:00',
      ['public holiday 25 Dec 2026 (Noël)', 'window opens Mon, 28 Dec 2026, 09:00'],
    ],
    [
      'business days around a holiday',
      want('2026-12-23T10:00+01:00', ['2bd']),
      EMPTY,
      '2026-12-28T10:00:00+01:00',
      ['2 business days after Wed, 23 Dec 2026, 10:00', 'public holiday 25 Dec 2026 (Noël)'],
    ],
    [
      "when the lead's cap allows",
      want(monday, []),
      { lead: touches('2026-11-17T11:00+01:00', '2026-11-19T11:00+01:00'), account: [] },
      '2026-11-24T11:00:00+01:00',
      ['cap of 2 in 7 days: the next place is Tue, 24 Nov 2026, 11:00'],
    ],
    [
      'when the cap allows, and then the window',
      want(monday, ['1d']),
      { lead: touches('2026-11-21T11:00+01:00', '2026-11-23T10:12+01:00'), account: [] },
      '2026-11-30T09:00:00+01:00',
      [
        '1 day after Mon, 23 Nov 2026, 10:12',
        'cap of 2 in 7 days: the next place is Sat, 28 Nov 2026, 11:00',
        'window opens Mon, 30 Nov 2026, 09:00',
      ],
    ],
    [
      'when the cap allows, whatever the window had said before',
      want(monday, ['5d']),
      { lead: touches('2026-11-24T11:00+01:00', '2026-11-25T11:00+01:00'), account: [] },
      '2026-12-01T11:00:00+01:00',
      [
        '5 days after Mon, 23 Nov 2026, 10:12',
        'cap of 2 in 7 days: the next place is Tue, 1 Dec 2026, 11:00',
      ],
    ],
    [
      "when the account's cap allows, too",
      want(monday, []),
      {
        lead: [],
        account: touches('2026-11-18T09:00Z', '2026-11-18T10:00Z', '2026-11-19T10:00Z', '2026-11-24T10:00Z'),
      },
      '2026-11-25T10:00:00+01:00',
      ['account cap of 4 in 7 days: the next place is Wed, 25 Nov 2026, 10:00'],
    ],
  ])('%s', (_, wanted, book, when, why) => {
    const found = certain(earliest(wanted, FRANCE, book, wanted.anchor))
    expect(told(found)).toEqual({ at: at(when), why })
  })

  test.each([
    ['calendar', 'cap of 1 a day', 'plafond de la piste, 1 par jour', '2026-11-24T09:00:00+01:00'],
    ['rolling', 'cap of 1 in 24 hours', 'plafond de la piste, 1 en 24 heures', '2026-11-24T09:30:00+01:00'],
  ] as const)('a %s cap says what it counts: %s', (kind, english, french, when) => {
    const daily: RecipientRules = { ...FRANCE, limits: { perLead: { kind, count: 1, per: wait('1d') } } }
    const book = { lead: touches('2026-11-23T09:30:00+01:00'), account: [] }
    const found = certain(earliest(want(monday, []), daily, book, at(monday)))
    expect(found.at).toBe(at(when))
    const said = (language: 'en' | 'fr'): string[] =>
      found.why.map((one) => say(one, { language, zone: FRANCE.zone, now: 0 }))
    expect(said('en')[0]).toContain(`${english}: the next place is Tue, 24 Nov 2026`)
    expect(said('fr')[0]).toContain(french)
  })

  test('closed days are said once, however many they are', () => {
    const closed = [{ from: '2026-11-24', to: '2026-11-26' }]
    const shut = { ...FRANCE, window: { ...FRANCE.window, closed } }
    const found = certain(earliest(want(monday, ['1bd']), shut, EMPTY, at(monday)))
    expect(told(found)).toEqual({
      at: at('2026-11-27T10:12:00+01:00'),
      why: ['1 business day after Mon, 23 Nov 2026, 10:12', 'closed from 24 Nov 2026 to 26 Nov 2026'],
    })
  })

  test('only e-mails count against the caps', () => {
    const book = { lead: touches(monday, monday), account: touches(monday, monday, monday, monday) }
    for (const kind of ['task', 'notify', 'credit_check'] as const) {
      expect(certain(earliest(want(monday, [], { kind }), FRANCE, book, at(monday)))).toEqual({
        at: at(monday),
        why: [],
      })
    }
  })

  test('a moment is only waited for', () => {
    const found = certain(
      earliest(want(monday, ['5d', '10h'], { kind: 'moment' }), FRANCE, EMPTY, at(monday)),
    )
    expect(told(found)).toEqual({
      at: at('2026-11-28T20:12:00+01:00'),
      why: ['5 days + 10 hours after Mon, 23 Nov 2026, 10:12'],
    })
  })

  test('what is overdue happens now, or not before it was asked to', () => {
    const overdue = want(monday, ['1bd'])
    const now = at('2026-12-02T10:00+01:00')
    expect(told(certain(earliest(overdue, FRANCE, EMPTY, now)))).toEqual({ at: now, why: [] })
    const later = now + 30 * MINUTE
    expect(told(certain(earliest({ ...overdue, notBefore: later }, FRANCE, EMPTY, now)))).toEqual({
      at: later,
      why: ['not before Wed, 2 Dec 2026, 10:30'],
    })
  })

  test("the recipient's zone and country decide", () => {
    const lead = { ...FRANCE, zone: 'America/New_York', holidays: 'US' }
    // Thanksgiving; and nine o'clock there.
    expect(told(certain(earliest(want('2026-11-26T10:00+01:00', []), lead, EMPTY, 0)), lead.zone)).toEqual({
      at: at('2026-11-27T09:00:00-05:00'),
      why: ['public holiday 26 Nov 2026 (Thanksgiving Day)', 'window opens Fri, 27 Nov 2026, 09:00'],
    })
  })
})

describe('slot', () => {
  const spacing = 10 * MINUTE
  const mailbox =
    (...taken: number[]) =>
    (from: number): number => {
      let t = from
      while (taken.includes(t)) t += spacing
      return t
    }

  test('is a multiple of the spacing', () => {
    const found = certain(slot(want(monday, []), FRANCE, EMPTY, at(monday), spacing, mailbox()))
    expect(told(found)).toEqual({ at: at('2026-11-23T10:20:00+01:00'), why: [] })
  })

  test('is one that nobody has taken', () => {
    const taken = touches('2026-11-23T10:20+01:00', '2026-11-23T10:30+01:00')
    expect(
      told(certain(slot(want(monday, []), FRANCE, EMPTY, at(monday), spacing, mailbox(...taken)))),
    ).toEqual({
      at: at('2026-11-23T10:40:00+01:00'),
      why: ['the mailbox is free Mon, 23 Nov 2026, 10:40'],
    })
  })

  test('is the next morning when the day is full, or ends before the next multiple', () => {
    const evening = '2026-11-23T17:21:00+01:00'
    const [late, early] = touches('2026-11-23T17:30+01:00', '2026-11-24T09:00+01:00') as [number, number]
    expect(told(certain(slot(want(evening, []), FRANCE, EMPTY, at(evening), spacing, mailbox())))).toEqual({
      at: early,
      why: ['window opens Tue, 24 Nov 2026, 09:00'],
    })
    const full = mailbox(late - spacing, early)
    expect(told(certain(slot(want('2026-11-23T17:12+01:00', []), FRANCE, EMPTY, 0, spacing, full)))).toEqual({
      at: early + spacing,
      why: ['window opens Tue, 24 Nov 2026, 09:00', 'the mailbox is free Tue, 24 Nov 2026, 09:10'],
    })
  })

  test('keeps to the caps when the mailbox moves it', () => {
    // Two touches around it: only until 11:00 does the lead's cap allow another.
    const book = { lead: touches('2026-11-18T10:00+01:00', '2026-11-30T11:00+01:00'), account: [] }
    const cap: RecipientRules = {
      ...FRANCE,
      limits: { perLead: { kind: 'rolling', count: 1, per: wait('1w') } },
    }
    const day = [0, 1, 2, 3, 4, 5].map((i) => at('2026-11-25T10:00+01:00') + i * spacing)
    const alone = { lead: touches('2026-12-02T10:40+01:00'), account: [] }
    expect(certain(slot(want('2026-11-25T10:00+01:00', []), cap, alone, 0, spacing, mailbox())).at).toBe(
      day[0],
    )
    expect(
      certain(slot(want('2026-11-25T10:00+01:00', []), cap, alone, 0, spacing, mailbox(...day))).at,
    ).toBe(at('2026-12-09T10:40+01:00'))
    expect(certain(slot(want('2026-11-25T10:00+01:00', []), cap, book, 0, spacing, mailbox())).at).toBe(
      at('2026-12-07T11:00+01:00'),
    )
  })

  test('anything but an e-mail needs no mailbox', () => {
    const none = (): number => {
      throw new Error('asked')
    }
    const task = want(monday, ['1bd'], { kind: 'task' })
    expect(certain(slot(task, FRANCE, EMPTY, at(monday), spacing, none))).toEqual(
      certain(earliest(task, FRANCE, EMPTY, at(monday))),
    )
  })

  test('a mailbox that has to be asked gives the same', async () => {
    const taken = mailbox(...touches('2026-11-23T10:20+01:00', '2026-11-23T17:20+01:00'))
    for (const anchor of [monday, '2026-11-23T17:15+01:00', '2026-11-21T10:00+01:00']) {
      const sync = certain(slot(want(anchor, []), FRANCE, EMPTY, 0, spacing, taken))
      expect(await slotAsync(want(anchor, []), FRANCE, EMPTY, 0, spacing, async (t) => taken(t))).toEqual(
        sync,
      )
    }
  })

  test('slots that are never inside the window end in an error, not in a loop', () => {
    const narrow: RecipientRules = { ...FRANCE, window: { ...FRANCE.window, from: 550, to: 555 } }
    expect(() => certain(slot(want(monday, []), narrow, EMPTY, 0, 60 * MINUTE, mailbox()))).toThrow(
      expect.objectContaining({ code: 'no_slot' }),
    )
  })

  test.each([Number.NaN, 0])('a mailbox that answers %s is refused', (answer) => {
    expect(() => certain(slot(want(monday, []), FRANCE, EMPTY, 0, spacing, () => answer))).toThrow(RangeError)
  })

  test('ten years of holidays, caps and a busy mailbox end in a slot', () => {
    const lead = Array.from({ length: 200 }, (_, i) => at(monday) + i * 3 * DAY)
    const found = certain(slot(want(monday, []), FRANCE, { lead, account: lead }, 0, spacing, mailbox()))
    expect(found.at).toBeGreaterThan((lead[198] as number) + 7 * DAY - 1)
  })
})
