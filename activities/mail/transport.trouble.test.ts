/** Connections that go, servers that hang, mailboxes that are closed. */

import { EventEmitter, once } from 'node:events'
import { afterEach, describe, expect, jest, test } from '@jest/globals'
import {
  closeAll,
  closing,
  long,
  type Moment,
  mailbox,
  message,
  startServer,
  yes,
} from '../../test/support/smtp.ts'

afterEach(closeAll)

describe('when the connection goes', () => {
  test.each<[Moment]>([['greeting'], ['MAIL'], ['DATA'], ['start']])('at %s: deferred', async (moment) => {
    const server = await startServer({ [moment]: 'drop' })
    const hooks = yes()
    const result = await mailbox(server.port).send(message({ rendered: long }), hooks)
    expect(result).toMatchObject({ kind: 'refused', verdict: 'connection' })
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
      kind: 'refused',
      verdict: 'connection',
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
      kind: 'refused',
      verdict: 'connection',
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
      expect(await box.send(message(), yes())).toMatchObject({
        kind: 'refused',
        verdict: 'connection',
        response: 'the server took too long',
      })
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
  expect(await box.send(message(), yes())).toMatchObject({
    kind: 'refused',
    verdict: 'trouble',
    unasked: true,
  })
})
