import { expect, test } from '@jest/globals'
import { asciiAddress } from './address.ts'
import { fakeMailbox } from './fake-mailbox.ts'
import { buildMessage, messageIdOf } from './message.ts'

const parts = {
  key: 'lead/1/hello',
  salt: 'salt',
  at: Date.UTC(2031, 1, 3),
  from: { name: 'Claire', email: 'claire@Atelier.example' },
  to: { name: 'Zoé\r\nBcc: x@y.example', email: 'zoe@moulîn.example' },
  rendered: { subject: 'Hello', text: 'Hello\n', html: '<p>Hello</p>\n' },
}

test('the Message-ID is the same for every attempt, and for nothing else', () => {
  const id = messageIdOf('lead/1/hello', 'salt', 'claire@Atelier.example')
  expect(id).toMatch(/^<[0-9a-f]{40}@atelier\.example>$/)
  expect(buildMessage(parts).messageId).toBe(id)
  expect(buildMessage({ ...parts, at: 0, to: { email: 'x@y.example' } }).messageId).toBe(id)
  expect(messageIdOf('lead/2/hello', 'salt', parts.from.email)).not.toBe(id)
  expect(messageIdOf('lead/1/hello', 'other', parts.from.email)).not.toBe(id)
})

test('a thread keeps its first message and the latest ones', () => {
  expect(buildMessage(parts).references).toEqual([])
  const thread = Array.from({ length: 30 }, (_, index) => `<${index}@x.example>`)
  const { references } = buildMessage({ ...parts, thread })
  expect(references).toHaveLength(20)
  expect([references[0], references[1], references.at(-1)]).toEqual([thread[0], thread[11], thread[29]])
  expect(buildMessage({ ...parts, thread: thread.slice(0, 2) }).references).toEqual(thread.slice(0, 2))
})

test('names are one line, domains are ASCII', () => {
  expect(buildMessage(parts).to).toEqual({ name: 'Zoé Bcc: x@y.example', email: 'zoe@xn--mouln-8sa.example' })
})

test.each([
  ['zoe+crm@moulin.example', 'zoe+crm@moulin.example'],
  ["o'neill@moulin.example", "o'neill@moulin.example"],
  ['zoe@MOULIN.example', 'zoe@moulin.example'],
  ['zoé@moulin.example', undefined],
  ['zoe@moulin', undefined],
  ['zoe moulin@moulin.example', undefined],
  ['zoe@moulin.example>', undefined],
  ['zoe@moulin.example\n', undefined],
  ['zoe@moulin%2eexample', undefined],
  ['<zoe@moulin.example', undefined],
  ['zoe@[127.0.0.1]', undefined],
  ['zoe@127.0.0.1', undefined],
  ['.zoe@moulin.example', undefined],
  [`${'z'.repeat(65)}@moulin.example`, undefined],
  ['@moulin.example', undefined],
  ['zoe', undefined],
])('the address %j is %j', (email, ascii) => {
  expect(asciiAddress(email)).toBe(ascii)
})

test('the fake mailbox asks before it accepts, and answers as told', async () => {
  const message = buildMessage(parts)
  const box = fakeMailbox(({ to }) =>
    to.email.startsWith('gone') ? { kind: 'unconfirmed', why: 'lost' } : undefined,
  )
  let asked = 0
  const handingOver = async () => {
    asked++
  }
  expect(await box.send(message, { handingOver })).toMatchObject({ kind: 'accepted' })
  const gone = { ...message, to: { email: 'gone@x.example' } }
  expect(await box.send(gone, { handingOver })).toMatchObject({ kind: 'unconfirmed' })
  const refuse = () => Promise.reject(new Error('held'))
  expect(await box.send(message, { handingOver: refuse })).toMatchObject({ kind: 'closed', why: 'held' })
  expect([box.sent.length, box.tried.length, asked]).toEqual([1, 3, 2])
})
