/**
 * Runs a host until it is told to stop: Ctrl-C or SIGTERM close it in order, a second one ends the process at
 * once, and when a part of it dies the process does, too.
 */
import type { Host } from './host.ts'
import type { Death } from './part.ts'

const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** Exit codes: as asked; a part died; stopped by force (128 + SIGINT). */
export const ENDED = { asked: 0, died: 1, forced: 130 } as const

/** What asks a process to stop. */
export interface Stop {
  /** Resolves at the first signal. */
  asked: Promise<NodeJS.Signals>
  /** Aborted at the first signal, for what can be broken off. */
  signal: AbortSignal
}

/** Listens for the signals that end the process. The second one ends it without further ado. */
export function listenForStop(): Stop {
  const controller = new AbortController()
  const asked = new Promise<NodeJS.Signals>((resolve) => {
    for (const name of STOP_SIGNALS) {
      process.on(name, () => {
        if (controller.signal.aborted) process.exit(ENDED.forced)
        controller.abort()
        resolve(name)
      })
    }
  })
  return { asked, signal: controller.signal }
}

/**
 * Waits until the host is to stop or a part of it dies, and closes it.
 * @returns the exit code, and what died
 */
export async function runUntilStopped(host: Host, stop: Stop): Promise<{ code: number; died?: Death }> {
  const died = await Promise.race([stop.asked.then(() => undefined), host.died])
  await host.close()
  return died === undefined ? { code: ENDED.asked } : { code: ENDED.died, died }
}
