/**
 * One process a data folder: PGlite takes no lock of its own, and two of them in one folder ruin it.
 * The lock is a file with the holder's pid and when that process began, so that a pid used again after a kill or a
 * restart of the machine is not taken for the holder.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RelanceError } from '../cadence/errors.ts'

interface Holder {
  pid: number
  /** When the process began, in whatever the system counts; empty where it doesn't say. */
  began: string
}

/** A lock that is broken and made again more often than this is fought over. */
const TRIES = 5

/**
 * Takes the folder for this process.
 * @returns what gives it back.
 * @throws RelanceError `data_folder_in_use`, with the holder's pid.
 */
export function lockFolder(dataDir: string): () => void {
  const file = join(dataDir, 'lock')
  const mine = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`
  writeFileSync(mine, JSON.stringify(holder(process.pid)))
  try {
    for (let n = 0; n < TRIES; n++) {
      if (take(mine, file)) return () => rmSync(file, { force: true })
      const other = read(file)
      if (other && isAlive(other)) throw inUse(dataDir, other.pid)
      clear(file, `${mine}.stale`)
    }
    throw inUse(dataDir, read(file)?.pid)
  } finally {
    rmSync(mine, { force: true })
  }
}

/** A hard link appears with its content in one step, or not at all. */
function take(mine: string, file: string): boolean {
  try {
    linkSync(mine, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Puts a dead holder's lock aside; puts it back if somebody alive took it in the meantime. */
function clear(file: string, aside: string): void {
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const other = read(aside)
  if (other && isAlive(other)) take(aside, file)
  rmSync(aside, { force: true })
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function isAlive(other: Holder): boolean {
  try {
    process.kill(other.pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder(other.pid).began === other.began
}

function holder(pid: number): Holder {
  return { pid, began: began(pid) }
}

/** Linux: field 22 of /proc/PID/stat, after the command's name, which may hold spaces and brackets (proc(5)). */
function began(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}

const inUse = (dataDir: string, pid: number | undefined): RelanceError =>
  new RelanceError('data_folder_in_use', { folder: dataDir, pid })
