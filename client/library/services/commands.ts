/** What a person asks of one lead. Each returns once it has taken effect. */
import { RelanceError } from '../../../cadence/errors.ts'
import type { OutcomeWord } from '../../../cadence/words.ts'
import { getCadence, type LeadDetail, setPaused } from '../../../store/index.ts'
import type { Done } from '../../api/shapes.ts'
import type { Deps } from './deps.ts'
import { theLead } from './find.ts'
import { unknownCadence } from './launch.ts'
import type { Ask } from './lead-workflows.ts'

/**
 * Nothing is sent until `resume`. The database holds the lead's touches from this moment, so this succeeds even
 * when its workflow can't be asked just now.
 */
export async function pause(deps: Deps, idOrEmail: string): Promise<Done> {
  const lead = await openLead(deps, idOrEmail)
  const seen = await deps.clock.now()
  await setPaused(deps.db, lead.id, seen)
  try {
    await ask(deps, lead, { do: 'pause', seen })
  } catch (error) {
    if (!(error instanceof RelanceError && error.status === 503)) throw error
    deps.log.warn({ lead: lead.id, code: error.code }, 'paused on record; the workflow did not answer')
  }
  return { lead: lead.id, done: 'paused' }
}

/** Goes on after a pause. */
export async function resume(deps: Deps, idOrEmail: string): Promise<Done> {
  const lead = await openLead(deps, idOrEmail)
  const seen = await deps.clock.now()
  // First the database: the workflow may go on at once, and must not find the gate closed.
  await setPaused(deps.db, lead.id, undefined)
  try {
    await ask(deps, lead, { do: 'resume', seen })
  } catch (error) {
    if (lead.hold === 'paused') await setPaused(deps.db, lead.id, seen)
    throw error
  }
  return { lead: lead.id, done: 'resumed' }
}

/** Ends a lead. */
export async function drop(deps: Deps, idOrEmail: string, outcome: OutcomeWord): Promise<Done> {
  const lead = await openLead(deps, idOrEmail)
  await ask(deps, lead, { do: 'drop', seen: await deps.clock.now(), outcome })
  return { lead: lead.id, done: 'dropped' }
}

/**
 * Puts a lead on another version of its cadence: the newest, or the one asked for.
 * @throws RelanceError `cadence_unknown`
 */
export async function move(deps: Deps, idOrEmail: string, version?: number): Promise<Done> {
  const lead = await openLead(deps, idOrEmail)
  const cadence = await getCadence(deps.db, lead.cadence, version)
  if (!cadence) throw unknownCadence(lead.cadence, version)
  await ask(deps, lead, { do: 'move', seen: await deps.clock.now(), plan: cadence.plan })
  return { lead: lead.id, done: `moved to version ${cadence.version}` }
}

async function openLead(deps: Deps, idOrEmail: string): Promise<LeadDetail> {
  const lead = await theLead(deps, idOrEmail)
  if (lead.outcome === null) return lead
  throw new RelanceError('lead_ended', `the lead ended as ${lead.outcome}: ${lead.outcomeBecause}`, {
    remedy: 'Nothing can be asked of it any more.',
    status: 409,
  })
}

async function ask({ workflows }: Deps, lead: LeadDetail, what: Ask): Promise<void> {
  try {
    await workflows.ask(lead.id, what)
  } catch (error) {
    if (!(error instanceof RelanceError && error.code === 'not_running')) throw error
    throw new RelanceError('not_started', "the lead's workflow is not started yet", {
      remedy: 'It starts as soon as Temporal is reachable: try again in a moment.',
      status: 503,
      cause: error,
    })
  }
}
