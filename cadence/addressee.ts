/** Whom a step is for: the contact in a role, of those who can be reached. */
import { type Facts, isThere, MAIN, outBecause } from './facts.ts'
import type { Instant } from './time.ts'
import type { Role } from './words.ts'

const reachable = (facts: Facts, contact: string): boolean =>
  isThere(facts, contact) && outBecause(facts, contact) === undefined

/**
 * Who a step is for.
 * @param role - the role it addresses; without it the main contact, or, when that one left, who decides most.
 * @returns the contact's id, or undefined when nobody is known.
 */
export function addressee(facts: Facts, role: Role | undefined): string | undefined {
  if (!role && reachable(facts, MAIN)) return MAIN
  for (const able of role ? [role] : DECIDES_MOST) {
    const found = firstKnown(facts, able)
    if (found !== undefined) return found
  }
  return undefined
}

const DECIDES_MOST: readonly Role[] = ['decision_maker', 'influencer', 'user']

/** Who has been known longest in a role, of those who can be reached. */
function firstKnown(facts: Facts, role: Role): string | undefined {
  let first: { id: string; at: Instant } | undefined
  for (const id in facts.contacts) {
    const { value, at } = facts.contacts[id] as Facts['contacts'][string]
    if (value.role === role && (!first || at < first.at) && reachable(facts, id)) first = { id, at }
  }
  return first?.id
}
