/** The rules for one recipient: a cadence's window, holidays and caps, in the recipient's zone, country and region. */

import type { Cap, Plan } from '../plan.ts'
import { DAY, HOUR, type Instant, MINUTE, type Unit } from '../time.ts'
import { region as knownRegion } from './holidays.ts'
import type { RecipientRules } from './planner.ts'
import { workingWeek } from './working-week.ts'

/**
 * A cadence that observes holidays, or working weeks, observes the recipient's own, where they are known.
 * @param recipient - `country`: ISO 3166-1, `FR`; `region`: with its country before it, `DE-BY`
 */
export function recipientRulesOf(
  plan: Plan,
  { zone, country, region }: { zone: string; country: string | null; region?: string | null },
): RecipientRules {
  const own = plan.window.business && country !== null ? { days: workingWeek(country) } : {}
  const rules: RecipientRules = { window: { ...plan.window, ...own }, limits: plan.limits, zone }
  const holidays = holidaysOf(plan.window.holidays, country, region ?? null)
  if (holidays !== undefined) rules.holidays = holidays
  return rules
}

function holidaysOf(
  observed: string | undefined,
  country: string | null,
  region: string | null,
): string | undefined {
  if (observed === undefined || country === null) return observed
  const own = region === null ? undefined : knownRegion(region)
  if (own !== undefined) return own
  // `DE-BY` says more of somebody in Germany than `DE` does.
  return observed.split('-')[0] === country ? observed : (knownRegion(country) ?? observed)
}

const LONGEST: Record<Unit, number> = {
  m: MINUTE,
  h: HOUR,
  bh: DAY,
  d: DAY,
  bd: DAY,
  w: 7 * DAY,
  mo: 32 * DAY,
  y: 367 * DAY,
}

/** How far back e-mails can matter to a plan's caps. */
export function capsReachBack(plan: Plan, now: Instant): Instant {
  // Clocks that are put back make a day of the calendar longer.
  const span = ({ kind, per }: Cap): number => per.n * LONGEST[per.unit] + (kind === 'calendar' ? DAY : 0)
  const { perLead, perAccount } = plan.limits
  // A minute always matters: two e-mails of a lead are that far apart.
  return now - Math.max(MINUTE, ...[perLead, perAccount].map((cap) => (cap ? span(cap) : 0)))
}
