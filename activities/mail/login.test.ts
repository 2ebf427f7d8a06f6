/** A mailbox's login, tried against servers that answer as told; and the name that servers are greeted with. */
import { hostname } from 'node:os'
import { afterEach, describe, expect, test } from '@jest/globals'
import { closeAll, mailbox, message, startServer, yes } from '../../test/support/smtp.ts'
import { tryLogin } from './login.ts'

afterEach(closeAll)

const AUTH = 'AUTH PLAIN LOGIN'
const urlOf = (port: number, login = 'claire:secret@'): string => `smtp://${login}127.0.0.1:${port}`

describe('a login', () => {
  test('that is taken is fine, and nothing is sent', async () => {
    const { port, seen } = await startServer({}, AUTH)
    expect(await tryLogin({ url: urlOf(port) })).toBeUndefined()
    expect(seen).toMatchObject({ connections: 1, ends: 0, data: '' })
  })

  test('that is refused says the server’s words', async () => {
    const { port } = await startServer({ AUTH: '535 5.7.8 Bad credentials' }, AUTH)
    expect(await tryLogin({ url: urlOf(port) })).toMatchObject({
      ...{ kind: 'refused', verdict: 'login', stage: 'auth', code: 535, enhanced: '5.7.8' },
      response: expect.stringContaining('535 5.7.8 Bad credentials'),
    })
  })

  test('that the server doesn’t ask for isn’t tried, as when something is sent', async () => {
    const said: string[] = []
    const { port } = await startServer({
      AUTH: (line) => {
        said.push(line)
        return '535 no'
      },
    })
    expect(await tryLogin({ url: urlOf(port) })).toBeUndefined()
    expect(said).toEqual([])
    expect(await tryLogin({ url: urlOf(port, '') })).toBeUndefined()
  })

  test('at a server that isn’t there, or says nothing, is no fault of the login', async () => {
    expect(await tryLogin({ url: urlOf(1) })).toMatchObject({ verdict: 'connection', stage: 'connect' })
    const { port } = await startServer({ greeting: 'hang' })
    expect(await tryLogin({ url: urlOf(port) }, 50)).toMatchObject({ verdict: 'connection' })
    const { port: busy } = await startServer({ greeting: '421 4.3.2 too busy' })
    const refused = await tryLogin({ url: urlOf(busy) })
    expect(refused?.verdict).not.toBe('login')
    expect(refused?.response).toContain('too busy')
  })
})

test.each([
  ['the machine’s name', '', hostname()],
  ['the one of the URL', '?name=mail.atelier.example', 'mail.atelier.example'],
])('servers are greeted with %s, to log in and to send', async (_, query, name) => {
  const greeted: string[] = []
  const greet = (line: string): string => {
    greeted.push(line)
    return '250-hi\r\n250 PIPELINING'
  }
  const { port } = await startServer({ EHLO: greet })
  const url = `smtp://127.0.0.1:${port}${query}`
  expect(await tryLogin({ url })).toBeUndefined()
  const box = mailbox(port, { url })
  expect(await box.send(message(), yes())).toMatchObject({ kind: 'accepted' })
  expect(greeted).toEqual([`EHLO ${name}`, `EHLO ${name}`])
})
