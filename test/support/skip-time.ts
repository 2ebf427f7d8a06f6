/**
 * Lets time pass on the test server one wake-up at a time.
 *
 * The test server skips time while a workflow task runs: it would jump over what a local activity is about to plan,
 * and hangs when a timer fires while a task cancels it (temporalio/sdk-java#3088). So the workflow is asked before
 * every skip what it waits for: the answer comes after the task that is under way.
 *
 * It hangs, too, when a run that is being asked continues as new. So where the history is about as long as when the
 * server suggests that, the workflow is asked only once it has come to rest.
 */
import { setTimeout as real } from 'node:timers/promises'
import type { WorkflowHandle } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import type { Instant } from '../../cadence/time.ts'
import { explain } from '../../workflows/messages.ts'

/** Timers are whole milliseconds of the server's time, and start a little after they are planned. */
const MARGIN = 500

/** The server suggests continuing as new at 4096 events; a turn is fewer than this before it. */
const LONG = 4096 - 24
/** A history that hasn't grown for as long is at rest, in real milliseconds. */
const REST_MS = 1000

/** Waits until a run that may continue as new has done so, or is at rest. */
async function rested(handle: WorkflowHandle): Promise<void> {
  let before = await handle.describe()
  for (let since = Date.now(); before.historyLength > LONG && Date.now() - since < REST_MS; ) {
    await real(50)
    const now = await handle.describe()
    if (now.runId !== before.runId || now.historyLength !== before.historyLength) since = Date.now()
    before = now
  }
}

/** Sleeps until an instant, or until the workflow has ended. @returns whether it still runs. */
export async function skipUntil(
  env: TestWorkflowEnvironment,
  handle: WorkflowHandle,
  until: Instant,
): Promise<boolean> {
  for (;;) {
    await rested(handle)
    const { again, slot } = await handle.query(explain)
    if ((await handle.describe()).status.name !== 'RUNNING') return false
    const now = await env.currentTimeMs()
    const wake = Math.min(slot ?? Number.POSITIVE_INFINITY, again ?? Number.POSITIVE_INFINITY)
    const to = Math.min(Math.max(wake, now) + MARGIN, until)
    if (to <= now) return true
    await env.sleep(to - now)
  }
}
