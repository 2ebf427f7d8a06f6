/**
 * Whose fault a refusal is: what a server's reply to one of our e-mails says, by how far the conversation had come, its
 * code, its enhanced code and its words. Pure. Only `unknown` may end a contact, and it takes clear words or a clear
 * code; whatever could be ours is ours, and what can't be read is tried again (docs/refusals.md).
 */
import type { MailFault } from '../../../cadence/mail-faults.ts'
import {
  DISABLED,
  FULL,
  INSIDERS_ONLY,
  LATER,
  LETTER,
  NO_SUCH_DOMAIN,
  OUR_SIDE,
  OURS,
  PASSING,
  SAYS_UNAVAILABLE_FOR_UNKNOWN,
  SWITCHED_OFF,
  UNKNOWN,
} from './patterns.ts'
import { type Reply, readReply, type Stage } from './reply.ts'

export type Verdict =
  /** Nobody has this address. */
  | 'unknown'
  /** The recipient's mailbox is full, or switched off. */
  | 'full'
  | 'disabled'
  /** The recipient's side doesn't want this letter. */
  | 'letter'
  /** Something passing. */
  | 'trouble'
  | 'unreadable'
  | Exclude<MailFault, 'all_refused'>

/** The seven classes that verdicts fall into. */
export const CLASS = {
  unknown: 'recipient unknown',
  full: 'recipient full or disabled',
  disabled: 'recipient full or disabled',
  letter: "recipient's policy",
  login: 'our mailbox',
  relay: 'our mailbox',
  sender: 'our mailbox',
  quota: 'our mailbox',
  connection: 'our mailbox',
  block_list: 'our reputation',
  authentication: 'our reputation',
  trouble: 'passing trouble',
  unreadable: 'unreadable',
} as const satisfies Record<Verdict, string>

/** What it is about before anything was said of a recipient, where the words don't say. */
const OF_STAGE: Record<Exclude<Stage, 'rcpt' | 'data' | 'dot'>, Verdict> = {
  connect: 'connection',
  greeting: 'connection',
  ehlo: 'connection',
  starttls: 'connection',
  auth: 'login',
  mail: 'sender',
}

/** What a reply says. `text` is as the server sent it, with its code. */
export function verdictOf(stage: Stage, text: string): Verdict {
  const reply = readReply(text)
  if (stage === 'connect' || stage === 'starttls') return 'connection'
  if (reply.code === undefined) return 'unreadable'
  const said = reply.code < 500 ? ofTemporary(reply) : ofPermanent(reply, stage)
  if (stage === 'rcpt' || stage === 'data' || stage === 'dot') return said ?? 'unreadable'
  // Nothing before RCPT is about a recipient, whatever it says; only a letter's size is announced before it.
  if (said === 'trouble' || isOurs(said)) return said
  if (stage === 'mail' && said === 'letter') return isSize(reply) ? 'letter' : 'sender'
  return OF_STAGE[stage]
}

/** Whether it is about us. */
export function isOurs(verdict: Verdict | undefined): verdict is Exclude<MailFault, 'all_refused'> {
  if (verdict === undefined) return false
  const of = CLASS[verdict]
  return of === 'our mailbox' || of === 'our reputation'
}

/** A 4xx: the words may say what to mend all the same; otherwise it passes. */
function ofTemporary(reply: Reply): Verdict {
  const { enhanced = '', words } = reply
  if (PASSING.test(words)) return 'trouble'
  const ours = fault(words)
  // A server that is busy, or that counts connections, says so to everybody.
  if (ours !== undefined && !/too many (concurrent )?(connections|sessions)|server busy/.test(words)) {
    if (ours !== 'login' || !/temporar/.test(words)) return ours
  }
  if (FULL.test(words) ? !isServersStorage(reply) : enhanced === '4.2.2') return whose(reply, 'full')
  if (enhanced === '4.2.1' && DISABLED.test(words)) return whose(reply, 'disabled')
  return 'trouble'
}

/** The server's own disk is full (X.3.1), which is no mailbox's matter. */
const isServersStorage = ({ enhanced, words }: Reply): boolean =>
  enhanced?.endsWith('.3.1') === true || /insufficient system (storage|resources)/.test(words)

function ofPermanent(reply: Reply, stage: Stage): Verdict | undefined {
  const { code, enhanced, words } = reply
  if (PASSING.test(words)) return 'trouble'
  if (SWITCHED_OFF.test(words)) return whose(reply, 'disabled')
  if (!INSIDERS_ONLY.test(words)) {
    const ours = fault(words) ?? faultByCode(reply)
    if (ours !== undefined) return ours
  } else return 'letter'
  // Out of step (503, X.5.1): it is about the conversation, as "no valid recipients" after one who was put off.
  const outOfStep = code === 503 || (enhanced === '5.5.1' && !UNKNOWN.test(words))
  if (outOfStep || LATER.test(words)) return 'trouble'
  return ofRecipient(reply, stage)
}

function ofRecipient(reply: Reply, stage: Stage): Verdict | undefined {
  const { enhanced, words } = reply
  if (isSize(reply)) return 'letter'
  const mailbox = ofMailbox(reply)
  if (mailbox !== undefined) return whose(reply, mailbox)
  if (LETTER.test(words) || /^[67]\./.test(subjectOf(enhanced))) return 'letter'
  if (reply.code === 552) return stage === 'rcpt' ? 'full' : 'letter'
  return undefined
}

/** What is said of a mailbox. */
function ofMailbox(reply: Reply): Verdict | undefined {
  const { words } = reply
  const subject = subjectOf(reply.enhanced)
  if (FULL.test(words) || subject === '2.2') return isServersStorage(reply) ? 'trouble' : 'full'
  if (isUnknown(reply)) return 'unknown'
  return DISABLED.test(words) || subject === '2.1' ? 'disabled' : undefined
}

/** A mailbox that isn't there, or takes nothing, may be the sender's: the words say whose. */
const whose = ({ words }: Reply, verdict: Verdict): Verdict =>
  verdict !== 'trouble' && OUR_SIDE.test(words) ? 'sender' : verdict

/** An enhanced code without its class: `2.2` of `5.2.2`. */
const subjectOf = (enhanced = ''): string => enhanced.slice(2)

/** The first thing of ours that the words are about. */
const fault = (words: string): Exclude<MailFault, 'all_refused'> | undefined =>
  OURS.find(([, pattern]) => pattern.test(words))?.[0] as Exclude<MailFault, 'all_refused'> | undefined

/** Codes that are about us whatever the words are. */
function faultByCode({ code, enhanced = '' }: Reply): Verdict | undefined {
  if (code === 530 || code === 534 || code === 535 || code === 538) return 'login'
  if (/^5\.1\.[78]$/.test(enhanced)) return 'sender'
  if (/^5\.7\.(8|11|57)$/.test(enhanced)) return 'login'
  if (/^5\.7\.(2[0-9]|3[0-2]|509|515)$/.test(enhanced)) return 'authentication'
  if (enhanced === '5.7.60') return 'sender'
  if (enhanced === '5.4.5') return 'quota'
  return undefined
}

/**
 * Whether nobody has the address. The words say it, and the code doesn't say something else; or the code says it (RFC
 * 3463: X.1.1, X.1.3, X.1.6; RFC 7505: X.1.10) and the words nothing else.
 */
function isUnknown({ code = 0, enhanced = '', words }: Reply): boolean {
  if (code < 550 && code !== 511 && enhanced !== '5.1.3') return false
  if (SAYS_UNAVAILABLE_FOR_UNKNOWN.test(words)) return true
  // Microsoft 365, where the recipient's domain knows all of its addresses.
  if (enhanced === '5.4.1') return /recipient address(es)? rejected ?: access denied/.test(words)
  if (enhanced === '5.1.2') return NO_SUCH_DOMAIN.test(words) || UNKNOWN.test(words)
  if (UNKNOWN.test(words)) return true
  if (enhanced === '5.1.1') return !DISABLED.test(words) && !LETTER.test(words)
  return /^5\.1\.(3|6|10)$/.test(enhanced) && !DISABLED.test(words)
}

/** The letter is too large for the server or the recipient. */
const isSize = ({ enhanced = '', words }: Reply): boolean =>
  /^5\.(3\.4|2\.3)$/.test(enhanced) ||
  /(message|mail|letter)( \w+){0,3} (is )?too (large|big)|(message|maximum|fixed)( \w+){0,3} size/.test(words)
