/** Whether a condition holds for a lead now, what is missing when it doesn't, and when time alone may change that. */
import type { Condition } from './condition.ts'
import { creditEnds, creditNow, creditworthy } from './credit.ts'
import { isThere, openObjections } from './facts.ts'
import type { Lead } from './lead.ts'
import { demoNow, proposalNow } from './milestones.ts'
import type { Plan } from './plan.ts'
import { addFixed, ago, day, formatWait, type Instant, type Wait } from './time.ts'
import { type CreditState, DEMO_AFTER, INTERESTS, PROPOSAL_AFTER, STANDINGS } from './words.ts'

export interface Verdict {
  holds: boolean
  /** What is the case, one phrase for each thing looked at: `interest general (comparing asked for)`. */
  says: string[]
  /** The next instant at which this may change with nothing but time passing. */
  again?: Instant
}

/** The earlier of two instants that may be missing. */
export const sooner = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined ? b : b === undefined ? a : Math.min(a, b)

/** An offer's end: what a person said, before it was made or since; else as the touch that made it set it. */
export const offerEnds = (lead: Lead, offer: string): Instant | undefined =>
  lead.facts.extended[offer]?.value ?? lead.offers[offer]

/** Looks at one condition at `lead.now`. */
export function check(condition: Condition, lead: Lead, plan: Plan): Verdict {
  const { facts, now } = lead
  const plain = (holds: boolean, says: string): Verdict => ({ holds, says: [says] })
  const same = (what: string, has: string, wants: string): Verdict =>
    plain(has === wants, asked(what, has, wants, has === wants))
  /** Holds from `from` on; for good, or until `to`. */
  const between = (from: Instant, to: Instant, says: string): Verdict => {
    const again = now < from ? from : now < to ? to : undefined
    const verdict: Verdict = { holds: now >= from && now < to, says: [says] }
    if (again !== undefined && again !== Number.POSITIVE_INFINITY) verdict.again = again
    return verdict
  }
  const forever = Number.POSITIVE_INFINITY

  if ('all' in condition)
    return together(
      condition.all.map((c) => check(c, lead, plan)),
      'every',
    )
  if ('any' in condition)
    return together(
      condition.any.map((c) => check(c, lead, plan)),
      'some',
    )
  if ('not' in condition) {
    const inner = check(condition.not, lead, plan)
    return { ...inner, holds: !inner.holds }
  }
  if ('interest' in condition) {
    const has = facts.interest.value
    const holds = INTERESTS.indexOf(has) >= INTERESTS.indexOf(condition.interest)
    return plain(holds, asked('interest', has, condition.interest, holds))
  }
  if ('credit' in condition) return creditVerdict(condition.credit, lead, plan)
  if ('need' in condition) return same('need', facts.need.value, condition.need)
  if ('dialogue' in condition) {
    const span = formatWait(condition.dialogue)
    if (facts.heard === 0) return plain(false, `no dialogue yet (within ${span} asked for)`)
    const verdict = between(facts.heard, addFixed(facts.heard, condition.dialogue), '')
    const last = `${facts.replied === facts.heard ? 'reply' : 'heard from'} ${ago(facts.heard, now)} ago`
    const says = verdict.holds
      ? `dialogue ok (${last})`
      : `dialogue lapsed (${last}, within ${span} asked for)`
    return { ...verdict, says: [says] }
  }
  if ('authority' in condition) {
    const roles = Object.entries(facts.contacts)
      .filter(([id]) => isThere(facts, id))
      .map(([, contact]) => contact.value.role)
    const found = condition.authority.find((role) => roles.includes(role))
    return plain(
      found !== undefined,
      found ? `${found} known` : `no ${condition.authority.join(' or ')} known`,
    )
  }
  if ('demo' in condition) {
    const { value: is } = demoNow(facts)
    const holds = asFarAs(DEMO_AFTER, is, condition.demo)
    return plain(holds, asked('demo', is, condition.demo, holds))
  }
  if ('proposal' in condition) {
    const { value: is } = proposalNow(facts)
    const holds = asFarAs(PROPOSAL_AFTER, is, condition.proposal)
    return plain(holds, asked('proposal', is, condition.proposal, holds))
  }
  if ('deal' in condition) return same('deal', facts.deal.value, condition.deal)
  if ('standing' in condition) {
    const holds = STANDINGS.indexOf(lead.standing) >= STANDINGS.indexOf(condition.standing)
    return plain(holds, asked('standing', lead.standing, condition.standing, holds))
  }
  if ('open_objections' in condition) {
    const open = openObjections(facts).length
    return plain(open <= condition.open_objections, `${open} objection${open === 1 ? '' : 's'} open`)
  }
  if ('stage_age' in condition) {
    const from = addFixed(lead.stageSince, condition.stage_age)
    return between(
      from,
      forever,
      `${ago(lead.stageSince, now)} in stage ${lead.stage} (${formatWait(condition.stage_age)})`,
    )
  }
  if ('unanswered' in condition) {
    const count = lead.unanswered.length
    return plain(count >= condition.unanswered, `${count} of ${condition.unanswered} e-mails unanswered`)
  }
  if ('offer_ends_within' in condition) return offerVerdict(condition.offer_ends_within, lead)
  if ('credit_ends_within' in condition) {
    const ends = creditEnds(lead, plan)
    if (ends === undefined) return plain(false, 'credit does not lapse')
    return between(before(ends, condition.credit_ends_within), ends, `credit lapses ${day(ends)}`)
  }
  if ('amount' in condition) {
    const holds = facts.amount.value >= condition.amount
    return plain(holds, asked('amount', String(facts.amount.value), String(condition.amount), holds))
  }
  const named = facts.named[condition.fact]?.value
  const value = named === undefined ? 'not known' : String(named)
  if ('at_least' in condition) {
    const holds = Number(named) >= condition.at_least
    return plain(holds, asked(condition.fact, value, `at least ${condition.at_least}`, holds))
  }
  return plain(
    named === condition.is,
    asked(condition.fact, value, String(condition.is), named === condition.is),
  )
}

/** Whether what is so is what is asked for, or comes after it. */
const asFarAs = <T extends string>(after: Record<T, readonly T[]>, has: T, wants: T): boolean =>
  has === wants || after[wants].includes(has)

/** What is the case; and what was asked for, when that isn't so. */
const asked = (what: string, has: string, wants: string, holds: boolean): string =>
  holds ? `${what} ${has}` : `${what} ${has} (${wants} asked for)`

/** `every`: what is missing says why not. `some`: what holds says why. */
function together(verdicts: Verdict[], how: 'every' | 'some'): Verdict {
  const holds = how === 'every' ? verdicts.every((v) => v.holds) : verdicts.some((v) => v.holds)
  const telling = verdicts.filter((v) => v.holds === (how === 'some'))
  const says = (telling.length > 0 ? telling : verdicts).flatMap((v) => v.says)
  const again = verdicts.map((v) => v.again).reduce(sooner, undefined)
  return again === undefined ? { holds, says } : { holds, says, again }
}

/** The instant a fixed wait before `at`, in days of 24 h for months and years. */
function before(at: Instant, wait: Wait): Instant {
  return at - (addFixed(at, wait) - at)
}

function creditVerdict(wants: CreditState, lead: Lead, plan: Plan): Verdict {
  const { holds, says, again } = creditworthy(lead, plan)
  const is = creditNow(lead, plan).value.state
  const verdict = { holds: wants === 'approved' ? holds : is === wants, says: [says] }
  return again === undefined ? verdict : { ...verdict, again }
}

function offerVerdict(within: Wait, lead: Lead): Verdict {
  let again: Instant | undefined
  const says: string[] = []
  for (const offer of Object.keys(lead.offers)) {
    const ends = offerEnds(lead, offer)
    if (ends === undefined || ends <= lead.now) continue
    const from = before(ends, within)
    again = sooner(again, lead.now < from ? from : ends)
    if (lead.now >= from) says.push(`offer ${offer} ends ${day(ends)}`)
  }
  const holds = says.length > 0
  const verdict: Verdict = { holds, says: holds ? says : ['no offer about to end'] }
  return again === undefined ? verdict : { ...verdict, again }
}
