/** Which of the listeners of docs/listeners.md one is, told by its process and by how it answers. */
import { readFileSync, readlinkSync } from 'node:fs'
import { connect } from 'node:net'
import { basename, join } from 'node:path'
import type { Listener } from './listeners.ts'

/** The names that the table has. */
export const tableOfListeners = (): string[] =>
  [
    ...readFileSync(new URL('../../docs/listeners.md', import.meta.url), 'utf8').matchAll(
      /^\| `([\w-]+)` \|/gm,
    ),
  ].map(([, name]) => name as string)

/** The listener's name, or undefined for one that nobody knows. `home` is the data folder. */
export async function nameOf({ pid, port }: Listener, home: string): Promise<string | undefined> {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  const option = (name: string): number => Number(command[command.indexOf(name) + 1])
  if (command.includes('start-dev')) {
    if (basename(readlinkSync(`/proc/${pid}/cwd`)) === 'temporal-ui') return 'ui-files'
    if (port === option('--port')) return 'temporal-grpc'
    if (port === option('--http-port')) return 'temporal-http'
    const answer = await said(port, 'GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    if (answer.startsWith('HTTP/1.1 200')) return 'temporal-metrics'
    return /^HTTP/.test(answer) ? undefined : 'temporal-services'
  }
  if (port === Number(new URL(jsonOf(home, 'server.json').url as string).port)) return 'api'
  if (port === jsonOf(home, 'temporal.json').uiPort) return 'ui'
  if (/^(220|421) inbox.relance /.test(await said(port, 'QUIT\r\n'))) return 'inbox'
  const bank = await said(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  return bank.includes('decisionEngine') ? 'bank' : undefined
}

const jsonOf = (home: string, file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(home, file), 'utf8'))

/** What a port says to some words, until it hangs up. */
const said = (port: number, words: string): Promise<string> =>
  new Promise((resolve) => {
    let all = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(words))
    socket.setTimeout(5_000, () => socket.destroy())
    socket.on('data', (data) => {
      all += data.toString('latin1')
    })
    socket.once('error', () => resolve(all)).once('close', () => resolve(all))
  })
