/** The retry policy, in real time: when a moment is missed, how long a server is waited for, when it is tried again. */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Later than this after its moment, something was down: what was missed is planned again from now. */
export const LATE_MS = 10 * SECOND

/** Sooner than this before its moment, the timer that woke the lead was set by another clock: it is planned again. */
export const EARLY_MS = SECOND

/** As `LATE_MS`, for a touch that `attempt` left to `deliver` because it was slow. */
export const LATE_FOR_DELIVERY_MS = 10 * MINUTE

/** What `attempt` and `deliver` give the mail server, inside the time that the workflow gives them. */
export const BUDGET = { attempt: 4 * SECOND, deliver: 270 * SECOND }

/** How often `deliver` says that it is alive. */
export const HEARTBEAT_MS = 5 * SECOND

/** RFC 5321 §4.5.4.1: the first tries close together, then hours apart; given up after four or five days. */
const WAITS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR]
export const GIVE_UP_AFTER_MS = 5 * DAY

/** Real milliseconds to wait after a server said "not now" this many times before. */
export const waitAfter = (deferrals: number): number => WAITS[Math.min(deferrals, WAITS.length - 1)] as number
