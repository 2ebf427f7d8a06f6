/** When a lead goes on in a fresh run (continue-as-new). */
import { workflowInfo } from '@temporalio/workflow'
import { DEPLOYMENT } from './deployment.ts'

/**
 * To be called once, as the run begins.
 * @returns whether the lead should go on in a fresh run now: the history is long, or other workflow code has taken
 * over than the run began with. So a history holds the commands of one build, and at most one turn of the next.
 *
 * Temporal's own `targetWorkerDeploymentVersionChanged` isn't asked: it is true for pinned workflows only, and a
 * pinned lead would stand still as soon as nobody runs its build any more.
 */
export function renewal(): () => boolean {
  const begun = codeAtWork()
  return () => {
    const now = codeAtWork()
    return (
      workflowInfo().continueAsNewSuggested || (begun !== undefined && now !== undefined && now !== begun)
    )
  }
}

/**
 * Which workflow code works on the current task: the hash in the build id that worker/deployment.ts declares. In a
 * replay it is what the history says of that task, so the answer is the same as the first time. Undefined for tasks
 * of workers that declare nothing, and in replays where the server doesn't keep it (the time-skipping test server):
 * what is unknown then is never taken for a change.
 */
function codeAtWork(): string | undefined {
  const version = workflowInfo().currentDeploymentVersion
  return version?.deploymentName === DEPLOYMENT ? version.buildId.split('+').at(-1) : undefined
}
