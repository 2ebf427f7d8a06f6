/**
 * The workflow of one lead, from its launch to its end: the loop of docs/design.md §2. The rules say what to do; this
 * does it, and waits. No clock, no calendar, no personal data. Its state and transitions are in `loop.ts`.
 */
import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow'
import type { ErrorCode, ErrorValues } from '../cadence/error-values.ts'
import type { Stored } from '../cadence/format.ts'
import type { Turn } from '../cadence/turn.ts'
import { openCommand } from '../cadence/upgrade/stored.ts'
import { OUTCOMES } from '../cadence/words.ts'
import { searchAttributes, shownAttributes, valuesOf } from './attributes.ts'
import type { LeadInput, StoredActivities } from './contract.ts'
import { openInput } from './input.ts'
import { LeadLoop } from './loop.ts'
import {
  arrive,
  type CommandOf,
  clockChanged,
  drop,
  explain,
  move,
  pause,
  recordAgain,
  resume,
} from './messages.ts'
import { renewal } from './renewal.ts'

/** A touch that the first, quick attempt can't finish gets minutes. */
const regular = proxyActivities<StoredActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  summary: 'a touch that needs more than a moment',
})
/** Retried for as long as the database is away, the waits growing to a minute. */
const local = proxyLocalActivities<StoredActivities>({
  startToCloseTimeout: '8 seconds',
  localRetryThreshold: '1 minute',
  retry: { initialInterval: '200ms', maximumInterval: '1 minute' },
})

export async function lead(input: Stored<LeadInput>): Promise<string> {
  const mustRenew = renewal()
  const loop = new LeadLoop(openInput(input), { local, regular }, show())

  // Handlers run as soon as they are set, for what arrived before: what they use stands above them.
  const alive = (): void => {
    const { ending } = loop.lead
    if (ending) refuse('lead_ended', { outcome: ending.outcome })
  }
  setHandler(arrive, (signals) => loop.arrive(signals))
  setHandler(clockChanged, () => loop.rearm())
  setHandler(recordAgain, () => loop.recordAgain())
  setHandler(pause, (command) => loop.ask(openCommand({ ...command, kind: 'pause' })), {
    validator: (_: CommandOf<'pause'>) => alive(),
  })
  setHandler(resume, (command) => loop.ask(openCommand({ ...command, kind: 'resume' })), {
    validator: (_: CommandOf<'resume'>) => alive(),
  })
  setHandler(drop, (command) => loop.ask(openCommand({ ...command, kind: 'drop' })), {
    validator: ({ outcome }: CommandOf<'drop'>) => {
      alive()
      if (!OUTCOMES.includes(outcome)) refuse('bad_outcome', { outcome: String(outcome) })
    },
  })
  setHandler(move, (command) => loop.ask(openCommand({ ...command, kind: 'move' })), {
    validator: ({ plan }: CommandOf<'move'>) => {
      alive()
      if (!plan?.stages?.length) refuse('bad_plan', {})
    },
  })
  setHandler(explain, () => loop.explain())

  for (;;) {
    await loop.takeTurn()
    // Touches that succeed record the next turn themselves, so that the loop stays in here from slot to slot.
    for (let recorded = true; recorded && !loop.hasArrivals; ) {
      if (loop.over) {
        await condition(allHandlersFinished)
        if (loop.hasArrivals) break
        return loop.lead.ending?.outcome ?? 'ended'
      }
      if (mustRenew()) {
        await condition(allHandlersFinished)
        return continueAsNew<(input: LeadInput) => Promise<string>>(loop.input)
      }
      await loop.rest()
      if (loop.hasArrivals) break
      recorded = await loop.act()
    }
  }
}

/** Keeps Temporal's own UI readable: search attributes when they change, and what the lead does in one line. */
function show(): (turn: Turn, details: string) => void {
  let shown = shownAttributes(workflowInfo().typedSearchAttributes)
  return ({ record: { view } }, details) => {
    const attributes = searchAttributes(view)
    const values = valuesOf(attributes)
    if (values !== shown) upsertSearchAttributes(attributes)
    shown = values
    setCurrentDetails(details)
  }
}

/** Refuses a command; the code is one of the table of errors. */
function refuse<Code extends ErrorCode>(code: Code, values: ErrorValues[Code]): never {
  throw ApplicationFailure.create({ message: code, type: code, details: [values], nonRetryable: true })
}
