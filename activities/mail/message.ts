/**
 * The message of a touch, built from what was rendered. Pure: the clock's time and the secret are passed in.
 *
 * On purpose without
 * - `Auto-Submitted` (RFC 3834 §5): responders don't answer to it (§2), and an out-of-office reply is
 *   something we want to hear, since it holds the lead. The letter is a person's, and so are the answers.
 * - the touch's key: the Message-ID says as much to us, and nothing to the reader of the headers, to whom
 *   the name of a step or a play may say a lot. Bounces quote it (RFC 3464 §2).
 */
import { createHmac } from 'node:crypto'
import type { Instant } from '../../cadence/time.ts'
import type { Rendered } from '../texts/template.ts'
import { type Address, asciiAddress } from './address.ts'
import { oneLine } from './clean-text.ts'

/** A message ready for a mailbox. Message-IDs have their angle brackets. */
export interface Message extends Rendered {
  messageId: string
  date: Instant
  from: Address
  to: Address
  replyTo: Address | undefined
  /** The thread so far, oldest first; empty for a first message. */
  references: string[]
  unsubscribe: string | undefined
}

/** What a message is made of. */
export interface MessageParts {
  /** The touch's key, `lead/visit/step`. */
  key: string
  /** The environment's secret, so that nobody can guess a Message-ID. */
  salt: string
  /** The environment's clock. */
  at: Instant
  from: Address
  to: Address
  replyTo?: Address | undefined
  rendered: Rendered
  /** Message-IDs of the messages it follows up, oldest first. */
  thread?: string[]
  /** Where an opt-out goes to (`mailto:` or `https:`), if there is such an address. */
  unsubscribe?: string | undefined
}

/** RFC 5322 §3.6.4 lets a thread be cut; the first and the latest matter. */
const LONGEST_THREAD = 20

/** The Message-ID of a touch: the same for every attempt, different for every touch and environment. */
export function messageIdOf(key: string, salt: string, from: string): string {
  const id = createHmac('sha256', salt).update(key).digest('hex').slice(0, 40)
  const address = asciiAddress(from) ?? from
  return `<${id}@${address.slice(address.lastIndexOf('@') + 1)}>`
}

/** Builds the message of a touch. */
export function buildMessage(parts: MessageParts): Message {
  const thread = parts.thread ?? []
  const [first, ...later] = thread
  return {
    ...parts.rendered,
    messageId: messageIdOf(parts.key, parts.salt, parts.from.email),
    date: parts.at,
    from: inAscii(parts.from),
    to: inAscii(parts.to),
    replyTo: parts.replyTo && inAscii(parts.replyTo),
    references: first === undefined ? [] : [first, ...later.slice(1 - LONGEST_THREAD)],
    unsubscribe: parts.unsubscribe,
  }
}

/** The domain as IDNA, the name on one line. What can't be written so is left, and the mailbox refuses it. */
function inAscii({ name, email }: Address): Address {
  return { name: name && oneLine(name), email: asciiAddress(email) ?? email }
}
