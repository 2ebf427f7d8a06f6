/** The store's checker in tests of the whole system: what must hold, holds once what was under way is over. */
import type { Instant } from '../../cadence/time.ts'
import type { Db } from '../../store/db.ts'
import { findings } from '../../store/findings.ts'
import { until } from './up-process.ts'

/**
 * Waits until the checker finds nothing any more of what was before a moment, by the environment's clock.
 * @throws with what it still finds
 */
export const untilNoFindings = (db: Db, before: Instant): Promise<unknown> =>
  until(async () => {
    const found = await findings(db, before)
    if (found.length > 0) throw new Error(`the store's checker finds ${JSON.stringify(found)}`)
    return true
  })
