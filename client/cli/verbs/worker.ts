/** `relance worker`: workflows and activities alone, for a cluster. */
import type { Command } from 'commander'
import type { HostingOptions } from '../hosting-options.ts'
import { action, verb } from '../verb.ts'

export const worker = (program: Command): Command =>
  verb(
    program,
    'worker',
    'start a worker alone, as many as needed (needs DATABASE_URL and TEMPORAL_ADDRESS)',
    ['DATABASE_URL=postgres://… TEMPORAL_ADDRESS=temporal:7233 relance worker'],
  ).action(
    action(async (options: HostingOptions) => {
      const { hosting, needsCluster } = await import('../hosting.ts')
      needsCluster('worker')
      return hosting({ ...options, worker: true, api: false })
    }),
  )
