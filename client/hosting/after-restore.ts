/** A Temporal that was put back to an earlier day is found out at the next start, before a worker acts on what it says. */
import { latestRecorded } from '../../store/asleep.ts'
import type { Reconciled } from '../contract/index.ts'
import { eachLimit } from '../outbox/each-limit.ts'
import type { WatchDeps } from '../outbox/watch.ts'
import { reconcile } from '../services/reconcile.ts'

/** How many leads are asked about: those recorded last, whose turns a restore has lost first. */
const ASKED = 50
const AT_ONCE = 16

/**
 * Reconciles all leads if Temporal knows less of those recorded last than the record says.
 * @returns what was done; undefined where nothing had to be
 */
export async function afterRestore(deps: WatchDeps): Promise<Reconciled | undefined> {
  let behind = false
  await eachLimit(await latestRecorded(deps.db, ASKED), AT_ONCE, async (suspect) => {
    const look = await deps.lookout.look(suspect)
    if (!look.awake && look.because === 'behind') behind = true
  })
  if (!behind) return undefined
  // What workflows know and the record doesn't can be asked only once there is a worker.
  return reconcile(deps, {}, { asks: false })
}
