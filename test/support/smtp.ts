/** An SMTP server that answers as a test tells it, and mailboxes and messages to send to it. */

import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { jest } from '@jest/globals'
import { buildMessage } from '../../activities/mail/message.ts'
import { createMailbox, type MailboxConfig } from '../../activities/mail/transport.ts'

export const from = { name: 'Claire', email: 'claire@atelier.example' }
export const rendered = { subject: 'Hello', text: 'Hello\n', html: '<p>Hello</p>\n' }
export const long = { ...rendered, text: `${'long line of words '.repeat(4)}\n`.repeat(3000) }
export const message = (changes: Partial<Parameters<typeof buildMessage>[0]> = {}) =>
  buildMessage({
    key: 'lead/1/hello',
    salt: 'salt',
    at: Date.UTC(2031, 1, 3),
    from,
    to: { name: 'Zoé', email: 'zoe@moulin.example' },
    rendered,
    ...changes,
  })

/** What is to be closed after a test, the latest first. */
export const closing: (() => Promise<unknown>)[] = []
export async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close()
}

export function mailbox(port: number, config: Partial<MailboxConfig> = {}) {
  const box = createMailbox({ from, smtp: { host: '127.0.0.1', port, maxConnections: 1 }, ...config })
  closing.push(() => box.close())
  return box
}

export const yes = () => ({ handingOver: jest.fn(async () => undefined) })

export type Moment = 'greeting' | 'EHLO' | 'STARTTLS' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'start' | 'end'
export type Answer = string | 'hang' | 'drop'

/** What is answered alike. */
const VERBS: Record<string, Moment> = { HELO: 'EHLO', STAR: 'STARTTLS' }

/**
 * An SMTP server that answers as told, by what the client's line says where a function tells it, and knows what it saw.
 * `start` is the first piece of a message.
 */
export async function startServer(
  script: Partial<Record<Moment, Answer | ((line: string) => Answer)>> = {},
  extensions = 'PIPELINING',
) {
  const sockets: Socket[] = []
  const seen = { connections: 0, data: '', ends: 0, quits: 0 }
  const watchers = new Set<() => void>()
  const usual: Record<Moment, Answer> = {
    greeting: '220 hi',
    EHLO: `250-hi\r\n250 ${extensions}`,
    STARTTLS: '454 no',
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
    const answer = (moment: Moment, said = '') => {
      const told = script[moment] ?? usual[moment] ?? '500 5.5.2 unrecognized command'
      const text = typeof told === 'function' ? told(said) : told
      if (text === 'drop') socket.destroy()
      else if (text !== 'hang' && text !== '') socket.write(`${text}\r\n`, 'latin1')
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
        else if (answer(VERBS[verb] ?? (verb as Moment), String(line?.[1])).startsWith('354')) {
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
