/** Credit providers, as relance.yaml configures them: asked by HTTP, or a person. */

/** What an answer means. `pending`: the decision comes later. */
export const DECISIONS = ['approved', 'refused', 'review', 'pending'] as const
export type CreditDecision = (typeof DECISIONS)[number]

/** Where in a JSON document something stands (`path.ts`), and which of its values mean what. */
export interface DecisionMapping {
  path: string
  values: Partial<Record<CreditDecision, string[]>>
}

/** Paths in a provider's JSON. The limit of an approval has to be there, unless its path ends in `?`. */
export interface Mapping {
  decision: DecisionMapping
  limit?: string
  rating?: string
  /** The provider's own reference of the decision. */
  ref?: string
  date?: string
}

/** A path whose value counts only where other paths have one of the values of `when`: one event type of many. */
export interface ConditionalPath {
  path: string
  when?: Record<string, string[]>
}

/** Monitoring: a company's limit or rating is another one now. */
export interface Monitoring {
  /** Where the provider's company reference stands. */
  company: string
  limit?: ConditionalPath
  rating?: ConditionalPath
  date?: string
}

/** What comes later, at `POST /hooks/credit/NAME`. */
export interface Webhook extends Mapping {
  secret: string
  /** The header that holds the secret, or the body's HMAC-SHA256 made with it (hex or base64). */
  auth: { header: string } | { signature: string }
  /** Where our correlation reference stands. */
  reference?: string
  /** Where the provider's id of this event stands, so that one sent twice counts once. */
  event?: string
  monitoring?: Monitoring
}

/** A provider that is asked by HTTP. Texts are Liquid; values are escaped for the place where they stand. */
export interface HttpProvider {
  kind: 'http'
  request: { method: string; url: string; headers: Record<string, string>; body?: string }
  /** The provider's reference of the company, which monitoring speaks of: in Liquid, or from the answer. */
  company?: { text: string } | { path: string }
  /** Real milliseconds to reach it, and again for its answer. */
  timeout: number
  answer: Mapping
  webhook?: Webhook
}

/** A person decides, and fills in the task's form. */
export interface ManualProvider {
  kind: 'manual'
  /** Whose task it is. */
  for: string
}

export type CreditProvider = HttpProvider | ManualProvider

/** What a cadence's provider is where nothing is configured. */
export const MANUAL: ManualProvider = { kind: 'manual', for: 'finance' }
