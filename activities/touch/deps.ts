/** What the activities need from the process that hosts them. */
import type { Logger } from 'pino'
import type { Clock } from '../../store/clock.ts'
import type { Db } from '../../store/db.ts'
import type { DailyCap } from '../../store/slots-port.ts'
import type { CreditProvider } from '../credit/provider.ts'
import type { Mailbox } from '../mail/transport.ts'

/** A mailbox that is open, and how it wants to be used. */
export interface MailboxInUse {
  mailbox: Mailbox
  /** Its mail server; left out where there is none to name. */
  server?: string
  /** Milliseconds between two e-mails, on the environment's clock. */
  spacing: number
  perDay?: DailyCap
}

export interface ActivityDeps {
  db: Db
  clock: Clock
  /** The mailbox of this name. @throws RelanceError when there is none */
  mailboxes: (name: string) => MailboxInUse
  /** Who decides on credit under this name; a person where it is left out. */
  credit?: (name: string) => CreditProvider
  /** Called when an activity wrote signals that are still to go to Temporal; without it, the relay finds them later. */
  signalled?: () => void
  /** Gets keys, codes and numbers, and servers' words without addresses; never what a person is called or wrote. */
  log: Pick<Logger, 'info' | 'warn' | 'error'>
  /** Real milliseconds that a touch may take, in `attempt` and in `deliver`. */
  budget?: { attempt: number; deliver: number }
}
