/** What either side can be asked to do while it is measured. */
import type { Client } from '@temporalio/client'
import { eventsPerFollowUp, followUps } from './histories.ts'

/** Calls to Temporal at once: as many as Relance's relay makes. */
export const AT_ONCE = 32

/**
 * `click`: the commonest signal, by which nothing changes that Temporal shows of a lead. `interest`: the standing changes,
 * and its search attribute with it. To the plain program both are the one signal that ends it.
 */
export type Which = 'click' | 'interest'

export interface Lives {
  followUps: number
  /** Of one workflow after the other. */
  eventsPerFollowUp: number[]
}

export interface App {
  /** Launches this many leads. @returns real milliseconds until all of their workflows are started */
  launch(count: number): Promise<number>
  /** Sends each lead of the last launch a signal. @returns real milliseconds until all are taken */
  signal(which: Which): Promise<number>
  /** Waits until the leads of the last launch have ended. */
  live(): Promise<void>
  /** What the histories of the last launch hold. */
  count(): Promise<Lives>
  close(): Promise<void>
}

/** Counts follow-ups in workflows' histories. */
export async function eventsOf(client: Client, workflowIds: string[]): Promise<Lives> {
  const lives: Lives = { followUps: 0, eventsPerFollowUp: [] }
  for (const id of workflowIds) {
    const events = (await client.workflow.getHandle(id).fetchHistory()).events ?? []
    lives.followUps += followUps(events)
    lives.eventsPerFollowUp.push(eventsPerFollowUp(events))
  }
  return lives
}
