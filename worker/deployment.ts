/**
 * The worker's deployment version, which tells Temporal what code it runs: deployment `relance`, and a build id. The
 * server writes both into the history with every workflow task, and there a lead sees that other code has taken over
 * (workflows/renewal.ts).
 *
 * The version is declared and not routed by (`useWorkerVersioning: false`): every worker gets tasks, whatever its
 * build. Routing was tried with `AUTO_UPGRADE` on servers 1.29.1 and 1.32.0, and leads can be stranded by it: once a
 * build has been made current, no worker of another build, or of none, gets a task, for as long as nobody makes it
 * current instead. That is the operator who rolls back, and the new release that crashes beside a sound old one.
 * Temporal's API recommends this mode for rolling upgrades, too (`WORKER_VERSIONING_MODE_UNVERSIONED`).
 *
 * - Upgrade and rollback: the first worker that starts carries on with all leads at once.
 * - Rolling deploy: old and new workers share the leads. A lead whose task comes to the other code goes on in a fresh
 *   run there. A task that old code can't replay fails and is offered again, until a worker of the new code takes it.
 * - A server that keeps no build ids, or refuses deployment versions, doesn't mind: nothing is asked of it.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { WorkerDeploymentOptions, WorkflowBundleOption } from '@temporalio/worker'
import { DEPLOYMENT } from '../workflows/deployment.ts'
import { version } from './package.ts'

/** The deployment version of a worker that runs `bundle`. */
export function deploymentOf(bundle: WorkflowBundleOption): WorkerDeploymentOptions {
  const code = 'code' in bundle ? bundle.code : readFileSync(bundle.codePath, 'utf8')
  return {
    version: { deploymentName: DEPLOYMENT, buildId: buildId(code) },
    useWorkerVersioning: false,
  }
}

/**
 * `0.1.0+825b98bc45be`: the package's version for people, then a hash of the code. The map of its lines at the
 * bundle's end isn't code, and differs between folders. Comments count, since the bundle keeps them: a fresh run too
 * many does no harm.
 */
export function buildId(code: string): string {
  const instructions = code.replace(/\/\/# sourceMappingURL=[^\n]*\s*$/, '')
  return `${version()}+${createHash('sha256').update(instructions).digest('hex').slice(0, 12)}`
}
