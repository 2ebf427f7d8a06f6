/**
 * The ledger's interface: claiming a touch, handing it over, and what became of it. Each step but `confirm` holds only
 * with the token of the last claim. `ledgerIn` is the ledger in the database, `memoryLedger` its twin in memory.
 */

import type { Delay, Failure, Gate } from '../cadence/reason.ts'
import type { Instant } from '../cadence/time.ts'
import type { Touch } from '../cadence/touch.ts'
import type { touches } from './schema.ts'

/** All that the ledger has of a touch. */
export type StoredTouch = typeof touches.$inferSelect

export type TouchStatus = StoredTouch['status']

/** A touch to claim. */
export interface TouchClaim {
  touch: Touch
  account: string | null
  cadence: string
  version: number
  slot: Instant
  token: string
  now: Instant
}

/** A touch at the moment it is handed over. */
export interface HandOver {
  key: string
  token: string
  now: Instant
  email?: HandedEmail
}

/** What the ledger keeps of an e-mail. */
export interface HandedEmail {
  mailbox: string
  /** Whom it is for, as addresses are compared (`emailKey`). */
  address: string
  messageId: string
  /** Message-IDs of its thread, oldest first. */
  references: string[]
  subject: string
  variant: string | undefined
}

/**
 * What an attempt at handing over came to. `lost`: another attempt has claimed the touch, or it was handed over or
 * settled before; `unreserved`: an e-mail's slot isn't its lead's any more.
 */
export type HandedOver = 'handed_over' | 'lost' | 'unreserved' | Gate

/** What became of a touch. The response may quote the address, so it stays in the ledger. */
export interface Settlement {
  key: string
  token: string
  status: Exclude<TouchStatus, 'claimed' | 'handed_over'>
  now: Instant
  /** The server's words. */
  response?: string
  hard?: boolean
  /** Why it failed, or was put off. */
  reason?: Failure | Delay
  /** Put off for a fault of ours: the time for which the recipient's server is tried begins anew. */
  ours?: true
}

/** One touch, for reports and tests. */
export type TouchRow = Pick<
  StoredTouch,
  | 'key'
  | 'step'
  | 'kind'
  | 'contact'
  | 'status'
  | 'subject'
  | 'messageId'
  | 'mailbox'
  | 'attempts'
  | 'hard'
  | 'slot'
  | 'handedOverAt'
  | 'settledAt'
> & { lead: string }

/** Which touches to list. */
export interface TouchFilter {
  lead?: string
  status?: TouchStatus
  /** At most this many; 10,000 unless said otherwise. */
  limit?: number
}

export interface Ledger {
  /**
   * Claims a touch for one attempt: whoever had claimed it before can't hand it over any more.
   * @returns false when it was handed over or settled in the meantime
   */
  claim(claim: TouchClaim): Promise<boolean>

  /**
   * The mark of docs/design.md: from here on the message may have been sent. It needs the token, an open gate and, for
   * an e-mail, the slot that the touch was claimed for. A closed gate or a lost slot leaves the touch `closed`, which
   * may be claimed again. A claim is handed over once: asked again, the answer is `lost`, and nothing changes.
   */
  handOver(mark: HandOver): Promise<HandedOver>

  /**
   * Settles a touch that this token holds.
   * @returns what it was before, or undefined when the token doesn't hold it any more, or it was settled already. An
   * answer that comes late may still turn `unconfirmed` into what is now known.
   */
  settle(settlement: Settlement): Promise<TouchStatus | undefined>

  /** Nobody knows whether the message of a given-up attempt was sent. */
  markUnconfirmed(key: string, token: string, now: Instant): Promise<void>

  /** Somebody answered a touch of which nobody knew whether it had arrived: it had. */
  confirm(key: string, now: Instant): Promise<void>

  /** The touches of a lead, or of everybody, in the order of the slots and then of the keys. */
  list(filter?: TouchFilter): Promise<TouchRow[]>
}
