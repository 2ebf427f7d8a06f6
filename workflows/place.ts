/** The place of a turn in its lead's history: of turns that differ, the one that is further on stands. */
import { workflowInfo } from '@temporalio/workflow'
import type { TurnRecord } from '../cadence/turn.ts'

/**
 * @param before - how many events the lead's runs before this one had; unknown where older code began it
 * @returns the place of a turn of the workflow task at work; nothing where it is unknown. `Date.now()` in a workflow is
 * when Temporal began the task, the same in every replay.
 */
export const placeAfter = (before: number | undefined): Pick<TurnRecord, 'position' | 'taskAt'> =>
  before === undefined ? {} : { position: before + workflowInfo().historyLength, taskAt: Date.now() }
