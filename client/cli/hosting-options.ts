/** The options of the verbs that host something. */
import { RelanceError } from '../../cadence/errors.ts'

export interface HostingOptions {
  speed?: number
  port?: number
  host?: string
  /** Temporal's UI may change things, too. */
  uiWrites?: boolean
  json?: boolean
}

/** The largest `--speed`: a second of the cadence is then a microsecond of the machine's, about its clock's tick. */
const FASTEST = 1_000_000

export function speed(text: string): number {
  const n = Number(text)
  if (text.trim() !== '' && n >= 1 && n <= FASTEST) return n
  throw new RelanceError('usage', { kind: 'number', option: 'speed', text, least: 1, most: FASTEST })
}

export function port(text: string): number {
  const n = Number(text)
  if (/^\d+$/.test(text) && n <= 65_535) return n
  throw new RelanceError('usage', { kind: 'number', option: 'port', text, least: 0, most: 65_535 })
}
