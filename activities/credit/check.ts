/**
 * A credit check with a provider that is asked by HTTP: once, like an e-mail. The ledger is marked when the connection
 * stands, just before the request leaves; whatever comes of it after that is an answer, or nobody knows.
 */
import type { Instant } from '../../cadence/time.ts'
import { nameCreditRequest, writeCreditRequest } from '../../store/credit-requests.ts'
import type { Db } from '../../store/db.ts'
import { newId } from '../../store/ids.ts'
import { claimTouch, handOver, settleTouch } from '../../store/ledger.ts'
import { insertSignals, type NewSignal } from '../../store/signals.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import { type Carrier, giveUp, heldBack, putOff } from '../touch/outcomes.ts'
import { answer, prepare, recordIn } from '../touch/record.ts'
import { type Claim, HeldBack } from '../touch/sending.ts'
import { exchange, type Reply } from './exchange.ts'
import { companyAt, countsFrom, type Finding, readDecision, unmappable } from './mapping.ts'
import type { HttpProvider } from './provider.ts'
import { decidedAfter, referenceOf } from './reference.ts'
import { creditVariables, writeRequest } from './request.ts'

/** A check on its way in this process. A touch has one at most; whoever attempts it again joins it. */
export interface Asking {
  claim: Claim
  reference: string
  provider: HttpProvider
  result: Promise<Reply>
  /** Nobody waits for it any more: it settles the ledger itself. */
  left: boolean
}

/** Claims the touch, writes the request and begins to ask. Undefined: another attempt was first. */
export async function beginCheck(
  carrier: Carrier,
  order: AttemptInput,
  context: TouchContext,
  provider: HttpProvider,
): Promise<Asking | AttemptAnswer | undefined> {
  const { db, clock } = carrier
  const { touch, cadence, version, slot } = order
  const { key, lead, name } = touch
  const { account, deferrals, deferredAt } = context
  const token = newId()
  const now = await clock.now()
  if (!(await claimTouch(db, { touch, account, cadence, version, slot, token, now }))) return undefined
  const claim: Claim = { key, token, deferrals, deferredAt }

  const reference = referenceOf(key, await carrier.salt())
  const written = writeRequest(name, provider, creditVariables(context, reference))
  if ('why' in written) return giveUp(carrier, claim, written.why)
  const { request } = written
  const handingOver = async (): Promise<void> => {
    const company = request.company || null
    await writeCreditRequest(db, { reference, lead, key, provider: name, askedAt: slot, company })
    const outcome = await handOver(db, { key, token, now: await clock.now() })
    if (outcome !== 'handed_over') throw new HeldBack(outcome)
  }
  const { timeout } = provider
  const result = exchange(request, { handingOver, timeout })
  const asking: Asking = { claim, reference, provider, left: false, result }
  const settleAlone = async (reply: Reply): Promise<void> => {
    if (!asking.left || reply.outcome !== 'answered') return
    const finding = read(provider, reply)
    if ('decision' in finding) await db.transaction((tx) => write(carrier, tx, order, asking, finding))
    if ('decision' in finding) carrier.signalled?.()
  }
  result.then(settleAlone).catch((error: Error) => {
    carrier.log.error({ key, kind: error.name }, 'what became of a touch could not be written down')
  })
  carrier.underway.set(key, asking)
  return asking
}

/**
 * Settles what a provider said.
 * @returns undefined when it was settled before: the ledger has to be looked at again.
 */
export async function finishCheck(
  carrier: Carrier,
  order: AttemptInput,
  asking: Asking,
  reply: Reply,
): Promise<AttemptAnswer | undefined> {
  const { key } = asking.claim
  const forget = (): void => {
    if (carrier.underway.get(key) === asking) carrier.underway.delete(key)
  }
  // What the provider said stays known until it is written down; a failed hand-over has nothing to say.
  if (reply.outcome === 'closed') forget()
  const settled = await settle(carrier, order, asking, reply)
  forget()
  return settled
}

async function settle(
  carrier: Carrier,
  order: AttemptInput,
  asking: Asking,
  reply: Reply,
): Promise<AttemptAnswer | undefined> {
  const { claim } = asking
  switch (reply.outcome) {
    case 'answered':
      return answered(carrier, order, asking, reply)
    case 'unsent':
      return putOff(carrier, claim, `the credit provider can't be reached (${reply.trouble})`)
    case 'unanswered': {
      const now = await carrier.clock.now()
      await settleTouch(carrier.db, { ...claim, status: 'unconfirmed', now, response: reply.trouble })
      carrier.log.warn({ touch: claim.key }, 'unconfirmed: asked, and the credit provider did not answer')
      return { kind: 'came_out', result: { kind: 'unconfirmed' } }
    }
    case 'closed':
      if (!(reply.reason instanceof HeldBack)) throw reply.reason
      return heldBack(carrier, reply.reason.why)
  }
}

async function answered(
  carrier: Carrier,
  order: AttemptInput,
  asking: Asking,
  reply: Extract<Reply, { outcome: 'answered' }>,
): Promise<AttemptAnswer | undefined> {
  const { claim } = asking
  const { status } = reply
  if (status === 429 || status >= 500) {
    return putOff(carrier, claim, `the credit provider said not now (HTTP ${status})`)
  }
  const finding = read(asking.provider, reply)
  if ('why' in finding) return giveUp(carrier, claim, finding.why)
  const { then } = order
  const prepared = await prepare(carrier, then)
  const { planned, signals } = await carrier.db.transaction(async (tx) => {
    const { before, signals } = await write(carrier, tx, order, asking, finding)
    const planned = before === 'handed_over' ? await recordIn(carrier, tx, then, prepared) : undefined
    return { planned, signals }
  })
  if (signals > 0) carrier.signalled?.()
  return planned && { kind: 'done', key: claim.key, next: await answer(carrier, then, planned) }
}

/** What an answer of the provider means, or why it means nothing. */
function read(
  provider: HttpProvider,
  { status, body }: Extract<Reply, { outcome: 'answered' }>,
): (Finding & { company?: string | undefined }) | { why: string } {
  if (status >= 300) return { why: `the credit provider refused the request (HTTP ${status})` }
  // Some only say that they have taken it (202, 204): the decision comes at the webhook.
  if (body.trim() === '' && provider.webhook) return { decision: 'pending' }
  try {
    const json: unknown = parse(body)
    const { company } = provider
    const found = company && 'path' in company ? companyAt(json, company.path) : undefined
    return { ...readDecision(json, provider.answer), company: found }
  } catch (error) {
    return { why: `the credit provider's answer can't be read: ${(error as Error).message}` }
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw unmappable('the body', 'is no JSON')
  }
}

/** Settles the touch and stores the decision as a signal, in one transaction. */
async function write(
  carrier: Pick<Carrier, 'clock'>,
  tx: Db,
  { touch, slot }: AttemptInput,
  { claim, reference }: Pick<Asking, 'claim' | 'reference'>,
  finding: Finding & { company?: string | undefined },
): Promise<{ before: Awaited<ReturnType<typeof settleTouch>>; signals: number }> {
  const now = await carrier.clock.now()
  const before = await settleTouch(tx, { ...claim, status: 'accepted', now, response: finding.decision })
  if (before === undefined) return { before, signals: 0 }
  await nameCreditRequest(tx, reference, finding)
  const signal = signalOf(finding, { touch, slot, now })
  if (signal) await insertSignals(tx, [signal])
  return { before, signals: signal ? 1 : 0 }
}

/**
 * The decision, after the instant at which the rules say `credit.requested`. While it is pending, only the provider's
 * reference is news.
 */
function signalOf(
  { decision, limit, rating, ref, date }: Finding,
  { touch, slot, now }: { touch: AttemptInput['touch']; slot: Instant; now: Instant },
): NewSignal | undefined {
  const data: NewSignal['signal']['data'] = { provider: touch.name }
  if (ref !== undefined) data.ref = ref
  const { lead, key } = touch
  if (decision === 'pending') {
    if (ref === undefined) return undefined
    const at = slot + 1
    return { lead, signal: { id: `asked:${key}`, type: 'credit.requested', at, seen: now, data } }
  }
  if (limit !== undefined) data.limit = limit
  if (rating !== undefined) data.rating = rating
  const at = countsFrom(date, decidedAfter(slot), now)
  return { lead, signal: { id: `answer:${key}`, type: `credit.${decision}`, at, seen: now, data } }
}
