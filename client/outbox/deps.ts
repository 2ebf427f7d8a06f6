/** Dependencies of the outbox: database, workflows, clock, log; `hosting/` passes them in. */
import type { Logger } from 'pino'
import type { Clock } from '../../store/clock.ts'
import type { Db } from '../../store/db.ts'
import type { LeadWorkflows } from './lead-workflows.ts'

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>

export interface OutboxDeps {
  db: Db
  workflows: LeadWorkflows
  /** The environment's. */
  clock: Pick<Clock, 'now'>
  log: Log
}
