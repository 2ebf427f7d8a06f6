/** Which of its subjects a letter goes out with: those of its lead's urgency, spread evenly over touches. */
import { createHash } from 'node:crypto'
import type { Plan } from '../../cadence/plan.ts'
import type { Touch } from '../../cadence/touch.ts'

/** The variants that a letter may go out with at a level: the one named after it; else those that no level has. */
export function variantsAt(
  variants: readonly string[],
  plan: Pick<Plan, 'urgency'>,
  level: string,
): string[] {
  if (variants.includes(level)) return [level]
  const levels = plan.urgency.map(({ id }) => id)
  return variants.filter((variant) => !levels.includes(variant))
}

/** One of them, the same for every attempt of a touch; undefined where there is none: the letter's own subject. */
export function chooseVariant(variants: readonly string[], plan: Plan, touch: Touch): string | undefined {
  const possible = variantsAt(variants, plan, touch.urgency)
  if (possible.length < 2) return possible[0]
  return possible[createHash('sha256').update(touch.key).digest().readUInt32BE() % possible.length]
}
