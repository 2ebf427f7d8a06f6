/** What the process writes down of itself, and how Temporal's SDK is made to write into it too. */
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { destination, type Logger, pino } from 'pino'

export type Log = Logger

/**
 * JSON lines: into a file, or to the standard output where there is none (a container). Ids only, never a name, an
 * address or a text (DESIGN.md §4, promise 9). `RELANCE_LOG` sets the level: debug, info, warn, error.
 */
export function openLog(file: string | undefined, env: NodeJS.ProcessEnv = process.env): Log {
  const level = env.RELANCE_LOG || 'info'
  const known = pino.levels.values[level] !== undefined
  const options = { level: known ? level : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime }
  // Written at once, so that the last words of a process that is killed are there.
  return pino(options, destination(file ? { dest: file, append: true, mkdir: true, sync: true } : 1))
}

/**
 * Sets the SDK's one runtime up. It must not catch signals: this process stops things in its own order.
 * Safe to call twice; the first log stays.
 */
export function installRuntime(log: Log): void {
  if (installed) return
  installed = true
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      const method =
        level === 'TRACE' ? 'trace' : (level.toLowerCase() as 'debug' | 'info' | 'warn' | 'error')
      log[method]({ temporal: meta }, message)
    }),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  })
}
let installed = false
