/** What a mail server answers, and what that means for the e-mail. */

import { afterEach, describe, expect, test } from '@jest/globals'
import { REPLIES } from '../../test/support/replies.ts'
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
import type { Refused } from './answers.ts'
import type { Stage } from './replies/reply.ts'

afterEach(closeAll)

describe('what a server says', () => {
  test.each<[Moment, Answer, object]>([
    ['RCPT', '550 5.1.1 unknown', { verdict: 'unknown', stage: 'rcpt', code: 550, enhanced: '5.1.1' }],
    ['RCPT', '550 no such user', { verdict: 'unknown', code: 550, enhanced: undefined }],
    ['RCPT', '554 5.7.1 blocked', { verdict: 'letter', code: 554 }],
    ['RCPT', '451 4.7.1 greylisted', { verdict: 'trouble', code: 451, enhanced: '4.7.1' }],
    ['RCPT', '421 4.3.2 closing', { verdict: 'trouble', code: 421 }],
    ['RCPT', 'what?', { verdict: 'unreadable', code: undefined }],
    ['MAIL', '530 5.7.0 log in first', { verdict: 'login', stage: 'mail', code: 530 }],
    ['MAIL', '550 5.7.1 not from here', { verdict: 'sender', code: 550 }],
    ['MAIL', '552 5.3.4 too large', { verdict: 'letter', code: 552 }],
    ['DATA', '554 5.7.1 no', { verdict: 'letter', stage: 'data', code: 554 }],
    ['end', '554 5.7.1 spam', { verdict: 'letter', stage: 'dot', code: 554 }],
    ['end', '550 5.1.1 unknown', { verdict: 'unknown', code: 550 }],
    ['end', '452 4.3.1 disk full', { verdict: 'trouble', code: 452 }],
    ['end', '421 4.3.2 closing', { verdict: 'trouble', code: 421 }],
    ['end', 'what?', { kind: 'unconfirmed' }],
    ['greeting', '554 go away', { verdict: 'connection', stage: 'greeting', code: 554 }],
    ['greeting', '421 busy', { verdict: 'trouble', stage: 'greeting', code: 421 }],
  ])('%s: %s', async (moment, answer, result) => {
    const server = await startServer({ [moment]: answer })
    expect(await mailbox(server.port).send(message(), yes())).toMatchObject({ kind: 'refused', ...result })
  })

  test('a login that is refused is for somebody to put right', async () => {
    const server = await startServer({ AUTH: '535 5.7.8 wrong password' }, 'AUTH PLAIN')
    const url = `smtp://claire:secret@127.0.0.1:${server.port}`
    const result = await mailbox(server.port, { url }).send(message(), yes())
    expect(result).toMatchObject({ kind: 'refused', verdict: 'login', stage: 'auth', code: 535 })
    expect(JSON.stringify(result)).not.toContain('secret')
  })

  test('greylisting: the second try is taken, with the same Message-ID', async () => {
    const answers = ['450 4.7.1 come back', '250 ok']
    const server = await startServer({ RCPT: () => answers.shift() ?? '' }, 'SIZE 1000000')
    const box = mailbox(server.port)
    expect(await box.send(message(), yes())).toMatchObject({ kind: 'refused', verdict: 'trouble', code: 450 })
    expect(await box.send(message(), yes())).toMatchObject({ kind: 'accepted' })
    expect(server.seen).toMatchObject({ ends: 1, connections: 1 })
    expect(server.seen.data).toContain(`Message-ID: ${message().messageId}`)
  })

  test('more than the server takes, said while it is sent', async () => {
    const server = await startServer({ start: '552 5.3.4 too large', end: '' })
    const hooks = yes()
    const result = await mailbox(server.port).send(message({ rendered: long }), hooks)
    expect(result).toMatchObject({ kind: 'refused', verdict: 'letter', code: 552 })
  })
})

/** Where in the conversation a stage is, for the server of the tests. */
const MOMENT: Record<Exclude<Stage, 'connect'>, Moment> = {
  ...{ greeting: 'greeting', ehlo: 'EHLO', starttls: 'STARTTLS', auth: 'AUTH' },
  ...{ mail: 'MAIL', rcpt: 'RCPT', data: 'DATA', dot: 'end' },
}

describe('the whole table, said by a server', () => {
  test.each(REPLIES.map(({ stage, source, text, verdict }) => [source, stage, text, verdict] as const))(
    '%s at %s: %j',
    async (_, stage, text, verdict) => {
      const extensions = { auth: 'AUTH PLAIN', starttls: 'STARTTLS' }[stage as string] ?? 'SIZE 1000000'
      const server = await startServer({ [MOMENT[stage as keyof typeof MOMENT]]: text }, extensions)
      const url = `smtp://claire:secret@127.0.0.1:${server.port}`
      const hooks = yes()
      const result = await mailbox(server.port, stage === 'auth' ? { url } : {}).send(message(), hooks)
      expect(result).toMatchObject({ kind: 'refused', verdict, stage })
      expect((result as Refused).response).not.toMatch(/[\p{Cc}\p{Cs}]/u)
      expect(server.seen.ends).toBe(stage === 'dot' ? 1 : 0)
      expect(hooks.handingOver).toHaveBeenCalledTimes(stage === 'dot' ? 1 : 0)
    },
  )
})
