/** Activities of which some run twice, the second time by themselves, as they do when their workflow task is taken over. */
import type { LeadActivities } from '../../workflows/contract.ts'

/**
 * What is done again is what a worker was still at when its workflow task timed out: Temporal has given it to another
 * worker, which may be further on by then. Nobody hears what comes of it.
 * @param how.chance - of each one, to run again
 * @param how.withinMs - how much later it may begin, real time
 * @param how.roll - a throw of the dice, from 0 up to 1
 */
export function duplicateActivities(
  activities: LeadActivities,
  { chance, withinMs, roll }: { chance: number; withinMs: number; roll: () => number },
): LeadActivities {
  const twice =
    <Input, Answer>(activity: (input: Input) => Promise<Answer>) =>
    (input: Input): Promise<Answer> => {
      const begin = (): void => void activity(input).catch(() => undefined)
      if (roll() < chance) setTimeout(begin, roll() * withinMs)
      return activity(input)
    }
  return { ...activities, record: twice(activities.record), attempt: twice(activities.attempt) }
}
