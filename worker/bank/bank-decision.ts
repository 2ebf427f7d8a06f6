/** The local bank's decisions, and their JSON in Creditsafe's shape. */
import { createHash } from 'node:crypto'
import { DAY, type Instant } from '../../cadence/time.ts'

/** What the bank is asked. */
export interface BankRequest {
  /** Ours: `originationId`. */
  reference: string
  companyId: string
  /** As far as the request's body says so. */
  company: string | undefined
  country: string | undefined
  /** 0 where it isn't said. */
  amount: number
}

/** What it decides. `after`: days of the environment's clock, from the request (`changes`: from the decision). */
export interface BankDecision {
  after: number
  status: 'approved' | 'refused' | 'review'
  limit?: number
  rating?: string
  /** What monitoring says later on. */
  changes?: { after: number; limit?: number; rating?: string }[]
  /** A second decision, `after` the first: somebody looked at the file. */
  then?: BankDecision
}

/** Undefined: it never answers. */
export type Decide = (request: BankRequest) => BankDecision | undefined

/** Something to be posted to the webhook. */
export interface Notice {
  at: Instant
  body: Record<string, unknown>
}

/** By a hash of the reference: of ten, six approved, one or two each for review, refusal and silence. */
export const byReference: Decide = ({ reference, amount }) => {
  const [kind = 0, days = 0, size = 0, grade = 0, later = 0] = createHash('sha256').update(reference).digest()
  const after = 1 + (days % 9) + (size % 8) / 8
  if (kind < 154) {
    const limit = Math.max(Math.ceil(amount / 1000) * 1000, 5_000 * (1 + (size % 20)))
    const decision = { after, status: 'approved' as const, limit, rating: 'ABC'[grade % 3] as string }
    return later < 26 ? { ...decision, changes: [{ after: 45, limit: limit / 2 }] } : decision
  }
  if (kind < 192) return { after, status: 'review' }
  return kind < 230 ? { after, status: 'refused', rating: 'DE'[grade % 2] as string } : undefined
}

const STATUS = { approved: [1, 'Accept'], review: [2, 'Refer'], refused: [3, 'Reject'] } as const

/** The answer to the request itself: it will be decided. */
export const pending = ({ reference }: BankRequest): Record<string, unknown> => ({
  Decision: 'Pending',
  DecisionText: 'The decision follows.',
  Audits: [],
  originationId: reference,
  statusCode: 2,
})

/** All that will be said of a request, in the order of time. */
export function noticesOf(
  request: BankRequest,
  decision: BankDecision | undefined,
  asked: Instant,
): Notice[] {
  const said = decision ? saidOf(request, decision, asked).sort((a, b) => a.at - b.at) : []
  return said.map(({ at, body }, n) => ({
    at,
    body: { eventId: `${request.reference.slice(0, 24)}-${n}`, ...body },
  }))
}

/** A decision, what monitoring says of it, and the decisions after it, in no order. */
function saidOf(request: BankRequest, decision: BankDecision, asked: Instant): Notice[] {
  const { reference, companyId } = request
  const { status, limit, rating, after, changes = [] } = decision
  const [statusCode, word] = STATUS[status]
  const decided = asked + after * DAY
  const first: Notice = {
    at: decided,
    body: {
      ...{ Decision: word, DecisionText: '', companyId, originationId: reference, statusCode },
      Audits: [
        ...(limit === undefined ? [] : [{ RuleName: 'Credit Limit', description: String(limit) }]),
        ...(rating === undefined ? [] : [{ RuleName: 'International Rating', description: rating }]),
      ],
      decisionDate: new Date(decided).toISOString(),
    },
  }
  let now: { limit?: number | undefined; rating?: string | undefined } = { limit, rating }
  const later = changes.flatMap(({ after: days, ...values }) => {
    const before = now
    now = { ...now, ...values }
    const said = (ruleName: string, code: string, newValue: unknown, oldValue: unknown) => ({
      at: decided + days * DAY,
      body: {
        ...{ companyId, ruleName, localEventCode: code, globalEventCode: code },
        ...{ newValue: String(newValue), oldValue: oldValue === undefined ? null : String(oldValue) },
        eventDate: new Date(decided + days * DAY).toISOString(),
      },
    })
    return [
      ...(values.limit === undefined ? [] : [said('Credit Limit Change', 'CL', values.limit, before.limit)]),
      ...(values.rating === undefined
        ? []
        : [said('International Rating Change', 'IR', values.rating, before.rating)]),
    ]
  })
  return [first, ...later, ...(decision.then ? saidOf(request, decision.then, decided) : [])]
}
