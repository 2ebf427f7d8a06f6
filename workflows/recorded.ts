/** The last recorded turn: what a loop keeps of it while the lead waits, and when its moment stays for the next turn. */
import type { Plan } from '../cadence/plan.ts'
import type { Instant } from '../cadence/time.ts'
import { isSameRequest, type MomentRequest } from '../cadence/touch.ts'
import type { Turn } from '../cadence/turn.ts'
import type { RecordAnswer, RecordInput } from './contract.ts'

/** What is kept of a turn that is recorded, for as long as the lead waits, and the moment that was booked with it. */
export interface Recorded {
  decision: Turn['decision']
  hold: Turn['record']['view']['hold']
  booking: RecordAnswer
  /** What it was booked for, and by which plan. */
  want: MomentRequest | undefined
  plan: Plan
}

/**
 * What is to be recorded of a turn. Where it wants the same as the last one, the moment stays: planning again would give
 * the same.
 * @param now - the rules' now
 */
export function withKept(
  record: Turn['record'],
  last: Recorded | undefined,
  now: Instant,
  plan: Plan,
): RecordInput {
  const { want, ...rest } = record
  const slot = last?.booking.slot
  if (!last || !want || slot === undefined || slot < now || last.plan !== plan) return record
  if (!last.want || !isSameRequest(last.want, want)) return record
  const { why = [], ends, due } = last.booking
  return {
    ...rest,
    kept: { slot, why, ...(ends !== undefined && { ends }), ...(due !== undefined && { due }) },
  }
}
