/** What a run's history says of the turns it took: which are not on record, and what touches they say were carried out. */
import type { Client } from '@temporalio/client'
import { defaultPayloadConverter } from '@temporalio/common'
import type { AttemptAnswer, LeadInput } from '../../workflows/contract.ts'

type Response = Awaited<ReturnType<Client['workflowService']['getWorkflowExecutionHistory']>>
type Event = NonNullable<NonNullable<Response['history']>['events']>[number]

export interface ReadHistory {
  /** Events of the runs before this one; undefined where older code began it. */
  before?: number
  /** It has turns behind the one on record. */
  knowsMore: boolean
  /** Touches that those turns say were carried out, and when, machine time. */
  done: { key: string; at: number }[]
}

/**
 * Reads a run's history.
 * @param options.whole - to its end; else only how it began
 * @param options.position - of the last turn on record
 */
export async function readHistory(
  client: Client,
  execution: { workflowId: string; runId: string },
  { whole, position }: { whole: boolean; position: number | null },
): Promise<ReadHistory> {
  const read: ReadHistory = { knowsMore: false, done: [] }
  /** The place of the workflow task whose commands are read. */
  let place = 0
  let nextPageToken: Response['nextPageToken'] | undefined
  do {
    const page: Response = await client.workflowService.getWorkflowExecutionHistory({
      ...{ namespace: client.options.namespace, execution, nextPageToken },
      ...(!whole && { maximumPageSize: 1 }),
    })
    for (const event of page.history?.events ?? []) {
      const { workflowExecutionStartedEventAttributes: started } = event
      if (started) {
        const { events } = opened(started.input?.payloads?.[0]) as LeadInput
        if (events !== undefined) read.before = events
      }
      const ended = event.workflowTaskCompletedEventAttributes
      if (ended) place = (read.before ?? 0) + Number(ended.startedEventId)
      const turn = turnOf(event)
      if (!turn || position === null || place <= position) continue
      read.knowsMore = true
      if (turn.done !== undefined)
        read.done.push({ key: turn.done, at: Number(event.eventTime?.seconds ?? 0) * 1000 })
    }
    nextPageToken = page.nextPageToken
  } while (whole && nextPageToken && nextPageToken.length > 0)
  return read
}

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
