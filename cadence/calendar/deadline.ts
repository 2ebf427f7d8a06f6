/** Deadlines on a recipient's calendar: when an offer ends, and until when something can happen at all. */
import { addFixed, type Instant, isFixed, type Wait } from '../time.ts'
import type { MomentRequest } from '../touch.ts'
import { businessDayBefore, type Calendar } from './calendar.ts'
import { datedMoment } from './dated-moment.ts'
import { dayNumber, dayStart, endOfDay } from './zone.ts'

/** When an offer ends that is made at `at`: a deadline is a day, and lasts to its end for the reader. */
export const offerEnd = (at: Instant, lasts: Wait, zone: string): Instant =>
  endOfDay(addFixed(at, lasts), zone)

/** The instant before which it has to happen: `notice` leaves whole business days between it and the last day. */
export function latest({ before, notice, dated }: MomentRequest, calendar: Calendar): Instant | undefined {
  if (dated) return datedMoment(dated, calendar).over
  if (before === undefined || notice === undefined || notice.n === 0) return before
  if (isFixed(notice)) return before - (addFixed(before, notice) - before)
  // Counted from the last business day that there is before it.
  const last = dayNumber(before, calendar.zone) + 1
  return dayStart(businessDayBefore(last, notice.n + 1, calendar) + 1, calendar.zone)
}
