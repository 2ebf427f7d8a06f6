/** Whose fault a refusal is: the table of known replies, and what holds for all others. */
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { REPLIES } from '../../../test/support/replies.ts'
import { CLASS, isOurs, verdictOf } from './classify.ts'
import { UNKNOWN } from './patterns.ts'
import type { Stage } from './reply.ts'

test('there are enough of them, and every class is among them', () => {
  expect(REPLIES.length).toBeGreaterThanOrEqual(150)
  expect([...new Set(REPLIES.map(({ verdict }) => verdict))].sort()).toEqual(Object.keys(CLASS).sort())
})

test.each(REPLIES.map(({ stage, verdict, source, text }) => [source, stage, text, verdict] as const))(
  '%s at %s: %j',
  (_, stage, text, verdict) => {
    expect(verdictOf(stage, text)).toBe(verdict)
  },
)

const stages: Stage[] = ['connect', 'greeting', 'ehlo', 'starttls', 'auth', 'mail', 'rcpt', 'data', 'dot']
const stage = fc.constantFrom(...stages)
/** Codes that RFC 3463 and 7505 give an address that doesn't work. */
const CLEAR = ['5.1.1', '5.1.3', '5.1.6', '5.1.10']

/** Words of all known replies, as a server might put them together. */
const vocabulary = [...new Set(REPLIES.flatMap(({ text }) => text.split(/\s+/)))].filter(
  (word) => !/^\d{3}-?$|\d\.\d+\.\d/.test(word),
)
const words = fc.oneof(
  fc.array(fc.constantFrom(...vocabulary), { maxLength: 12 }).map((list) => list.join(' ')),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ maxLength: 200 }),
)
const enhanced = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.nat(9), fc.nat(60)).map(([subject, detail]) => `5.${subject}.${detail} `),
)

test('without words or a code that say so, nobody is unknown', () => {
  fc.assert(
    fc.property(stage, fc.integer({ min: 400, max: 599 }), enhanced, words, (at, code, status, said) => {
      fc.pre(!CLEAR.includes(status.trim()) && !CLEAR.some((clear) => said.includes(clear)))
      fc.pre(
        !UNKNOWN.test(said.replace(/\s+/g, ' ').toLowerCase()) &&
          !/access denied|unavailable|domain/i.test(said),
      )
      expect(verdictOf(at, `${code} ${status}${said}`)).not.toBe('unknown')
    }),
    { numRuns: 3000 },
  )
})

test('a bare 550 with words that can’t be read is never unknown', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (said) => {
      fc.pre(!UNKNOWN.test(said.toLowerCase()))
      expect(verdictOf('rcpt', `550 ${said}`)).not.toBe('unknown')
    }),
    { numRuns: 2000 },
  )
})

test('whatever is said before RCPT, or for now only, is nobody’s end', () => {
  const early = fc.constantFrom<Stage>('connect', 'greeting', 'ehlo', 'starttls', 'auth', 'mail')
  const known = fc.constantFrom(...REPLIES.map(({ text }) => text))
  fc.assert(
    fc.property(early, known, stage, (before, text, any) => {
      expect(verdictOf(before, text)).not.toBe('unknown')
      expect(verdictOf(any, text.replace(/(^|\n)5(\d\d)/g, '$14$2'))).not.toBe('unknown')
    }),
    { numRuns: 2000 },
  )
})

/** Who sends, as servers say it, and how they say that somebody isn't there. */
const us =
  `sender, the sender's mailbox, sender address, envelope sender, envelope from, return path, return address,
  reverse-path, MAIL FROM address, From: address, from user, originator, originating address, sending account, submitter,
  authenticated user, SMTP user, client account, bounce address, your account, your mailbox, your e-mail address, your user,
  absender, remitente, mittente, expéditeur`.split(/,\s+/)
const missing =
  `does not exist, doesn't exist in our directory, is unknown, not found, was not found, is invalid, not listed,
  is not a valid user, is not a valid mailbox, has no mailbox here, no such user, user unknown, address unknown,
  is over quota, is full, is disabled, is inactive`.split(/,\s+/)

test('whoever sends, and isn’t known or takes nothing, is not the recipient', () => {
  const part = fc.constantFrom<Stage>('rcpt', 'data', 'dot')
  const code = fc.constantFrom(
    '550',
    '553',
    '554',
    '550 5.1.1',
    '550 5.7.1',
    '553 5.1.3',
    '550 5.1.10',
    '452 4.2.2',
    '450 4.2.1',
  )
  fc.assert(
    fc.property(
      part,
      code,
      fc.constantFrom(...us),
      fc.constantFrom(...missing),
      fc.boolean(),
      (at, begin, who, what, first) => {
        const said = first ? `${begin} ${who} <us@atelier.example> ${what}` : `${begin} ${what}: ${who}`
        expect(['unknown', 'full', 'disabled']).not.toContain(verdictOf(at, said))
      },
    ),
    { numRuns: 3000 },
  )
})

test('what is about us stays so, whatever else is said', () => {
  const ours = REPLIES.filter(({ stage: at, verdict }) => at === 'rcpt' && isOurs(verdict))
  for (const { text } of ours) {
    expect(verdictOf('rcpt', `${text} 550 5.1.1 User unknown`)).not.toBe('unknown')
  }
})
