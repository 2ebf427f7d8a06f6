/** Moving a lead to another version of its cadence, or seeing what that would do. */

import { RelanceError } from '../../cadence/errors.ts'
import { type Command, fold } from '../../cadence/fold.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { Lead } from '../../cadence/lead.ts'
import { checkMove } from '../../cadence/move-check.ts'
import type { Plan } from '../../cadence/plan.ts'
import { turn } from '../../cadence/turn.ts'
import { getCadence } from '../../store/cadences.ts'
import { stepsDoneFor } from '../../store/done-steps.ts'
import type { Untold } from '../contract/done.ts'
import type { MoveBody, Moved } from '../contract/index.ts'
import { ask, openLead } from './ask.ts'
import type { Deps } from './deps.ts'
import { unknownCadence } from './find.ts'

/**
 * Puts a lead on another version of its cadence: the newest, or the one asked for. What it has done stays done.
 * @throws RelanceError `cadence_unknown`; `move_refused` where a touch would be repeated or skipped, unless `anyway`;
 * what keeps its workflow from answering
 */
export async function move(
  deps: Deps,
  idOrEmail: string,
  { version, dryRun = false, anyway = false }: MoveBody,
): Promise<Untold<Moved>> {
  const { db, clock, workflows } = deps
  const stored = await openLead(deps, idOrEmail)
  const to = await getCadence(db, stored.cadence, version)
  if (!to) throw unknownCadence(stored.cadence, version)
  const said = await workflows.explain(stored.id)
  // A worker of another version tells of a lead in its own format, which can't be looked at here.
  if (said.format !== FORMAT) throw new RelanceError('no_worker', {})
  const from = await getCadence(db, stored.cadence, said.version)
  if (!from) throw unknownCadence(stored.cadence, said.version)

  const command: Command = { format: FORMAT, kind: 'move', seen: await clock.now(), plan: to.plan }
  const here = placeOf(said.lead, from.plan)
  const there = placeOf(fold(said.lead, from.plan, command).lead, to.plan)
  const faults = checkMove(said.lead, from.plan, to.plan, await stepsDoneFor(db, stored.id))
  const answer = { lead: stored.id, from: here, to: there, ...faults }
  const { version: target } = to
  if (from.version === target) {
    return { ...answer, to: here, repeats: [], skips: [], done: { code: 'there_already', version: target } }
  }
  if (dryRun) return { ...answer, done: { code: 'would_move', version: target } }
  if (!anyway && faults.repeats.length + faults.skips.length > 0) {
    throw new RelanceError('move_refused', { lead: stored.id, version: target, ...faults })
  }
  await ask(deps, stored, command)
  return { ...answer, done: { code: 'moved', version: target } }
}

/** Where a lead is on a version, and what comes next there. */
function placeOf(lead: Lead, plan: Plan): Moved['from'] {
  const { view } = turn(lead, plan, []).record
  return { version: plan.version, stage: view.stage || null, step: view.next?.step ?? null }
}
