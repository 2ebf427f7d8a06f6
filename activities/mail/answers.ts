/** What a mailbox can say of a message, and what each answer and error of SMTP means for its touch. */

/**
 * What became of a message.
 *
 * Only `unconfirmed` leaves a doubt. `refused`, `deferred` and `closed` say for certain that the message
 * was not taken over by the server, also when `handingOver` had already resolved.
 * `response` and `why` may quote addresses: they belong in the database, never in a history or a log.
 */
export type SendResult =
  | { kind: 'accepted'; response: string }
  | Refused
  | Deferred
  /** It was handed over, and no answer came: it may have been sent or not. */
  | { kind: 'unconfirmed'; why: string }
  /** `handingOver` rejected: the transfer was broken off. `reason` is what it rejected with. */
  | { kind: 'closed'; why: string; reason: unknown }

/** A permanent no (5xx). */
export interface Refused {
  kind: 'refused'
  permanent: true
  code: number
  /** RFC 3463, as `5.1.1`, where the server gives one. */
  enhanced: string | undefined
  /** `address`: it doesn't work, a hard bounce. `message`: this letter, or who sends it, is not wanted there. */
  about: 'address' | 'message'
  response: string
}

/** Not now (4xx, no connection, no time), or not before somebody has put the mailbox right. */
export interface Deferred {
  kind: 'deferred'
  trouble: 'server' | 'network' | 'timeout' | 'configuration'
  code: number | undefined
  enhanced: string | undefined
  response: string
}

/** An error as nodemailer throws it. */
export interface MailError extends Error {
  code?: string
  responseCode?: number
  response?: string
  command?: string
}

/** What nodemailer's error codes mean when no reply of the server says more. */
const CODES: Record<string, Deferred['trouble']> = {
  ECONNECTION: 'network',
  ESOCKET: 'network',
  EDNS: 'network',
  EPROXY: 'network',
  ETIMEDOUT: 'timeout',
  EABORT: 'timeout',
  EPROTOCOL: 'server',
  ETLS: 'configuration',
  EREQUIRETLS: 'configuration',
  EAUTH: 'configuration',
  ENOAUTH: 'configuration',
  EOAUTH2: 'configuration',
  ECONFIG: 'configuration',
}

/** The server said no before it had the whole message, or there was no server: it has nothing. */
export function answerOf(error: MailError): Refused | Deferred {
  const code = error.responseCode
  const response = error.response ?? wordsOf(error)
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]
  const trouble = CODES[error.code ?? ''] ?? 'network'
  if (code === undefined) {
    // nodemailer itself would not send it: a bad address, or more than the server's SIZE
    if (error.code === 'EENVELOPE') return refused(553, '5.1.3', 'address', response)
    if (error.code === 'EMESSAGE') return refused(552, '5.3.4', 'message', response)
    return { kind: 'deferred', trouble, code, enhanced, response }
  }
  if (isPermanent(code) && isAboutThis(error, code)) {
    return refused(code, enhanced, isAddress(error, enhanced) ? 'address' : 'message', response)
  }
  const needsHelp = isPermanent(code) && error.code !== 'EPROTOCOL'
  return { kind: 'deferred', trouble: needsHelp ? 'configuration' : 'server', code, enhanced, response }
}

/** The reply to the whole message is an answer; losing the server before it is not. */
export function answerAfterHandOver(error: MailError): SendResult {
  const code = error.responseCode
  if (code !== undefined && code >= 400 && code < 600) return answerOf(error)
  return { kind: 'unconfirmed', why: wordsOf(error) }
}

function wordsOf(error: MailError): string {
  return error.code === 'EABORT' ? 'the server took too long' : error.message
}

/** An address that can't be written without SMTPUTF8 (RFC 6531, whose code for it is 5.6.7). */
export function unwritable(what: string): Refused {
  return refused(
    553,
    '5.6.7',
    'address',
    `${what} has letters before the @ that can't be sent, or is no address`,
  )
}

/** 503 says that the session was out of step, and 421 that it is over: neither is about the message. */
function isPermanent(code: number): boolean {
  return code >= 500 && code < 600 && code !== 503
}

/**
 * Whether the reply is about this recipient or this message. One to the greeting, the login or the sender is
 * about our side, and must never count as somebody's bounce.
 */
function isAboutThis(error: MailError, code: number): boolean {
  if (code === 530) return false // authentication required
  if (error.code !== 'EENVELOPE' && error.code !== 'EMESSAGE') return false
  return error.command !== 'MAIL FROM' || code === 552
}

/** RFC 3463: X.1 is about addresses, X.2.1 a disabled mailbox. Without it, RCPT is about the address. */
function isAddress(error: MailError, enhanced: string | undefined): boolean {
  if (enhanced) return /^5\.(1\.|2\.1$)/.test(enhanced)
  return error.command === 'RCPT TO'
}

function refused(
  code: number,
  enhanced: string | undefined,
  about: Refused['about'],
  response: string,
): Refused {
  return { kind: 'refused', permanent: true, code, enhanced, about, response }
}
