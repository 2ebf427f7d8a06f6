/**
 * What a data folder remembers of its Temporal server, and who that server is now. The server outlives a parent
 * that was killed with kill -9, and SQLite's file must have one writer; so a new start finds the one left behind.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { RelanceError } from '../../cadence/errors.ts'
import type { FoundTemporal } from './binary.ts'
import type { Report } from './run.ts'

export interface ServerState {
  /** The server's process, and the process that started it. */
  pid?: number
  parent?: number
  port: number
  /** Where Temporal's UI is shown, by the server itself or by Relance. */
  uiPort: number
  /** Version of the server that last opened the data, as in `1.32.0`; earlier Relances didn't write it. */
  server?: string
  /** Set until the server has been healthy once: until then its database may be half made. */
  unborn?: true
}

/** Milliseconds a server gets to end by itself (measured: 1.7 seconds) before it is killed. */
export const GRACE_MS = 8_000
const LOOK_EVERY_MS = 50

export function readState(folder: string): ServerState | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'temporal.json'), 'utf8'))
  } catch {
    return undefined
  }
}

/** Written aside and moved into place, so that a crash leaves the old or the new one. */
export function writeState(folder: string, state: ServerState): void {
  const file = join(folder, 'temporal.json')
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`)
  renameSync(`${file}.new`, file)
}

/**
 * Refuses data that a newer server wrote. Temporal's data only goes forward, but an older server opens it and looks
 * healthy. 1.29.1 on data of 1.32.0 then failed to replay a workflow of the server's own (TMPRL1100), that of a
 * deployment with routing by version, and all that was routed by it stood still without a word. Patch versions of one
 * minor are interchangeable, and a newer server takes an older one's data over.
 * @throws RelanceError `temporal_older`
 */
export function mustNotBeOlder(
  { path, server }: Pick<FoundTemporal, 'path' | 'server'>,
  folder: string,
  wrote: string | undefined,
): void {
  const [has, needs] = [minorOf(server), minorOf(wrote)]
  if (!has || !needs || !wrote) return
  const older = has.major < needs.major || (has.major === needs.major && has.minor < needs.minor)
  if (older) throw new RelanceError('temporal_older', { path, has: server, folder, wrote })
}

function minorOf(version = ''): { major: number; minor: number } | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return minor === undefined ? undefined : { major: Number(major), minor: Number(minor) }
}

/**
 * Ends the server that a killed process left behind on this data folder, if there is one.
 * @throws RelanceError `data_folder_in_use` when the process that started it is still there, `temporal_left_behind`
 */
export async function stopOrphan(folder: string, report: Report): Promise<void> {
  const state = readState(folder)
  if (!state?.pid) return
  const { pid, parent } = state
  const found = () => serverProcess(folder, pid, state)
  const server = found()
  if (!server) return
  // The kernel gives a process whose parent died another one, so the same parent is a living one.
  if (server.parent === parent) {
    throw new RelanceError('data_folder_in_use', { folder, pid: parent })
  }
  report(`ending the Temporal server that a killed Relance left behind (process ${pid})`)
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    signalTo(pid, signal)
    for (const until = performance.now() + GRACE_MS; performance.now() < until; await delay(LOOK_EVERY_MS)) {
      if (!found()) return
    }
  }
  throw new RelanceError('temporal_left_behind', { pid, folder })
}

/** The process `pid`, if it really is the server of this data folder and not one that got its number since. */
function serverProcess(folder: string, pid: number, state: ServerState): { parent: number } | undefined {
  const found = process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
  if (!found || (found.cwd !== undefined && found.cwd !== folder)) return undefined
  const command = ` ${found.command} `
  const ours = ['start-dev', `--port ${state.port}`]
  return ours.every((words) => command.includes(` ${words} `)) ? found : undefined
}

interface Process {
  parent: number
  command: string
  cwd?: string
}

function fromProc(pid: number): Process | undefined {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    // proc(5): the name, in parentheses, may contain anything; then come the state and the parent.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
    return { parent, command, cwd: readlinkSync(`/proc/${pid}/cwd`) }
  } catch {
    return undefined
  }
}

function fromPs(pid: number): Process | undefined {
  try {
    const line = execFileSync('ps', ['-ww', '-o', 'ppid=,command=', '-p', String(pid)], { encoding: 'utf8' })
    const [, parent, command] = /^\s*(\d+)\s+(.*)/.exec(line) ?? []
    return parent && command ? { parent: Number(parent), command } : undefined
  } catch {
    return undefined
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone already, or not ours to end: looking again tells which.
  }
}
