/** The messages a lead's workflow understands. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { Plan } from '../cadence/plan.ts'
import type { Signal } from '../cadence/signals.ts'
import type { Instant } from '../cadence/time.ts'
import type { OutcomeWord } from '../cadence/words.ts'
import type { Explanation } from './contract.ts'

/** Things that happened outside; the same id twice counts once. */
export const arrive = defineSignal<[Signal[]]>('arrive')

/** What a person asks. Each answers when it has taken effect and is on record. `seen`: the environment's now. */
export const pause = defineUpdate<void, [{ seen: Instant }]>('pause')
export const resume = defineUpdate<void, [{ seen: Instant }]>('resume')
export const drop = defineUpdate<void, [{ seen: Instant; outcome: OutcomeWord }]>('drop')
export const move = defineUpdate<void, [{ seen: Instant; plan: Plan }]>('move')

/** What comes next, when and why. */
export const explain = defineQuery<Explanation>('explain')
