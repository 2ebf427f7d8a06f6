/** From format 1 to format 2, for what only rows of the database hold, and turns that are still to be recorded. */
import type { Instant } from '../time.ts'
import { ending, facts, isObject, type Json, lead, object, timings } from './from-1.ts'
import { readBecause, readCriteria } from './row-sentences-from-1.ts'
import { readCause, readDelay, readFailure } from './sentences-from-1.ts'

/** A line of a timeline, its detail beside `at`; `what` → `kind`. */
export function line({ what, ...old }: Json): Json {
  const { because, why, ...rest } = old
  const at = Number(old.at)
  switch (what) {
    case 'stage':
      return 'left' in old ? { at: old.at, kind: 'nurture_left' } : { ...rest, kind: what }
    case 'play': {
      const { over, ...play } = rest
      return over ? { ...play, kind: 'play_over' } : { ...play, kind: what, on: because }
    }
    case 'urgency':
      return { ...rest, kind: what, criteria: because === undefined ? [] : readCriteria(String(because), at) }
    case 'touch': {
      const { kind: channel, ...touch } = rest
      return {
        ...touch,
        kind: what,
        channel,
        ...(why !== undefined && { failure: readFailure(String(why)) }),
      }
    }
    case 'delayed':
      return { ...rest, kind: what, delay: readDelay(String(because)) }
    case 'end':
      return { ...rest, kind: what, cause: readCause(String(because)) }
    default:
      return { ...old, kind: what }
  }
}

/** How far a lead is: the sentence on the next standing became its rule. `asOf`: when it was said. */
export function progress({ says, ...rest }: Json, asOf: Instant): Json {
  const [, next, rule] = /^(prospect|qualified): (.*)$/.exec(String(says)) ?? []
  return next ? { ...rest, next: { standing: next, rule: readCriteria(rule ?? '', asOf) } } : rest
}

/** A turn as it was sent to be recorded. */
export function record(old: Json): Json {
  const { changes, view, facts: known, final, kept, ...rest } = old
  const { missing, progress: far, outcome, because, ...shown } = object(view)
  const now = Number(old.now)
  const { why, ...slot } = object(kept)
  return {
    ...rest,
    changes: ((changes ?? []) as Json[]).map(line),
    view: {
      ...shown,
      missing: ((missing ?? []) as string[]).flatMap((text) => readCriteria(text, now)),
      progress: progress(object(far), now),
      because: readBecause(String(because), now),
      ...(isObject(outcome) && { outcome: ending(outcome) }),
    },
    facts: facts(object(known)),
    ...(isObject(final) && { final: lead(final) }),
    ...(isObject(kept) && { kept: { ...slot, why: timings(why) } }),
  }
}
