/** What a condition looks at, as data: for reasons, and for what a standing still lacks. `verdict.ts` says what holds. */
import type { Condition } from './condition.ts'
import { creditEnds, creditNow, isShort, staleFrom } from './credit.ts'
import { isThere, openObjections } from './facts.ts'
import { agedSince, ageNow } from './held-time.ts'
import type { Lead } from './lead.ts'
import { demoNow, proposalNow } from './milestones.ts'
import type { Plan } from './plan.ts'
import type { Criterion } from './reason.ts'
import { endingOffers, judge } from './verdict.ts'

/**
 * What a condition found, as criteria. Of conditions that must all hold, only those that don't, if there are any; of
 * conditions of which one is enough, only those that hold, if there are any; else all of them.
 */
export function criteria(condition: Condition, lead: Lead, plan: Plan): Criterion[] {
  if ('not' in condition) return criteria(condition.not, lead, plan)
  if ('all' in condition) return telling(condition.all, false, lead, plan)
  if ('any' in condition) return telling(condition.any, true, lead, plan)
  return leaf(condition, lead, plan)
}

function telling(parts: Condition[], holding: boolean, lead: Lead, plan: Plan): Criterion[] {
  const found = parts.filter((part) => judge(part, lead, plan).holds === holding)
  return (found.length > 0 ? found : parts).flatMap((part) => criteria(part, lead, plan))
}

type Leaf = Exclude<Condition, { all: Condition[] } | { any: Condition[] } | { not: Condition }>

function leaf(condition: Leaf, lead: Lead, plan: Plan): Criterion[] {
  const { facts } = lead
  const { holds } = judge(condition, lead, plan)
  if ('interest' in condition) {
    return [{ code: 'interest', holds, has: facts.interest.value, wants: condition.interest }]
  }
  if ('credit' in condition) return [{ ...creditCriterion(lead, plan), holds }]
  if ('need' in condition) return [{ code: 'need', holds, has: facts.need.value, wants: condition.need }]
  if ('dialogue' in condition) {
    const within = condition.dialogue
    if (facts.heard === 0) return [{ code: 'dialogue', holds, within }]
    const by = facts.replied === facts.heard ? 'reply' : 'signal'
    return [{ code: 'dialogue', holds, last: facts.heard, by, within }]
  }
  if ('authority' in condition) {
    const roles = Object.entries(facts.contacts)
      .filter(([id]) => isThere(facts, id))
      .map(([, contact]) => contact.value.role)
    const has = condition.authority.find((role) => roles.includes(role))
    return [{ code: 'authority', holds, wants: condition.authority, ...(has && { has }) }]
  }
  if ('demo' in condition) {
    return [{ code: 'demo', holds, has: demoNow(facts).value, wants: condition.demo }]
  }
  if ('proposal' in condition) {
    return [{ code: 'proposal', holds, has: proposalNow(facts).value, wants: condition.proposal }]
  }
  if ('deal' in condition) return [{ code: 'deal', holds, has: facts.deal.value, wants: condition.deal }]
  if ('standing' in condition) {
    return [{ code: 'standing', holds, has: lead.standing, wants: condition.standing }]
  }
  if ('open_objections' in condition) {
    const has = openObjections(facts).length
    return [{ code: 'open_objections', holds, has, most: condition.open_objections }]
  }
  if ('stage_age' in condition) {
    const { stage } = lead
    const since = agedSince(lead) + (lead.now - ageNow(lead))
    return [{ code: 'stage_age', holds, stage, since, wants: condition.stage_age }]
  }
  if ('unanswered' in condition) {
    return [{ code: 'unanswered', holds, has: lead.unanswered.length, wants: condition.unanswered }]
  }
  if ('offer_ends_within' in condition) {
    const within = condition.offer_ends_within
    const ending = endingOffers(lead, within).filter(({ from }) => lead.now >= from)
    if (ending.length === 0) return [{ code: 'no_offer_ends', holds, within }]
    return ending.map(({ offer, ends }) => ({ code: 'offer_ends', holds, offer, at: ends }))
  }
  if ('credit_ends_within' in condition) {
    const at = creditEnds(lead, plan)
    const within = condition.credit_ends_within
    return [{ code: 'credit_ends', holds, within, ...(at !== undefined && { at }) }]
  }
  if ('amount' in condition) {
    return [{ code: 'amount', holds, has: facts.amount.value, wants: condition.amount }]
  }
  const has = facts.named[condition.fact]?.value
  const wants = 'at_least' in condition ? { atLeast: condition.at_least } : { is: condition.is }
  return [{ code: 'fact', holds, name: condition.fact, ...wants, ...(has !== undefined && { has }) }]
}

/** What credit is worth now; `holds` when it covers the amount in question. */
export function creditCriterion(lead: Lead, plan: Plan): Criterion & { code: 'credit' } {
  const word = creditNow(lead, plan)
  const { state, limit, provider, ref } = word.value
  const ends = staleFrom(word, plan)
  const short = state === 'approved' && isShort(word, lead)
  return {
    code: 'credit',
    holds: judge({ credit: 'approved' }, lead, plan).holds,
    state,
    ...(word.at !== 0 && { since: word.at }),
    ...(ends !== undefined && lead.now >= ends && { stale: ends }),
    ...(limit !== undefined && { limit }),
    ...(short && { short: lead.facts.amount.value }),
    ...(provider !== undefined && { provider }),
    ...(ref !== undefined && { ref }),
  }
}
