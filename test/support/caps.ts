/** A naive judge of caps, which shares nothing with the planner: luxon's calendar, and every stretch in turn. */
import { DateTime } from 'luxon'
import type { Cap } from '../../cadence/plan.ts'
import { addFixed, type Instant } from '../../cadence/time.ts'

const CALENDAR = { d: 'day', w: 'week', mo: 'month' } as const

/**
 * Whether e-mails are too many for a cap.
 * @param only - asks only of the periods and stretches that hold this instant
 */
export function overCap(
  times: readonly Instant[],
  { kind, count, per }: Cap,
  zone: string,
  only?: Instant,
): boolean {
  if (kind === 'rolling') {
    return times.some((from) => {
      const inside = times.filter((time) => from <= time && time < addFixed(from, per))
      return inside.length > count && (only === undefined || inside.includes(only))
    })
  }
  const period = (time: Instant): string =>
    DateTime.fromMillis(time, { zone })
      .startOf(CALENDAR[per.unit as keyof typeof CALENDAR])
      .toISODate() ?? ''
  const periods = times.map(period)
  return (only === undefined ? periods : [period(only)]).some(
    (one) => periods.filter((other) => other === one).length > count,
  )
}
