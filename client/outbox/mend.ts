/**
 * Mending one lead whose workflow is dead, or knows less than is on record. Where Temporal knows more than the database,
 * which was restored then, what it knows goes on record first. Nothing is ever sent by that.
 */
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { Wakener } from '../../cadence/words.ts'
import type { Suspect } from '../../store/asleep.ts'
import type { Explanation } from '../../workflows/contract.ts'
import { type Begun, beginAgain, type WakeDeps } from './begin-again.ts'
import type { Look, Lookout } from './lookout.ts'
import { recordLostEnd } from './lost-end.ts'
import { putBack } from './lost-record.ts'

export interface MendDeps extends WakeDeps {
  lookout: Lookout
}

/** What became of it. `ended`: it had ended by its rules, and that is on record again. */
export type Mended = { became: Begun | 'ended'; touches: number }

/**
 * @param look - how Temporal has it: dead, or behind
 * @throws RelanceError `temporal_away`, `no_worker`; anything else is about this lead alone
 */
export async function mend(
  deps: MendDeps,
  { lead, position }: Suspect,
  look: Extract<Look, { awake: false }>,
  by: Wakener,
): Promise<Mended> {
  const { because, knowsMore, done, events = 0 } = look
  if (because === 'behind') await deps.lookout.terminate(lead)
  if (!knowsMore && because !== 'completed') {
    return { became: await beginAgain(deps, lead, { because, by }), touches: 0 }
  }
  const known = await askDead(deps, lead)
  const touches = await putBack(deps, known, done)
  if (known.lead.ending && because === 'completed') {
    await recordLostEnd(deps, known, Math.max(events, (position ?? 0) + 1))
    return { became: 'ended', touches }
  }
  return { became: await beginAgain(deps, lead, { because, by, known }), touches }
}

/** What a workflow that runs no more knows: Temporal keeps its history for a while, and a worker replays it. */
async function askDead({ workflows }: MendDeps, lead: string): Promise<Explanation> {
  const known = await workflows.explain(lead)
  // A worker of another version answered.
  if (known.format !== FORMAT) throw new RelanceError('no_worker', {})
  return known
}
