/** What a mailbox can say of a message, and what each answer and error of SMTP means for its touch. */
import { type Verdict, verdictOf } from './replies/classify.ts'
import { cleaned, readReply, type Stage } from './replies/reply.ts'

/**
 * What became of a message.
 *
 * Only `unconfirmed` leaves a doubt. `refused` and `closed` say for certain that the message was not taken over by the
 * server, also when `handingOver` had already resolved.
 * `response` and `why` may quote addresses: they belong in the database, never in a history; a log gets them without.
 */
export type SendResult =
  | { kind: 'accepted'; response: string }
  | Refused
  /** It was handed over, and no answer came: it may have been sent or not. */
  | { kind: 'unconfirmed'; why: string }
  /** `handingOver` rejected: the transfer was broken off. `reason` is what it rejected with. */
  | { kind: 'closed'; why: string; reason: unknown }

/** The server said no, for now or for good, or there was none. */
export interface Refused {
  kind: 'refused'
  /** Whose fault it is. */
  verdict: Verdict
  /** How far it had come. */
  stage: Stage
  code: number | undefined
  /** RFC 3463, as `5.1.1`, where the server gives one. */
  enhanced: string | undefined
  /** What the server said, or what went wrong on the way to it, cleaned. */
  response: string
  /** Nobody was asked: this process is closing its mailboxes. */
  unasked?: true
}

/** An error as nodemailer throws it. */
export interface MailError extends Error {
  code?: string
  responseCode?: number
  response?: string
  command?: string
}

/** How far the conversation had come, by nodemailer's error. */
function stageOf({ code = '', command = '', response }: MailError): Stage {
  if (/^(EAUTH|ENOAUTH|EOAUTH2)$/.test(code) || command.startsWith('AUTH')) return 'auth'
  if (code === 'ETLS' || command === 'STARTTLS') return 'starttls'
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    if (command === 'MAIL FROM') return 'mail'
    if (command === 'RCPT TO' || command === 'API') return 'rcpt'
    return code === 'EMESSAGE' ? 'dot' : 'data'
  }
  if (response === undefined) return 'connect'
  return command === 'EHLO' || command === 'HELO' || command === 'LHLO' ? 'ehlo' : 'greeting'
}

/** The server said no before it had the whole message, or there was no server: it has nothing. */
export function answerOf(error: MailError): Refused {
  const stage = stageOf(error)
  const response = error.response ?? wordsOf(error)
  const { code, enhanced } = readReply(response)
  const verdict = error.response === undefined ? withoutReply(error, stage) : verdictOf(stage, response)
  return { kind: 'refused', verdict, stage, code, enhanced, response: cleaned(response) }
}

/** nodemailer itself would not go on: a bad address, more than the server's SIZE, or no way to the server. */
function withoutReply({ code, message }: MailError, stage: Stage): Verdict {
  if (code === 'EENVELOPE') return /recipient/i.test(message) ? 'unknown' : 'sender'
  if (code === 'EMESSAGE') return 'letter'
  return stage === 'auth' ? 'login' : 'connection'
}

/** The reply to the whole message is an answer; losing the server before it is not. */
export function answerAfterHandOver(error: MailError): SendResult {
  const code = error.responseCode
  if (code !== undefined && code >= 400 && code < 600) return answerOf(error)
  return { kind: 'unconfirmed', why: cleaned(wordsOf(error)) }
}

function wordsOf(error: MailError): string {
  return error.code === 'EABORT' ? 'the server took too long' : error.message
}

/** What a mailbox that is closed says: whoever takes the lead over will ask the server. */
export const closedMailbox = (): Refused => ({
  ...{ kind: 'refused', verdict: 'trouble', stage: 'connect', code: undefined, enhanced: undefined },
  ...{ response: 'the mailbox is closed', unasked: true },
})

/** An address that can't be written without SMTPUTF8 (RFC 6531, whose code for it is 5.6.7). */
export const unwritable = (what: string): Refused => ({
  ...{ kind: 'refused', verdict: 'unknown', stage: 'rcpt', code: 553, enhanced: '5.6.7' },
  response: cleaned(`${what} has letters before the @ that can't be sent, or is no address`),
})
