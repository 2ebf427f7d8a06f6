/**
 * Dated steps: those with `at:` instead of a wait, whose moment is tied to a date. A dated step has its turn once its date
 * is known and the steps before it are done; until then those behind it go on. It moves with its date, and when the date
 * is over it isn't done any more.
 */
import { creditEnds } from './credit.ts'
import type { Lead } from './lead.ts'
import type { Anchor, Base, Plan } from './plan.ts'
import type { Instant } from './time.ts'
import { offerEnds } from './verdict.ts'

const DAY_TEXT = /^\d{4}-\d\d-\d\d$/

/** The date that a step is tied to, where it is known; that it is over is for `isOver`, or for the calendar, to say. */
export function baseOf(lead: Lead, plan: Plan, anchor: Anchor): Base | undefined {
  const { facts, now } = lead
  switch (anchor.of) {
    case 'offer': {
      const ends = Object.keys(lead.offers)
        .map((offer) => offerEnds(lead, offer) as Instant)
        .filter((at) => at > now)
      return ends.length > 0 ? { at: Math.min(...ends) } : undefined
    }
    case 'demo':
      return facts.demoAt.value > now ? { at: facts.demoAt.value } : undefined
    case 'credit': {
      const ends = creditEnds(lead, plan)
      return ends !== undefined && ends > now ? { at: ends } : undefined
    }
    case 'day':
      return { day: anchor.day }
    case 'fact': {
      const value = facts.named[anchor.name]?.value
      return typeof value === 'string' && DAY_TEXT.test(value) ? { day: value } : undefined
    }
  }
}

/**
 * Whether a day is over everywhere: where the recipient is, it may be over up to 14 hours sooner, which the planner knows.
 */
export const isOver = (base: Base, now: Instant): boolean => 'day' in base && now >= lastInstantOf(base.day)

/** The end of a calendar day where it is over last (UTC−12). */
export const lastInstantOf = (day: string): Instant => Date.parse(`${day}T00:00Z`) + 36 * 3_600_000
