/** E-mail as a channel: the letter is written, claimed and streamed; the ledger is marked just before the final dot. */
import { ledgerIn } from '../../store/ledger.ts'
import { suppressContacts } from '../../store/suppressions.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import { offerEndForTouch, writeLetter } from '../texts/write.ts'
import { deferTouch, giveUp, heldBack, unconfirmed } from '../touch/attempt-answers.ts'
import { type Begun, type Carrier, type Channel, HeldBack } from '../touch/channel.ts'
import { type Claim, newClaim, putClaim } from '../touch/claim.ts'
import type { ActivityDeps, MailboxInUse } from '../touch/deps.ts'
import { answer, prepare, recordIn } from '../touch/record.ts'
import type { Refused, SendResult } from './answers.ts'
import { buildMessage, type Message } from './message.ts'
import type { Mailbox } from './transport.ts'

export const email: Channel<SendResult> = {
  async begin(carrier, input, context) {
    const { touch, cadence, version, slot } = input
    const { contact, thread } = context
    const claim = newClaim(input, context)
    if (!(await putClaim(carrier.db, claim, input, context, await carrier.clock.now()))) return undefined

    const published = await carrier.published(cadence, version)
    const name = published.plan.from
    const use = find(carrier, name)
    if (!use) return deferTouch(carrier, claim, { code: 'mailbox_unknown', mailbox: name })
    const ends = offerEndForTouch(published.plan, touch, slot)
    if (ends !== undefined && ends <= slot) return giveUp(carrier, claim, { code: 'offer_over' })
    if (!contact?.email) return giveUp(carrier, claim, { code: 'no_address' })
    const { from } = use.mailbox
    const letter = writeLetter(published, touch, context, slot, from)
    if ('failure' in letter) return giveUp(carrier, claim, letter.failure)

    const message = buildMessage({
      key: touch.key,
      salt: await carrier.salt(),
      at: slot,
      from,
      to: { name: [contact.first_name, contact.last_name].filter(Boolean).join(' '), email: contact.email },
      rendered: letter.text.rendered,
      thread: thread ? [...(thread.references ?? []), thread.id] : [],
    })
    const { variant } = letter.text
    return startSending(carrier, use.mailbox, { claim, mailbox: name, message, variant })
  },

  async settle(carrier, input, { claim }, result) {
    switch (result.kind) {
      case 'accepted':
        return accepted(carrier, input, claim, result.response)
      case 'refused':
        return refused(carrier, input, claim, result)
      case 'deferred':
        return deferTouch(carrier, claim, { code: 'mail_not_now', trouble: result.trouble }, result.response)
      case 'unconfirmed':
        return unconfirmed(carrier, claim, result.why)
      case 'closed':
        if (!(result.reason instanceof HeldBack)) throw result.reason
        return heldBack(carrier, result.reason)
    }
  },
}

function find(carrier: Carrier, name: string): MailboxInUse | undefined {
  try {
    return carrier.mailboxes(name)
  } catch {
    return undefined
  }
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
): Begun<SendResult> {
  const { key, token } = claim
  const { messageId, references, subject } = message
  const handingOver = async (): Promise<void> => {
    const now = await clock.now()
    const mail = { mailbox: name, messageId, references, subject, variant }
    const outcome = await ledgerIn(db).handOver({ key, token, now, email: mail })
    if (outcome !== 'handed_over') throw new HeldBack(outcome)
  }
  const sending: Begun<SendResult> = {
    claim,
    mayLeaveProcess: true,
    abandoned: false,
    outcome: mailbox.send(message, { handingOver }),
  }
  const settleAbandoned = async (result: SendResult): Promise<void> => {
    if (!sending.abandoned || result.kind !== 'accepted') return
    const { response } = result
    await ledgerIn(db).settle({ key, token, status: 'accepted', response, now: await clock.now() })
  }
  sending.outcome.then(settleAbandoned).catch((error: Error) => {
    log.error({ key, kind: error.name }, 'what became of a touch could not be written down')
  })
  return sending
}

/** The touch and the next turn go on record together, or neither does. */
async function accepted(
  carrier: Carrier,
  { then }: AttemptInput,
  claim: Claim,
  response: string,
): Promise<AttemptAnswer | undefined> {
  const prepared = await prepare(carrier, then)
  const now = await carrier.clock.now()
  const planned = await carrier.db.transaction(async (tx) => {
    const before = await ledgerIn(tx).settle({ ...claim, status: 'accepted', now, response })
    // Anything else: the workflow was told that nobody knows, or has been told by the attempt that was joined.
    return before === 'handed_over' ? recordIn(carrier, tx, then, prepared) : undefined
  })
  return planned && { kind: 'done', key: claim.key, next: await answer(carrier, then, planned) }
}

/** A 5xx. Where the address is to blame, it must not be written to again, by anybody. */
async function refused(
  carrier: Carrier,
  { touch }: AttemptInput,
  claim: Claim,
  result: Refused,
): Promise<AttemptAnswer | undefined> {
  const hard = isHard(result)
  const now = await carrier.clock.now()
  const settled = await carrier.db.transaction(async (tx) => {
    const { response } = result
    const before = await ledgerIn(tx).settle({ ...claim, status: 'refused', now, response, hard })
    if (before && hard) {
      const { lead, contact } = touch
      await suppressContacts(tx, [{ lead, contact, reason: 'bounced', at: now }])
    }
    return before
  })
  carrier.log.info({ touch: claim.key, code: result.code, enhanced: result.enhanced, hard }, 'refused')
  return settled && { kind: 'came_out', result: { kind: 'refused', hard } }
}

/** RFC 3463: X.1.7 and X.1.8 are about the sender's address, so they say nothing of the recipient's. */
const isHard = ({ about, enhanced }: Refused): boolean =>
  about === 'address' && !/^5\.1\.[78]$/.test(enhanced ?? '')
