/**
 * All migrations, in order; SQL in TypeScript, so that they are wherever the code is, in a checkout and in the
 * package alike. Published ones never change: a change to `schema.ts` is a new file at the end of this list. What
 * has to be in it, `migrate.test.ts` says.
 *
 * In a rolling deploy, processes of the version before work on the new tables. A migration that they can't work with
 * (a column they use is gone, one they don't know must be written) says `breaks`: they refuse to start on it.
 */
import { statements as begin } from './0001-begin.ts'
import { statements as cycle } from './0002-cycle.ts'
import { statements as referrals } from './0003-referrals.ts'
import { statements as credit } from './0004-credit.ts'
import { statements as reasons } from './0005-reasons.ts'
import { statements as pauses } from './0006-pauses.ts'
import { statements as position } from './0007-position.ts'
import { statements as taskClosings } from './0008-task-closings.ts'
import { statements as clockChanged } from './0009-clock-changed.ts'
import { statements as mailboxTroubles } from './0010-mailbox-troubles.ts'
import { statements as people } from './0011-people.ts'
import { statements as region } from './0012-region.ts'
import { statements as asleep } from './0013-asleep.ts'
import { statements as writtenTo } from './0014-written-to.ts'

export interface Migration {
  name: string
  statements: string[]
  /** Processes that don't know this migration can't work after it. */
  breaks?: true
}

export const MIGRATIONS: readonly Migration[] = [
  { name: 'begin', statements: begin },
  { name: 'cycle', statements: cycle },
  { name: 'referrals', statements: referrals },
  { name: 'credit', statements: credit },
  { name: 'reasons', statements: reasons },
  { name: 'pauses', statements: pauses },
  { name: 'position', statements: position },
  { name: 'task closings', statements: taskClosings },
  { name: 'clock changed', statements: clockChanged },
  { name: 'mailbox troubles', statements: mailboxTroubles },
  { name: 'people', statements: people },
  { name: 'region', statements: region },
  { name: 'asleep', statements: asleep },
  { name: 'written to', statements: writtenTo },
]
