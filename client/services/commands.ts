/** Pause, resume, drop and reopen: what a person asks of one lead. Each returns once it has taken effect. */
import { type ErrorCode, RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import { quote } from '../../cadence/language/notation.ts'
import { endedForGood } from '../../cadence/reopen.ts'
import type { Instant } from '../../cadence/time.ts'
import type { OutcomeWord } from '../../cadence/words.ts'
import { setPaused } from '../../store/leads.ts'
import { type Reopened, reopenLead } from '../../store/reopen.ts'
import type { Untold } from '../contract/done.ts'
import type { Done } from '../contract/index.ts'
import { awaitDelivery } from '../outbox/relay.ts'
import { startKey } from '../outbox/signal-key.ts'
import { readInstant } from '../signals/fields.ts'
import { ask, openLead } from './ask.ts'
import type { Deps } from './deps.ts'
import { requireLead } from './find.ts'
import { sayNoFor } from './say-no.ts'

/**
 * Nothing is sent until `resume`, or until a date or a moment, read in the lead's zone. The database holds the lead's touches from this moment, so this succeeds even
 * when its workflow can't be asked just now.
 */
export async function pause(deps: Deps, idOrEmail: string, day?: string): Promise<Untold<Done>> {
  const lead = await openLead(deps, idOrEmail)
  const seen = await deps.clock.now()
  const until = day === undefined ? undefined : endOfPause(day, lead.zone, seen)
  await setPaused(deps.db, lead.id, seen, until)
  try {
    await ask(deps, lead, { format: FORMAT, kind: 'pause', seen, ...(until !== undefined && { until }) })
  } catch (error) {
    if (!(error instanceof RelanceError && NOT_NOW.includes(error.code))) throw error
    deps.log.warn({ lead: lead.id, code: error.code }, 'paused on record; the workflow did not answer')
  }
  return { lead: lead.id, done: { code: 'paused' } }
}

function endOfPause(day: string, zone: string, now: Instant): Instant {
  const until = readInstant(day, zone)
  if (until !== undefined && until > now) return until
  throw new RelanceError('invalid_field', { field: 'until', value: quote(day), wanted: { kind: 'instant' } })
}

/** The workflow can't be asked now, and can be later. */
const NOT_NOW: readonly ErrorCode[] = ['temporal_away', 'no_worker', 'not_started']

/** Goes on after a pause. @throws RelanceError `not_paused`, which says what would let it go on */
export async function resume(deps: Deps, idOrEmail: string): Promise<Untold<Done>> {
  const lead = await openLead(deps, idOrEmail)
  if (lead.hold !== 'paused') throw new RelanceError('not_paused', lead.hold ? { hold: lead.hold } : {})
  const seen = await deps.clock.now()
  // First the database: the workflow may go on at once, and must not find the gate closed.
  await setPaused(deps.db, lead.id, undefined)
  try {
    await ask(deps, lead, { format: FORMAT, kind: 'resume', seen })
  } catch (error) {
    await setPaused(deps.db, lead.id, seen)
    throw error
  }
  return { lead: lead.id, done: { code: 'resumed' } }
}

/** Ends a lead. Somebody who opted out is not written to by any other either, whether this one had ended or not. */
export async function drop(deps: Deps, idOrEmail: string, outcome: OutcomeWord): Promise<Untold<Done>> {
  if (outcome === 'opted_out') {
    const { lead, ended } = await sayNoFor(deps, { lead: idOrEmail, source: 'drop' })
    return { lead, done: { code: ended ? 'suppressed' : 'dropped' } }
  }
  const lead = await openLead(deps, idOrEmail)
  await ask(deps, lead, { format: FORMAT, kind: 'drop', seen: await deps.clock.now(), outcome })
  return { lead: lead.id, done: { code: 'dropped' } }
}

/** How long an answer waits for the workflow to begin anew, real time. It does in any case. */
const PATIENCE_MS = 2_000

/**
 * Lets an ended lead begin again, with all that is known of it; on the version it was on.
 * @throws RelanceError `not_ended`, `ended_for_good`, `suppressed`, `already_open`
 */
export async function reopen(deps: Deps, idOrEmail: string): Promise<Untold<Done>> {
  const lead = await requireLead(deps, idOrEmail)
  if (lead.outcome !== null && endedForGood(lead.outcome)) {
    throw new RelanceError('ended_for_good', { outcome: lead.outcome })
  }
  const seen = await deps.clock.now()
  const became = await reopenLead(deps.db, lead.id, seen)
  if (became !== 'reopened') throw notReopened(became)
  deps.relay.wake()
  const later = await awaitDelivery(deps.relay, [startKey(lead.id, seen)], PATIENCE_MS)
  return {
    lead: lead.id,
    done: { code: later.size === 0 ? 'reopened' : 'reopens_later' },
  }
}

function notReopened(became: Exclude<Reopened, 'reopened'>): RelanceError {
  if (typeof became === 'object') return new RelanceError('already_open', { lead: became.taken.lead })
  if (became === 'no') return new RelanceError('ended_for_good', { outcome: 'opted_out' })
  return RelanceError.of({ code: became, values: {} })
}
