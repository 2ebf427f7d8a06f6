/**
 * Reads a provider's JSON: decisions on credit and monitoring events, in our terms. What can't be read is refused,
 * naming the path and never the value: it may hold what a person wrote.
 */
import type { MappingFault } from '../../cadence/error-values.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { DAY, type Instant } from '../../cadence/time.ts'
import { scalar, valueAt } from './path.ts'
import {
  type ConditionalPath,
  type CreditDecision,
  DECISIONS,
  type Mapping,
  type Monitoring,
} from './provider.ts'

/** When it was decided, as the provider says. `whole`: only the day is known. */
export interface Said {
  at: Instant
  whole: boolean
}

/** What a provider decided. */
export interface ProviderDecision {
  decision: CreditDecision
  limit?: number
  rating?: string
  ref?: string
  date?: Said
}

/** What monitoring says of a company. */
export interface Changed {
  limit?: number
  rating?: string
  date?: Said
}

/** Reads a decision. @throws RelanceError `credit_unmappable`, which names the path */
export function readDecision(json: unknown, mapping: Mapping): ProviderDecision {
  const { path, values } = mapping.decision
  const said = scalar(valueAt(json, path))
  if (said === undefined) throw unmappable(path, { kind: 'missing' })
  const decision = DECISIONS.find((one) => values[one]?.includes(said))
  if (!decision) throw unmappable(path, { kind: 'none_of', values: Object.values(values).flat() })
  const decided: ProviderDecision = { decision }
  if (mapping.limit !== undefined) {
    const limit = readLimit(json, mapping.limit, decision === 'approved')
    if (limit !== undefined) decided.limit = limit
  }
  for (const name of ['rating', 'ref'] as const) {
    const code = mapping[name] === undefined ? undefined : codeAt(json, mapping[name])
    if (code !== undefined) decided[name] = code
  }
  if (mapping.date !== undefined) Object.assign(decided, dated(json, mapping.date))
  return decided
}

/** Reads a monitoring event; undefined when it is about neither the limit nor the rating. */
export function readChange(json: unknown, monitoring: Monitoring): Changed | undefined {
  const changed: Changed = {}
  if (monitoring.limit && applies(json, monitoring.limit)) {
    changed.limit = readLimit(json, monitoring.limit.path, monitoring.limit.when !== undefined) as number
  }
  if (monitoring.rating && applies(json, monitoring.rating)) {
    const rating = codeAt(json, monitoring.rating.path)
    if (rating !== undefined) changed.rating = rating
  }
  if (changed.limit === undefined) delete changed.limit
  if (Object.keys(changed).length === 0) return undefined
  if (monitoring.date !== undefined) Object.assign(changed, dated(json, monitoring.date))
  return changed
}

const applies = (json: unknown, { when = {} }: ConditionalPath): boolean =>
  Object.entries(when).every(([path, values]) => values.includes(scalar(valueAt(json, path)) ?? ''))

/** An approval whose limit is missing must not pass for one without a limit. */
function readLimit(json: unknown, path: string, needed: boolean): number | undefined {
  const optional = path.endsWith('?')
  const place = optional ? path.slice(0, -1) : path
  const said = scalar(valueAt(json, place))
  if (said === undefined) {
    if (needed && !optional) throw unmappable(place, { kind: 'limit_missing' })
    return undefined
  }
  if (!/^\d{1,15}(\.\d{1,6})?$/.test(said)) throw unmappable(place, { kind: 'no_number' })
  return Number(said)
}

/** A short code, as signals have them (`client/signals/fields.ts`): what can't be in one becomes a hyphen. */
export function codeAt(json: unknown, path: string): string | undefined {
  const code = scalar(valueAt(json, path))
    ?.replace(/[^A-Za-z0-9._:/+-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64)
  return code === '' ? undefined : code
}

/** A company's reference, as it is compared. */
export function companyAt(json: unknown, path: string): string | undefined {
  return scalar(valueAt(json, path))?.slice(0, 200)
}

const WHOLE_DAY = /^\d{4}-\d\d-\d\d$/
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/

/** ISO 8601; what names no zone is UTC. Nothing there: nothing is known of when. */
function dated(json: unknown, path: string): { date?: Said } {
  const said = scalar(valueAt(json, path))
  if (said === undefined) return {}
  if (WHOLE_DAY.test(said)) return { date: { at: readInstant(said, path), whole: true } }
  if (!MOMENT.test(said)) throw unmappable(path, { kind: 'no_date' })
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(said) ? said : `${said}Z`
  return { date: { at: readInstant(zoned.replace(' ', 'T'), path), whole: false } }
}

function readInstant(text: string, path: string): Instant {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw unmappable(path, { kind: 'impossible_date' })
  return at
}

/**
 * When a decision counts from: as said, but not before `after` (it can't have been decided before it was asked) nor
 * after `now`. A day without a time is its end, so that it isn't older than what happened that morning.
 */
export function countsFrom(date: Said | undefined, after: Instant, now: Instant): Instant {
  const said = date === undefined ? now : date.whole ? date.at + DAY - 1 : date.at
  return Math.max(after, Math.min(said, Math.max(now, after)))
}

/** What a provider sent can't be read; without `path`, all of it. */
export const unmappable = (path: string | undefined, fault: MappingFault): RelanceError =>
  new RelanceError('credit_unmappable', { path, fault })
