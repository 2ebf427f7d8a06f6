/** A clock that stands still until it is told to move. */
import type { Instant } from '../../cadence/time.ts'
import type { Clock } from '../../store/clock.ts'

export interface FixedClock extends Clock {
  at: Instant
}

export function fixedClock(at: Instant, speed = 1): FixedClock {
  const clock: FixedClock = {
    at,
    speed,
    now: async () => clock.at,
    msUntil: async (instant) => Math.max(0, (instant - clock.at) / speed),
    lateMs: async (instant) => Math.max(0, (clock.at - instant) / speed),
  }
  return clock
}
