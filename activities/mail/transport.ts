/**
 * Sends over SMTP (a nodemailer pool). Holds the final dot back until `handingOver` has resolved, so that the ledger is
 * marked first; says for certain what became of a message, or that nobody knows (docs/design.md, "A touch happens
 * once").
 */
import { hostname } from 'node:os'
import { Readable } from 'node:stream'
import nodemailer, { type SendMailOptions, type SMTPPoolOptions } from 'nodemailer'
import { type Address, asciiAddress } from './address.ts'
import {
  answerAfterHandOver,
  answerOf,
  closedMailbox,
  type MailError,
  type SendResult,
  unwritable,
} from './answers.ts'
import { compose } from './compose.ts'
import type { Message } from './message.ts'
import { cleaned } from './replies/reply.ts'

/** Where a mailbox's messages go. Either an URL (`smtps://user:password@host`) or nodemailer's options. */
export interface MailboxConfig {
  url?: string
  smtp?: SMTPPoolOptions
  from: Address
  /** Real time a message may take until it is handed over. */
  timeoutMs?: number
  /** Real time the server may take to answer then. RFC 5321 §4.5.3.2.6 wants ten minutes. */
  answerMs?: number
}

/** What the sender does while a message is sent. */
export interface SendHooks {
  /**
   * Called at most once, when the server has all of the message but the final dot, which alone makes it
   * a message. It is waited for; if it rejects, the dot is never sent.
   */
  handingOver: () => Promise<void>
}

/** A way to send messages, and the address they come from. */
export interface Mailbox {
  from: Address
  send: (message: Message, hooks: SendHooks) => Promise<SendResult>
  /** Waits for what is being sent, then closes the connections. */
  close: () => Promise<void>
}

const TIMEOUT = 30_000
const ANSWER_TIMEOUT = 600_000

/** Opens a mailbox. Connections are made when there is something to send. */
export function createMailbox(config: MailboxConfig): Mailbox {
  const timeoutMs = config.timeoutMs ?? TIMEOUT
  const answerMs = config.answerMs ?? ANSWER_TIMEOUT
  const transporter = nodemailer.createTransport({
    // A connection that the server dropped while it was idle is replaced once; see also Attempt.stream.
    maxRequeues: 1,
    socketTimeout: Math.max(timeoutMs, answerMs) + 1000,
    ...connectionOptions(config),
    pool: true,
  })
  transporter.use('stream', (mail, done) => {
    const { attempt } = mail.data as Sending
    mail.message.processFunc((message) => attempt.stream(message))
    done()
  })
  const sending = new Set<Promise<SendResult>>()
  let closed = false

  const send = async (message: Message, hooks: SendHooks): Promise<SendResult> => {
    const to = asciiAddress(message.to.email)
    if (to === undefined) return unwritable(message.to.email)
    const attempt = new Attempt(hooks, timeoutMs, answerMs)
    const options: Sending = { ...compose(message, to), signal: attempt.signal, attempt }
    try {
      const { response } = await transporter.sendMail(options)
      return { kind: 'accepted', response: cleaned(response) }
    } catch (error) {
      return attempt.failed(error as MailError)
    } finally {
      attempt.end()
    }
  }

  return {
    from: config.from,
    send: (message, hooks) => {
      if (closed) return Promise.resolve(closedMailbox())
      const result = send(message, hooks).finally(() => sending.delete(result))
      sending.add(result)
      return result
    },
    close: async () => {
      closed = true
      await Promise.allSettled(sending)
      transporter.close()
    },
  }
}

/** How a mailbox's server is spoken to, whatever for. */
export const connectionOptions = ({ smtp, url }: Pick<MailboxConfig, 'smtp' | 'url'>): SMTPPoolOptions => ({
  // The machine's name, or `?name=` of the URL: nodemailer's own default, [127.0.0.1], is refused by many.
  name: hostname(),
  disableFileAccess: true,
  disableUrlAccess: true,
  ...smtp,
  ...(url === undefined ? {} : { url }),
})

interface Sending extends SendMailOptions {
  attempt: Attempt
}

/** One message on its way: how far it came, and how long it may still take. */
class Attempt {
  private phase: 'before' | 'asking' | 'handed_over' = 'before'
  private lost = false
  private refusal: { reason: unknown } | undefined
  private asking: Promise<void> = Promise.resolve()
  private readonly giveUp = new AbortController()
  private timer: NodeJS.Timeout
  private readonly hooks: SendHooks
  private readonly answerMs: number

  constructor(hooks: SendHooks, timeoutMs: number, answerMs: number) {
    this.hooks = hooks
    this.answerMs = answerMs
    this.timer = this.startTimer(timeoutMs)
  }

  get signal(): AbortSignal {
    return this.giveUp.signal
  }

  /**
   * The message as the connection reads it. Nothing is read ahead, or a short message would be asked for
   * while its recipient may still be refused: nodemailer composes it before the server has said a word.
   */
  stream(message: Readable): Readable {
    const attempt = this
    async function* withHandOver() {
      yield* message
      await attempt.handOver()
    }
    return Readable.from(withHandOver(), { objectMode: false, highWaterMark: 1 })
  }

  /** Asks, and lets the final dot follow only if nothing was lost meanwhile. */
  private async handOver(): Promise<void> {
    if (this.lost || this.phase !== 'before') throw new Error('this message was given up before')
    this.phase = 'asking'
    clearTimeout(this.timer)
    this.asking = (async () => this.hooks.handingOver())()
    try {
      await this.asking
    } catch (reason) {
      this.refusal = { reason }
      throw new Error('handing over was refused')
    }
    if (this.lost) throw new Error('the connection was lost before the message was handed over')
    this.phase = 'handed_over'
    this.timer = this.startTimer(this.answerMs)
  }

  /** What an error of the transport means. Waits for `handingOver` when it was asked, so that it can't resolve later. */
  async failed(error: MailError): Promise<SendResult> {
    if (this.phase === 'handed_over') return answerAfterHandOver(error)
    this.lost = true
    await this.asking.catch(() => undefined)
    if (!this.refusal) return answerOf(error)
    const { reason } = this.refusal
    return { kind: 'closed', why: reason instanceof Error ? reason.message : String(reason), reason }
  }

  end(): void {
    clearTimeout(this.timer)
  }

  private startTimer(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.giveUp.abort(), ms)
  }
}
