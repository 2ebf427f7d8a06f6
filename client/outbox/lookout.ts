/**
 * What Temporal knows of leads' workflows: which of them run, which were closed lately, and of one all that tells
 * whether it is dead. Visibility comes late (it is written after the workflow's own record), so what it says is a suspicion
 * only, and `look` decides.
 */
import { type Client, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client'
import type { AsleepWord } from '../../cadence/words.ts'
import type { Suspect } from '../../store/asleep.ts'
import { readHistory } from './history.ts'
import { leadOf, workflowId } from './lead-workflows.ts'

/** A workflow as it really is. */
export type Look = ({ awake: true } & Knows) | ({ awake: false; because: AsleepWord } & Knows)

/** What Temporal knows of a workflow. */
interface Knows {
  /** There are turns of it that aren't on record: the database was restored. */
  knowsMore: boolean
  /** Keys of the touches that those turns say were carried out, and when, machine time. */
  done: { key: string; at: number }[]
  /** How many events its runs had; unknown where older code began it. */
  events?: number
}

export interface Lookout {
  /** How many leads' workflows run. */
  count(): Promise<number>
  /** Which of these leads, neighbours in the order of their ids, have a workflow that runs. */
  running(leads: string[]): Promise<Set<string>>
  /** Leads whose workflow was terminated, cancelled, failed or timed out since a moment of the machine's clock. */
  closedSince(at: number): Promise<string[]>
  /** All leads whose workflow runs, page by page. */
  all(): AsyncIterable<string>
  /** Asks about one, and reads its history. @throws when Temporal doesn't answer */
  look(suspect: Suspect): Promise<Look>
  /** Ends a run that knows less than is on record. */
  terminate(lead: string): Promise<void>
}

/** Only ours: others may share the namespace. */
const OURS = `WorkflowType = 'lead'`
const RUNS = `${OURS} AND ExecutionStatus = 'Running'`
const DEAD = `${OURS} AND ExecutionStatus IN ('Terminated', 'Canceled', 'Failed', 'TimedOut')`
/** How long Temporal may take for one answer, real milliseconds. */
const PATIENCE_MS = 10_000

const NOTHING: Knows = { knowsMore: false, done: [] }

const CLOSED: Record<string, AsleepWord> = {
  TERMINATED: 'terminated',
  CANCELLED: 'cancelled',
  FAILED: 'failed',
  TIMED_OUT: 'timed_out',
  COMPLETED: 'completed',
}

/** The lookout behind a Temporal client. */
export function leadLookout(client: Client): Lookout {
  const within = <T>(call: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + PATIENCE_MS, call)
  const list = async (query: string): Promise<string[]> => {
    const found: string[] = []
    for await (const { workflowId } of client.workflow.list({ query })) found.push(leadOf(workflowId))
    return found
  }
  return {
    count: async () => (await within(() => client.workflow.count(RUNS))).count,

    async running(leads) {
      const ids = leads.map(workflowId).sort()
      const query = `WorkflowId BETWEEN '${ids[0]}' AND '${ids.at(-1)}' AND ${RUNS}`
      // Mostly all of them run, and to count a stretch of ids costs a thirtieth of listing it.
      const { count } = await within(() => client.workflow.count(query))
      return new Set(count === leads.length ? leads : await within(() => list(query)))
    },

    closedSince: (at) => within(() => list(`${DEAD} AND CloseTime > '${new Date(at).toISOString()}'`)),

    async *all() {
      for await (const { workflowId } of client.workflow.list({ query: RUNS, pageSize: 1000 }))
        yield leadOf(workflowId)
    },

    look: ({ lead, ...recorded }) =>
      within(async () => {
        const handle = client.workflow.getHandle(workflowId(lead))
        try {
          const { status, runId, historyLength } = await handle.describe()
          const of = { workflowId: workflowId(lead), runId }
          const { before, here, ...knows } = await readHistory(client, of, recorded)
          const events = before === undefined ? {} : { events: before + historyLength }
          if (status.name !== 'RUNNING')
            return { awake: false, because: CLOSED[status.name] ?? 'failed', ...knows, ...events }
          if (!here) return { awake: false, because: 'behind', ...NOTHING, ...events }
          return { awake: true, ...knows, ...events }
        } catch (error) {
          if (error instanceof WorkflowNotFoundError || isNotFound(error))
            return { awake: false, because: 'missing', ...NOTHING }
          throw error
        }
      }),

    async terminate(lead) {
      await within(() =>
        client.workflow.getHandle(workflowId(lead)).terminate('behind what is on record'),
      ).catch((error) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error
      })
    },
  }
}

/** gRPC status code NOT_FOUND. */
const isNotFound = (error: unknown): boolean => isGrpcServiceError(error) && (error.code as number) === 5
