/** One process of the chaos: begun, killed, frozen, begun again on what it left. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

export interface PartOptions {
  name: string
  command: string
  args: string[]
  cwd: string
  env?: NodeJS.ProcessEnv
  /** As which user, where not as ours. */
  uid?: number
  /** With a channel to send messages through. */
  ipc?: boolean
  /** Whether it serves by now; it isn't asked again once it does. */
  ready?: () => Promise<boolean>
}

/** How long a process may take to serve again. */
const LONGEST_MS = 120_000

export class Part {
  readonly name: string
  readonly #options: PartOptions
  readonly #log: WriteStream
  #child: ChildProcess | undefined
  /** What the process says, over its channel. */
  onMessage: (message: unknown) => void = () => undefined

  constructor(options: PartOptions, logFile: string) {
    this.#options = options
    this.name = options.name
    this.#log = createWriteStream(logFile, { flags: 'a' })
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  get pid(): number | undefined {
    return this.running ? this.#child?.pid : undefined
  }

  /** Begins it, where it doesn't run, and waits until it serves. @throws where it ends, or doesn't serve in time */
  async start(): Promise<void> {
    const { command, args, cwd, env, uid, ipc, ready } = this.#options
    if (!this.running) {
      const child = spawn(command, args, {
        cwd,
        env: { ...process.env, NODE_OPTIONS: '', ...env },
        stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
        ...(uid === undefined ? {} : { uid }),
      })
      child.on('error', (error) => this.#log.write(`${error.message}\n`))
      child.stdout?.pipe(this.#log, { end: false })
      child.stderr?.pipe(this.#log, { end: false })
      child.on('message', (message) => this.onMessage(message))
      this.#child = child
    }
    for (const end = Date.now() + LONGEST_MS; ready && !(await ready().catch(() => false)); await pause(50)) {
      if (!this.running) throw new Error(`${this.name} ended while it was starting`)
      if (Date.now() > end) throw new Error(`${this.name} doesn't serve`)
    }
  }

  send(message: object): void {
    if (this.#child?.connected) this.#child.send(message)
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal)
  }

  /** Ends it, and waits until it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (!child || !this.running) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  /** Stops it in its tracks for a while; it knows nothing of that. */
  async freeze(ms: number): Promise<void> {
    this.signal('SIGSTOP')
    await pause(ms)
    this.signal('SIGCONT')
  }
}
