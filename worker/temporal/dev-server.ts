/** The embedded Temporal: a dev server whose SQLite file lives in the data folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import type { ProcessEnd } from '../../cadence/error-values.ts'
import { RelanceError } from '../../cadence/errors.ts'
import type { FoundTemporal } from './binary.ts'
import { endWithUs } from './end-with-us.ts'
import { choosePort, IP, listens } from './ports.ts'
import type { Report } from './run.ts'
import { registerSearchAttributes, SEARCH_ATTRIBUTES } from './search-attributes.ts'
import {
  GRACE_MS,
  mustNotBeOlder,
  readState,
  type ServerState,
  stopOrphan,
  writeState,
} from './server-state.ts'

const DATABASE = 'temporal.db'
/** Measured: half a second on a new folder. The rest is for slow machines and for recovering a large file. */
const START_MS = 60_000
const LOOK_EVERY_MS = 25
/** What SQLite says of a file that lacks what was in it. Sources: sqlite.org/rescode.html, and a table that is gone. */
const DAMAGED =
  /no such table: \w+|database disk image is malformed|file is not a database|malformed database schema/
/** How often a port that was free a moment ago may turn out to be taken. */
const PORT_ATTEMPTS = 3

export interface DevServer {
  /** `host:port` for clients and workers; the namespace is `default`. */
  address: string
  http: HttpApi
  /** Where its UI listens, or, without one, where one may: it stays the same. */
  uiPort: number
  pid: number
  /** Resolves when the server has ended, asked to or not, with how it ended. */
  ended: Promise<ProcessEnd>
  /** Ends the server, at the latest after some seconds. Workers must have stopped before. */
  close(): Promise<void>
}

/**
 * The server's HTTP API, which can't be turned off and asks nobody who they are. It answers only to this name, that
 * nobody else can know: a web page that finds the port can't send it as its Host, whatever it points at 127.0.0.1.
 */
export interface HttpApi {
  port: number
  host: string
}

/**
 * Starts the server and waits until it serves. A server that a killed process left behind on this data folder is
 * ended first. Ports are chosen once and kept as long as they are free. Everything is on the loopback interface.
 * @param options.ui - with Temporal's UI, which lets everybody in who asks by any name, to read and to write
 * @throws RelanceError `data_folder_in_use`, `temporal_older`, `port_in_use`, `temporal_not_started`,
 *   `temporal_damaged`
 */
export async function startDevServer(options: {
  temporal: Pick<FoundTemporal, 'path' | 'server'>
  dataDir: string
  port?: number
  ui?: boolean
  report: Report
}): Promise<DevServer> {
  mkdirSync(options.dataDir, { recursive: true })
  const folder = realpathSync(options.dataDir)
  const binary = resolve(options.temporal.path)
  await stopOrphan(folder, options.report)

  for (let attempt = 1; ; attempt++) {
    removeHalfMadeDatabase(folder)
    const before = readState(folder)
    const unborn = before?.unborn || !existsSync(join(folder, DATABASE)) ? { unborn: true as const } : {}
    if (!unborn.unborn) mustNotBeOlder(options.temporal, folder, before?.server)
    const port = await choosePort(options.port, before?.port)
    const uiPort = await choosePort(undefined, before?.uiPort)
    const http = { port: await choosePort(), host: `${randomBytes(16).toString('hex')}.invalid` }
    const log = startLog(folder)
    const state: ServerState = { port, uiPort, server: options.temporal.server }
    // Remembered before it runs: a half-made database must be known as one, and a newer server's as newer.
    writeState(folder, { ...state, ...unborn })
    const child = launch(binary, folder, { port, http, uiPort: options.ui ? uiPort : undefined }, log)
    const running = { ...state, pid: child.pid, parent: process.pid }
    if (child.pid) writeState(folder, { ...running, ...unborn })
    const server = supervise(child)
    const problem = await untilHealthy(port, server.ended)
    if (problem === undefined) {
      writeState(folder, running)
      return {
        address: `${IP}:${port}`,
        http,
        uiPort,
        pid: child.pid as number,
        ended: server.ended,
        close: server.close,
      }
    }
    await server.close()
    const said = readFileSync(log, 'utf8').trim()
    if (attempt < PORT_ATTEMPTS && /address already in use|can't (set|use) .*port/.test(said)) continue
    const damage = unborn.unborn ? undefined : DAMAGED.exec(said)?.[0]
    if (damage !== undefined) {
      throw new RelanceError('temporal_damaged', { file: join(folder, DATABASE), says: damage, log })
    }
    const tail = said.split('\n').slice(-10).join('\n')
    throw new RelanceError('temporal_not_started', { problem, log, tail })
  }
}

/**
 * The server works in the data folder and gets the file's bare name, because it puts the name unescaped into a
 * SQLite URI, where a `?`, `#` or `%` in the folder's path would name another file.
 *
 * Write-ahead logging with full syncing loses no commit in a power cut either, and was measured at twice the
 * throughput and 0.6 of the server's CPU of SQLite's default, the rollback journal.
 */
function launch(
  binary: string,
  folder: string,
  at: { port: number; http: HttpApi; uiPort: number | undefined },
  log: string,
): ChildProcess {
  const args = ['server', 'start-dev', '--db-filename', DATABASE, '--ip', IP, '--port', String(at.port)]
  args.push(...(at.uiPort === undefined ? ['--headless'] : ['--ui-port', String(at.uiPort)]))
  args.push('--http-port', String(at.http.port))
  args.push('--dynamic-config-value', `frontend.httpAllowedHosts=${JSON.stringify([at.http.host])}`)
  args.push('--namespace', 'default', '--log-level', 'warn')
  args.push('--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=full')
  for (const name of SEARCH_ATTRIBUTES) args.push('--search-attribute', `${name}=Keyword`)
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')),
  )
  const out = openSync(log, 'w')
  try {
    // A session of its own: Ctrl-C in the terminal is for us, and we end the server when its workers have stopped.
    return spawn(binary, args, { cwd: folder, env, detached: true, stdio: ['ignore', out, out] })
  } finally {
    closeSync(out)
  }
}

/** Watches the child's end, and sees to it that it ends with this process. */
function supervise(child: ChildProcess): Pick<DevServer, 'ended' | 'close'> {
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => resolve({ kind: 'error', says: error.message }))
    child.once('exit', (status, signal) =>
      resolve(signal ? { kind: 'signal', signal } : { kind: 'status', status }),
    )
  })
  const release = endWithUs(child)
  ended.then(release)
  const close = async () => {
    child.kill('SIGTERM')
    const kill = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
    await ended
    clearTimeout(kill)
  }
  return { ended, close }
}

/** Waits until the server answers and has our search attributes; else says what went wrong. */
async function untilHealthy(port: number, ended: Promise<ProcessEnd>): Promise<ProcessEnd | undefined> {
  let end: ProcessEnd | undefined
  ended.then((how) => {
    end = how
  })
  // No retrying interceptor: its timers would outlive the connection and throw when it is closed.
  const connection = Connection.lazy({ address: `${IP}:${port}`, interceptors: [] })
  let last: ProcessEnd = { kind: 'silent' }
  try {
    for (const until = performance.now() + START_MS; performance.now() < until; await delay(LOOK_EVERY_MS)) {
      if (end) return end
      if (!(await listens(port))) continue
      try {
        await connection.workflowService.getSystemInfo({})
        await registerSearchAttributes(connection, 'default')
        return undefined
      } catch (error) {
        last = { kind: 'error', says: (error as Error).message }
      }
    }
    return last
  } finally {
    await connection.close()
  }
}

/** A first start that was cut off leaves a database without all its tables, which no later start would repair. */
function removeHalfMadeDatabase(folder: string): void {
  if (!readState(folder)?.unborn) return
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(join(folder, DATABASE + end), { force: true })
}

/** The log of this start; the one before, which may explain a crash, is kept beside it. */
function startLog(folder: string): string {
  const log = join(folder, 'temporal.log')
  if (existsSync(log)) renameSync(log, join(folder, 'temporal.previous.log'))
  return log
}
