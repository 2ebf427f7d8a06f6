/**
 * The leads' workflows behind one interface, for the services: start, signal, update and query, and how each can fail.
 */
import {
  type Client,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
  type WorkflowOptions,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client'
import { ApplicationFailure, WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common'
import { type ErrorCode, RelanceError } from '../../cadence/errors.ts'
import type { Command } from '../../cadence/fold.ts'
import type { Signal } from '../../cadence/signals.ts'
import { searchAttributes } from '../../workflows/attributes.ts'
import type { Explanation, LeadInput } from '../../workflows/contract.ts'
import {
  arrive,
  clockChanged,
  drop,
  explain,
  move,
  pause,
  recordAgain,
  resume,
} from '../../workflows/messages.ts'
import { TASK_QUEUE } from '../../workflows/task-queue.ts'

/** What a person asks of a lead that runs. */
export type Asked = Exclude<Command, { kind: 'reopen' | 'begin_again' }>

export interface LeadWorkflows {
  /**
   * Starts a lead's workflow; one that was started before, running or ended, is left alone.
   * @throws RelanceError `temporal_away`; anything else is about this lead alone
   */
  start(input: LeadInput): Promise<void>
  /**
   * Starts the workflow of a lead that was reopened. What still runs of it has recorded its end, or (after a crash
   * here) nothing yet: it makes way.
   * @throws as `start`
   */
  restart(input: LeadInput): Promise<void>
  /**
   * Hands signals over, in this order. `gone`: no workflow of this lead runs.
   * @throws as `start`
   */
  arrive(lead: string, signals: Signal[]): Promise<'taken' | 'gone'>
  /**
   * Tells it that the environment's clock runs at another speed. `gone`: no workflow of this lead runs.
   * @throws as `start`
   */
  clockChanged(lead: string): Promise<'taken' | 'gone'>
  /**
   * Asks it to write down all that it knows: the database was restored. `gone`: no workflow of this lead runs.
   * @throws as `start`
   */
  recordAgain(lead: string): Promise<'taken' | 'gone'>
  /**
   * Returns once the lead has done it and has it on record.
   * @throws RelanceError with the workflow's own code, `lead_not_running`, `no_worker` or `temporal_away`
   */
  ask(lead: string, ask: Asked): Promise<void>
  /** @throws RelanceError `lead_not_running`, `no_worker` or `temporal_away` */
  explain(lead: string): Promise<Explanation>
  /** Whether Temporal answers. */
  reachable(): Promise<boolean>
}

export const workflowId = (lead: string): string => `lead-${lead}`
/** The lead of a workflow. */
export const leadOf = (id: string): string => id.slice('lead-'.length)

/** The SDK retries while Temporal is away; this ends it, so that nobody waits for an answer for minutes. */
const START_MS = 10_000
const SIGNAL_MS = 10_000
const ASK_MS = 10_000
const EXPLAIN_MS = 3_000
const REACHABLE_MS = 1_000

/** The workflows behind a Temporal client. */
export function leadWorkflows(client: Client, taskQueue = TASK_QUEUE): LeadWorkflows {
  const within = <T>(ms: number, call: () => Promise<T>): Promise<T> =>
    client.withDeadline(Date.now() + ms, call)
  const reachable = (): Promise<boolean> =>
    within(REACHABLE_MS, () => client.connection.workflowService.getSystemInfo({})).then(
      () => true,
      () => false,
    )
  type Policies = Pick<WorkflowOptions, 'workflowIdConflictPolicy' | 'workflowIdReusePolicy'>
  const begin = async (input: LeadInput, policies: Policies): Promise<void> => {
    const { lead, plan } = input
    await within(START_MS, () =>
      client.workflow.start('lead', {
        workflowId: workflowId(lead.id),
        taskQueue,
        args: [input],
        ...policies,
        typedSearchAttributes: searchAttributes({
          cadence: plan.cadence,
          stage: plan.stages[0]?.id ?? '',
          standing: lead.standing,
        }),
        staticSummary: `${plan.cadence} v${plan.version}`,
        staticDetails: `A lead in the cadence ${plan.cadence}. \`relance show ${lead.id}\` says who it is.`,
      }),
    )
  }
  const send = async (
    lead: string,
    signal: (handle: WorkflowHandle) => Promise<void>,
  ): Promise<'taken' | 'gone'> => {
    try {
      await within(SIGNAL_MS, () => signal(client.workflow.getHandle(workflowId(lead))))
      return 'taken'
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'gone'
      throw awayOr(error)
    }
  }
  return {
    async start(input) {
      try {
        await begin(input, {
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
          workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
        })
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw awayOr(error)
      }
    },

    async restart(input) {
      try {
        await begin(input, {
          workflowIdConflictPolicy: WorkflowIdConflictPolicy.TERMINATE_EXISTING,
          workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        })
      } catch (error) {
        throw awayOr(error)
      }
    },

    arrive: (lead, signals) => send(lead, (handle) => handle.signal(arrive, signals)),

    clockChanged: (lead) => send(lead, (handle) => handle.signal(clockChanged)),

    recordAgain: (lead) => send(lead, (handle) => handle.signal(recordAgain)),

    async ask(lead, ask) {
      const handle = client.workflow.getHandle(workflowId(lead))
      try {
        await within(ASK_MS, async () => {
          switch (ask.kind) {
            case 'pause':
              return handle.executeUpdate(pause, { args: [ask] })
            case 'resume':
              return handle.executeUpdate(resume, { args: [ask] })
            case 'drop':
              return handle.executeUpdate(drop, { args: [ask] })
            case 'move':
              return handle.executeUpdate(move, { args: [ask] })
          }
        })
      } catch (error) {
        throw await inWords(error, reachable)
      }
    },

    async explain(lead) {
      try {
        const handle = client.workflow.getHandle(workflowId(lead))
        return await within(EXPLAIN_MS, () => handle.query(explain))
      } catch (error) {
        throw await inWords(error, reachable)
      }
    },

    reachable,
  }
}

/** A failed request to a workflow, as an error for people. */
async function inWords(error: unknown, reachable: () => Promise<boolean>): Promise<unknown> {
  if (error instanceof WorkflowNotFoundError) {
    return new RelanceError('lead_not_running', {}, { cause: error })
  }
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    return refusalOf(error.cause)
  }
  const late = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || timedOut(error)
  // The SDK tries again while the server is away, so that looks the same as a worker that is.
  if (late && (await reachable())) {
    return new RelanceError('no_worker', {}, { cause: error })
  }
  return late ? temporalAway(error) : awayOr(error)
}

/** Codes that workflows refuse with; their values are the failure's details. */
const REFUSALS: readonly string[] = ['lead_ended', 'bad_outcome', 'bad_plan'] satisfies ErrorCode[]

/** What a workflow refused, as the error it names; one of a newer worker may have another code. */
function refusalOf(failure: ApplicationFailure): RelanceError {
  const { type, details, message } = failure
  if (!type || !REFUSALS.includes(type)) {
    return new RelanceError('refused', { says: type ?? message }, { cause: failure })
  }
  return RelanceError.of({ code: type, values: (details?.[0] ?? {}) as object }, { cause: failure })
}

/** Being away is told apart from everything else. */
const awayOr = (error: unknown): unknown => (isAway(error) || timedOut(error) ? temporalAway(error) : error)

const temporalAway = (cause: unknown): RelanceError => new RelanceError('temporal_away', {}, { cause })

/** gRPC status codes (https://grpc.github.io/grpc/core/md_doc_statuscodes.html). */
const CANCELLED = 1
const DEADLINE_EXCEEDED = 4
const UNAVAILABLE = 14

function statusOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code
  return error instanceof Error && error.cause !== undefined ? statusOf(error.cause) : undefined
}

const timedOut = (error: unknown): boolean => [CANCELLED, DEADLINE_EXCEEDED].includes(statusOf(error) ?? -1)

const isAway = (error: unknown): boolean => statusOf(error) === UNAVAILABLE
