/** What the services work with; whoever hosts them brings it. */
import type { Logger } from 'pino'
import type { Clock } from '../../../store/clock.ts'
import type { Db } from '../../../store/index.ts'
import type { LeadWorkflows } from './lead-workflows.ts'
import type { Relay } from './relay.ts'

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>

export interface Deps {
  db: Db
  workflows: LeadWorkflows
  /** The environment's. */
  clock: Pick<Clock, 'now'>
  log: Log
  relay: Relay
}
