/** A pause for many leads at once: an owner's, a cadence's, an account's. */
import { RelanceError } from '../../cadence/errors.ts'
import { openLeadsOf } from '../../store/lookup.ts'
import type { PausedMany, PauseManyBody } from '../contract/index.ts'
import { eachLimit } from '../outbox/each-limit.ts'
import { pause } from './commands.ts'
import type { Deps } from './deps.ts'

/** Leads that are asked at once. */
const AT_ONCE = 16

/**
 * Pauses every lead that is open now and of all that is said: of this owner, in this cadence, at this account (the domain
 * of its addresses, or the company's name). Who is launched later isn't paused.
 * @throws RelanceError `usage` when nothing is said, and those of `pause`
 */
export async function pauseMany(
  deps: Deps,
  { until, dry = false, ...of }: PauseManyBody,
): Promise<PausedMany> {
  if (Object.values(of).every((one) => one === undefined)) throw new RelanceError('usage', { kind: 'whom' })
  const leads = await openLeadsOf(deps.db, of)
  if (!dry) await eachLimit(leads, AT_ONCE, async (lead) => void (await pauseOpen(deps, lead, until)))
  return { leads: leads.length, done: !dry }
}

/** One that has ended meanwhile needs no pause. */
async function pauseOpen(deps: Deps, lead: string, until: string | undefined): Promise<void> {
  try {
    await pause(deps, lead, until)
  } catch (error) {
    if (!(error instanceof RelanceError && error.code === 'lead_ended')) throw error
  }
}
