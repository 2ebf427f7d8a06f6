/**
 * Challenges: a saboteur's objections that are open (docs/design.md §1: "a saboteur adds objections that must be
 * overcome"). While there is one, the lead doesn't advance to a later stage.
 */
import { type Facts, openObjections } from './facts.ts'

/** Topic tokens of the open challenges, oldest first. Whoever raised it may turn out to be a saboteur later. */
export const challenges = (facts: Facts): string[] =>
  openObjections(facts).filter((topic) => {
    const { raised, from } = facts.objections[topic] as Facts['objections'][string]
    return (
      raised.value === 'saboteur' || (from !== undefined && facts.contacts[from]?.value.role === 'saboteur')
    )
  })
