/**
 * Promises 1 and 3 under kill -9: `relance up` is killed in the middle of a cadence, and started again on what it left.
 * Every lead goes on, no e-mail twice, none missing.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from '@jest/globals'
import { readCadenceFolder } from '../client/cli/cadence-folder.ts'
import type { RelanceClient } from '../client/library/client.ts'
import { connect } from '../client/library/connect.ts'
import { audit } from './support/audit.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'relance-kill-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Half a day of the cadence in a second. */
const SPEED = '43200'
const LIMIT_MS = 100_000

let running: ChildProcess | undefined

/** Starts `relance up` on the folder, and waits until its API answers. */
async function up(): Promise<RelanceClient> {
  const child = spawn(
    process.execPath,
    [join(root, 'dist/client/cli/main.js'), 'up', '--speed', SPEED, '--port', '0'],
    {
      env: { ...process.env, RELANCE_HOME: folder, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  running = child
  const log = createWriteStream(join(folder, 'up.txt'), { flags: 'a' })
  child.stdout?.pipe(log)
  child.stderr?.pipe(log)
  const pid = child.pid
  return until(async () => {
    if (child.exitCode !== null) throw new Error(`up ended: ${readFileSync(join(folder, 'up.txt'), 'utf8')}`)
    const server = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { pid: number }
    if (server.pid !== pid) return undefined
    const client = connect({ home: folder, env: {} })
    await client.leads()
    return client
  })
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (!running) return
  const ended = once(running, 'exit')
  running.kill(signal)
  await ended
  running = undefined
}
afterAll(() => stop('SIGKILL'))

/** Asks again and again until there is an answer. Nothing here depends on how long that takes, up to a limit. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + LIMIT_MS
  let last: unknown
  while (Date.now() < end) {
    const found = await look().catch((error) => {
      if (String(error).includes('up ended')) throw error
      last = error
      return undefined
    })
    if (found !== undefined) return found
    await pause(50)
  }
  throw new Error(`nothing within ${LIMIT_MS} ms`, { cause: last })
}

test('kill -9 in the middle, then up again', async () => {
  let relance = await up()
  await relance.publish(readCadenceFolder(join(root, 'examples/atelier-erp.yaml')))
  const { launched } = await relance.launch('atelier-erp', readFileSync(join(root, 'examples/leads.csv')))
  expect(launched).toBeGreaterThan(20)

  // Twice, at different moments: among the first e-mails, and among the second.
  for (const mails of [Math.floor(launched / 2), launched + Math.floor(launched / 2)]) {
    await until(async () => ((await relance.inbox()).length >= mails ? true : undefined))
    await stop('SIGKILL')
    relance = await up()
  }
  const first = ['hello', 'gain', 'call', 'proof']
  await until(async () => {
    const rows = await relance.leads()
    const stages = await Promise.all(rows.map(async ({ id }) => (await relance.show(id)).stage))
    return stages.every((stage) => stage === 'nurture') ? true : undefined
  })
  await stop('SIGTERM')

  const { leads, mails } = await audit(folder)
  expect(leads).toHaveLength(launched)
  const ids = mails.map((mail) => mail.messageId)
  expect(new Set(ids).size).toBe(ids.length)

  const sent = leads.flatMap((lead) => lead.touches.filter((t) => t.kind === 'email'))
  // An attempt that was killed between the mark and the server's answer: nobody knows, and it is not resent.
  const unsure = new Set(sent.filter((t) => t.status === 'unconfirmed').map((t) => t.messageId))
  expect(sent.filter((t) => t.status !== 'accepted' && t.status !== 'unconfirmed')).toEqual([])
  expect(ids.filter((id) => !unsure.has(id)).sort()).toEqual(
    sent
      .filter((t) => t.status === 'accepted')
      .map((t) => t.messageId)
      .sort(),
  )
  for (const lead of leads) {
    const steps = lead.touches
      .filter((t) => t.status === 'accepted' || t.status === 'unconfirmed')
      .map((t) => t.step)
    expect(steps.slice(0, first.length)).toEqual(first)
    expect(lead.attempted.sort()).toEqual(
      lead.touches
        .filter((t) => t.status === 'accepted')
        .map((t) => t.key)
        .sort(),
    )
  }
}, 300_000)
