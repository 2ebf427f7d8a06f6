/** How many history events a follow-up takes, counted in histories as they were fetched. */
import type { temporal } from '@temporalio/proto'

type Event = temporal.api.history.v1.IHistoryEvent
type Payload = temporal.api.common.v1.IPayload

/**
 * Events from one follow-up to the next, on average over a workflow's life.
 * @throws when there are fewer than two follow-ups
 */
export function eventsPerFollowUp(events: readonly Event[]): number {
  const at = events.flatMap((event, index) => (isFollowUp(event) ? [index] : []))
  const first = at[0]
  const last = at.at(-1)
  if (first === undefined || last === undefined || last === first) throw new Error('too few follow-ups')
  return (last - first) / (at.length - 1)
}

/** How many follow-ups were carried out. */
export const followUps = (events: readonly Event[]): number => events.filter(isFollowUp).length

/** A regular activity that completed, or the marker of a local `attempt` that carried its touch out. */
function isFollowUp({ activityTaskCompletedEventAttributes: regular, markerRecordedEventAttributes }: Event) {
  if (regular) return true
  const { data, result } = markerRecordedEventAttributes?.details ?? {}
  if (json(data?.payloads?.[0])?.activity_type !== 'attempt') return false
  return json(result?.payloads?.[0])?.kind === 'done'
}

function json(payload: Payload | undefined): Record<string, unknown> | undefined {
  return payload?.data ? JSON.parse(new TextDecoder().decode(payload.data)) : undefined
}
