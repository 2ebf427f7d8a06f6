/** The activities: what touches the outside. Made once for a process. */
import { asyncLocalStorage } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { FORMAT, stamped } from '../cadence/format.ts'
import { openRecord } from '../cadence/upgrade/rows.ts'
import { readEnvironment } from '../store/environment.ts'
import { FullStretches } from '../store/full-stretches.ts'
import type { AttemptInput, LeadActivities, RecordInput } from '../workflows/contract.ts'
import { carryOut } from './touch/attempt.ts'
import type { Carrier } from './touch/channel.ts'
import type { ActivityDeps } from './touch/deps.ts'
import { publishedCadences } from './touch/published.ts'
import { keptTurns, recordTurn } from './touch/record.ts'
import { BUDGET, HEARTBEAT_MS, LATE_FOR_DELIVERY_MS, LATE_MS } from './touch/retry-policy.ts'
import { safely } from './touch/safe-failure.ts'

/** Makes the activities of a worker. */
export function createActivities(deps: ActivityDeps): LeadActivities {
  const budget = deps.budget ?? BUDGET
  let salt: Promise<string> | undefined
  const carrier: Carrier = {
    ...deps,
    published: publishedCadences(deps.db),
    full: new FullStretches(),
    writeKept: keptTurns(deps.db),
    underway: new Map(),
    salt: async () => {
      salt ??= readEnvironment(deps.db).then((environment) => environment.salt)
      return salt
    },
  }
  const { log } = deps
  return {
    record: (input) =>
      safely(log, { lead: input.lead }, async () => stamped(await recordTurn(carrier, input))),
    attempt: (input) =>
      safely(log, { lead: input.touch.lead, touch: input.touch.key }, async () =>
        stamped(await carryOut(carrier, input, { budget: budget.attempt, late: LATE_MS })),
      ),
    deliver: (input) =>
      safely(log, { lead: input.touch.lead, touch: input.touch.key }, () =>
        alive(async () => {
          const leeway = { budget: budget.deliver, late: LATE_FOR_DELIVERY_MS }
          const answer = await carryOut(carrier, opened(input), leeway)
          // Retried by Temporal; the next one joins this one, or finds what became of it.
          if (answer.kind === 'slow')
            throw ApplicationFailure.retryable('the mail server takes its time', 'slow')
          return stamped(answer)
        }),
      ),
  }
}

/** What `deliver` is asked may have been scheduled by older code. */
function opened(input: AttemptInput): AttemptInput {
  const { format = 1 } = input as { format?: number }
  return { ...input, format: FORMAT, then: openRecord<RecordInput>(input.then, format) }
}

/** Tells Temporal that a regular activity is at work, while it is. */
async function alive<T>(work: () => Promise<T>): Promise<T> {
  const context = asyncLocalStorage.getStore()
  const timer = setInterval(() => context?.heartbeat(), HEARTBEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
