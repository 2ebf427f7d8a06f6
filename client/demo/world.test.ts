import { expect, test } from '@jest/globals'
import { LANGUAGES, type Language } from '../../cadence/reasons/dictionary.ts'
import type { Clock } from '../../store/clock.ts'
import type { LeadRow } from '../contract/index.ts'
import type { RelanceClient } from '../library/client.ts'
import { eventLine } from './print.ts'
import { writes } from './scenes.ts'
import { type Event, World } from './world.ts'

const NOW = Date.parse('2026-11-24T09:00:00Z')
const clock = { now: async () => NOW, msUntil: async () => 0 } as unknown as Clock

/** Tells what is seen of a lead that is `before` at the first look and `after` from the second on. */
async function seen(
  before: Partial<LeadRow>,
  after: Partial<LeadRow>,
  language: Language,
): Promise<string[]> {
  const row = { id: 'a', email: 'a@a.example', company: 'Atelier', standing: 'lead', stage: 'contact' }
  const over = new AbortController()
  const told: Event[] = []
  let looks = 0
  const relance = {
    leads: async () => [{ ...row, ...(looks++ === 0 ? before : after) }],
    inbox: async () => [],
  } as unknown as RelanceClient
  const tell = (event: Event): void => {
    told.push(event)
    over.abort()
  }
  await new World({ relance, clock, tell, end: over.signal, language }).watch()
  return told.map((event) => eventLine(event, NOW, language, 'UTC'))
}

test('what changes of a lead is told in the language of the terminal', async () => {
  const [standing, stage] = await seen({}, { standing: 'prospect', stage: 'discovery' }, 'fr')
  expect(standing).toMatch(/^jour {3}0 {2}2026-11-24 {2}Atelier {17}piste {5}est maintenant un prospect$/)
  expect(stage).toMatch(/avance\u00a0: contact → discovery$/)
  const ended = await seen({}, { outcome: 'lost', hold: 'account' }, 'en')
  expect(ended).toEqual([
    expect.stringMatching(/^day {3}0 .* lead {4}ends: lost$/),
    expect.stringMatching(/holds: a colleague's reply waits$/),
  ])
})

test('a hold that another event tells of is not told again', async () => {
  expect(await seen({}, { hold: 'reply', urgency: 'pressing', standing: 'prospect' }, 'en')).toHaveLength(1)
})

test.each(LANGUAGES)('a scene is told in %s, and sends the same signals', async (language) => {
  const sent: unknown[] = []
  const told: Event[] = []
  const relance = {
    signal: async (...signal: unknown[]) => sent.push(signal.slice(0, 3)),
  } as unknown as RelanceClient
  const tell = (event: Event): void => void told.push(event)
  const world = new World({ relance, clock, tell, end: new AbortController().signal, language })
  await writes(0, 'Merci.', 'end')(world.actor('a@a.example'))
  expect(sent).toEqual([
    ['a@a.example', 'reply.received', { message: 'Merci.', refuses: false }],
    ['a@a.example', 'reply.handled', { then: 'end' }],
  ])
  const texts = { en: ['replies: "Merci."', 'leaves it at that'], fr: ['répond : « Merci. »', 'en reste là'] }
  expect(told.map(({ text }) => text)).toEqual(texts[language])
})
