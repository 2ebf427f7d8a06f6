/** Whether a condition holds for a lead now, and when time alone may change that. What it looked at: `criteria.ts`. */
import type { Condition } from './condition.ts'
import { creditEnds, creditNow, creditworthy } from './credit.ts'
import { isThere, openObjections } from './facts.ts'
import type { Lead } from './lead.ts'
import { demoNow, proposalNow } from './milestones.ts'
import type { Plan } from './plan.ts'
import { addFixed, type Instant, type Wait } from './time.ts'
import { DEMO_AFTER, INTERESTS, PROPOSAL_AFTER, STANDINGS } from './words.ts'

export interface Verdict {
  holds: boolean
  /** The next instant at which this may change with nothing but time passing. */
  again?: Instant
}

/** The earlier of two instants that may be missing. */
export const sooner = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b)

/** An offer's end: what a person said, before it was made or since; else as the touch that made it set it. */
export const offerEnds = (lead: Lead, offer: string): Instant | undefined =>
  lead.facts.extended[offer]?.value ?? lead.offers[offer]

const YES: Verdict = { holds: true }
const NO: Verdict = { holds: false }
const plain = (holds: boolean): Verdict => (holds ? YES : NO)

/** Judges one condition at `lead.now`. */
export function judge(condition: Condition, lead: Lead, plan: Plan): Verdict {
  const { facts, now } = lead
  if ('all' in condition) return together(condition.all, true, lead, plan)
  if ('any' in condition) return together(condition.any, false, lead, plan)
  if ('not' in condition) {
    const inner = judge(condition.not, lead, plan)
    return { ...inner, holds: !inner.holds }
  }
  if ('interest' in condition) {
    return plain(INTERESTS.indexOf(facts.interest.value) >= INTERESTS.indexOf(condition.interest))
  }
  if ('credit' in condition) {
    const worthy = creditworthy(lead, plan)
    return condition.credit === 'approved'
      ? worthy
      : { ...worthy, holds: creditNow(lead, plan).value.state === condition.credit }
  }
  if ('need' in condition) return plain(facts.need.value === condition.need)
  if ('dialogue' in condition) {
    return facts.heard === 0 ? NO : between(facts.heard, addFixed(facts.heard, condition.dialogue), now)
  }
  if ('authority' in condition) {
    return plain(
      Object.entries(facts.contacts).some(
        ([id, { value }]) =>
          value.role !== undefined && condition.authority.includes(value.role) && isThere(facts, id),
      ),
    )
  }
  if ('demo' in condition) return plain(asFarAs(DEMO_AFTER, demoNow(facts).value, condition.demo))
  if ('proposal' in condition) {
    return plain(asFarAs(PROPOSAL_AFTER, proposalNow(facts).value, condition.proposal))
  }
  if ('deal' in condition) return plain(facts.deal.value === condition.deal)
  if ('standing' in condition) {
    return plain(STANDINGS.indexOf(lead.standing) >= STANDINGS.indexOf(condition.standing))
  }
  if ('open_objections' in condition) {
    return plain(openObjections(facts).length <= condition.open_objections)
  }
  if ('stage_age' in condition) {
    return between(addFixed(lead.stageSince, condition.stage_age), Number.POSITIVE_INFINITY, now)
  }
  if ('unanswered' in condition) return plain(lead.unanswered.length >= condition.unanswered)
  if ('offer_ends_within' in condition) return offerVerdict(lead, condition.offer_ends_within)
  if ('credit_ends_within' in condition) {
    const ends = creditEnds(lead, plan)
    return ends === undefined ? NO : between(before(ends, condition.credit_ends_within), ends, now)
  }
  if ('amount' in condition) return plain(facts.amount.value >= condition.amount)
  const named = facts.named[condition.fact]?.value
  return plain('at_least' in condition ? Number(named) >= condition.at_least : named === condition.is)
}

/** Holds from `from` on; for good, or until `to`. */
function between(from: Instant, to: Instant, now: Instant): Verdict {
  const again = now < from ? from : now < to ? to : Number.POSITIVE_INFINITY
  const holds = now >= from && now < to
  return again === Number.POSITIVE_INFINITY ? plain(holds) : { holds, again }
}

/** Whether what is so is what is asked for, or comes after it. */
const asFarAs = <T extends string>(after: Record<T, readonly T[]>, has: T, wants: T): boolean =>
  has === wants || after[wants].includes(has)

function together(parts: Condition[], every: boolean, lead: Lead, plan: Plan): Verdict {
  let holds = every
  let again: Instant | undefined
  for (const part of parts) {
    const verdict = judge(part, lead, plan)
    if (verdict.holds !== every) holds = !every
    again = sooner(again, verdict.again)
  }
  return again === undefined ? plain(holds) : { holds, again }
}

/** The instant a fixed wait before `at`, in days of 24 h for months and years. */
const before = (at: Instant, wait: Wait): Instant => at - (addFixed(at, wait) - at)

/** Offers that are open, with when each ends and from when on that is within the time asked for. */
export function endingOffers(lead: Lead, within: Wait): { offer: string; ends: Instant; from: Instant }[] {
  return Object.keys(lead.offers).flatMap((offer) => {
    const ends = offerEnds(lead, offer)
    return ends === undefined || ends <= lead.now ? [] : [{ offer, ends, from: before(ends, within) }]
  })
}

function offerVerdict(lead: Lead, within: Wait): Verdict {
  let holds = false
  let again: Instant | undefined
  for (const { ends, from } of endingOffers(lead, within)) {
    again = sooner(again, lead.now < from ? from : ends)
    if (lead.now >= from) holds = true
  }
  return again === undefined ? plain(holds) : { holds, again }
}
