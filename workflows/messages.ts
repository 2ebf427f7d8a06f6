/** The messages a lead's workflow understands. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow'
import type { Command } from '../cadence/fold.ts'
import type { Signal } from '../cadence/signals.ts'
import type { Explanation } from './contract.ts'

/** Things that happened outside; the same id twice counts once. */
export const arrive = defineSignal<[Signal[]]>('arrive')

/** The environment's clock runs at another speed: what is left of a wait is to be asked again. Twice does no harm. */
export const clockChanged = defineSignal('clock_changed')

/** What was recorded of the lead is lost, in part: its next turn is written in full. Twice does no harm. */
export const recordAgain = defineSignal('record_again')

/** A command of one kind, as a person asks it. */
export type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/** What a person asks. Each answers when it has taken effect and is on record. */
export const pause = defineUpdate<void, [CommandOf<'pause'>]>('pause')
export const resume = defineUpdate<void, [CommandOf<'resume'>]>('resume')
export const drop = defineUpdate<void, [CommandOf<'drop'>]>('drop')
export const move = defineUpdate<void, [CommandOf<'move'>]>('move')

/** What comes next, when and why. */
export const explain = defineQuery<Explanation>('explain')
