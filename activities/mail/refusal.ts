/**
 * What a refusal does, by whose fault it is (docs/refusals.md). An address that nobody has ends the contact. What the
 * recipient's side doesn't want is refused, and its owner told. Everything else is tried again; what is about us for as
 * long as it takes, with the mailbox paused after a few alike.
 */
import type { Delay } from '../../cadence/reason.ts'
import type { MailNotice } from '../../cadence/reasons/dictionary.ts'
import { sayTask } from '../../cadence/reasons/say.ts'
import type { Db } from '../../store/db.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { type MailboxTrouble, noteRefusal, noteTold } from '../../store/mailbox-troubles.ts'
import { acceptedSince } from '../../store/mailbox-use.ts'
import { suppressContacts } from '../../store/suppressions.ts'
import { insertTask } from '../../store/tasks.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import { isTriedForDays } from '../touch/attempt-answers.ts'
import type { Carrier } from '../touch/channel.ts'
import { waitAfter } from '../touch/retry-policy.ts'
import type { Refused } from './answers.ts'
import {
  ALIKE_WITHIN_MS,
  areAlike,
  countingOf,
  isToldAt,
  probeAfter,
  TOLD_AT_ATTEMPT,
  triedAgainAfter,
} from './pause-rules.ts'
import { isOurs } from './replies/classify.ts'
import { withoutAddresses } from './replies/reply.ts'
import type { Sending } from './sending.ts'

/** What is done about a refusal. */
type Measure =
  | { kind: 'settled'; hard: boolean; notice?: MailNotice }
  | { kind: 'put_off'; delay: Delay; ours: boolean; wait: number; notice?: MailNotice | undefined }
  | { kind: 'given_up'; delay: Delay; notice: MailNotice }

/** @returns undefined when the touch was settled before: the ledger has to be looked at again */
export async function settleRefusal(
  carrier: Carrier,
  input: AttemptInput,
  sending: Sending,
  refused: Refused,
): Promise<AttemptAnswer | undefined> {
  const { claim, mailbox } = sending
  const { verdict, stage, code, enhanced, response } = refused
  const now = await carrier.clock.now()
  const says = { mailbox, stage, verdict, code, enhanced, says: withoutAddresses(response) }
  carrier.log.warn({ touch: claim.key, ...says }, 'the mail server said no')
  const tried = await isTriedForDays(carrier, claim)
  return carrier.db.transaction(async (tx) => {
    const others = tried && (await acceptedSince(tx, mailbox, claim.deferredAt ?? now))
    const about: About = { carrier, sending, refused, tried, others, now }
    const paused = await note(tx, about, input)
    const measure = measureOf(about, paused)
    const settled = await write(tx, about, input, measure)
    return settled ? answerOf(about, measure, paused) : undefined
  })
}

interface About {
  carrier: Carrier
  sending: Sending
  refused: Refused
  /** Whether the recipient's server has been tried for days. */
  tried: boolean
  /** Whether other e-mails of the mailbox were taken in those days: where none was, it isn't the recipient. */
  others: boolean
  now: number
}

/** Before the server was asked to take something for the recipient, nothing it says is about them; only the letter's size. */
const isBeforeRecipient = ({ stage, verdict }: Refused): boolean =>
  stage !== 'rcpt' && stage !== 'data' && stage !== 'dot' && verdict !== 'letter'

/** Counts it for the mailbox, and tells of a pause that has begun. @returns the mailbox's trouble where it is paused */
async function note(tx: Db, about: About, input: AttemptInput): Promise<MailboxTrouble | undefined> {
  const { carrier, sending, refused, tried, others, now } = about
  const { speed } = carrier.clock
  const everybodys = tried && !others
  const counting = refused.unasked
    ? undefined
    : countingOf(refused.verdict, { beforeRecipient: isBeforeRecipient(refused), everybodys })
  if (!counting) return sending.pause
  const { trouble, began } = await noteRefusal(
    tx,
    {
      ...{ mailbox: sending.mailbox, server: sending.server ?? null, verdict: refused.verdict },
      ...{ fault: counting.fault, touch: sending.claim.key, says: refused.response, now },
    },
    {
      ...{ count: counting.count, distinct: counting.distinct },
      alike: (before) => areAlike(before, { verdict: refused.verdict, fault: counting.fault }),
      ...{ within: ALIKE_WITHIN_MS * speed, probeAfter: probeAfter(0) * speed },
    },
  )
  if (trouble.pausedAt === null) return sending.pause
  const { mailbox, fault, says, probes } = trouble
  if (began) carrier.log.error({ mailbox, fault, says: withoutAddresses(says) }, 'the mailbox is paused')
  if (!trouble.told && isToldAt(fault, probes)) {
    await tell(tx, about, input, { code: 'mailbox_paused', mailbox, fault, says }, `mailbox:${mailbox}`)
    await noteTold(tx, mailbox)
  }
  return trouble
}

function measureOf(about: About, paused: MailboxTrouble | undefined): Measure {
  const { sending, refused, tried, others } = about
  const { claim, mailbox, lead } = sending
  const { verdict, response: says } = refused
  // While the mailbox is in doubt, so is all that is said to it.
  if (paused) {
    const { fault } = paused
    return { kind: 'put_off', delay: { code: 'mailbox_paused', mailbox, fault }, ours: true, wait: 0 }
  }
  if (isOurs(verdict) || isBeforeRecipient(refused)) {
    const fault = isOurs(verdict) ? verdict : undefined
    const delay: Delay = fault
      ? { code: 'mailbox_refused', mailbox, fault }
      : { code: 'mail_not_now', trouble: 'server' }
    const late = claim.attempt >= TOLD_AT_ATTEMPT && !refused.unasked
    const notice = late ? { code: 'letter_held_back' as const, lead, fault: fault ?? null, says } : undefined
    return { kind: 'put_off', delay, ours: true, wait: triedAgainAfter(claim.attempt), notice }
  }
  if (verdict === 'unknown') return { kind: 'settled', hard: true }
  if (verdict === 'letter')
    return { kind: 'settled', hard: false, notice: { code: 'letter_refused', lead, says } }
  const delay = delayOf(refused)
  if (!tried) return { kind: 'put_off', delay, ours: false, wait: waitAfter(claim.deferrals) }
  if (others || verdict === 'full' || verdict === 'disabled') {
    return { kind: 'given_up', delay, notice: { code: 'letter_given_up', lead, says } }
  }
  const notice: MailNotice = { code: 'letter_held_back', lead, fault: null, says }
  return { kind: 'put_off', delay, ours: false, wait: waitAfter(claim.deferrals), notice }
}

function delayOf({ verdict }: Refused): Delay {
  if (verdict === 'full' || verdict === 'disabled') return { code: 'recipient_not_now', why: verdict }
  if (verdict === 'unreadable') return { code: 'mail_unreadable' }
  return { code: 'mail_not_now', trouble: 'server' }
}

/** Writes it into the ledger, with what is told of it. @returns whether this attempt still held the touch */
async function write(tx: Db, about: About, input: AttemptInput, measure: Measure): Promise<boolean> {
  const { sending, refused, now } = about
  const { claim } = sending
  const settlement = { key: claim.key, token: claim.token, now, response: refused.response }
  const ledger = ledgerIn(tx)
  const before = await (() => {
    switch (measure.kind) {
      case 'settled':
        return ledger.settle({ ...settlement, status: 'refused', hard: measure.hard })
      case 'given_up':
        return ledger.settle({
          ...{ ...settlement, status: 'failed', reason: { code: 'tried_for_days', delay: measure.delay } },
        })
      case 'put_off': {
        const { delay: reason, ours } = measure
        return ledger.settle({ ...settlement, status: 'deferred', reason, ...(ours && { ours }) })
      }
    }
  })()
  if (before === undefined) return false
  if (measure.kind === 'settled' && measure.hard) {
    const { lead, contact } = input.touch
    await suppressContacts(tx, [{ lead, contact, reason: 'bounced', at: now }])
  }
  if (measure.notice) await tell(tx, about, input, measure.notice, claim.key)
  return true
}

/** A refused letter's notice has its touch's key, so that the task list knows whom it is about. */
const IDS: Record<MailNotice['code'], (what: string, now: number) => string> = {
  mailbox_paused: (mailbox, now) => `${mailbox}:${now}`,
  letter_refused: (key) => key,
  letter_given_up: (key) => key,
  letter_held_back: (key) => `held:${key}`,
}

/** Puts a notice on the owner's list, once for what it is about. */
async function tell(
  tx: Db,
  { sending, now }: About,
  { touch }: AttemptInput,
  notice: MailNotice,
  what: string,
): Promise<void> {
  const id = IDS[notice.code](what, now)
  await insertTask(tx, {
    ...{ id, lead: touch.lead, kind: 'notify', wording: notice, text: sayTask(notice, 'en') },
    ...{ for: sending.owner, at: now, due: null },
  })
}

function answerOf(
  { carrier, now }: About,
  measure: Measure,
  paused: MailboxTrouble | undefined,
): AttemptAnswer {
  switch (measure.kind) {
    case 'settled':
      return { kind: 'came_out', result: { kind: 'refused', hard: measure.hard } }
    case 'given_up':
      return {
        kind: 'came_out',
        result: { kind: 'failed', failure: { code: 'tried_for_days', delay: measure.delay } },
      }
    case 'put_off': {
      const { delay, wait } = measure
      if (paused?.probeAt) return { kind: 'closed', now, again: Math.max(now, paused.probeAt), delay }
      return { kind: 'later', now, notBefore: now + wait * carrier.clock.speed, delay }
    }
  }
}
