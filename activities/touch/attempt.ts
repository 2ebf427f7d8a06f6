/**
 * `attempt` and `deliver`: carry a touch out, once, whatever is killed and however often they run (docs/design.md, "A
 * touch happens once"). The ledger decides; what is kept in memory only saves time. How it goes out is for its channel.
 */
import { noteBehind } from '../../store/asleep.ts'
import { ledgerIn } from '../../store/ledger.ts'
import { type TouchContext, touchContext } from '../../store/touch-context.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import { channelOf } from '../channels.ts'
import { gateClosed } from './attempt-answers.ts'
import { cameOut } from './came-out.ts'
import type { Begun, Carrier } from './channel.ts'
import { recordTurn } from './record.ts'
import { EARLY_MS } from './retry-policy.ts'

/** How much time an attempt has, real milliseconds. */
export interface Leeway {
  /** For the mail server. */
  budget: number
  /** After the slot, before it counts as missed. */
  late: number
}

/** How often to re-read the ledger when another attempt settled the touch in between. */
const ROUNDS = 3

/** Carries a touch out, or finds out what became of it. */
export async function carryOut(
  carrier: Carrier,
  input: AttemptInput,
  leeway: Leeway,
): Promise<AttemptAnswer> {
  const { key } = input.touch
  for (let round = 0; round < ROUNDS; round++) {
    const begun = carrier.underway.get(key) ?? (await begin(carrier, input, leeway.late))
    if (begun === undefined) continue
    if ('kind' in begun) return begun
    carrier.underway.set(key, begun)
    begun.abandoned = false
    const forget = (): void => {
      if (carrier.underway.get(key) === begun) carrier.underway.delete(key)
    }
    let mayHaveLeft = begun.mayLeaveProcess
    try {
      const over = await within(
        leeway.budget,
        begun.outcome.then((outcome) => ({ outcome })),
      )
      if (over === undefined) {
        begun.abandoned = true
        return { kind: 'slow' }
      }
      if (isClosed(over.outcome)) mayHaveLeft = false
      if (!mayHaveLeft) forget()
      const answer = await channelOf(input.touch.kind).settle(carrier, input, begun, over.outcome)
      forget()
      if (answer) return answer
    } catch (error) {
      if (!mayHaveLeft || (await failed(begun))) forget()
      throw error
    }
  }
  throw new Error(`touch ${key} is never settled`)
}

const isClosed = (outcome: unknown): boolean => (outcome as { kind?: unknown } | undefined)?.kind === 'closed'

/** Whether what was begun broke off without an outcome. */
const failed = (begun: Begun): Promise<boolean> =>
  begun.outcome.then(
    () => false,
    () => true,
  )

/** Everything up to handing over. Undefined: it was handed over in the meantime, look again. */
async function begin(
  carrier: Carrier,
  input: AttemptInput,
  lateAfter: number,
): Promise<Begun | AttemptAnswer | undefined> {
  const { db, clock } = carrier
  const { touch, slot } = input
  const context = await touchContext(db, touch)
  const over = await alreadyOver(carrier, input, context)
  if (over) return over
  // An execution that was given up, or Temporal is of an earlier day: what it doesn't know may forbid the touch.
  if (input.then.position !== undefined && (context.position ?? 0) > input.then.position) {
    await noteBehind(db, touch.lead)
    return gateClosed(carrier, 'behind')
  }
  if ((await clock.lateMs(slot)) > lateAfter) {
    const now = await clock.now()
    return { kind: 'later', now, notBefore: now, delay: { code: 'moment_missed' } }
  }
  if ((await clock.msUntil(slot)) > EARLY_MS) {
    return { kind: 'later', now: await clock.now(), notBefore: slot, delay: { code: 'too_early' } }
  }
  if (context.closed !== null) return gateClosed(carrier, context.closed)
  return channelOf(touch.kind).begin(carrier, input, context)
}

/** What the ledger says of a touch that isn't to be carried out any more. */
async function alreadyOver(
  carrier: Carrier,
  input: AttemptInput,
  context: TouchContext,
): Promise<AttemptAnswer | undefined> {
  const { touch, slot, then } = input
  const { key } = touch
  if (context.status === 'handed_over') {
    // By another process (an attempt of this one would have been joined): nobody knows, so it isn't sent again.
    await ledgerIn(carrier.db).markUnconfirmed(key, context.token ?? '', await carrier.clock.now())
    carrier.log.warn({ touch: key }, 'unconfirmed: handed over, and the answer was lost')
    return { kind: 'came_out', result: { kind: 'unconfirmed' } }
  }
  const result = cameOut({ ...context, kind: touch.kind }, slot)
  if (result?.kind === 'done') return { kind: 'done', key, next: await recordTurn(carrier, then) }
  return result && { kind: 'came_out', result }
}

/** The result, or undefined when it takes longer than `ms` real milliseconds. */
async function within<T>(ms: number, result: Promise<T>): Promise<T | undefined> {
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
