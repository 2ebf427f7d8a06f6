/**
 * From format 1 to format 2: a dated fact's `is` became `value`, the discriminants became `kind`, and prose became
 * reasons with codes. Each function takes one stored thing of format 1 and gives it in format 2. What only rows of the
 * database hold is in `rows-from-1.ts`.
 */
import { noFacts } from '../facts.ts'
import { newLead } from '../lead.ts'
import { readCause, readDelay, readFailure } from './sentences-from-1.ts'

/** Anything that was stored as a JSON object. */
export type Json = { [key: string]: unknown }

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const object = (value: unknown): Json => (isObject(value) ? value : {})
const mapped = (value: unknown, change: (inner: Json) => Json): Json =>
  Object.fromEntries(Object.entries(object(value)).map(([key, inner]) => [key, change(object(inner))]))

/** `{ is, at, by }` → `{ value, at, by }`. */
function dated({ is, ...rest }: Json): Json {
  return 'value' in rest ? rest : { value: is, ...rest }
}

const REGISTERS = ['interest', 'need', 'credit', 'decided', 'demo', 'proposal', 'deal', 'amount', 'handled']

export function facts(old: Json): Json {
  const registers = Object.fromEntries(
    REGISTERS.flatMap((name) => (isObject(old[name]) ? [[name, dated(old[name])]] : [])),
  )
  return {
    ...noFacts(),
    ...old,
    ...registers,
    monitored: mapped(old.monitored, dated),
    quiet: mapped(old.quiet, (reasons) => mapped(reasons, dated)),
    contacts: mapped(old.contacts, dated),
    out: mapped(old.out, dated),
    objections: mapped(old.objections, ({ raised, overcome, ...rest }) => ({
      ...rest,
      raised: dated(object(raised)),
      overcome: dated(object(overcome)),
    })),
    extended: mapped(old.extended, dated),
    named: mapped(old.named, dated),
    format: 2,
  }
}

export function ending({ is, because, ...rest }: Json): Json {
  return { ...rest, outcome: is, cause: readCause(String(because)) }
}

export function lead(old: Json): Json {
  const { ending: ended, delayed, visits = [], ...rest } = old
  const { because, ...delay } = object(delayed)
  return {
    ...newLead(String(old.id), Number(old.launchedAt)),
    ...rest,
    facts: facts(object(old.facts)),
    visits: (visits as Json[]).map(({ of, ...visit }) => ({ ...visit, kind: of })),
    ...(isObject(delayed) && { delayed: { ...delay, delay: readDelay(String(because)) } }),
    ...(isObject(ended) && { ending: ending(ended) }),
    format: 2,
  }
}

export const plan = (old: Json): Json => ({ ...old, format: 2 })

/** `{ ask: 'pause', seen }` → `{ kind: 'pause', seen }`; an update was only `{ seen }`, its kind being its name. */
export const command = ({ ask, ...rest }: Json): Json => ({ kind: ask, ...rest, format: 2 })

/** Why then: a sentence whose times named no year and no zone, so it can only be quoted. */
export const timings = (why: unknown): Json[] =>
  typeof why === 'string' && why !== '' ? [{ code: 'quoted', text: why }] : []

/** What `record` answered. */
export function recordAnswer({ why, ...rest }: Json): Json {
  return { ...rest, ...(why !== undefined && { why: timings(why) }), format: 2 }
}

/** What `attempt` or `deliver` answered. */
export function attemptAnswer({ is, ...old }: Json): Json {
  const { why, result, next, ...rest } = old
  switch (is) {
    case 'done':
      return { ...rest, kind: is, next: recordAnswer(object(next)), format: 2 }
    case 'came_out': {
      const { is: kind, why: failed, ...came } = object(result)
      const failure = failed === undefined ? {} : { failure: readFailure(String(failed)) }
      return { ...rest, kind: is, result: { ...came, kind, ...failure }, format: 2 }
    }
    case 'later':
    case 'closed':
      return { ...rest, kind: is, delay: readDelay(String(why)), format: 2 }
    default:
      return { ...rest, kind: is, format: 2 }
  }
}
