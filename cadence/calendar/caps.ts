/**
 * Rolling caps: at most so many e-mails in any stretch of time, not in each calendar week, so that four can't go out
 * between a Thursday and the Tuesday after it.
 */
import type { Cap } from '../plan.ts'
import { addFixed, type Instant } from '../time.ts'

/**
 * The first instant from `at` on at which one more e-mail leaves no stretch `[x, x + per)` with more than `count`.
 * Stretches that are over the cap without it (the cap was tightened since) don't count against it.
 * @param times - past e-mails and others' reservations, in any order; the one being planned is not among them.
 * @throws RangeError for a cap of none at all.
 */
export function nextAllowed(times: readonly Instant[], at: Instant, cap: Cap): Instant {
  const { count } = cap
  if (count < 1) throw new RangeError('a cap of less than one e-mail never lets any go out')
  if (times.length < count) return at
  const sorted = [...times].sort((a, b) => a - b)
  let t = at
  // `count` neighbours and t are one too many when a stretch holds them all. Later neighbours let go later.
  for (let i = 0; i + count <= sorted.length; i++) {
    const first = sorted[i] as Instant
    const last = sorted[i + count - 1] as Instant
    if (Math.max(last, t) < stretchEnd(Math.min(first, t), cap)) t = stretchEnd(first, cap)
  }
  return t
}

/**
 * Where the stretches end that hold `from`: `per` after it. A month after the 29th, 30th and 31st of January is all
 * the last of February: then it is the end of that day, or one begun on the 30th would outlast one of the 31st.
 */
function stretchEnd(from: Instant, { per }: Cap): Instant {
  const end = addFixed(from, per)
  if (per.unit !== 'mo' && per.unit !== 'y') return end
  const date = new Date(end)
  if (date.getUTCDate() === new Date(from).getUTCDate()) return end
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1)
}
