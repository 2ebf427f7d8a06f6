/**
 * `attempt` and `deliver`: carry a touch out, once, whatever is killed and however often they run (DESIGN.md, "A touch
 * happens once"). The ledger decides; what happens in memory only saves time.
 */
import { newId } from '../../store/ids.ts'
import { claimTouch, markUnconfirmed } from '../../store/ledger.ts'
import { type TouchContext, touchContext } from '../../store/touch-context.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import { type Asking, beginCheck, finishCheck } from '../credit/check.ts'
import { buildMessage } from '../mail/message.ts'
import { carryOutAtDesk } from '../tasks/desk.ts'
import { offerEnds, writeLetter } from '../texts/words.ts'
import type { MailboxInUse } from './deps.ts'
import { type Carrier, finish, gateClosed, giveUp, putOff } from './outcomes.ts'
import { recordTurn } from './record.ts'
import { type Sending, startSending, within } from './sending.ts'

/** How much time an attempt has, real milliseconds. */
export interface Leeway {
  /** For the mail server. */
  budget: number
  /** After the slot, before it counts as missed. */
  late: number
}

/** What was settled by somebody else between a look and the next step is looked at again. */
const ROUNDS = 3

/** Carries a touch out, or finds out what became of it. */
export async function carryOut(
  carrier: Carrier,
  order: AttemptInput,
  leeway: Leeway,
): Promise<AttemptAnswer> {
  for (let round = 0; round < ROUNDS; round++) {
    const begun = carrier.underway.get(order.touch.key) ?? (await begin(carrier, order, leeway.late))
    if (begun === undefined) continue
    if ('kind' in begun) return begun
    begun.left = false
    const over = await within<() => Promise<AttemptAnswer | undefined>>(
      leeway.budget,
      'reference' in begun
        ? begun.result.then((reply) => () => finishCheck(carrier, order, begun, reply))
        : begun.result.then((result) => () => finish(carrier, order, begun, result)),
    ).catch((error) => {
      carrier.underway.delete(order.touch.key)
      throw error
    })
    if (over === undefined) {
      begun.left = true
      return { kind: 'slow' }
    }
    const answer = await over()
    if (answer) return answer
  }
  throw new Error(`touch ${order.touch.key} is never settled`)
}

/** Everything up to sending. Undefined: it was handed over in the meantime, look again. */
async function begin(
  carrier: Carrier,
  order: AttemptInput,
  lateAfter: number,
): Promise<Sending | Asking | AttemptAnswer | undefined> {
  const { db, clock } = carrier
  const { touch, slot } = order
  const context = await touchContext(db, touch)
  const over = await alreadyOver(carrier, order, context)
  if (over) return over
  if ((await clock.lateMs(slot)) > lateAfter) {
    const now = await clock.now()
    return { kind: 'later', now, notBefore: now, why: 'its moment was missed' }
  }
  if (context.closed !== null) return gateClosed(carrier, context.closed)
  if (touch.kind === 'email') return beginEmail(carrier, order, context)
  const provider = touch.kind === 'credit_check' ? carrier.credit?.(touch.name) : undefined
  if (provider?.kind === 'http') return beginCheck(carrier, order, context, provider)
  return carryOutAtDesk(carrier, order, context)
}

/** What the ledger says of a touch that isn't to be carried out any more. */
async function alreadyOver(
  carrier: Carrier,
  order: AttemptInput,
  { status, token, hard, failure, claimedFor }: TouchContext,
): Promise<AttemptAnswer | undefined> {
  const { key, kind } = order.touch
  switch (status) {
    case 'accepted':
      // Asked at an earlier moment, by an attempt that was killed: it may have been answered since.
      if (kind === 'credit_check' && claimedFor !== null && claimedFor < order.slot)
        return { kind: 'came_out', result: { kind: 'unconfirmed' } }
      return { kind: 'done', key, next: await recordTurn(carrier, order.then) }
    case 'handed_over':
      // By an attempt that isn't this process's, or it would have been joined: nobody knows, and it is not resent.
      await markUnconfirmed(carrier.db, key, token ?? '', await carrier.clock.now())
      carrier.log.warn({ touch: key }, 'unconfirmed: handed over, and the answer was lost')
      return { kind: 'came_out', result: { kind: 'unconfirmed' } }
    case 'unconfirmed':
      return { kind: 'came_out', result: { kind: 'unconfirmed' } }
    case 'refused':
      return { kind: 'came_out', result: { kind: 'refused', hard: hard === true } }
    case 'failed':
      return { kind: 'came_out', result: { kind: 'failed', why: failure ?? '' } }
    default:
      return undefined
  }
}

/** Claims the touch, writes the message and begins to send it. */
async function beginEmail(
  carrier: Carrier,
  { touch, cadence, version, slot }: AttemptInput,
  context: TouchContext,
): Promise<Sending | AttemptAnswer | undefined> {
  const { key } = touch
  const { account, contact, thread, deferrals, deferredAt } = context
  const token = newId()
  const now = await carrier.clock.now()
  if (!(await claimTouch(carrier.db, { touch, account, cadence, version, slot, token, now })))
    return undefined
  const claim = { key, token, deferrals, deferredAt }

  const published = await carrier.published(cadence, version)
  const name = published.plan.from
  const use = find(carrier, name)
  if (!use) return putOff(carrier, claim, `the mailbox ${name} is not configured`)
  const ends = offerEnds(published.plan, touch, slot)
  if (ends !== undefined && ends <= slot) return giveUp(carrier, claim, 'the offer has ended')
  if (!contact?.email) return giveUp(carrier, claim, 'the contact has no address')
  const { from } = use.mailbox
  const letter = writeLetter(published, touch, context, slot, from)
  if ('why' in letter) return giveUp(carrier, claim, letter.why)

  const message = buildMessage({
    key,
    salt: await carrier.salt(),
    at: slot,
    from,
    to: { name: [contact.first_name, contact.last_name].filter(Boolean).join(' '), email: contact.email },
    rendered: letter.text.rendered,
    thread: thread ? [...(thread.references ?? []), thread.id] : [],
  })
  const sending = startSending(carrier, use.mailbox, {
    claim,
    mailbox: name,
    message,
    variant: letter.text.variant,
  })
  carrier.underway.set(key, sending)
  return sending
}

function find(carrier: Carrier, name: string): MailboxInUse | undefined {
  try {
    return carrier.mailboxes(name)
  } catch {
    return undefined
  }
}
