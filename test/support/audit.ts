/**
 * Looks at what a stopped Relance left in its data folder from three sides: the ledger in the database, the e-mails
 * in the inbox, and the attempts in Temporal's histories.
 */
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { defaultPayloadConverter } from '@temporalio/common'
import type { temporal } from '@temporalio/proto'
import { ledgerIn } from '../../store/ledger.ts'
import type { TouchRow } from '../../store/ledger-port.ts'
import { openStore } from '../../store/open.ts'
import { listLeads, readTimeline, type TimelineLine } from '../../store/reads.ts'
import { type InboxEntry, listInbox } from '../../worker/inbox/mail-files.ts'
import { findTemporal } from '../../worker/temporal/binary.ts'
import { startDevServer } from '../../worker/temporal/dev-server.ts'
import type { AttemptAnswer } from '../../workflows/contract.ts'

/** A timer that Temporal was asked for: when, and for how long, in real milliseconds. */
export interface Timer {
  at: number
  ms: number
}

export interface Audit {
  leads: {
    id: string
    outcome: string | null
    touches: TouchRow[]
    timeline: TimelineLine[]
    attempted: string[]
    /** In the order in which they were set. */
    timers: Timer[]
    /** Everything Temporal holds of it, payloads opened. */
    history: string
  }[]
  mails: InboxEntry[]
}

type Event = temporal.api.history.v1.IHistoryEvent
type Payloads = temporal.api.common.v1.IPayloads | null | undefined

export async function audit(folder: string): Promise<Audit> {
  const report = (): void => undefined
  const temporal = await findTemporal({ report })
  const server = await startDevServer({ temporal, dataDir: folder, report })
  const store = await openStore({ dataDir: folder })
  const connection = await Connection.connect({ address: server.address })
  try {
    const client = new Client({ connection })
    const leads = []
    for (const { id, outcome } of await listLeads(store.db, {})) {
      leads.push({
        id,
        outcome,
        touches: await ledgerIn(store.db).list({ lead: id }),
        timeline: await readTimeline(store.db, id),
        ...(await histories(client, `lead-${id}`)),
      })
    }
    return { leads, mails: await listInbox(join(folder, 'inbox')) }
  } finally {
    await connection.close()
    await store.close()
    await server.close()
  }
}

/** What a workflow's histories, of all its runs, hold, the touches they say were carried out, and its timers. */
async function histories(
  client: Client,
  workflowId: string,
): Promise<{ attempted: string[]; timers: Timer[]; history: string }> {
  const attempted: string[] = []
  const timers: Timer[] = []
  let history = ''
  for await (const run of client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
    const { events } = await client.workflow.getHandle(workflowId, run.runId).fetchHistory()
    for (const answer of (events ?? []).flatMap(answers))
      if (answer.kind === 'done') attempted.push(answer.key)
    timers.push(...(events ?? []).flatMap(timer))
    history += JSON.stringify([events, run.memo, run.typedSearchAttributes], opened)
  }
  return { attempted, timers: timers.sort((a, b) => a.at - b.at), history }
}

const millis = (of: { seconds?: unknown; nanos?: number | null } | null | undefined): number =>
  Number(of?.seconds ?? 0) * 1000 + (of?.nanos ?? 0) / 1e6

function timer({ eventTime, timerStartedEventAttributes: started }: Event): Timer[] {
  return started ? [{ at: millis(eventTime), ms: millis(started.startToFireTimeout) }] : []
}

/** Payloads are written in base64: shows them as the text they are. */
const opened = (key: string, value: unknown): unknown =>
  key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value

/** `attempt` is a local activity, so a marker; `deliver` a regular one. */
function answers(event: Event): AttemptAnswer[] {
  const marker = event.markerRecordedEventAttributes
  if (marker?.markerName === 'core_local_activity') {
    const data = decode(marker.details?.data) as { activity_type?: string }
    return data.activity_type === 'attempt' ? [decode(marker.details?.result) as AttemptAnswer] : []
  }
  const completed = event.activityTaskCompletedEventAttributes
  return completed ? [decode(completed.result) as AttemptAnswer] : []
}

function decode(payloads: Payloads): unknown {
  const payload = payloads?.payloads?.[0]
  if (!payload) return undefined
  const metadata = payload.metadata ?? {}
  return 'encoding' in metadata
    ? defaultPayloadConverter.fromPayload(
        payload as Parameters<typeof defaultPayloadConverter.fromPayload>[0],
      )
    : JSON.parse(Buffer.from(payload.data ?? []).toString('utf8'))
}
