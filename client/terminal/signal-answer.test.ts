import { expect, test } from '@jest/globals'
import { signalAnswer } from './signal-answer.ts'

const answer = { type: 'demo.booked', duplicate: false, ended: false, delivered: true }

test('what matters most of an answer is said, in the language of the terminal', () => {
  expect(signalAnswer(answer, 'en')).toBe('demo.booked is recorded and acts now')
  expect(signalAnswer(answer, 'fr')).toBe('demo.booked est noté et agit maintenant')
  expect(signalAnswer({ ...answer, delivered: false }, 'en')).toMatch(
    /acts as soon as Temporal is reachable$/,
  )
  expect(signalAnswer({ ...answer, delivered: false, ended: true }, 'en')).toMatch(/nothing follows from it$/)
  expect(signalAnswer({ ...answer, type: 'unsubscribed', ended: true, suppressed: true }, 'en')).toBe(
    'unsubscribed is recorded, and the address is not written to any more, by any cadence; the lead had ended',
  )
  expect(signalAnswer({ ...answer, ended: true, duplicate: true }, 'fr')).toMatch(/ne compte qu’une fois$/)
})
