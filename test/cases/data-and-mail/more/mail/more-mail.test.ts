/**
 * Cases of SMTP and of letters from public reports of other programs, each with its report's address: replies of mail
 * servers (`replies.json`), conversations that go astray (`conversations.json`), and letters as they must arrive
 * (`letters.json`).
 */
import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from '@jest/globals'
import { simpleParser } from 'mailparser'
import type { Refused } from '../../../../../activities/mail/answers.ts'
import { buildMessage } from '../../../../../activities/mail/message.ts'
import { type Verdict, verdictOf } from '../../../../../activities/mail/replies/classify.ts'
import type { Stage } from '../../../../../activities/mail/replies/reply.ts'
import { hostileServer } from '../../../../support/hostile-server.ts'
import {
  type Answer,
  closeAll,
  type Moment,
  mailbox,
  message,
  startServer,
  yes,
} from '../../../../support/smtp.ts'

const read = <T>(name: string): T[] => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

interface ReplyCase {
  source: string
  stage: Stage
  right: Verdict
  reply: string
}

interface LetterCase {
  source: string
  letter: {
    name?: string
    to?: string
    from?: string
    subject?: string
    text?: string
    thread?: string[]
    unsubscribe?: string
    /** The text, subject or name so many times. */
    times?: number
  }
  /** RFC 3463's code with which it is refused before anything is sent. */
  refused?: string
  /** The recipient's address on the wire, where it isn't as it was given. */
  arrives?: string
  /** The recipient's name, where it isn't as it was given. */
  named?: string
}

interface ConversationCase {
  source: string
  answers: Partial<Record<Moment, Answer>>
  right: Partial<Refused>
  /** How many messages the server has had to their end. */
  ends: number
}

afterEach(closeAll)

const replies = read<ReplyCase>('./replies.json')
test.each(replies.map(({ source, stage, reply, right }) => [source, stage, reply, right] as const))(
  '%s: at %s, %j',
  async (_, stage, reply, right) => {
    expect(verdictOf(stage, reply)).toBe(right)
    const server = await hostileServer('us@atelier.example', () => ({ stage, text: reply }))
    const result = await server.mailbox.send(message(), yes())
    // After the whole message, what is no answer leaves in doubt whether it was taken.
    expect(result).toMatchObject({ kind: 'refused', verdict: right, stage })
  },
)

const conversations = read<ConversationCase>('./conversations.json')
test.each(conversations.map((one) => [one.source, JSON.stringify(one.answers), one] as const))(
  '%s: %s',
  async (_, __, { answers, right, ends }) => {
    const server = await startServer(answers)
    expect(await mailbox(server.port).send(message(), yes())).toMatchObject(right)
    expect(server.seen.ends).toBe(ends)
  },
)

const letters = read<LetterCase>('./letters.json')
test.each(letters.map((one) => [one.source, JSON.stringify(one.letter), one] as const))(
  '%s: %s',
  async (_, __, { letter, refused, arrives = letter.to, named }) => {
    const many = (text: string): string => text.repeat(letter.times ?? 1)
    const { name = 'Zoe', to = 'zoe@moulin.example', from = 'claire@atelier.example' } = letter
    const { subject = 'Hello', text = 'Hello\n', thread = [], unsubscribe } = letter
    const built = buildMessage({
      ...{ key: 'lead/1/hello', salt: 'salt', at: Date.UTC(2031, 1, 3), thread, unsubscribe },
      from: { name: 'Claire', email: from },
      to: { name: letter.name ? many(name) : name, email: to },
      rendered: {
        subject: letter.subject ? many(subject) : subject,
        text: letter.text ? many(text) : text,
        html: `<p>${letter.text ? many(text) : text}</p>`,
      },
    })
    const server = await startServer({}, 'SMTPUTF8')
    const result = await mailbox(server.port).send(built, yes())
    if (refused)
      return expect(result).toMatchObject({ kind: 'refused', verdict: 'unknown', enhanced: refused })
    expect(result.kind).toBe('accepted')

    const wire = server.seen.data
    expect(wire).toMatch(/^[\x20-\x7e\t\r\n]*$/)
    expect(wire.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/)
    const lines = wire.split('\r\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(998)
    const body = lines.slice(lines.indexOf(''))
    expect(Math.max(...body.map((line) => line.length))).toBeLessThanOrEqual(77)

    const mail = await simpleParser(wire.replace(/^\.\./gm, '.'))
    const fields = mail.headerLines.map(({ key }) => key)
    for (const once of ['from', 'to', 'subject', 'date', 'message-id', 'mime-version']) {
      expect(fields.filter((field) => field === once)).toHaveLength(1)
    }
    expect([mail.to].flat().flatMap((list) => list?.value ?? [])).toEqual([
      { name: named ?? built.to.name, address: to },
    ])
    if (arrives) expect(wire).toContain(`<${arrives}>`)
    expect(mail.subject).toBe(built.subject)
    expect(mail.text).toBe(built.text.replace(/\r\n?/g, '\n'))
    expect([mail.references ?? []].flat()).toEqual(thread)
    expect(mail.inReplyTo).toBe(thread.at(-1))
    expect(wire).not.toMatch(/^(References|In-Reply-To|Message-ID):[^:]*=\?/im)
    expect(built.messageId).toMatch(new RegExp(`@${from.split('@')[1]?.toLowerCase()}>$`))
    expect(mail.messageId).toBe(built.messageId)
    if (unsubscribe) expect(wire).toContain(`<${unsubscribe}>`)
  },
)

test('there are enough of them, and each says whose report it is', () => {
  const cases = [...replies, ...conversations, ...letters]
  expect(new Set(cases.map(({ source }) => source)).size).toBeGreaterThan(50)
  for (const { source } of cases) expect(source).toMatch(/^https:\/\//)
})
