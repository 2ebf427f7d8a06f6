/**
 * Answers of an attempt that all channels can give: each settles the touch in the ledger and is told to the workflow.
 * Nothing personal goes to the workflow.
 */
import type { Delay, Failure, Flaw, Gate } from '../../cadence/reason.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { AttemptAnswer } from '../../workflows/contract.ts'
import type { Carrier, HeldBack } from './channel.ts'
import type { Claim } from './claim.ts'
import { GIVE_UP_AFTER_MS, waitAfter } from './retry-policy.ts'

/** The hand-over was held back: nothing has left. */
export async function heldBack(carrier: Carrier, { why }: HeldBack): Promise<AttemptAnswer> {
  // Another attempt has claimed the touch: `deliver` finds out what came of that one.
  if (why === 'lost') return { kind: 'slow' }
  return why === 'unreserved' ? slotGivenUp(carrier) : gateClosed(carrier, why)
}

/** Its moment was given up, because the lead has gone on without it: it is planned again, if it still is to be done. */
export async function slotGivenUp({ clock }: Pick<Carrier, 'clock'>): Promise<AttemptAnswer> {
  const now = await clock.now()
  return { kind: 'later', now, notBefore: now, delay: { code: 'slot_given_up' } }
}

/** It was handed over, and nobody knows what became of it: it is never done again by itself. */
export async function unconfirmed(carrier: Carrier, claim: Claim, response: string): Promise<AttemptAnswer> {
  const now = await carrier.clock.now()
  await ledgerIn(carrier.db).settle({ ...claim, status: 'unconfirmed', now, response })
  carrier.log.warn({ touch: claim.key }, 'unconfirmed: handed over, and no answer came')
  return { kind: 'came_out', result: { kind: 'unconfirmed' } }
}

/** Whether a touch has been put off for as long as makes sense. */
export const isTriedForDays = async ({ clock }: Carrier, { deferredAt }: Claim): Promise<boolean> =>
  deferredAt !== null && (await clock.lateMs(deferredAt)) >= GIVE_UP_AFTER_MS

/**
 * Not now: again later, the waits growing; given up after some days. The ledger calls it `deferred`, the workflow's
 * answer `later`, the timeline `delayed`, the reason `put_off`: all of these are stored.
 */
export async function deferTouch(
  carrier: Carrier,
  claim: Claim,
  delay: Delay,
  response?: string,
): Promise<AttemptAnswer> {
  const { clock, db, log } = carrier
  const now = await clock.now()
  if (await isTriedForDays(carrier, claim)) {
    return giveUp(carrier, claim, { code: 'tried_for_days', delay })
  }
  const settlement = { ...claim, status: 'deferred', now, reason: delay } as const
  await ledgerIn(db).settle(response === undefined ? settlement : { ...settlement, response })
  log.warn({ touch: claim.key, deferrals: claim.deferrals + 1, delay }, 'put off')
  return { kind: 'later', now, notBefore: now + waitAfter(claim.deferrals) * clock.speed, delay }
}

/** Put off for a fault of ours, for as long as it takes: `wait` is in real milliseconds. */
export async function putOffForUs(
  { clock, db, log }: Carrier,
  { key, token, attempt }: Claim,
  delay: Delay,
  wait: number,
): Promise<AttemptAnswer> {
  const now = await clock.now()
  await ledgerIn(db).settle({ key, token, status: 'deferred', now, reason: delay, ours: true })
  log.warn({ touch: key, attempt, delay }, 'put off')
  return { kind: 'later', now, notBefore: now + wait * clock.speed, delay }
}

/** It can't be made as things are: it is put aside, and its owner is asked to mend it. */
export async function flawed(
  { clock, db, log }: Carrier,
  { key, token }: Claim,
  flaw: Flaw,
): Promise<AttemptAnswer> {
  const now = await clock.now()
  await ledgerIn(db).settle({ key, token, status: 'deferred', now, reason: flaw, ours: true })
  log.error({ touch: key, flaw }, 'can’t be made, and waits to be mended')
  return { kind: 'flawed', flaw }
}

/** Nothing can be made of it any more, or it was tried for as long as makes sense. */
export async function giveUp(carrier: Carrier, claim: Claim, failure: Failure): Promise<AttemptAnswer> {
  const now = await carrier.clock.now()
  await ledgerIn(carrier.db).settle({ ...claim, status: 'failed', now, reason: failure })
  carrier.log.warn({ touch: claim.key, failure }, 'failed')
  return { kind: 'came_out', result: { kind: 'failed', failure } }
}

/** The gate is closed. What opens it again is a signal or a command, mostly; a halt is looked at every hour. */
export async function gateClosed({ clock }: Pick<Carrier, 'clock'>, gate: Gate): Promise<AttemptAnswer> {
  const now = await clock.now()
  const soon = gate === 'halted' || gate === 'signal'
  return { kind: 'closed', now, again: now + (soon ? HOUR : DAY), delay: { code: 'gate_closed', gate } }
}
