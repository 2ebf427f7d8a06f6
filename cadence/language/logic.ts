/**
 * What conditions say of each other, whatever the lead: enough logic to find a stage that nobody reaches. It errs on
 * the side of silence: what it says is so, is so; some of what is so it doesn't see.
 */
import type { Condition } from '../condition.ts'
import type { Wait } from '../time.ts'
import { DEMO_AFTER, INTERESTS, PROPOSAL_AFTER, STANDINGS } from '../words.ts'

/** Comparing nested conditions can take more steps than there are atoms; after this many nothing is said. */
const STEPS = 20_000
interface Fuel {
  left: number
}

/** Whether `b` holds whenever `a` does. */
export function implies(a: Condition, b: Condition, fuel: Fuel = { left: STEPS }): boolean {
  if (fuel.left-- <= 0) return false
  if (isAlways(b)) return true
  if ('all' in b) return b.all.every((part) => implies(a, part, fuel))
  if ('any' in a) return a.any.every((part) => implies(part, b, fuel))
  if ('any' in b && b.any.some((part) => implies(a, part, fuel))) return true
  if ('all' in a) return a.all.some((part) => implies(part, b, fuel))
  if ('not' in b) return 'not' in a ? implies(b.not, a.not, fuel) : excludes(a, b.not, fuel)
  if ('not' in a || 'any' in b) return false
  return leafImplies(a, b)
}

/** The lowest of a ladder is no demand. */
const isAlways = (a: Condition): boolean =>
  ('interest' in a && a.interest === INTERESTS[0]) || ('standing' in a && a.standing === STANDINGS[0])

/** Whether `a` and `b` can never hold together. */
export function excludes(a: Condition, b: Condition, fuel: Fuel = { left: STEPS }): boolean {
  if (fuel.left-- <= 0) return false
  if ('any' in a) return a.any.every((part) => excludes(part, b, fuel))
  if ('any' in b) return b.any.every((part) => excludes(a, part, fuel))
  if ('all' in a) return a.all.some((part) => excludes(part, b, fuel))
  if ('all' in b) return b.all.some((part) => excludes(a, part, fuel))
  if ('not' in b) return 'not' in a ? false : implies(a, b.not, fuel)
  if ('not' in a) return implies(b, a.not, fuel)
  return leafExcludes(a, b)
}

/** Whether `a` can't hold at all. */
export function contradicts(a: Condition): boolean {
  if ('any' in a) return a.any.every(contradicts)
  if (!('all' in a)) return false
  return a.all.some(
    (part, i) => contradicts(part) || a.all.slice(i + 1).some((other) => excludes(part, other)),
  )
}

type Leaf = Exclude<Condition, { all: Condition[] } | { any: Condition[] } | { not: Condition }>

/** Facts that are one word at a time. */
const WORDS = ['credit', 'need', 'demo', 'proposal', 'deal'] as const

/** The words with which a leaf holds: asking for a booked demo is content with one that was held. */
function words(leaf: Leaf, of: (typeof WORDS)[number]): readonly string[] | undefined {
  if ('demo' in leaf && of === 'demo') return [leaf.demo, ...DEMO_AFTER[leaf.demo]]
  if ('proposal' in leaf && of === 'proposal') return [leaf.proposal, ...PROPOSAL_AFTER[leaf.proposal]]
  return of in leaf ? [(leaf as Record<string, string>)[of] as string] : undefined
}

/** Nothing is said of `stage_age`: it is another one in each stage. */
function leafImplies(a: Leaf, b: Leaf): boolean {
  if ('interest' in b) {
    return 'interest' in a && INTERESTS.indexOf(a.interest) >= INTERESTS.indexOf(b.interest)
  }
  if ('standing' in b) {
    return 'standing' in a && STANDINGS.indexOf(a.standing) >= STANDINGS.indexOf(b.standing)
  }
  for (const of of WORDS) {
    const [has, wants] = [words(a, of), words(b, of)]
    if (wants) return has?.every((word) => wants.includes(word)) ?? false
  }
  if ('dialogue' in b) return 'dialogue' in a && hours(a.dialogue) <= hours(b.dialogue)
  if ('authority' in b) return 'authority' in a && a.authority.every((role) => b.authority.includes(role))
  if ('open_objections' in b) return 'open_objections' in a && a.open_objections <= b.open_objections
  if ('unanswered' in b) return 'unanswered' in a && a.unanswered >= b.unanswered
  if ('amount' in b) return 'amount' in a && a.amount >= b.amount
  if ('offer_ends_within' in b) {
    return 'offer_ends_within' in a && hours(a.offer_ends_within) <= hours(b.offer_ends_within)
  }
  if ('credit_ends_within' in b) {
    return 'credit_ends_within' in a && hours(a.credit_ends_within) <= hours(b.credit_ends_within)
  }
  return 'fact' in a && 'fact' in b && factImplies(a, b)
}

type FactLeaf = Extract<Leaf, { fact: string }>

function factImplies(a: FactLeaf, b: FactLeaf): boolean {
  if (a.fact !== b.fact) return false
  if ('at_least' in b) return ('at_least' in a ? a.at_least : Number(a.is)) >= b.at_least
  return 'is' in a && a.is === b.is
}

function leafExcludes(a: Leaf, b: Leaf): boolean {
  for (const of of WORDS) {
    const [has, wants] = [words(a, of), words(b, of)]
    if (has && wants) return !has.some((word) => wants.includes(word))
  }
  if (!('fact' in a && 'fact' in b) || a.fact !== b.fact) return false
  if ('is' in a) return 'is' in b ? a.is !== b.is : !(Number(a.is) >= b.at_least)
  return 'is' in b && !(Number(b.is) >= a.at_least)
}

const HOURS: Record<Wait['unit'], number> = {
  m: 1 / 60,
  h: 1,
  bh: (24 * 7) / 40,
  d: 24,
  bd: (24 * 7) / 5,
  w: 168,
  mo: 730,
  y: 8760,
}

/** About how long a wait is, to compare two; a month is a twelfth of a year. */
export const hours = ({ n, unit }: Wait): number => n * HOURS[unit]
