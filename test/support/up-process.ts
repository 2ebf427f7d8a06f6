/** `relance up` as a process of its own, which can be killed and started again on what it left. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RelanceClient } from '../../client/library/client.ts'
import { connect } from '../../client/library/connect.ts'

const main = fileURLToPath(new URL('../../dist/client/cli/main.js', import.meta.url))
const LIMIT_MS = 100_000

export interface UpProcess {
  /**
   * Starts it, and waits until its API answers.
   * @param speed - another one than before
   */
  up(speed?: number): Promise<RelanceClient>
  stop(signal: NodeJS.Signals): Promise<void>
  /** The number of its process, while there is one. */
  pid(): number | undefined
}

/** @param first - seconds of the environment in one real second */
export function upProcess(folder: string, first: number): UpProcess {
  let child: ChildProcess | undefined
  return {
    async up(speed = first) {
      const begun = spawn(process.execPath, [main, 'up', '--speed', String(speed), '--port', '0'], {
        cwd: folder,
        env: { ...process.env, RELANCE_HOME: folder, NODE_OPTIONS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = begun
      const log = createWriteStream(join(folder, 'up.txt'), { flags: 'a' })
      begun.stdout.pipe(log)
      begun.stderr.pipe(log)
      return until(async () => {
        if (begun.exitCode !== null)
          throw new Error(`up ended: ${readFileSync(join(folder, 'up.txt'), 'utf8')}`)
        const server = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as { pid: number }
        if (server.pid !== begun.pid) return undefined
        const client = connect({ home: folder, env: {} })
        await client.leads()
        return client
      })
    },
    pid: () => child?.pid,
    async stop(signal) {
      if (!child) return
      const ended = once(child, 'exit')
      child.kill(signal)
      await ended
      child = undefined
    },
  }
}

/** Asks again and again until there is an answer. Nothing here depends on how long that takes, up to a limit. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
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
