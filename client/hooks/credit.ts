/**
 * Credit webhooks: what providers say later. A decision, by our reference (or theirs), or that monitoring saw a company
 * change. It becomes a signal with the time it happened; what it is worth beside others is for the rules to say.
 */
import { createHash } from 'node:crypto'
import { decidedAfter } from '../../activities/credit/correlation-id.ts'
import {
  codeAt,
  companyAt,
  countsFrom,
  readChange,
  readDecision,
  unmappable,
} from '../../activities/credit/mapping.ts'
import { scalar, valueAt } from '../../activities/credit/path.ts'
import type { Webhook } from '../../activities/credit/provider.ts'
import { RelanceError } from '../../cadence/errors.ts'
import {
  type CreditRequestRow,
  creditRequestsOf,
  findCreditRequest,
  nameCreditRequest,
} from '../../store/credit-requests.ts'
import { ledgerIn } from '../../store/ledger.ts'
import type { HookAnswer } from '../contract/index.ts'
import { definedFields } from '../services/defined-fields.ts'
import type { Deps } from '../services/deps.ts'
import { type SignalRequest, sendSignals } from '../services/signals.ts'

/** What came in: a provider's JSON, already known to be from it. */
export interface Delivery {
  /** Its name in relance.yaml. */
  provider: string
  webhook: Webhook
  body: Uint8Array
}

/**
 * Takes one delivery in. When this returns it is durable; the same one twice counts once.
 * @throws RelanceError `credit_unmappable`, `credit_reference_unknown`, `credit_company_unknown`
 */
export async function takeCredit(deps: Deps, delivery: Delivery): Promise<HookAnswer> {
  const { webhook, body } = delivery
  const json = parse(body)
  const { monitoring, decision } = webhook
  const company = monitoring && companyAt(json, monitoring.company)
  const decides = scalar(valueAt(json, decision.path)) !== undefined
  const requests =
    monitoring && company !== undefined && !decides
      ? await changes(deps, delivery, json, company)
      : await decisions(deps, delivery, json)
  if ('because' in requests) return { recorded: 0, duplicate: false, ended: false, because: requests.because }
  const outcomes = await sendSignals(deps, requests)
  const answers = outcomes.map((one) => {
    if ('error' in one) throw one.error
    return one.answer
  })
  return {
    recorded: answers.filter(({ duplicate }) => !duplicate).length,
    duplicate: answers.every(({ duplicate }) => duplicate),
    ended: answers.every(({ ended }) => ended),
  }
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw unmappable(undefined, { kind: 'no_json' })
  }
}

type Requests = SignalRequest[] | { because: string }

async function decisions(deps: Deps, delivery: Delivery, json: unknown): Promise<Requests> {
  const { provider, webhook } = delivery
  const request = await requestOf(deps, delivery, json)
  const { decision, limit, rating, ref, date } = readDecision(json, webhook)
  const company = webhook.monitoring && companyAt(json, webhook.monitoring.company)
  await nameCreditRequest(deps.db, request.reference, { ref, company })
  if (decision === 'pending') return { because: 'it is still pending, which is known' }
  const now = await deps.clock.now()
  await ledgerIn(deps.db).confirm(request.key, now)
  return [
    {
      ...signalOf(delivery, json, request.lead),
      type: `credit.${decision}`,
      fields: definedFields({ provider, limit, rating, ref }),
      at: new Date(countsFrom(date, decidedAfter(request.askedAt), now)).toISOString(),
      estimated: true,
    },
  ]
}

async function changes(deps: Deps, delivery: Delivery, json: unknown, company: string): Promise<Requests> {
  const { provider, webhook } = delivery
  const changed = webhook.monitoring && readChange(json, webhook.monitoring)
  if (!changed) return { because: 'it is about neither the limit nor the rating' }
  const requests = await creditRequestsOf(deps.db, provider, company)
  if (requests.length === 0) {
    throw new RelanceError('credit_company_unknown', {})
  }
  const now = await deps.clock.now()
  const { date, ...fields } = changed
  return requests.map(({ lead, askedAt }) => ({
    ...signalOf(delivery, json, lead),
    type: 'credit.changed',
    fields: definedFields({ provider, ...fields }),
    at: new Date(countsFrom(date, askedAt, now)).toISOString(),
    estimated: true,
  }))
}

/** The check it is about. */
async function requestOf(
  { db }: Deps,
  { provider, webhook }: Delivery,
  json: unknown,
): Promise<CreditRequestRow> {
  const reference = webhook.reference === undefined ? undefined : scalar(valueAt(json, webhook.reference))
  const ref = webhook.ref === undefined ? undefined : codeAt(json, webhook.ref)
  if (reference === undefined && ref === undefined) {
    throw unmappable(webhook.reference ?? webhook.ref ?? 'reference', { kind: 'missing' })
  }
  const found = await findCreditRequest(db, provider, { reference, ref })
  if (found) return found
  throw new RelanceError('credit_reference_unknown', {})
}

/** Its id: the provider's of the event, or else what makes the body itself. */
function signalOf(
  { provider, webhook, body }: Delivery,
  json: unknown,
  lead: string,
): Pick<SignalRequest, 'lead' | 'id' | 'source'> {
  const event = webhook.event === undefined ? undefined : scalar(valueAt(json, webhook.event))
  const id = event ?? createHash('sha256').update(body).digest('hex').slice(0, 32)
  return { lead, id: `${provider}:${id}`.slice(0, 200), source: provider }
}
