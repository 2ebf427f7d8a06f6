/** Processes: those measured, each of its own so that neither warms or burdens the other, and the server's CPU. */
import { type ChildProcess, fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

type Ask = { id: number; call: string; args: unknown[] }
type Answer = { id: number; value?: unknown; error?: string }
type Calls = Record<string, (...args: unknown[]) => Promise<unknown>>
type Closing = { close(): Promise<void> }

const loader = fileURLToPath(new URL('../support/typescript.js', import.meta.url))

/** A program in a process of its own, called from here. */
export type Remote<T extends Closing> = T & { end(): Promise<void> }

/** Starts a program of this folder that calls `serve`. */
export async function start<T extends Closing>(program: string, ...args: string[]): Promise<Remote<T>> {
  const child = fork(fileURLToPath(new URL(program, import.meta.url)), args, {
    execArgv: ['--expose-gc', '--import', loader],
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  let ids = 0
  child.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer))
  const gone = new Promise<Error>((resolve) => {
    child.once('exit', (code) => resolve(new Error(`${program} ended with status ${code}`)))
  })
  const call = (name: string, args: unknown[]): Promise<unknown> => {
    const id = ids++
    const answered = new Promise<unknown>((resolve, reject) => {
      waiting.set(id, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))))
    })
    child.send({ id, call: name, args } satisfies Ask)
    return Promise.race([answered, gone.then((error) => Promise.reject(error))])
  }
  await call('ready', [])
  const end = async (): Promise<void> => {
    await call('close', [])
    child.disconnect()
    // What its libraries have open is none of our concern any more.
    child.kill()
    await exited(child)
  }
  return new Proxy({} as Remote<T>, {
    get: (_, name) => {
      if (name === 'then') return undefined
      return name === 'end' ? end : (...args: unknown[]) => call(String(name), args)
    },
  })
}

const exited = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

/** The other end: answers calls until the process that started this one lets go of it. */
export async function serve<T extends Closing>(open: () => Promise<T>): Promise<void> {
  const opened = open()
  process.on('message', async ({ id, call, args }: Ask) => {
    try {
      const calls = (await opened) as unknown as Calls
      const value = call === 'ready' ? undefined : await calls[call]?.(...args)
      process.send?.({ id, value } satisfies Answer)
    } catch (error) {
      process.send?.({ id, error: (error as Error).stack ?? String(error) } satisfies Answer)
    }
  })
}

/** Clock ticks in a second, as Linux counts CPU time for everybody (proc(5), sysconf(3)). */
const TICKS = 100

/** CPU time a process has used, milliseconds. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name, in parentheses, may hold spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS
}

const LOOK_MS = 250
const QUIET = 0.15
const LONGEST_MS = 30_000

/** Waits until a process has little to do, so that one side's leftovers don't fall into the other's time. */
export async function quiet(pid: number): Promise<void> {
  const until = performance.now() + LONGEST_MS
  for (let calm = 0; calm < 2 && performance.now() < until; ) {
    const before = cpuMs(pid)
    await sleep(LOOK_MS)
    calm = (cpuMs(pid) - before) / LOOK_MS < QUIET ? calm + 1 : 0
  }
}
