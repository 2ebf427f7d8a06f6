/** What the parts of a cluster listen on: the API its port, a worker nothing. PostgreSQL is needed (TEST_DATABASE_URL). */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import pg from 'pg'
import { findTemporal } from '../worker/temporal/binary.ts'
import { type DevServer, startDevServer } from '../worker/temporal/dev-server.ts'
import { canList, listenersOf } from './support/listeners.ts'

const main = fileURLToPath(new URL('../dist/client/cli/main.js', import.meta.url))
const { TEST_DATABASE_URL } = process.env
const inCluster = canList && TEST_DATABASE_URL ? describe : describe.skip

inCluster('the listeners of a cluster', () => {
  const folder = mkdtempSync(join(tmpdir(), 'relance-cluster-'))
  const database = `relance_listeners_${process.pid}`
  const children: ChildProcess[] = []
  let temporal: DevServer

  async function ask(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: TEST_DATABASE_URL })
    await client.connect()
    await client.query(statement)
    await client.end()
  }

  beforeAll(async () => {
    await ask(`create database ${database}`)
    const found = await findTemporal({ report: () => {} })
    temporal = await startDevServer({ temporal: found, dataDir: join(folder, 'temporal'), report: () => {} })
  }, 600_000)
  afterAll(async () => {
    await Promise.all(
      children.map((child) => {
        const ended = once(child, 'exit')
        child.kill('SIGTERM')
        return ended
      }),
    )
    await temporal?.close()
    await ask(`drop database ${database} with (force)`)
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  /** Starts a part, and waits for what it says when it is up. */
  async function start(
    verb: string,
    ...more: string[]
  ): Promise<{ pid: number; says: { url: string | null } }> {
    const url = new URL(TEST_DATABASE_URL as string)
    url.pathname = `/${database}`
    const child = spawn(process.execPath, [main, verb, '--json', ...more], {
      cwd: folder,
      env: {
        ...{ ...process.env, NODE_OPTIONS: '', RELANCE_HOME: join(folder, verb), RELANCE_TOKEN: 'a-token' },
        ...{ DATABASE_URL: url.href, TEMPORAL_ADDRESS: temporal.address, SMTP_URL: 'smtp://127.0.0.1:9' },
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(child)
    let text = ''
    for await (const line of createInterface({ input: child.stdout })) {
      text += line
      if (line === '}' || /^\{.*\}$/.test(line)) break
    }
    return { pid: child.pid as number, says: JSON.parse(text) }
  }

  test('a worker listens nowhere, the server on the port of its API', async () => {
    const worker = await start('worker')
    expect(listenersOf(worker.pid)).toEqual([])
    const server = await start('server', '--port', '0')
    const port = Number(new URL(server.says.url as string).port)
    expect(listenersOf(server.pid)).toMatchObject([{ address: '127.0.0.1', port }])
  }, 120_000)
})
