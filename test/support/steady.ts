/**
 * Lets time pass on the test server one wake-up at a time.
 *
 * The test server skips time while a workflow task runs: it would jump over what a local activity is about to plan,
 * and hangs when a timer fires while a task cancels it (temporalio/sdk-java#3088). So the workflow is asked before
 * every skip what it waits for: the answer comes after the task that is under way.
 */
import type { WorkflowHandle } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import type { Instant } from '../../cadence/time.ts'
import { explain } from '../../workflows/messages.ts'

/** Timers are whole milliseconds of the server's time, and start a little after they are planned. */
const MARGIN = 500

/** Sleeps until an instant, or until the workflow has ended. @returns whether it still runs. */
export async function steadily(
  env: TestWorkflowEnvironment,
  handle: WorkflowHandle,
  until: Instant,
): Promise<boolean> {
  for (;;) {
    const { decision, slot } = await handle.query(explain)
    if ((await handle.describe()).status.name !== 'RUNNING') return false
    const now = await env.currentTimeMs()
    const wake = Math.min(slot ?? Number.POSITIVE_INFINITY, decision.again ?? Number.POSITIVE_INFINITY)
    const to = Math.min(Math.max(wake, now) + MARGIN, until)
    if (to <= now) return true
    await env.sleep(to - now)
  }
}
