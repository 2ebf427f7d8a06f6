/** Runs a program to its end and keeps what it said. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** Tells a person what is going on; short, one line, without a full stop. */
export type Report = (message: string) => void

export interface Ran {
  /** Exit status; `null` when it could not be started, was stopped or ran out of time. */
  code: number | null
  /** Standard output and error, in the order they came. */
  output: string
  /** In one line, why it did not succeed; empty when it did. */
  problem: string
}

/**
 * Runs `command` and resolves when it has ended; never rejects. The child ends with us at the latest.
 * @param options.timeoutMs milliseconds after which it is stopped
 * @param options.signal stops it when aborted
 * @param options.onLine called with each line it prints
 */
export function run(
  command: string,
  args: readonly string[],
  options: {
    timeoutMs: number
    env?: NodeJS.ProcessEnv
    cwd?: string
    signal?: AbortSignal
    onLine?: (line: string) => void
  },
): Promise<Ran> {
  return new Promise((resolve) => {
    const lines: string[] = []
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const stop = () => void child.kill('SIGKILL')
    const timer = setTimeout(stop, options.timeoutMs)
    options.signal?.addEventListener('abort', stop, { once: true })
    process.once('exit', stop)

    const read = (stream: Readable) =>
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        options.onLine?.(line)
      })
    read(child.stdout)
    read(child.stderr)

    const end = (code: number | null, problem: string) => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
      process.off('exit', stop)
      resolve({ code, output: lines.join('\n'), problem })
    }
    child.once('error', (error) => end(null, error.message))
    child.once('close', (code, signal) => {
      const last = lines.findLast((line) => line.trim() !== '')?.trim()
      end(code, code === 0 ? '' : (last ?? (signal ? `stopped by ${signal}` : `exit status ${code}`)))
    })
  })
}
