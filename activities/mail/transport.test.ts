import { EventEmitter, once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import fc from 'fast-check'
import { simpleParser } from 'mailparser'
import { startInbox } from '../../worker/inbox/inbox.ts'
import { listInbox } from '../../worker/inbox/mail-files.ts'
import { parseTemplate, renderTemplate } from '../texts/template.ts'
import { buildMessage } from './message.ts'
import { createMailbox, type MailboxConfig } from './transport.ts'

const from = { name: 'Claire', email: 'claire@atelier.example' }
const rendered = { subject: 'Hello', text: 'Hello\n', html: '<p>Hello</p>\n' }
const long = { ...rendered, text: `${'long line of words '.repeat(4)}\n`.repeat(3000) }
const message = (changes: Partial<Parameters<typeof buildMessage>[0]> = {}) =>
  buildMessage({
    key: 'lead/1/hello',
    salt: 'salt',
    at: Date.UTC(2031, 1, 3),
    from,
    to: { name: 'Zoé', email: 'zoe@moulin.example' },
    rendered,
    ...changes,
  })

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

function mailbox(port: number, config: Partial<MailboxConfig> = {}) {
  const box = createMailbox({ from, smtp: { host: '127.0.0.1', port, maxConnections: 1 }, ...config })
  closing.push(() => box.close())
  return box
}

const yes = () => ({ handingOver: jest.fn(async () => undefined) })

type Moment = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'start' | 'end'
type Answer = string | 'hang' | 'drop'

/** An SMTP server that answers as told, and knows what it saw. `start` is the first piece of a message. */
async function startServer(
  script: Partial<Record<Moment, Answer | (() => Answer)>> = {},
  extensions = 'PIPELINING',
) {
  const sockets: Socket[] = []
  const seen = { connections: 0, data: '', ends: 0, quits: 0 }
  const watchers = new Set<() => void>()
  const usual: Record<Moment, Answer> = {
    greeting: '220 hi',
    EHLO: `250-hi\r\n250 ${extensions}`,
    AUTH: '235 ok',
    MAIL: '250 ok',
    RCPT: '250 ok',
    DATA: '354 go',
    start: '',
    end: '250 taken as 7',
  }
  const server = createServer((socket) => {
    seen.connections++
    sockets.push(socket)
    let buffer = ''
    let inData = false
    const answer = (moment: Moment) => {
      const told = script[moment] ?? usual[moment]
      const text = typeof told === 'function' ? told() : told
      if (text === 'drop') socket.destroy()
      else if (text !== 'hang' && text !== '') socket.write(`${text}\r\n`)
      return text
    }
    answer('greeting')
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => {
      buffer += chunk
      for (let line = /^(.*)\r\n/.exec(buffer); line || inData; line = /^(.*)\r\n/.exec(buffer)) {
        if (inData) {
          if (seen.data === '' && buffer !== '') answer('start')
          const end = `\r\n${buffer}`.indexOf('\r\n.\r\n')
          seen.data += end < 0 ? buffer : buffer.slice(0, end)
          buffer = end < 0 ? '' : buffer.slice(end + 3)
          if (end < 0) break
          inData = false
          seen.ends++
          answer('end')
          continue
        }
        buffer = buffer.slice(line?.[0].length)
        const verb = String(line?.[1]).slice(0, 4).toUpperCase()
        if (verb === 'QUIT') seen.quits++
        else if (verb === 'RSET') socket.write('250 ok\r\n')
        else if (answer(verb as Moment).startsWith('354')) {
          inData = true
          seen.data = ''
        }
      }
      for (const watcher of watchers) watcher()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    seen,
    sockets,
    port: (server.address() as AddressInfo).port,
    until: (condition: () => boolean) =>
      new Promise<void>((resolve) => {
        const watcher = () => {
          if (condition()) resolve()
        }
        watchers.add(watcher)
        watcher()
      }),
  }
}

const whole = /--\S+-Part_1--\s*$/

describe('handing over', () => {
  describe.each([
    ['pipelined', 'PIPELINING'],
    ['step by step', 'SIZE 1000000'],
  ])('%s', (_, extensions) => {
    test.each([
      ['a short message', rendered],
      ['a long one', long],
    ])('is asked when the server has all of %s but the final dot', async (_, body) => {
      const server = await startServer({}, extensions)
      const handingOver = jest.fn(async () => {
        await server.until(() => whole.test(server.seen.data))
        expect(server.seen.ends).toBe(0)
      })
      const result = await mailbox(server.port).send(message({ rendered: body }), { handingOver })
      expect(result).toEqual({ kind: 'accepted', response: '250 taken as 7' })
      expect(handingOver).toHaveBeenCalledTimes(1)
      expect(server.seen.ends).toBe(1)
    })

    test.each([
      ['a short message', rendered],
      ['a long one', long],
    ])('a refusal breaks %s off, and the connection is not used again', async (_, body) => {
      const server = await startServer({}, extensions)
      const box = mailbox(server.port)
      const reason = new Error('opted out')
      const handingOver = async () => {
        await server.until(() => whole.test(server.seen.data))
        throw reason
      }
      expect(await box.send(message({ rendered: body }), { handingOver })).toEqual({
        kind: 'closed',
        why: 'opted out',
        reason,
      })
      expect(server.seen.ends).toBe(0)
      expect(await box.send(message(), yes())).toMatchObject({ kind: 'accepted' })
      expect(server.seen).toMatchObject({ ends: 1, connections: 2 })
      expect(server.seen.data.match(/^Message-ID:/gm)).toHaveLength(1)
    })
  })

  test('is not asked when the recipient is refused', async () => {
    const server = await startServer({ RCPT: '550 5.1.1 unknown', DATA: '503 no recipients' })
    const hooks = yes()
    await mailbox(server.port).send(message(), hooks)
    expect(hooks.handingOver).not.toHaveBeenCalled()
  })

  test('nothing refused by it reaches the built-in inbox', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'relance-mail-'))
    closing.push(() => rm(dir, { recursive: true }))
    const inbox = await startInbox({ dir })
    closing.push(() => inbox.close())
    const box = mailbox(inbox.port)
    for (const refuse of [true, false, true, true, false]) {
      const handingOver = async () => {
        if (refuse) throw new Error('halted')
      }
      const result = await box.send(message({ key: `${refuse}`, rendered: long }), { handingOver })
      expect(result.kind).toBe(refuse ? 'closed' : 'accepted')
    }
    expect((await listInbox(dir)).map(({ messageId }) => messageId)).toEqual(
      Array(2).fill(message({ key: 'false' }).messageId),
    )
  })
})

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

describe('when the connection goes', () => {
  test.each<[Moment]>([['greeting'], ['MAIL'], ['DATA'], ['start']])('at %s: deferred', async (moment) => {
    const server = await startServer({ [moment]: 'drop' })
    const hooks = yes()
    const result = await mailbox(server.port).send(message({ rendered: long }), hooks)
    expect(result).toMatchObject({ kind: 'deferred', trouble: 'network' })
    expect(hooks.handingOver).not.toHaveBeenCalled()
  })

  test('while it is asked: certainly not sent, and the answer waits for the asking', async () => {
    const server = await startServer()
    const noticed = new EventEmitter()
    const log = (_: object, text: string) => text === 'Connection closed' && noticed.emit('closed')
    const silent = () => undefined
    const logger = {
      trace: silent,
      debug: silent,
      info: log,
      warn: silent,
      error: silent,
      fatal: silent,
      level: silent,
    }
    const box = mailbox(server.port, { smtp: { host: '127.0.0.1', port: server.port, logger } })
    let asked = false
    const handingOver = async () => {
      server.sockets[0]?.destroy()
      await once(noticed, 'closed')
      await new Promise((resolve) => setImmediate(resolve))
      asked = true
    }
    expect(await box.send(message(), { handingOver })).toMatchObject({
      kind: 'deferred',
      trouble: 'network',
    })
    expect(asked).toBe(true)
    expect(server.seen.ends).toBe(0)
  })

  test('after the final dot: unconfirmed, and never sent again', async () => {
    const server = await startServer({ end: 'drop' })
    const hooks = yes()
    expect(await mailbox(server.port).send(message(), hooks)).toMatchObject({ kind: 'unconfirmed' })
    expect(server.seen).toMatchObject({ ends: 1, connections: 1 })
    expect(hooks.handingOver).toHaveBeenCalledTimes(1)
  })

  test('there is no server', async () => {
    const server = await startServer()
    await closing.pop()?.()
    expect(await mailbox(server.port).send(message(), yes())).toMatchObject({
      kind: 'deferred',
      trouble: 'network',
    })
  })

  test('an idle connection that was dropped is replaced, and it is asked once', async () => {
    const server = await startServer()
    const box = mailbox(server.port)
    await box.send(message(), yes())
    server.sockets[0]?.destroy()
    const hooks = yes()
    expect(await box.send(message(), hooks)).toMatchObject({ kind: 'accepted' })
    expect(hooks.handingOver).toHaveBeenCalledTimes(1)
    expect(server.seen).toMatchObject({ ends: 2, connections: 2 })
  })
})

describe('when the server hangs', () => {
  test.each<[Moment]>([['greeting'], ['EHLO'], ['MAIL'], ['RCPT'], ['DATA']])(
    'at %s: deferred',
    async (moment) => {
      const server = await startServer({ [moment]: 'hang' })
      const box = mailbox(server.port, { timeoutMs: 20 })
      expect(await box.send(message(), yes())).toMatchObject({ kind: 'deferred', trouble: 'timeout' })
      expect(server.seen.ends).toBe(0)
    },
  )

  test('after the final dot: unconfirmed', async () => {
    const server = await startServer({ end: 'hang' })
    const box = mailbox(server.port, { answerMs: 20 })
    expect(await box.send(message(), yes())).toEqual({
      kind: 'unconfirmed',
      why: 'the server took too long',
    })
    expect(server.seen.ends).toBe(1)
  })

  test('the asking has its own time', async () => {
    const server = await startServer()
    const box = mailbox(server.port, { timeoutMs: 60_000, answerMs: 60_000 })
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] })
    try {
      const handingOver = async () => {
        jest.advanceTimersByTime(60_000)
      }
      expect(await box.send(message(), { handingOver })).toMatchObject({ kind: 'accepted' })
    } finally {
      jest.useRealTimers()
    }
  })
})

test('closing waits for what is being sent', async () => {
  const server = await startServer()
  const box = mailbox(server.port)
  const sent = box.send(message(), yes())
  await box.close()
  expect(await sent).toMatchObject({ kind: 'accepted' })
  expect(await box.send(message(), yes())).toMatchObject({ kind: 'deferred' })
})

test('addresses beyond ASCII: domains are converted, local parts refused', async () => {
  const server = await startServer()
  const box = mailbox(server.port)
  await box.send(message({ to: { name: 'Zoé', email: 'zoe@moulîn.example' } }), yes())
  expect(server.seen.data).toMatch(/^To: =\?UTF-8\?Q\?Zo=C3=A9\?= <zoe@xn--mouln-8sa\.example>\r$/m)
  for (const email of [
    'zoé@moulin.example',
    'a@b@moulin.example',
    'a\r\nRCPT TO:<x@y.example>@moulin.example',
    '',
  ]) {
    expect(await box.send(message({ to: { email } }), yes())).toMatchObject({
      kind: 'refused',
      enhanced: '5.6.7',
    })
  }
  expect(server.seen.connections).toBe(1)
})

test('no value of a lead becomes a header, a recipient, a part or another message', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'relance-mail-'))
  closing.push(() => rm(dir, { recursive: true }))
  const inbox = await startInbox({ dir })
  closing.push(() => inbox.close())
  const box = mailbox(inbox.port)
  const template = parseTemplate(
    '---\nsubject: "{{ v }}, hello {{ v }}"\n---\n{{ v }}\n\n{{ v }}',
    'hostile.md',
  )
  const receive = async (v: string) => {
    const before = (await listInbox(dir)).length
    const built = message({
      rendered: renderTemplate(template, { v }),
      to: { name: v, email: 'zoe@moulin.example' },
    })
    expect(await box.send(built, yes())).toMatchObject({ kind: 'accepted' })
    const files = (await listInbox(dir)).slice(before)
    expect(files).toHaveLength(1)
    const mail = await simpleParser(await readFile(files[0]?.file ?? ''))
    return { mail, names: mail.headerLines.map(({ key }) => key), built }
  }
  const harmless = await receive('harmless')
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'\r\n:.,;<>"()@=?- aZé\t\\') }),
    fc.constantFrom(
      '\r\nBcc: all@victims.example',
      'x\r\n\r\n.\r\nMAIL FROM:<a@b.example>\r\n',
      '\n.\n',
      '\r.\r',
      '--_NmP-1-Part_1--\n',
      '=?utf-8?Q?=0D=0ABcc:_x@y.example?=',
      '"<a@b.example>, c@d.example',
      'x'.repeat(2000),
      'é'.repeat(500),
    ),
  )
  await fc.assert(
    fc.asyncProperty(value, async (v) => {
      if (v.replace(/\p{Cc}/gu, '').trim() === '') return
      const { mail, names, built } = await receive(v)
      expect(names).toEqual(harmless.names)
      expect(mail.attachments).toEqual([])
      expect([mail.to].flat().flatMap((list) => list?.value.map(({ address }) => address))).toEqual([
        'zoe@moulin.example',
      ])
      expect([mail.cc, mail.bcc]).toEqual([undefined, undefined])
      expect(mail.subject).toBe(built.subject)
      expect(mail.text).toBe(built.text)
      expect(mail.html).toBe(built.html)
      expect(mail.messageId).toBe(built.messageId)
    }),
    { numRuns: 100 },
  )
})
