/** A lead that lives for years stays small: what it carries grows with what is known, never with the time that passes. */
import { expect, test } from '@jest/globals'
import { readCadence } from '../language/read.ts'
import type { Lead } from '../lead.ts'
import { SEEN, UNANSWERED } from '../lead.ts'
import type { Signal, SignalType } from '../signals.ts'
import { DAY } from '../time.ts'
import { rehearse } from './rehearse.ts'

const FROM = Date.UTC(2026, 0, 5, 9)
/** Everything that could pile up: a nurture of many e-mails, a role nobody has, urgency that comes and goes. */
const { plan } = readCadence(
  `
cadence: years
from: claire
locale: en
urgency:
  - level: calm
  - { level: hot, when: { fact: { tender: true } }, tell: manager }
stages:
  - stage: contact
    until: { interest: general }
    steps:
      - { id: hello, email: hello }
      - { id: boss, email: boss, to: decision_maker }
  - stage: sale
    until: { deal: won }
    steps:
      - { id: ally, email: ally, to: influencer }
      - { id: quote, email: quote }
    otherwise: nurture
plays:
  - { play: click, on: link.clicked, when: { interest: general }, steps: [{ id: more, task: More }] }
nurture: { every: 1w, for: 10y, emails: [news-1, news-2], until: { need: verified } }
`,
  'years.yaml',
)
if (!plan) throw new Error('the cadence does not compile')

/** Interest, tenders, clicks, absences: the same few things again and again, for years. */
function world(years: number): Signal[] {
  const kinds: [SignalType, Signal['data']][] = [
    ['interest.expressed', { level: 'general', theme: 'ease' }],
    ['fact.recorded', { name: 'tender', value: true }],
    ['link.clicked', { theme: 'ease' }],
    ['fact.recorded', { name: 'tender', value: false }],
    ['objection.raised', { topic: 't-1' }],
    ['objection.overcome', { topic: 't-1' }],
    ['reply.automatic', { returns: 0 }],
    ['interest.expressed', { level: 'none' }],
  ]
  return Array.from({ length: years * 100 }, (_, i): Signal => {
    const [type, data] = kinds[i % kinds.length] as (typeof kinds)[number]
    const at = FROM + Math.round((i * 365 * DAY) / 100)
    return { id: `s-${String(i).padStart(4, '0')}`, type, at, seen: at, data }
  })
}
const sized = ({ seen: _, unanswered: __, ...rest }: Lead): number => JSON.stringify(rest).length
const after = (years: number): Lead =>
  rehearse(plan, { from: FROM, until: FROM + years * 365 * DAY, zone: 'Europe/Paris', signals: world(years) })
    .lead

test('ten years are no larger than two, but for the lists that are bounded', () => {
  const [two, ten] = [after(2), after(10)]
  expect(ten.visited).toBeGreaterThan(4 * two.visited)
  // A few more digits in its numbers.
  expect(sized(ten)).toBeLessThan(sized(two) + 100)
  expect(ten.seen).toHaveLength(SEEN)
  expect(ten.unanswered.length).toBeLessThanOrEqual(UNANSWERED)
})

test('a nurture of years: its e-mails in turn, and only the last one kept', () => {
  const told = [
    { id: 'i', type: 'interest.expressed' as const, at: FROM, seen: FROM, data: { level: 'general' } },
  ]
  const ally = {
    id: 'a',
    type: 'contact.identified' as const,
    at: FROM,
    seen: FROM,
    contact: 'ann',
    data: { role: 'influencer' },
  }
  const until = FROM + 9 * 365 * DAY
  const { calendar, lead } = rehearse(plan, {
    from: FROM,
    until,
    zone: 'Europe/Paris',
    signals: [...told, ally],
  })
  const news = calendar.filter(({ touch }) => touch.stage === 'nurture')
  expect(news.length).toBeGreaterThan(400)
  expect(news.map(({ touch }) => touch.step)).toEqual(news.map((_, i) => `nurture-${i + 1}`))
  expect(news.every(({ touch }, i) => touch.name === `news-${(i % 2) + 1}`)).toBe(true)
  expect(lead.visits.find(({ kind: of }) => of === 'nurture')?.done).toEqual([`nurture-${news.length}`])
})
