/** Whether a condition holds for a lead now, and when time alone may change that. What it looked at: `criteria.ts`. */
import type { Condition } from './condition.ts'
import { creditEnds, creditNow, creditworthy } from './credit.ts'
import { type Facts, isThere, openObjections } from './facts.ts'
import { agedSince, ageNow } from './held-time.ts'
import type { Lead } from './lead.ts'
import { demoNow, proposalNow } from './milestones.ts'
import type { Plan } from './plan.ts'
import { addFixed, type Instant, type Wait } from './time.ts'
import { DEMO_AFTER, INTERESTS, PROPOSAL_AFTER, type Role, STANDINGS } from './words.ts'

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
const verdict = (holds: boolean, again: Instant | undefined): Verdict =>
  again === undefined ? plain(holds) : { holds, again }

/** The key that says which condition it is. A named fact has two keys, and a database gives them in any order. */
function keyOf(condition: Condition): string {
  for (const key in condition) return key
  throw new TypeError('a condition says nothing')
}

/** Judges one condition at `lead.now`. One look at its key: a rehearsal judges tens of thousands. */
export function judge(condition: Condition, lead: Lead, plan: Plan): Verdict {
  const { facts, now } = lead
  const asked = condition as Asked
  switch (keyOf(condition)) {
    case 'all':
      return judgeAll(asked.all, 'all', lead, plan)
    case 'any':
      return judgeAll(asked.any, 'any', lead, plan)
    case 'not': {
      const { holds, again } = judge(asked.not, lead, plan)
      return verdict(!holds, again)
    }
    case 'interest':
      return plain(INTERESTS.indexOf(facts.interest.value) >= INTERESTS.indexOf(asked.interest))
    case 'credit': {
      const worthy = creditworthy(lead, plan)
      if (asked.credit === 'approved') return worthy
      return verdict(creditNow(lead, plan).value.state === asked.credit, worthy.again)
    }
    case 'need':
      return plain(facts.need.value === asked.need)
    case 'dialogue':
      return facts.heard === 0 ? NO : between(facts.heard, addFixed(facts.heard, asked.dialogue), now)
    case 'authority':
      return plain(hasAuthority(facts, asked.authority))
    case 'demo':
      return plain(asFarAs(DEMO_AFTER, demoNow(facts).value, asked.demo))
    case 'proposal':
      return plain(asFarAs(PROPOSAL_AFTER, proposalNow(facts).value, asked.proposal))
    case 'deal':
      return plain(facts.deal.value === asked.deal)
    case 'standing':
      return plain(STANDINGS.indexOf(lead.standing) >= STANDINGS.indexOf(asked.standing))
    case 'open_objections':
      return plain(openObjections(facts).length <= asked.open_objections)
    case 'stage_age':
      return aged(lead, addFixed(agedSince(lead), asked.stage_age))
    case 'unanswered':
      return plain(lead.unanswered.length >= asked.unanswered)
    case 'offer_ends_within':
      return offerVerdict(lead, asked.offer_ends_within)
    case 'credit_ends_within': {
      const ends = creditEnds(lead, plan)
      return ends === undefined ? NO : between(before(ends, asked.credit_ends_within), ends, now)
    }
    case 'amount':
      return plain(facts.amount.value >= asked.amount)
    default: {
      const named = facts.named[asked.fact]?.value
      const atLeast = asked.at_least as number | undefined
      return plain(atLeast === undefined ? named === asked.is : Number(named) >= atLeast)
    }
  }
}

/** The next instant at which a verdict may change with time alone: `judge(…).again`, asking only what time can change. */
export function againOf(condition: Condition, lead: Lead, plan: Plan): Instant | undefined {
  const asked = condition as Asked
  switch (keyOf(condition)) {
    case 'all':
      return soonest(asked.all, lead, plan)
    case 'any':
      return soonest(asked.any, lead, plan)
    case 'not':
      return againOf(asked.not, lead, plan)
    case 'credit':
    case 'dialogue':
    case 'stage_age':
    case 'offer_ends_within':
    case 'credit_ends_within':
      return judge(condition, lead, plan).again
    default:
      return undefined
  }
}

function soonest(parts: Condition[], lead: Lead, plan: Plan): Instant | undefined {
  let next: Instant | undefined
  for (const part of parts) next = sooner(next, againOf(part, lead, plan))
  return next
}

/** All that conditions ask for, each under its key. */
type Asked = UnionToIntersection<Condition>
type UnionToIntersection<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void
  ? I
  : never

function hasAuthority(facts: Facts, roles: readonly Role[]): boolean {
  for (const id in facts.contacts) {
    const role = facts.contacts[id]?.value.role
    if (role !== undefined && roles.includes(role) && isThere(facts, id)) return true
  }
  return false
}

/** Holds from `from` on; for good, or until `to`. */
function between(from: Instant, to: Instant, now: Instant): Verdict {
  const again = now < from ? from : now < to ? to : Number.POSITIVE_INFINITY
  const holds = now >= from && now < to
  return verdict(holds, again === Number.POSITIVE_INFINITY ? undefined : again)
}

/** Whether a lead has been in its stage until `from`. Its clock stands still while a hold is on. */
const aged = (lead: Lead, from: Instant): Verdict =>
  lead.held ? plain(ageNow(lead) >= from) : between(from, Number.POSITIVE_INFINITY, lead.now)

/** Whether what is so is what is asked for, or comes after it. */
const asFarAs = <T extends string>(after: Record<T, readonly T[]>, has: T, wants: T): boolean =>
  has === wants || after[wants].includes(has)

/** Judges several conditions, of which all have to hold, or any. */
function judgeAll(parts: Condition[], which: 'all' | 'any', lead: Lead, plan: Plan): Verdict {
  const every = which === 'all'
  let holds = every
  let again: Instant | undefined
  for (const part of parts) {
    const judged = judge(part, lead, plan)
    if (judged.holds !== every) holds = !every
    again = sooner(again, judged.again)
  }
  return verdict(holds, again)
}

/** The instant a fixed wait before `at`, in days of 24 h for months and years. */
const before = (at: Instant, wait: Wait): Instant => at - (addFixed(at, wait) - at)

/** Offers that are open, with when each ends and from when on that is within the time asked for. */
export function endingOffers(lead: Lead, within: Wait): { offer: string; ends: Instant; from: Instant }[] {
  const ending: { offer: string; ends: Instant; from: Instant }[] = []
  for (const offer in lead.offers) {
    const ends = offerEnds(lead, offer)
    if (ends !== undefined && ends > lead.now) ending.push({ offer, ends, from: before(ends, within) })
  }
  return ending
}

function offerVerdict(lead: Lead, within: Wait): Verdict {
  let holds = false
  let again: Instant | undefined
  for (const { ends, from } of endingOffers(lead, within)) {
    again = sooner(again, lead.now < from ? from : ends)
    if (lead.now >= from) holds = true
  }
  return verdict(holds, again)
}
