/** What became of a touch: into the ledger, and to the workflow. Nothing personal goes to the workflow. */
import { DAY, HOUR } from '../../cadence/time.ts'
import type { Closed } from '../../store/gate.ts'
import { settleTouch } from '../../store/ledger.ts'
import { suppressContacts } from '../../store/suppressions.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import type { Asking } from '../credit/check.ts'
import type { Refused, SendResult } from '../mail/answers.ts'
import { GIVE_UP_AFTER_MS, waitAfter } from './patience.ts'
import { answer, prepare, type Recorder, recordIn } from './record.ts'
import { type Claim, HeldBack, type Sending } from './sending.ts'

/** One process's attempts, and what they share. */
export interface Carrier extends Recorder {
  /** E-mails and credit checks on their way, by the touch's key. */
  underway: Map<string, Sending | Asking>
  /** The environment's secret. */
  salt: () => Promise<string>
}

/**
 * Settles what a mailbox said of an e-mail.
 * @returns undefined when it was settled before: the ledger has to be looked at again.
 */
export async function finish(
  carrier: Carrier,
  order: AttemptInput,
  sending: Sending,
  result: SendResult,
): Promise<AttemptAnswer | undefined> {
  const { claim } = sending
  const forget = (): void => {
    if (carrier.underway.get(claim.key) === sending) carrier.underway.delete(claim.key)
  }
  // What the server said stays known until it is written down; a failed hand-over has nothing to say.
  if (result.kind === 'closed') forget()
  const settled = await settle(carrier, order, claim, result)
  forget()
  return settled
}

async function settle(
  carrier: Carrier,
  order: AttemptInput,
  claim: Claim,
  result: SendResult,
): Promise<AttemptAnswer | undefined> {
  switch (result.kind) {
    case 'accepted':
      return accepted(carrier, order, claim, result.response)
    case 'refused':
      return refused(carrier, order, claim, result)
    case 'deferred':
      return putOff(carrier, claim, `the mail server said not now (${result.trouble})`, result.response)
    case 'unconfirmed': {
      const now = await carrier.clock.now()
      await settleTouch(carrier.db, { ...claim, status: 'unconfirmed', now, response: result.why })
      carrier.log.warn({ touch: claim.key }, 'unconfirmed: handed over, and the server did not answer')
      return { kind: 'came_out', result: { kind: 'unconfirmed' } }
    }
    case 'closed':
      if (!(result.reason instanceof HeldBack)) throw result.reason
      return heldBack(carrier, result.reason.why)
  }
}

/** The final dot, or the request, was held back: nothing has left. */
export async function heldBack(carrier: Carrier, why: HeldBack['why']): Promise<AttemptAnswer> {
  // Whoever took it over has it; `deliver` finds out what came of that.
  if (why === 'lost') return { kind: 'slow' }
  if (why !== 'unreserved') return gateClosed(carrier, why)
  const now = await carrier.clock.now()
  return { kind: 'later', now, notBefore: now, why: 'its moment had been given up' }
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
    const before = await settleTouch(tx, { ...claim, status: 'accepted', now, response })
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
    const before = await settleTouch(tx, { ...claim, status: 'refused', now, response, hard })
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

/** Not now: again later, the waits growing; given up after some days. */
export async function putOff(
  carrier: Carrier,
  claim: Claim,
  why: string,
  response?: string,
): Promise<AttemptAnswer> {
  const { clock, db, log } = carrier
  const now = await clock.now()
  if (claim.deferredAt !== null && (await clock.lateMs(claim.deferredAt)) >= GIVE_UP_AFTER_MS) {
    return giveUp(carrier, claim, `${why}, and it has been tried for days`)
  }
  await settleTouch(db, { ...claim, status: 'deferred', now, response: response ?? why })
  log.warn({ touch: claim.key, deferrals: claim.deferrals + 1, why }, 'put off')
  return { kind: 'later', now, notBefore: now + waitAfter(claim.deferrals) * clock.speed, why }
}

/** It can't be made, or was tried for as long as makes sense. `why` names nobody. */
export async function giveUp(carrier: Carrier, claim: Claim, why: string): Promise<AttemptAnswer> {
  const now = await carrier.clock.now()
  await settleTouch(carrier.db, { ...claim, status: 'failed', now, response: why })
  carrier.log.warn({ touch: claim.key, why }, 'failed')
  return { kind: 'came_out', result: { kind: 'failed', why } }
}

const WHY: Record<Closed, string> = {
  erased: 'the lead is erased',
  ended: 'the lead has ended',
  paused: 'a person paused the lead',
  signal: 'something was heard of the lead that comes first',
  halted: 'the cadence is halted',
  suppressed: 'the address must not be written to',
}

/** The gate is closed. What opens it again is a signal or a command, mostly; a halt is looked at every hour. */
export async function gateClosed({ clock }: Pick<Carrier, 'clock'>, closed: Closed): Promise<AttemptAnswer> {
  const now = await clock.now()
  const soon = closed === 'halted' || closed === 'signal'
  return { kind: 'closed', why: WHY[closed], now, again: now + (soon ? HOUR : DAY) }
}
