/**
 * Activities that a test can await. A worker that stops leaves the promises of local activities to themselves; one
 * that asks the test server for the time when its connection is gone takes the process down.
 */
import type { LeadActivities } from '../../workflows/contract.ts'

export function awaitActivities(of: LeadActivities): {
  activities: LeadActivities
  idle: () => Promise<unknown>
} {
  const under = new Set<Promise<unknown>>()
  const followed =
    <A, R>(work: (argument: A) => Promise<R>) =>
    (argument: A): Promise<R> => {
      const result = work(argument)
      const over: Promise<unknown> = result.then(
        () => under.delete(over),
        () => under.delete(over),
      )
      under.add(over)
      return result
    }
  return {
    activities: {
      record: followed(of.record),
      attempt: followed(of.attempt),
      deliver: followed(of.deliver),
    },
    idle: () => Promise.all(under),
  }
}
