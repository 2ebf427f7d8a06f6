/**
 * Activities whose workflow tasks are given up now and then: what they did is done, but the workflow can't read the
 * answer (it says that it is of a later format), so Temporal offers the task again, and they run again.
 */
import { FORMAT } from '../../cadence/format.ts'
import type { LeadActivities } from '../../workflows/contract.ts'

/** @param givesUp - a throw of the dice: whether this task is given up. One that was is not given up again. */
export function givenUpTasks(activities: LeadActivities, givesUp: () => boolean): LeadActivities {
  /** Leads whose last answer couldn't be read. */
  const again = new Set<string>()
  const unreadable =
    <Input, Answer>(activity: (input: Input) => Promise<Answer>, leadOf: (input: Input) => string) =>
    async (input: Input): Promise<Answer> => {
      const answer = await activity(input)
      const lead = leadOf(input)
      if (again.delete(lead) || !givesUp()) return answer
      again.add(lead)
      return { ...answer, format: FORMAT + 1 }
    }
  return {
    ...activities,
    record: unreadable(activities.record, ({ lead }) => lead),
    attempt: unreadable(activities.attempt, ({ touch }) => touch.lead),
  }
}
