/** The options of the verbs that host something. */
import { UsageError } from '../terminal/failure.ts'

export interface HostingOptions {
  speed?: number
  port?: number
  host?: string
  json?: boolean
}

/** The largest clock that still leaves a second of the cadence more than a tick of the machine's. */
const FASTEST = 1_000_000

export function speed(text: string): number {
  const n = Number(text)
  if (text.trim() !== '' && n >= 1 && n <= FASTEST) return n
  throw new UsageError(`--speed ${text} is not a number from 1 to ${FASTEST}`, '86400 is a day in a second.')
}

export function port(text: string): number {
  const n = Number(text)
  if (/^\d+$/.test(text) && n <= 65_535) return n
  throw new UsageError(`--port ${text} is not a port`, 'Ports are numbers from 0 (any free one) to 65535.')
}
