/**
 * One lead, from its launch to its end: the loop of DESIGN.md §2 and nothing else. The rules say what to do; this
 * waits, durably, and obeys. No clock, no calendar, no personal data.
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
import { complete, delay, pass } from '../cadence/complete.ts'
import type { TouchOrder, Want } from '../cadence/decide.ts'
import { type Command, fold } from '../cadence/fold.ts'
import type { Change } from '../cadence/lead.ts'
import type { Plan } from '../cadence/plan.ts'
import type { Instant } from '../cadence/time.ts'
import { type Turn, turn } from '../cadence/turn.ts'
import { OUTCOMES } from '../cadence/words.ts'
import { Alarm } from './alarm.ts'
import { searchAttributes, shownAttributes, valuesOf } from './attributes.ts'
import type { AttemptInput, LeadActivities, LeadInput, RecordAnswer, RecordInput } from './contract.ts'
import { arrive, drop, explain, move, pause, resume } from './messages.ts'

/** A touch that the first, quick attempt can't finish gets minutes. */
const { deliver } = proxyActivities<LeadActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  summary: 'a touch that needs more than a moment',
})
/** Retried for as long as the database is away, the waits growing to a minute. */
const local = proxyLocalActivities<LeadActivities>({
  startToCloseTimeout: '8 seconds',
  localRetryThreshold: '1 minute',
  retry: { initialInterval: '200ms', maximumInterval: '1 minute' },
})

export async function lead(input: LeadInput): Promise<string> {
  let { lead, plan } = input
  const queue = [...input.queue]
  let happened: Change[] = input.lead.seq === 0 ? [{ at: lead.now, kind: 'launched' }] : []
  // A lead that is reopened begins with that command: nobody waits for its answer here.
  let asked = queue.filter((arrival) => 'ask' in arrival).length
  let answered = 0
  let current: Turn | undefined
  let booking: RecordAnswer | undefined
  /** What `booking` was planned for. */
  let planned: { want: Want | undefined; plan: Plan } | undefined
  let shown = shownAttributes(workflowInfo().typedSearchAttributes)
  const alarm = new Alarm()

  // Handlers run as soon as they are set, for what arrived before: what they use stands above them.
  const alive = (): void => {
    if (lead.ending) refuse('lead_ended', `the lead ended as ${lead.ending.outcome}`)
  }
  setHandler(arrive, (signals) => {
    queue.push(...signals)
  })
  const ask = (command: Command): Promise<void> => {
    queue.push(command)
    asked += 1
    const mine = asked
    return condition(() => answered >= mine)
  }
  setHandler(pause, ({ seen }) => ask({ kind: 'pause', seen }), { validator: (_: Asked) => alive() })
  setHandler(resume, ({ seen }) => ask({ kind: 'resume', seen }), { validator: (_: Asked) => alive() })
  setHandler(drop, ({ seen, outcome }) => ask({ kind: 'drop', seen, outcome }), {
    validator: ({ outcome }) => {
      alive()
      if (!OUTCOMES.includes(outcome)) refuse('bad_outcome', `outcome is one of ${OUTCOMES.join(', ')}`)
    },
  })
  setHandler(move, ({ seen, plan }) => ask({ kind: 'move', seen, plan }), {
    validator: (to) => {
      alive()
      if (!to.plan?.stages?.length) refuse('bad_plan', 'a lead moves to a published version of a cadence')
    },
  })
  setHandler(explain, () => {
    const { decision } = current ?? turn(lead, plan, [])
    return {
      lead,
      cadence: plan.cadence,
      version: plan.version,
      decision,
      slot: booking?.slot,
      why: booking?.why,
    }
  })

  for (;;) {
    const commands = takeIn()
    current = turn(lead, plan, happened)
    lead = current.lead
    happened = []
    booking = await local.record(kept(current.record))
    planned = { want: current.record.want, plan }
    answered += commands
    show(current)
    // Touches that succeed record the next turn themselves, so the loop stays in here from slot to slot.
    while (queue.length === 0) {
      if (current.decision.kind === 'end') {
        await condition(allHandlersFinished)
        if (queue.length > 0) break
        return current.decision.because
      }
      if (renewal()) {
        await condition(allHandlersFinished)
        return continueAsNew<typeof leadWorkflow>({ lead, plan, queue })
      }
      setAlarm(booking, current)
      await condition(() => queue.length > 0 || alarm.rung)
      if (queue.length > 0) break
      alarm.clear()
      lead = { ...lead, now: Math.max(lead.now, booking.wake ?? lead.now) }
      const { decision }: Turn = current
      // What changes at this very instant comes before what was planned for it.
      const first = decision.again === booking.wake
      const slot: Instant | undefined = !first && booking.slot === booking.wake ? booking.slot : undefined
      if (slot === undefined) break
      if (decision.kind === 'pass') {
        lead = pass(lead, plan, slot)
        break
      }
      if (decision.kind !== 'touch') break
      const done: { turn: Turn; booking: RecordAnswer } | undefined = await carryOut(decision.touch, slot)
      if (!done) break
      current = done.turn
      booking = done.booking
      planned = { want: current.record.want, plan }
      lead = current.lead
      show(current)
    }
  }

  /** What is still wanted as it was needs no planning: the same plan would come of it. */
  function kept(record: Turn['record']): RecordInput {
    const { want, ...rest } = record
    const slot = booking?.slot
    if (!want || slot === undefined || slot < lead.now || planned?.plan !== plan) return record
    if (JSON.stringify(planned.want) !== JSON.stringify(want)) return record
    return { ...rest, kept: booking?.why === undefined ? { slot } : { slot, why: booking.why } }
  }

  /** Folds all that arrived; says how many commands there were. */
  function takeIn(): number {
    let commands = 0
    for (const arrival of queue.splice(0)) {
      const folded = fold(lead, plan, arrival)
      lead = folded.lead
      plan = folded.plan
      happened.push(...folded.changes)
      if ('ask' in arrival) commands += 1
    }
    return commands
  }

  /** Rings at the booked moment; where nothing is booked, only an arrival ends the wait. */
  function setAlarm({ wake, waitMs }: RecordAnswer, { decision, record }: Turn): void {
    if (wake === undefined || waitMs === undefined) {
      alarm.clear()
      return
    }
    const what =
      decision.kind === 'touch' ? `${decision.touch.stage}: ${decision.touch.step}` : record.view.because
    // Never less than a timer: what a local activity did is on record only once its workflow task is over, and
    // signals are seen only then.
    alarm.set(wake, Math.max(1, waitMs), what.slice(0, 180))
  }

  /** Carries out a touch. Undefined: the next turn is still to be taken and recorded. */
  async function carryOut(
    touch: TouchOrder,
    slot: Instant,
  ): Promise<{ turn: Turn; booking: RecordAnswer } | undefined> {
    const after = complete(lead, plan, touch, { kind: 'done' }, slot)
    const next = turn(after.lead, plan, after.changes)
    const order: AttemptInput = {
      touch,
      cadence: plan.cadence,
      version: plan.version,
      slot,
      then: next.record,
    }
    let answer = await local.attempt(order)
    if (answer.kind === 'slow') answer = await deliver(order)
    switch (answer.kind) {
      case 'done':
        return { turn: next, booking: answer.next }
      case 'came_out': {
        const out = complete(lead, plan, touch, answer.result, slot)
        lead = out.lead
        happened.push(...out.changes)
        return undefined
      }
      case 'later':
      case 'closed': {
        const gate = answer.kind === 'closed'
        const until = answer.kind === 'closed' ? answer.again : answer.notBefore
        const put = delay(lead, touch, answer.now, { until, because: answer.why, ...(gate ? { gate } : {}) })
        lead = put.lead
        happened.push(...put.changes)
        return undefined
      }
      case 'slow':
        throw ApplicationFailure.nonRetryable('deliver has no slower way', 'slow')
    }
  }

  /** Keeps Temporal's own UI readable: search attributes when they change, and one line of details. */
  function show({ record: { view }, decision }: Turn): void {
    const attributes = searchAttributes(view)
    if (valuesOf(attributes) !== shown) upsertSearchAttributes(attributes)
    shown = valuesOf(attributes)
    setCurrentDetails(decision.because)
  }
}
const leadWorkflow = lead

type Asked = { seen: Instant }

/** A long history, or newer code: go on in a fresh run. */
function renewal(): boolean {
  const info = workflowInfo()
  return info.continueAsNewSuggested || info.targetWorkerDeploymentVersionChanged
}

function refuse(code: string, message: string): never {
  throw ApplicationFailure.nonRetryable(message, code)
}
