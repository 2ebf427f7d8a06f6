/**
 * Credit checks as a channel. One with a provider of relance.yaml is asked by HTTP, once, like an e-mail: the ledger is
 * marked when the connection stands, just before the request leaves; whatever comes of it after that is an answer, or
 * nobody knows. One without is a person's task.
 */
import type { Failure } from '../../cadence/reason.ts'
import type { Instant } from '../../cadence/time.ts'
import { nameCreditRequest, writeCreditRequest } from '../../store/credit-requests.ts'
import type { Db } from '../../store/db.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { TouchStatus } from '../../store/ledger-port.ts'
import { insertSignals, type NewSignal } from '../../store/signals.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { AttemptAnswer, AttemptInput } from '../../workflows/contract.ts'
import { type Listed, manual } from '../tasks/channel.ts'
import { failureOf } from '../texts/failure.ts'
import { deferTouch, giveUp, heldBack, unconfirmed } from '../touch/attempt-answers.ts'
import { type Begun, type Carrier, type Channel, HeldBack } from '../touch/channel.ts'
import { newClaim, putClaim } from '../touch/claim.ts'
import { answer, prepare, recordIn } from '../touch/record.ts'
import { decidedAfter, referenceOf } from './correlation-id.ts'
import { exchange, type Reply } from './exchange.ts'
import { companyAt, countsFrom, type ProviderDecision, readDecision, unmappable } from './mapping.ts'
import type { HttpProvider } from './provider.ts'
import { creditVariables, writeRequest } from './request.ts'

/** A request on its way to a provider. */
interface Asking extends Begun<Reply> {
  reference: string
  provider: HttpProvider
}

const byHand = manual('credit_check')

export const creditCheck: Channel<Reply | undefined, Asking | Listed> = {
  async begin(carrier, input, context) {
    const provider = carrier.credit?.(input.touch.name)
    return provider?.kind === 'http'
      ? ask(carrier, input, context, provider)
      : byHand.begin(carrier, input, context)
  },

  async settle(carrier, input, begun, reply) {
    if (!('reference' in begun)) return byHand.settle(carrier, input, begun, undefined)
    return settle(carrier, input, begun, reply as Reply)
  },
}

/** Claims the touch, writes the request and begins to ask. Undefined: another attempt was first. */
async function ask(
  carrier: Carrier,
  input: AttemptInput,
  context: TouchContext,
  provider: HttpProvider,
): Promise<Asking | AttemptAnswer | undefined> {
  const { db, clock } = carrier
  const { touch, slot } = input
  const { key, lead, name } = touch
  const claim = newClaim(input, context)
  if (!(await putClaim(db, claim, input, context, await clock.now()))) return undefined

  const reference = referenceOf(key, await carrier.salt())
  const written = writeRequest(name, provider, creditVariables(context, reference))
  if ('failure' in written) return giveUp(carrier, claim, written.failure)
  const { request } = written
  const handingOver = async (): Promise<void> => {
    const company = request.company || null
    await writeCreditRequest(db, { reference, lead, key, provider: name, askedAt: slot, company })
    const outcome = await ledgerIn(db).handOver({ ...claim, now: await clock.now() })
    if (outcome !== 'handed_over') throw new HeldBack(outcome)
  }
  const { timeout } = provider
  const outcome = exchange(request, { handingOver, timeout })
  const asking: Asking = { claim, reference, provider, mayLeaveProcess: true, abandoned: false, outcome }
  const settleAbandoned = async (reply: Reply): Promise<void> => {
    if (!asking.abandoned || reply.kind !== 'answered') return
    const decided = read(provider, reply)
    if ('decision' in decided) await db.transaction((tx) => write(carrier, tx, input, asking, decided))
    if ('decision' in decided) carrier.signalled?.()
  }
  outcome.then(settleAbandoned).catch((error: Error) => {
    carrier.log.error({ key, kind: error.name }, 'what became of a touch could not be written down')
  })
  return asking
}

async function settle(
  carrier: Carrier,
  input: AttemptInput,
  asking: Asking,
  reply: Reply,
): Promise<AttemptAnswer | undefined> {
  const { claim } = asking
  switch (reply.kind) {
    case 'answered':
      return answered(carrier, input, asking, reply)
    case 'unsent':
      return deferTouch(carrier, claim, { code: 'provider_unreachable', error: reply.trouble })
    case 'unanswered':
      return unconfirmed(carrier, claim, reply.trouble)
    case 'closed':
      if (!(reply.reason instanceof HeldBack)) throw reply.reason
      return heldBack(carrier, reply.reason)
  }
}

async function answered(
  carrier: Carrier,
  input: AttemptInput,
  asking: Asking,
  reply: Extract<Reply, { kind: 'answered' }>,
): Promise<AttemptAnswer | undefined> {
  const { claim } = asking
  const { status } = reply
  if (status === 429 || status >= 500) {
    return deferTouch(carrier, claim, { code: 'provider_busy', status })
  }
  const decided = read(asking.provider, reply)
  if ('failure' in decided) return giveUp(carrier, claim, decided.failure)
  const { then } = input
  const prepared = await prepare(carrier, then)
  const { planned, signals } = await carrier.db.transaction(async (tx) => {
    const { before, signals } = await write(carrier, tx, input, asking, decided)
    const planned = before === 'handed_over' ? await recordIn(carrier, tx, then, prepared) : undefined
    return { planned, signals }
  })
  if (signals > 0) carrier.signalled?.()
  return planned && { kind: 'done', key: claim.key, next: await answer(carrier, then, planned) }
}

/** What an answer of the provider means, or why it means nothing. */
function read(
  provider: HttpProvider,
  { status, body }: Extract<Reply, { kind: 'answered' }>,
): (ProviderDecision & { company?: string | undefined }) | { failure: Failure } {
  if (status >= 300) return { failure: { code: 'provider_refused', status } }
  // Some only say that they have taken it (202, 204): the decision comes at the webhook.
  if (body.trim() === '' && provider.webhook) return { decision: 'pending' }
  try {
    const json: unknown = parse(body)
    const { company } = provider
    const found = company && 'path' in company ? companyAt(json, company.path) : undefined
    return { ...readDecision(json, provider.answer), company: found }
  } catch (error) {
    return { failure: failureOf(error) }
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw unmappable(undefined, { kind: 'no_json' })
  }
}

/** Settles the touch and stores the decision as a signal, in one transaction. */
async function write(
  carrier: Pick<Carrier, 'clock'>,
  tx: Db,
  { touch, slot }: AttemptInput,
  { claim, reference }: Pick<Asking, 'claim' | 'reference'>,
  decided: ProviderDecision & { company?: string | undefined },
): Promise<{ before: TouchStatus | undefined; signals: number }> {
  const now = await carrier.clock.now()
  const before = await ledgerIn(tx).settle({ ...claim, status: 'accepted', now, response: decided.decision })
  if (before === undefined) return { before, signals: 0 }
  await nameCreditRequest(tx, reference, decided)
  const signal = signalOf(decided, { touch, slot, now })
  if (signal) await insertSignals(tx, [signal])
  return { before, signals: signal ? 1 : 0 }
}

/**
 * The decision, after the instant at which the rules say `credit.requested`. While it is pending, only the provider's
 * reference is news.
 */
function signalOf(
  { decision, limit, rating, ref, date }: ProviderDecision,
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
