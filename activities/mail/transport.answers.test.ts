/** What a mail server answers, and what that means for the e-mail. */

import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type Answer,
  closeAll,
  long,
  type Moment,
  mailbox,
  message,
  startServer,
  yes,
} from '../../test/support/smtp.ts'

afterEach(closeAll)

describe('what a server says', () => {
  test.each<[Moment, Answer, object]>([
    [
      'RCPT',
      '550 5.1.1 unknown',
      { kind: 'refused', permanent: true, code: 550, enhanced: '5.1.1', about: 'address' },
    ],
    ['RCPT', '550 no such user', { kind: 'refused', code: 550, enhanced: undefined, about: 'address' }],
    ['RCPT', '554 5.7.1 blocked', { kind: 'refused', code: 554, about: 'message' }],
    ['RCPT', '451 4.7.1 greylisted', { kind: 'deferred', trouble: 'server', code: 451, enhanced: '4.7.1' }],
    ['RCPT', '421 4.3.2 closing', { kind: 'deferred', trouble: 'server', code: 421 }],
    ['MAIL', '530 5.7.0 log in first', { kind: 'deferred', trouble: 'configuration', code: 530 }],
    ['MAIL', '550 5.7.1 not from here', { kind: 'deferred', trouble: 'configuration', code: 550 }],
    ['MAIL', '552 5.3.4 too large', { kind: 'refused', about: 'message', code: 552 }],
    ['DATA', '554 5.7.1 no', { kind: 'refused', about: 'message', code: 554 }],
    ['end', '554 5.7.1 spam', { kind: 'refused', about: 'message', code: 554 }],
    ['end', '550 5.1.1 unknown', { kind: 'refused', about: 'address', code: 550 }],
    ['end', '452 4.3.1 disk full', { kind: 'deferred', trouble: 'server', code: 452 }],
    ['end', '421 4.3.2 closing', { kind: 'deferred', trouble: 'server', code: 421 }],
    ['end', 'what?', { kind: 'unconfirmed' }],
    ['greeting', '554 go away', { kind: 'deferred', code: 554 }],
    ['greeting', '421 busy', { kind: 'deferred', trouble: 'server', code: 421 }],
  ])('%s: %s', async (moment, answer, result) => {
    const server = await startServer({ [moment]: answer })
    expect(await mailbox(server.port).send(message(), yes())).toMatchObject(result)
  })

  test('a login that is refused is for somebody to put right', async () => {
    const server = await startServer({ AUTH: '535 5.7.8 wrong password' }, 'AUTH PLAIN')
    const url = `smtp://claire:secret@127.0.0.1:${server.port}`
    const result = await mailbox(server.port, { url }).send(message(), yes())
    expect(result).toMatchObject({ kind: 'deferred', trouble: 'configuration', code: 535 })
    expect(JSON.stringify(result)).not.toContain('secret')
  })

  test('greylisting: the second try is taken, with the same Message-ID', async () => {
    const answers = ['450 4.7.1 come back', '250 ok']
    const server = await startServer({ RCPT: () => answers.shift() ?? '' }, 'SIZE 1000000')
    const box = mailbox(server.port)
    expect(await box.send(message(), yes())).toMatchObject({ kind: 'deferred', code: 450 })
    expect(await box.send(message(), yes())).toMatchObject({ kind: 'accepted' })
    expect(server.seen).toMatchObject({ ends: 1, connections: 1 })
    expect(server.seen.data).toContain(`Message-ID: ${message().messageId}`)
  })

  test('more than the server takes, said while it is sent', async () => {
    const server = await startServer({ start: '552 5.3.4 too large', end: '' })
    const hooks = yes()
    const result = await mailbox(server.port).send(message({ rendered: long }), hooks)
    expect(result).toMatchObject({ kind: 'refused', about: 'message', code: 552 })
  })
})
