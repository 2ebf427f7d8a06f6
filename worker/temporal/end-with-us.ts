/** Makes a child process end when this process does, however that comes about, except by kill -9. */
import type { ChildProcess } from 'node:child_process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Ends `child` when this process exits. A signal that nobody else handles ends the child, and then this process as
 * it would have without us. Where the program has a handler of its own, it is the one to end things in its order.
 * @returns takes all of it back
 */
export function endWithUs(child: ChildProcess): () => void {
  const end = () => void child.kill('SIGTERM')
  const onSignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return
    end()
    release()
    process.kill(process.pid, signal)
  }
  const release = () => {
    process.off('exit', end)
    for (const signal of SIGNALS) process.off(signal, onSignal)
  }
  process.on('exit', end)
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return release
}
