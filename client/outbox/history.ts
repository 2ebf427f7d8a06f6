/** What a run's history says of the turns it took: which are not on record, and what touches they say were carried out. */
import type { Client } from '@temporalio/client'
import { defaultPayloadConverter } from '@temporalio/common'
import type { Suspect } from '../../store/asleep.ts'
import type { AttemptAnswer, LeadInput } from '../../workflows/contract.ts'

type Response = Awaited<ReturnType<Client['workflowService']['getWorkflowExecutionHistory']>>
type Event = NonNullable<NonNullable<Response['history']>['events']>[number]

export interface ReadHistory {
  /** Events of the runs before this one; undefined where older code began it. */
  before?: number
  /** The turn on record is of this history, or of a run before it. */
  here: boolean
  /** It has turns behind the one on record. */
  knowsMore: boolean
  /** Touches that those turns say were carried out, and when, machine time. */
  done: { key: string; at: number }[]
}

/** A task that is tried again has two events that aren't in the history: it ends with the failure of the task before. */
const UNWRITTEN = 2

/**
 * Reads a run's history, and compares it with the last turn on record. A history of an earlier day (Temporal was restored)
 * has no task at that place, or one that began later.
 */
export async function readHistory(
  client: Client,
  execution: { workflowId: string; runId: string },
  { position, taskAt }: Pick<Suspect, 'position' | 'taskAt'>,
): Promise<ReadHistory> {
  const read: ReadHistory = { here: true, knowsMore: false, done: [] }
  let length = 0
  let tried = false
  /** The place of the workflow task whose commands are read. */
  let place = 0
  let nextPageToken: Response['nextPageToken'] | undefined
  do {
    const page: Response = await client.workflowService.getWorkflowExecutionHistory({
      ...{ namespace: client.options.namespace, execution, nextPageToken },
    })
    for (const event of page.history?.events ?? []) {
      const { workflowExecutionStartedEventAttributes: started } = event
      if (started) {
        const { events } = opened(started.input?.payloads?.[0]) as LeadInput
        if (events !== undefined) read.before = events
      }
      length = Number(event.eventId)
      tried = Boolean(event.workflowTaskFailedEventAttributes ?? event.workflowTaskTimedOutEventAttributes)
      if (position !== null && read.before !== undefined && length === position - read.before) {
        const began = event.workflowTaskStartedEventAttributes ? msOf(event) : Number.POSITIVE_INFINITY
        read.here = began <= (taskAt ?? began) + 1
      }
      const ended = event.workflowTaskCompletedEventAttributes
      if (ended) place = (read.before ?? 0) + Number(ended.startedEventId)
      const turn = turnOf(event)
      if (!turn || position === null || place <= position) continue
      read.knowsMore = true
      if (turn.done !== undefined) read.done.push({ key: turn.done, at: msOf(event) })
    }
    nextPageToken = page.nextPageToken
  } while (nextPageToken && nextPageToken.length > 0)
  const reach = length + (tried ? UNWRITTEN : 0)
  if (read.before !== undefined && position !== null && position - read.before > reach) read.here = false
  return read
}

const msOf = ({ eventTime }: Event): number =>
  Number(eventTime?.seconds ?? 0) * 1000 + Math.floor((eventTime?.nanos ?? 0) / 1e6)

/** Whether an event says that a turn was recorded; `done`: the touch that was carried out with it. */
function turnOf(event: Event): { done?: string } | undefined {
  const { markerRecordedEventAttributes: marker, activityTaskCompletedEventAttributes: delivered } = event
  if (delivered) return answerOf(opened(delivered.result?.payloads?.[0]))
  if (marker?.markerName !== 'core_local_activity') return undefined
  const { data, result } = marker.details ?? {}
  const about = opened(data?.payloads?.[0]) as { activity_type?: string }
  if (about.activity_type === 'record') return {}
  return answerOf(opened(result?.payloads?.[0]))
}

function answerOf(answer: unknown): { done?: string } | undefined {
  const { kind, key } = (answer ?? {}) as Partial<Extract<AttemptAnswer, { kind: 'done' }>>
  return kind === 'done' && key !== undefined ? { done: key } : undefined
}

type Payload = Parameters<typeof defaultPayloadConverter.fromPayload>[0]

/** A payload's value; what core writes itself has no encoding, and is JSON. */
function opened(payload: unknown): unknown {
  const { metadata, data } = (payload ?? {}) as { metadata?: object; data?: Uint8Array }
  if (data === undefined) return undefined
  return metadata && 'encoding' in metadata
    ? defaultPayloadConverter.fromPayload(payload as Payload)
    : JSON.parse(Buffer.from(data).toString('utf8'))
}
