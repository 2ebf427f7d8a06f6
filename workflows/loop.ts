/**
 * The loop's state between turns: the lead and its plan, what arrived and isn't taken in, the last turn, and the moment
 * it is booked for; and the transitions from one to the next, which `lead.ts` runs.
 */
import { ApplicationFailure, condition, workflowInfo } from '@temporalio/workflow'
import { afterAttempt, complete, pass, passOver } from '../cadence/after-attempt.ts'
import { type Arrival, type Command, fold } from '../cadence/fold.ts'
import { FORMAT } from '../cadence/format.ts'
import type { Change, Lead } from '../cadence/lead.ts'
import type { Plan } from '../cadence/plan.ts'
import type { Instant } from '../cadence/time.ts'
import { type Touch, withPlanned } from '../cadence/touch.ts'
import { type Turn, turn } from '../cadence/turn.ts'
import { openAttemptAnswer, openRecordAnswer } from '../cadence/upgrade/stored.ts'
import type {
  AttemptAnswer,
  AttemptInput,
  Explanation,
  LeadInput,
  Planned,
  RecordAnswer,
  StoredActivities,
} from './contract.ts'
import { placeAfter } from './place.ts'
import { type Recorded, withKept } from './recorded.ts'
import { LeadTimer } from './timer.ts'

/** The activities a loop works with: two that are local, one that has minutes. */
export interface LoopActivities {
  local: Pick<StoredActivities, 'record' | 'attempt'>
  regular: Pick<StoredActivities, 'deliver'>
}

export class LeadLoop {
  readonly #activities: LoopActivities
  readonly #shown: (recorded: Turn, details: string) => void
  readonly #queue: Arrival[]
  readonly #timer = new LeadTimer()
  #lead: Lead
  #plan: Plan
  /** Lines that the next turn puts on the timeline. */
  #happened: Change[]
  #recorded: Recorded | undefined
  /** The touch that is planned, until it is attempted. */
  #planned: Planned | undefined
  /** Events of the runs before this one; unknown where older code began it. */
  readonly #events: number | undefined
  /** Commands that came in, and those that are on record: a command is answered when its turn is recorded. */
  #asked: number
  #answered = 0
  /** The clock was changed since the timer was set. */
  #rearm = false
  /** What is on record isn't what was recorded. */
  #lost = false

  /** @param shown - hears of every recorded turn, with its reason in words. */
  constructor(input: LeadInput, activities: LoopActivities, shown: (turn: Turn, details: string) => void) {
    this.#lead = input.lead
    this.#plan = input.plan
    this.#events = input.events
    this.#queue = [...input.queue]
    this.#planned = input.planned
    this.#happened = input.lead.seq === 0 ? [{ at: input.lead.now, kind: 'launched' }] : []
    // A lead that is reopened, or begun again, begins with that command: nobody waits for its answer here.
    this.#asked = input.queue.filter(isCommand).length
    this.#activities = activities
    this.#shown = shown
  }

  get lead(): Lead {
    return this.#lead
  }

  /** Whether something arrived that no turn has taken in yet, be it only that the clock was changed. */
  get hasArrivals(): boolean {
    return this.#queue.length > 0 || this.#rearm
  }

  /** What a fresh run goes on with. */
  get input(): LeadInput {
    const events = (this.#events ?? 0) + workflowInfo().historyLength
    return { format: FORMAT, lead: this.#lead, plan: this.#plan, queue: [...this.#queue], events }
  }

  /** Signals: the next turn takes them in. */
  arrive(signals: Arrival[]): void {
    this.#queue.push(...signals)
  }

  /** The clock was changed: the next turn asks how long what is left of the wait is now, and sets a timer of that. */
  rearm(): void {
    this.#rearm = true
  }

  /** What was recorded is lost: the next turn is recorded as if it were the first, with a moment planned anew. */
  recordAgain(): void {
    this.#rearm = true
    this.#lost = true
  }

  /** A command; resolves when the turn that took it in is recorded. */
  ask(command: Command): Promise<void> {
    this.#queue.push(command)
    this.#asked += 1
    const mine = this.#asked
    return condition(() => this.#answered >= mine)
  }

  /**
   * Takes in what arrived, turns once, and records the turn. A touch that was planned may have been carried out by an
   * execution of this very moment that Temporal gave up, before what arrived was seen: then that is taken in, too.
   */
  async takeTurn(): Promise<void> {
    if (this.#rearm) this.#timer.clear()
    if (this.#lost) this.#recorded = undefined
    this.#rearm = false
    this.#lost = false
    const planned = this.#planned
    const commands = this.#takeIn()
    const { cameOut } = await this.#turn(planned)
    if (planned && cameOut) {
      this.#take(complete(this.#lead, this.#plan, planned.touch, cameOut, planned.slot))
      await this.#turn()
    }
    this.#answered += commands
  }

  async #turn(planned?: Planned): Promise<RecordAnswer> {
    const next = turn(this.#lead, this.#plan, this.#happened)
    this.#lead = next.lead
    this.#happened = []
    const record = {
      ...withKept(next.record, this.#recorded, this.#lead.now, this.#plan),
      ...placeAfter(this.#events),
    }
    const instead = planned && !record.kept && { key: planned.touch.key, slot: planned.slot }
    const input = instead ? { ...record, instead } : record
    const booking = openRecordAnswer<RecordAnswer>(await this.#activities.local.record(input))
    this.#record(next, booking)
    return booking
  }

  /** Whether the last turn ended the lead. */
  get over(): boolean {
    return this.#recorded?.decision.kind === 'end'
  }

  /**
   * Waits for the booked moment, or for something to arrive; where nothing is booked, only an arrival ends it. Not an
   * async function: its promises would be held, with their stacks, for as long as the lead waits.
   */
  rest(): Promise<void> {
    const { decision, booking } = this.#recorded as Recorded
    const { wake, waitMs } = booking
    if (wake === undefined || waitMs === undefined) this.#timer.clear()
    else {
      const what =
        decision.kind === 'touch'
          ? `${decision.touch.stage}: ${decision.touch.step}`
          : (booking.details ?? decision.kind)
      // At least a millisecond, so that there is always a timer: what a local activity did is on record only once its
      // workflow task is over, and signals are seen only then.
      this.#timer.set(wake, Math.max(1, waitMs), what.slice(0, 180))
    }
    return condition(() => this.hasArrivals || this.#timer.fired)
  }

  /**
   * The booked moment has come: carries out what was planned for it.
   * @returns whether the next turn is on record already (a touch that succeeds records it); else `takeTurn` is due.
   */
  async act(): Promise<boolean> {
    const { decision, booking } = this.#recorded as Recorded
    this.#timer.clear()
    this.#lead = { ...this.#lead, now: Math.max(this.#lead.now, booking.wake ?? this.#lead.now) }
    // What changes with time alone at this instant comes first; what was planned for it is decided anew.
    const first = decision.again === booking.wake
    const slot = !first && booking.slot === booking.wake ? booking.slot : undefined
    if (slot === undefined) return false
    if (decision.kind === 'pass') this.#lead = pass(this.#lead, this.#plan, slot)
    if (decision.kind === 'skip') {
      const { visit, unmet } = decision
      this.#take(passOver(this.#lead, { step: decision.step.id, visit, unmet: unmet() }, slot))
    }
    return decision.kind === 'touch' && this.#carryOut(withPlanned(decision.touch, booking), slot)
  }

  /** What comes next, when and why. */
  explain(): Explanation {
    const { decision, hold, booking } = this.#recorded ?? this.#unrecorded()
    return {
      format: FORMAT,
      lead: this.#lead,
      cadence: this.#plan.cadence,
      version: this.#plan.version,
      kind: decision.kind,
      ...(decision.kind === 'touch' && { step: decision.touch.step }),
      ...(decision.kind === 'skip' && { step: decision.step.id }),
      ...(hold && { hold }),
      because: decision.because(),
      ...(decision.again !== undefined && { again: decision.again }),
      ...(booking?.slot !== undefined && { slot: booking.slot }),
      ...(booking?.why !== undefined && { why: booking.why }),
    }
  }

  /** What a turn would say that hasn't been recorded yet: the lead's first. */
  #unrecorded(): Pick<Recorded, 'decision' | 'hold'> & { booking?: RecordAnswer } {
    const { decision, record } = turn(this.#lead, this.#plan, [])
    return { decision, hold: record.view.hold }
  }

  /** Folds all that arrived; says how many commands there were. */
  #takeIn(): number {
    let commands = 0
    for (const arrival of this.#queue.splice(0)) {
      const folded = fold(this.#lead, this.#plan, arrival)
      this.#lead = folded.lead
      this.#plan = folded.plan
      this.#happened.push(...folded.changes)
      if (isCommand(arrival)) commands += 1
    }
    return commands
  }

  #record(next: Turn, booking: RecordAnswer): void {
    this.#lead = next.lead
    const { decision, record } = next
    this.#recorded = { decision, hold: record.view.hold, booking, want: record.want, plan: this.#plan }
    const { slot } = booking
    this.#planned =
      decision.kind === 'touch' && slot !== undefined
        ? { touch: withPlanned(decision.touch, booking), slot }
        : undefined
    this.#shown(next, booking.details ?? next.record.view.because.code)
  }

  /** Carries out a touch. @returns as `act`. */
  async #carryOut(touch: Touch, slot: Instant): Promise<boolean> {
    this.#planned = undefined
    const after = complete(this.#lead, this.#plan, touch, { kind: 'done' }, slot)
    const next = turn(after.lead, this.#plan, after.changes)
    const { cadence, version } = this.#plan
    const input: AttemptInput = {
      format: FORMAT,
      touch,
      cadence,
      version,
      slot,
      then: { ...next.record, ...placeAfter(this.#events) },
    }
    let answer = openAttemptAnswer<AttemptAnswer>(await this.#activities.local.attempt(input))
    if (answer.kind === 'slow') {
      answer = openAttemptAnswer<AttemptAnswer>(await this.#activities.regular.deliver(input))
    }
    switch (answer.kind) {
      case 'done':
        this.#record(next, answer.next)
        return true
      case 'slow':
        throw ApplicationFailure.nonRetryable('deliver has no slower way', 'slow')
      default:
        this.#take(afterAttempt(this.#lead, this.#plan, touch, answer, slot))
        return false
    }
  }

  #take({ lead, changes }: { lead: Lead; changes: Change[] }): void {
    this.#lead = lead
    this.#happened.push(...changes)
  }
}

/** Commands and signals share a queue; a signal has a type. */
const isCommand = (arrival: Arrival): arrival is Command => !('type' in arrival)
