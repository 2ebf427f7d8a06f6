/** Whether a signal that comes with an id there is says what the one before said. */
import { MAIN } from '../../cadence/facts.ts'
import type { Signal } from '../../cadence/signals.ts'
import type { SignalWords } from '../../store/lookup.ts'

/** What a signal says, to compare: without who says it. Its fields have no order. */
function told({ type, contact, data, personal }: Said): string {
  const { source, ...said } = personal
  return JSON.stringify([type, contact ?? MAIN, Object.entries({ ...data, ...said }).sort()])
}

type Said = Pick<Signal, 'type' | 'data'> & {
  contact?: string | null | undefined
  personal: Record<string, string>
}

/**
 * Compares them. Whoever sends a signal again without a time means the time it had; one without a time is on record
 * as of when it came in.
 * @param at - the time that it comes with now
 */
export function sameContent(before: SignalWords, now: Said, at: number | undefined): boolean {
  const timed = at !== undefined && before.at !== before.seen
  return told(before) === told(now) && (!timed || before.at === at)
}
