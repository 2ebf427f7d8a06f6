/**
 * The process's log, which Temporal's SDK writes into, too. Ids, codes and numbers
 * only (docs/design.md §4, promise 9): an error's message may quote a query's values, so it is never kept.
 */
import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import { type ActivityInterceptorsFactory, DefaultLogger, Runtime } from '@temporalio/worker'
import { destination, type Logger, pino } from 'pino'

export type Log = Logger

/** Bytes of lines that a full disk doesn't take; later ones are left out until it does. */
const MOST_UNWRITTEN = 256 * 1024

/** JSON lines: into a file, or to the standard output. `RELANCE_LOG` sets the level: debug, info, warn, error. */
export function openLog(file: string | undefined, env: NodeJS.ProcessEnv = process.env): Log {
  const level = env.RELANCE_LOG || 'info'
  const known = pino.levels.values[level] !== undefined
  const options = { level: known ? level : 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime }
  // Written at once, so that the last words of a process that is killed are there.
  const to = destination(
    file ? { dest: file, append: true, mkdir: true, sync: true, maxLength: MOST_UNWRITTEN } : 1,
  )
  // On a full disk, lines are lost; without a listener, the process would be.
  to.on('error', () => undefined)
  return pino(options, to)
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
      log[method]({ temporal: withoutMessages(meta ?? {}) }, message)
    }),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  })
}
let installed = false

const withoutMessages = (meta: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(meta).map(([key, value]) => [key, value instanceof Error ? traceOf(value) : value]),
  )

/** What may be told of an error: its kind, its code and where it came from. */
export function traceOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const { name, code, cause } = error as Error & { code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const trace: Record<string, unknown> = { kind: name, at: frames.slice(0, 8).map((line) => line.trim()) }
  if (code !== undefined) trace.code = code
  if (cause !== undefined) trace.cause = traceOf(cause)
  return trace
}

/**
 * What an activity throws ends up in a history and in Temporal's UI, so it goes there without its message; the log
 * has where it came from.
 */
export const withoutWords =
  (log: Log): ActivityInterceptorsFactory =>
  ({ info }) => ({
    inbound: {
      execute: async (input, next) => {
        try {
          return await next(input)
        } catch (error) {
          if (error instanceof ApplicationFailure || error instanceof CancelledFailure) throw error
          const { activityType: activity, attempt } = info
          log.error({ activity, attempt, error: traceOf(error) }, 'an activity failed')
          const { name, code } = error as Error & { code?: unknown }
          const kind = typeof code === 'string' || typeof code === 'number' ? `${name} ${code}` : name
          throw ApplicationFailure.retryable(`${kind}; the log says where`, name)
        }
      },
    },
  })
