/**
 * The environment's clock, and the only module that knows how it is made: the machine's time, or that time running
 * faster from an anchor. Lateness and waits are judged in real time, because that is what machines are late in.
 */
import type { Instant } from '../cadence/time.ts'
import type { Db } from './db.ts'
import { type Environment, readEnvironment, writeAnchor } from './environment.ts'

export interface Clock {
  /** Seconds of the environment in one real second. */
  readonly speed: number
  now(): Promise<Instant>
  /** Real milliseconds until an instant; 0 when it has passed. Timers hold them, until the speed is changed. */
  msUntil(at: Instant): Promise<number>
  /** Real milliseconds since an instant; 0 when it is still to come. */
  lateMs(at: Instant): Promise<number>
}

type Anchor = Pick<Environment, 'anchorReal' | 'anchorVirtual' | 'speed'>

/** The environment's time when the machine's is `real`. It stands still rather than going back. */
const timeAt = ({ anchorReal, anchorVirtual, speed }: Anchor, real: number): Instant =>
  anchorVirtual + Math.max(0, real - anchorReal) * speed

/**
 * Reads the environment's clock. A new speed moves the anchor to this moment, so that time neither jumps nor goes
 * back; without one, it goes on as it was left. Timers that were set by the speed before have to be set anew
 * (`client/outbox/rearm.ts`).
 * @param options.real - the machine's time, for tests.
 */
export async function environmentClock(
  db: Db,
  { speed, real = Date.now }: { speed?: number; real?: () => number } = {},
): Promise<Clock> {
  let anchor: Anchor = await readEnvironment(db)
  if (speed !== undefined && speed !== anchor.speed) {
    const now = real()
    anchor = { anchorReal: now, anchorVirtual: timeAt(anchor, now), speed }
    await writeAnchor(db, anchor)
  }
  const realMs = (from: Instant, to: Instant): number => Math.max(0, (to - from) / anchor.speed)
  const now = (): Instant => timeAt(anchor, real())
  return {
    speed: anchor.speed,
    now: async () => Math.floor(now()),
    msUntil: async (at) => Math.ceil(realMs(now(), at)),
    lateMs: async (at) => Math.floor(realMs(at, now())),
  }
}
