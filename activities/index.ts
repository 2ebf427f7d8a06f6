/** The activities: what touches the outside. Made once for a process. */
import { asyncLocalStorage } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { readEnvironment } from '../store/index.ts'
import { FullStretches } from '../store/slots.ts'
import type { LeadActivities } from '../workflows/contract.ts'
import { carryOut } from './attempt.ts'
import type { ActivityDeps } from './deps.ts'
import type { Carrier } from './outcomes.ts'
import { BUDGET, HEARTBEAT_MS, LATE_FOR_DELIVERY_MS, LATE_MS } from './patience.ts'
import { publishedCadences } from './published.ts'
import { recordTurn } from './record.ts'

export type { ActivityDeps, MailboxInUse } from './deps.ts'

/** Makes the activities of a worker. */
export function createActivities(deps: ActivityDeps): LeadActivities {
  const budget = deps.budget ?? BUDGET
  let salt: Promise<string> | undefined
  const carrier: Carrier = {
    ...deps,
    published: publishedCadences(deps.db),
    full: new FullStretches(),
    sending: new Map(),
    salt: async () => {
      salt ??= readEnvironment(deps.db).then((environment) => environment.salt)
      return salt
    },
  }
  return {
    record: (input) => recordTurn(carrier, input),
    attempt: (order) => carryOut(carrier, order, { budget: budget.attempt, late: LATE_MS }),
    deliver: async (order) => {
      const alive = asyncLocalStorage.getStore()
      const heartbeat = setInterval(() => alive?.heartbeat(), HEARTBEAT_MS)
      try {
        const answer = await carryOut(carrier, order, { budget: budget.deliver, late: LATE_FOR_DELIVERY_MS })
        // Retried by Temporal; the next one joins this one, or finds what became of it.
        if (answer.is === 'slow') throw ApplicationFailure.retryable('the mail server takes its time', 'slow')
        return answer
      } finally {
        clearInterval(heartbeat)
      }
    },
  }
}
