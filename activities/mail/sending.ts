/** An e-mail on its way: what is handed to a mailbox, what the ledger keeps of it, and how it is marked. */
import { emailKey } from '../../store/email-key.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { endTrouble, type MailboxTrouble } from '../../store/mailbox-troubles.ts'
import { type Begun, HeldBack } from '../touch/channel.ts'
import type { Claim } from '../touch/claim.ts'
import type { ActivityDeps } from '../touch/deps.ts'
import type { SendResult } from './answers.ts'
import type { Message } from './message.ts'
import type { Mailbox } from './transport.ts'

/** What is handed to a mailbox. */
export interface Outgoing {
  claim: Claim
  /** The mailbox's name, and its server's. */
  mailbox: string
  server?: string | undefined
  message: Message
  variant: string | undefined
  /** Whom a notice about it is for, and what its lead is called there. */
  owner: string
  lead: string
  /** Whether the mailbox has been refused since an e-mail of it was last taken. */
  troubled: boolean
  /** It is the one that is tried although the mailbox is paused. */
  pause?: MailboxTrouble | undefined
}

export type Sending = Begun<SendResult> & Omit<Outgoing, 'message' | 'variant'>

/** Begins to send; the ledger is marked just before the final dot. */
export function startSending(
  { db, clock, log }: Pick<ActivityDeps, 'db' | 'clock' | 'log'>,
  mailbox: Mailbox,
  { message, variant, ...outgoing }: Outgoing,
): Sending {
  const { claim, mailbox: name, server, troubled } = outgoing
  const { key, token } = claim
  const { messageId, references, subject } = message
  const handingOver = async (): Promise<void> => {
    const now = await clock.now()
    const mail = {
      mailbox: name,
      address: emailKey(message.to.email),
      messageId,
      references,
      subject,
      variant,
    }
    const outcome = await ledgerIn(db).handOver({ key, token, now, email: mail })
    if (outcome !== 'handed_over') throw new HeldBack(outcome)
  }
  const sending: Sending = {
    ...outgoing,
    mayLeaveProcess: true,
    abandoned: false,
    outcome: mailbox.send(message, { handingOver }),
  }
  const settleAbandoned = async (result: SendResult): Promise<void> => {
    if (!sending.abandoned || result.kind !== 'accepted') return
    const { response } = result
    const now = await clock.now()
    await ledgerIn(db).settle({ key, token, status: 'accepted', response, now })
    if (troubled) await endTrouble(db, name, now, { server })
  }
  sending.outcome.then(settleAbandoned).catch((error: Error) => {
    log.error({ key, kind: error.name }, 'what became of a touch could not be written down')
  })
  return sending
}
