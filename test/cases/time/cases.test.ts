/**
 * What waits, holds, conditions and clocks mean, by small cadences that once went wrong. Each folder has a cadence, what
 * happens in it, and in `expected.md` what is right; the rule behind each is in docs/cadences.md.
 */
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { DateTime } from 'luxon'
import type { Language } from '../../../cadence/reasons/dictionary.ts'
import type { Played } from '../../../client/contract/rehearsal.ts'
import { rehearseFile } from '../../../client/services/rehearse-file.ts'

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

interface Options {
  from: string
  signals?: string
  zone?: string
  country?: string
  until?: string
  language?: Language
}

/** Plays a case's cadence; `signals` in YAML, its own file's where that is left out. */
function play(name: string, { signals, language = 'en', ...options }: Options): Played {
  const file = `${folder(name)}/cadence.yaml`
  const own = `${folder(name)}/signals.yaml`
  const played = rehearseFile(file, {
    ...{ zone: 'Europe/Paris', until: '2027-09-01', language, ...options },
    ...(signals === undefined ? { signals: own } : signals === '' ? {} : { signals }),
  })
  if ('problems' in played) throw new Error(JSON.stringify(played.problems))
  return played
}

/** `b 2026-11-09 09:00`, by the clocks of the rehearsal's zone. */
const days = ({ calendar, zone }: Played): string[] =>
  calendar.map(({ step, at }) => `${step} ${DateTime.fromISO(at, { zone }).toFormat('yyyy-MM-dd HH:mm')}`)
const texts = ({ calendar, story, waits }: Played): string[] => [
  ...calendar.flatMap(({ because, why }) => [because, why]),
  ...story.map(({ text }) => text),
  ...(waits ? [waits.because] : []),
]
const NOVEMBER = '2026-11-02T10:00'

test('A: a condition is asked at the moment of its step', () => {
  const tagged = play('A-when-at-its-moment', { from: NOVEMBER })
  expect(days(tagged)).toEqual(['a 2026-11-02 10:00', 'b 2026-11-09 09:00', 'c 2026-11-12 09:00'])
  const never = play('A-when-at-its-moment', { from: NOVEMBER, signals: '' })
  expect(days(never)).toEqual(['a 2026-11-02 10:00', 'c 2026-11-12 09:00'])
  expect(texts(never)).toContainEqual(expect.stringMatching(/^b passed over: tagged not known/))
})

test('B: after their own reply, the wait begins anew', () => {
  const played = play('B-a-hold-stops-the-clock', { from: NOVEMBER })
  expect(days(played).filter((line) => !line.startsWith('tell-'))).toEqual([
    'a 2026-11-02 10:00',
    'b 2026-11-18 10:00',
    'c 2026-11-24 10:00',
  ])
})

test.each([
  ['en', '23 Nov 2026', /22 Nov|2026-11-22/],
  ['fr', '23 nov. 2026', /22 nov|2026-11-22/],
] as const)('C: dates are in the zone of the reader (%s)', (language, date, wrong) => {
  const played = play('C-dates-in-the-readers-zone', { from: NOVEMBER, language })
  expect(days(played)).toEqual(['a 2026-11-02 10:00', 'b 2026-11-27 09:00'])
  const about = texts(played).filter((text) => /2[23] nov/i.test(text))
  expect(about.length).toBeGreaterThan(0)
  for (const text of about) expect(text).toContain(date)
  for (const text of texts(played)) expect(text).not.toMatch(wrong)
})

test('D: who writes is back', () => {
  const played = play('D-who-writes-is-back', { from: NOVEMBER })
  expect(days(played)).toEqual(['a 2026-11-02 10:00', 'b 2026-11-25 10:00'])
})

test('E: an answer covers the replies that had come in', () => {
  const played = play('E-handled-is-about-a-reply', { from: NOVEMBER })
  expect(days(played).filter((line) => line.startsWith('b'))).toEqual([])
  expect(played.waits?.because).toMatch(/^a reply of 3 Nov 2026 waits/)
})

test('I: business days are days', () => {
  const played = play('I-business-days', { from: '2026-11-05T10:00' })
  expect(days(played)).toEqual(['a 2026-11-05 10:00', 'invite 2026-11-09 09:00'])
})

test("J: pace shortens our waits, and never a provider's", () => {
  const played = play('J-pace-is-ours', { from: NOVEMBER, signals: '' })
  const [chase] = days(played).filter((line) => line.startsWith('chase'))
  expect(chase && chase >= 'chase 2026-11-17').toBe(true)
})

describe('K: held time is no urgency', () => {
  const played = play('K-held-time-is-no-urgency', { from: NOVEMBER })

  test('the wait goes on where it stood', () => {
    expect(days(played)).toContain('b 2027-03-05 09:00')
  })

  test('nobody is told anything as the hold ends; the level is reached by the time that was not held', () => {
    const pressing = played.story.find(({ kind }) => kind === 'urgency')
    expect(pressing?.at.slice(0, 10)).toBe('2027-03-20')
    const [told] = played.calendar.filter(({ kind }) => kind === 'notify')
    expect(told && told.at >= '2027-03-20').toBe(true)
  })
})

test('L: a deadline is a day, and a last call leaves time', () => {
  const played = play('L-a-deadline-is-a-day', { from: '2026-12-14T09:00:08', signals: '' })
  expect(days(played)).toEqual(['offer 2026-12-14 09:00', 'last 2026-12-18 09:00'])
})

test('M: holds are for the other side', () => {
  const played = play('M-holds-are-for-the-other-side', { from: NOVEMBER })
  expect(days(played)).toEqual([
    'a 2026-11-02 10:00',
    'answer 2026-11-03 10:00',
    'tell-reply 2026-11-04 10:00',
    'tell-reply 2026-11-06 10:00',
    'b 2027-01-07 10:00',
    // Ten days in the stage, but for those that were held.
    'tell-pressing 2027-01-11 09:00',
  ])
})

test("P: the rehearsal observes the lead's own holidays", () => {
  const from = '2027-07-13T10:00'
  const said = play('P-rehearsal-knows-the-country', {
    from,
    signals: '',
    zone: 'America/New_York',
    country: 'US',
  })
  expect(days(said)).toEqual(['a 2027-07-13 10:00', 'b 2027-07-14 10:00'])
  const assumed = play('P-rehearsal-knows-the-country', { from, signals: '', zone: 'America/New_York' })
  expect(days(assumed)).toEqual(days(said))
  expect(assumed).toMatchObject({ holidays: 'US', assumed: true })
  // Patriots' Day is one of Massachusetts.
  const april = { from: '2027-04-18T10:00', signals: '', zone: 'America/New_York' }
  const [there, elsewhere] = ['US-MA', 'US-NY'].map((country) =>
    play('P-rehearsal-knows-the-country', { ...april, country }),
  )
  expect([there, elsewhere].map((played) => days(played as NonNullable<typeof played>)[0])).toEqual([
    'a 2027-04-20 09:00',
    'a 2027-04-19 09:00',
  ])
})
