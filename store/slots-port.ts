/**
 * The slots' interface: the moments mailboxes have promised. A slot is a multiple of the mailbox's spacing; it is taken
 * while a lead has it reserved, and for good once a touch was planned for it. `slotsIn` is the slots in the database,
 * `memorySlots` their twin in memory.
 */
import type { Book } from '../cadence/calendar/planner.ts'
import type { Instant } from '../cadence/time.ts'

/** How a mailbox wants to be used. */
export interface MailboxUse {
  name: string
  /** Milliseconds between two e-mails, on the environment's clock. */
  spacing: number
  perDay?: DailyCap
}

/** At most `count` e-mails on each day of a zone's calendar. */
export interface DailyCap {
  count: number
  /** IANA name. */
  zone: string
}

/** A slot for a lead. */
export interface Reservation {
  mailbox: string
  at: Instant
  lead: string
  account: string | null
}

/** Whose e-mails the caps of a lead count. */
export interface BookOf {
  lead: string
  /** Whose leads count together; null: none, and what the lead was sent is all there is. */
  account: string | null
  /** How far back e-mails matter. */
  since: Instant
}

export interface Slots {
  /**
   * The first slot from `from` on that nobody has taken, on a day that isn't full. A mailbox with a daily cap is kept
   * from others until the transaction ends, so that the cap can't be overrun.
   * @param from - a multiple of the mailbox's spacing
   */
  firstFree(use: MailboxUse, from: Instant): Promise<Instant>

  /**
   * Reserves a slot for a lead that has none.
   * @returns false when another lead has taken it, or this one has a slot; then nothing changed
   */
  reserve(reservation: Reservation): Promise<boolean>

  /** Gives up the slot of a lead, if it has one, and reads what its caps count. */
  release(of: BookOf): Promise<Book>

  /**
   * What the caps of a lead count: e-mails a server has or may have, and for the account what its other leads have
   * reserved. In no order.
   */
  book(of: BookOf): Promise<Book>
}
