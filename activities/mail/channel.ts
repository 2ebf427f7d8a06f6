/** E-mail as a channel: the letter is written, claimed and streamed; the ledger is marked just before the final dot. */
import type { Plan } from '../../cadence/plan.ts'
import { sayTask } from '../../cadence/reasons/say.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { endTrouble, type MailboxTrouble, takeProbe } from '../../store/mailbox-troubles.ts'
import { insertTask } from '../../store/tasks.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import { nameOfLead, offerEndForTouch, writeLetter } from '../texts/write.ts'
import { flawed, giveUp, heldBack, putOffForUs, unconfirmed } from '../touch/attempt-answers.ts'
import { type Carrier, type Channel, HeldBack } from '../touch/channel.ts'
import { newClaim, putClaim } from '../touch/claim.ts'
import type { MailboxInUse } from '../touch/deps.ts'
import { answer, prepare, recordIn } from '../touch/record.ts'
import type { SendResult } from './answers.ts'
import { buildMessage } from './message.ts'
import { probeAfter, triedAgainAfter } from './pause-rules.ts'
import { settleRefusal } from './refusal.ts'
import { type Sending, startSending } from './sending.ts'

export const email: Channel<SendResult, Sending> = {
  async begin(carrier, input, context) {
    const { touch, cadence, version, slot } = input
    const { contact, thread } = context
    const troubles = context.troubles ?? []
    const published = await carrier.published(cadence, version)
    const { plan } = published
    const name = plan.from
    const use = find(carrier, name)
    const pause = use && (await pauseOf(carrier, troubles, name, use.server))
    if (pause && !pause.mine) return pause.answer
    const claim = newClaim(input, context)
    if (!(await putClaim(carrier.db, claim, input, context, await carrier.clock.now()))) return undefined

    if (!use) {
      await tellMissing(carrier, input, context, plan)
      const delay = { code: 'mailbox_unknown', mailbox: name } as const
      return putOffForUs(carrier, claim, delay, triedAgainAfter(claim.attempt))
    }
    const ends = offerEndForTouch(plan, touch, slot)
    if (ends !== undefined && ends <= slot) return giveUp(carrier, claim, { code: 'offer_over' })
    if (!contact?.email) return flawed(carrier, claim, { code: 'address_missing', contact: touch.contact })
    const { from } = use.mailbox
    const letter = writeLetter(published, touch, context, slot, from)
    if ('fault' in letter) return flawed(carrier, claim, { code: 'text_unwritable', why: letter.fault })

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
    return startSending(carrier, use.mailbox, {
      ...{ claim, mailbox: name, server: use.server, message, variant },
      ...{ owner: context.owner ?? plan.owner, lead: nameOfLead(context) ?? touch.lead },
      ...{ troubled: pause !== undefined || isTroubled(troubles, name), pause: pause?.mine },
    })
  },

  async settle(carrier, input, sending, result) {
    const { claim } = sending
    switch (result.kind) {
      case 'accepted':
        return accepted(carrier, input, sending, result.response)
      case 'refused':
        return settleRefusal(carrier, input, sending, result)
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

const isTroubled = (troubles: MailboxTrouble[], name: string): boolean =>
  troubles.some(({ mailbox }) => mailbox === name)

/**
 * Where the mailbox is paused, or its server for all: either this e-mail is the one that is tried now (`mine`), or it
 * waits until one may be.
 */
async function pauseOf(
  { db, clock }: Carrier,
  troubles: MailboxTrouble[],
  mailbox: string,
  server: string | undefined,
): Promise<{ mine: MailboxTrouble } | { mine?: undefined; answer: AttemptAnswer } | undefined> {
  const paused = troubles.filter(({ pausedAt }) => pausedAt !== null)
  const pause =
    paused.find((trouble) => trouble.mailbox === mailbox) ??
    paused.find((trouble) => trouble.serverWide && server !== undefined && trouble.server === server)
  if (!pause) return undefined
  const { fault, probes, probeAt } = pause
  const now = await clock.now()
  const next = now + probeAfter(probes + 1) * clock.speed
  const due = (probeAt ?? now) <= now
  if (due && (await takeProbe(db, pause.mailbox, now, next))) {
    return { mine: { ...pause, probes: probes + 1, probeAt: next } }
  }
  const again = due ? next : (probeAt as number)
  return { answer: { kind: 'closed', now, again, delay: { code: 'mailbox_paused', mailbox, fault } } }
}

/** Tells of a mailbox that isn't configured: once for a version of a cadence, to the owner of the lead that found it. */
async function tellMissing(
  { db, clock }: Carrier,
  { touch: { lead }, cadence, version }: AttemptInput,
  { owner }: TouchContext,
  { from: mailbox, owner: otherwise }: Plan,
): Promise<void> {
  const notice = { code: 'mailbox_missing', mailbox, cadence } as const
  await insertTask(db, {
    ...{ id: `missing:${mailbox}:${cadence}/${version}`, lead, kind: 'notify', wording: notice },
    ...{ text: sayTask(notice, 'en'), for: owner ?? otherwise, at: await clock.now(), due: null },
  })
}

/** The touch and the next turn go on record together, or neither does. */
async function accepted(
  carrier: Carrier,
  { then, touch }: AttemptInput,
  { claim, mailbox, server, troubled }: Sending,
  response: string,
): Promise<AttemptAnswer | undefined> {
  const prepared = await prepare(carrier, then)
  const now = await carrier.clock.now()
  const planned = await carrier.db.transaction(async (tx) => {
    const before = await ledgerIn(tx).settle({
      ...{ key: claim.key, token: claim.token, status: 'accepted', now, response },
    })
    // Anything else: the workflow was told that nobody knows, or has been told by the attempt that was joined.
    const recorded = before === 'handed_over' ? await recordIn(carrier, tx, then, prepared) : undefined
    if (troubled) await endTrouble(tx, mailbox, now, { server, but: touch.lead })
    return recorded
  })
  if (troubled) {
    carrier.log.info({ mailbox }, 'the mailbox sends again')
    carrier.signalled?.()
  }
  return planned && { kind: 'done', key: claim.key, next: await answer(carrier, then, planned) }
}
