/**
 * When a mailbox is paused, and how it comes back, in real time: after a few refusals alike, one after the other; one
 * e-mail is then tried now and then, the waits growing, and its success ends the pause.
 */
import type { MailFault } from '../../cadence/mail-faults.ts'
import { CLASS, isOurs, type Verdict } from './replies/classify.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Refusals further apart than this are not alike. */
export const ALIKE_WITHIN_MS = HOUR

/** Waits between the e-mails that are tried while a mailbox is paused. */
const PROBES = [15 * MINUTE, HOUR, 4 * HOUR]

/** Real milliseconds until the next e-mail is tried, after so many. */
export const probeAfter = (probes: number): number => PROBES[Math.min(probes, PROBES.length - 1)] as number

/** Waits between the tries of one e-mail that is refused for a fault of ours, as long as its mailbox isn't paused. */
const TRIES = [5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR]
export const triedAgainAfter = (attempt: number): number =>
  TRIES[Math.min(attempt, TRIES.length) - 1] as number

/** At this try of one e-mail, about a day after the first, its owner is told, although the mailbox sends others. */
export const TOLD_AT_ATTEMPT = 8

/** How refusals of a verdict count towards a pause. */
export interface Counting {
  fault: MailFault
  /** So many, one after the other, without an e-mail that is taken in between. */
  count: number
  /** Whether one e-mail that is tried again counts once. */
  distinct: boolean
}

/** What else is known of a refusal. */
export interface Circumstances {
  /** It was said before the server was asked to take something for the recipient. */
  beforeRecipient: boolean
  /** The e-mail has been tried for days in which no other of its mailbox was taken. */
  everybodys: boolean
}

/**
 * What a verdict says of the mailbox when it comes again and again. A full mailbox and passing trouble at the recipient's
 * say nothing of ours, but for trouble that everybody has for days. Addresses that nobody has are common in an old list; ten in a row are a server that has forgotten
 * its users, or a list that must not be sent to.
 */
export function countingOf(
  verdict: Verdict,
  { beforeRecipient, everybodys }: Circumstances,
): Counting | undefined {
  if (isOurs(verdict)) return { fault: verdict, count: 3, distinct: false }
  if (beforeRecipient) return { fault: 'connection', count: 3, distinct: false }
  if (verdict === 'letter' || verdict === 'unreadable' || (verdict === 'trouble' && everybodys))
    return { fault: 'all_refused', count: 3, distinct: true }
  if (verdict === 'unknown') return { fault: 'all_refused', count: 10, distinct: true }
  return undefined
}

/**
 * Whether two refusals are alike, so that they count together. What is wrong with a mailbox, or with a reputation, is said
 * in one way now and in another then: DMARC and a block list, a login and a relay. Letters and addresses that are refused
 * are alike only where the same is said of them.
 */
export function areAlike(one: Counted, other: Counted): boolean {
  if (one.fault === 'all_refused' || other.fault === 'all_refused') return one.verdict === other.verdict
  return CLASS[one.fault] === CLASS[other.fault]
}

interface Counted {
  verdict: string
  fault: MailFault
}

/** A server that is away for a few minutes is told of only when it stays so. */
export const isToldAt = (fault: MailFault, probes: number): boolean => fault !== 'connection' || probes >= 2
