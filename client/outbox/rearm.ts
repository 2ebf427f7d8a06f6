/**
 * Re-arming: leads wait by timers in real time. When the environment's clock has got another speed, all open ones are
 * told, so that they ask anew how long is left, before a worker carries anything out.
 */
import { RelanceError } from '../../cadence/errors.ts'
import { markClockTold, readEnvironment } from '../../store/environment.ts'
import { openLeadsAfter } from '../../store/lookup.ts'
import type { OutboxDeps } from './deps.ts'
import { eachLimit } from './each-limit.ts'

/** Calls to Temporal at once. */
const AT_ONCE = 32

/**
 * Tells every open lead that the clock was changed, if it was. What is killed half-way begins again at the next start:
 * being told twice does a lead no harm. One that Temporal refuses keeps its timer until that start, too; should it wake
 * early, its attempt says so.
 * @param page - leads read at once
 * @returns how many leads were told; undefined when the clock is as it was
 * @throws RelanceError `temporal_away`
 */
export async function rearmLeads(
  { db, workflows, log }: Pick<OutboxDeps, 'db' | 'workflows' | 'log'>,
  { page = 1000 }: { page?: number } = {},
): Promise<number | undefined> {
  const { clockChanged } = await readEnvironment(db)
  if (!clockChanged) return undefined
  let told = 0
  let refused = 0
  for (let after: string | undefined = ''; after !== undefined; ) {
    const leads: string[] = await openLeadsAfter(db, after, page)
    await eachLimit(leads, AT_ONCE, async (lead) => {
      try {
        // One that no workflow runs for, not started yet or ended since, has no timer.
        if ((await workflows.clockChanged(lead)) === 'taken') told += 1
      } catch (error) {
        if (error instanceof RelanceError && error.code === 'temporal_away') throw error
        refused += 1
      }
    })
    after = leads.at(-1)
  }
  if (refused > 0) log.error({ refused }, 'Temporal refuses leads that wait by the speed of before')
  else await markClockTold(db)
  return told
}
