/** E-mails on their way in this process. A touch has one at most; whoever attempts it again joins it. */
import type { Instant } from '../../cadence/time.ts'
import { type HandedOver, handOver, settleTouch } from '../../store/ledger.ts'
import type { SendResult } from '../mail/answers.ts'
import type { Message } from '../mail/message.ts'
import type { Mailbox } from '../mail/transport.ts'
import type { ActivityDeps } from './deps.ts'

/** Why the final dot was held back. */
export class HeldBack extends Error {
  readonly why: Exclude<HandedOver, 'handed_over'>

  constructor(why: Exclude<HandedOver, 'handed_over'>) {
    super(`held back: ${why}`)
    this.why = why
  }
}

/** A touch that this process has claimed, and how often the server has put it off. */
export interface Claim {
  key: string
  token: string
  deferrals: number
  /** The first time. */
  deferredAt: Instant | null
}

export interface Sending {
  claim: Claim
  result: Promise<SendResult>
  /** Nobody waits for it any more: it settles the ledger itself. */
  left: boolean
}

/** What is handed to a mailbox, and what the ledger keeps of it. */
export interface Outgoing {
  claim: Claim
  /** The mailbox's name. */
  mailbox: string
  message: Message
  variant: string | undefined
}

/** Begins to send; the ledger is marked just before the final dot. */
export function startSending(
  { db, clock, log }: Pick<ActivityDeps, 'db' | 'clock' | 'log'>,
  mailbox: Mailbox,
  { claim, mailbox: name, message, variant }: Outgoing,
): Sending {
  const { key, token } = claim
  const { messageId, references, subject } = message
  const handingOver = async (): Promise<void> => {
    const now = await clock.now()
    const email = { mailbox: name, messageId, references, subject, variant }
    const outcome = await handOver(db, { key, token, now, email })
    if (outcome !== 'handed_over') throw new HeldBack(outcome)
  }
  const sending: Sending = { claim, left: false, result: mailbox.send(message, { handingOver }) }
  const settleAlone = async (result: SendResult): Promise<void> => {
    if (!sending.left || result.kind !== 'accepted') return
    const { response } = result
    await settleTouch(db, { key, token, status: 'accepted', response, now: await clock.now() })
  }
  sending.result.then(settleAlone).catch((error: Error) => {
    log.error({ key, kind: error.name }, 'what became of a touch could not be written down')
  })
  return sending
}

/** The result, or undefined when it takes longer than `ms` real milliseconds. */
export async function within<T>(ms: number, result: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([result, timeout])
  } finally {
    clearTimeout(timer)
  }
}
