/** `relance server`: the API alone, for a cluster. */
import type { Command } from 'commander'
import { type HostingOptions, port } from '../hosting-options.ts'
import { action, verb } from '../verb.ts'

export const server = (program: Command): Command =>
  verb(program, 'server', 'start the API alone, beside workers (needs DATABASE_URL and TEMPORAL_ADDRESS)', [
    'DATABASE_URL=postgres://… TEMPORAL_ADDRESS=temporal:7233 relance server',
  ])
    .option('--port <port>', 'of the API (default: api.port of relance.yaml, else 7373 or a free one)', port)
    .option('--host <address>', 'where the API listens (default: api.host of relance.yaml, else 127.0.0.1)')
    .action(
      action(async (options: HostingOptions) => {
        const { hosting, needsCluster } = await import('../hosting.ts')
        needsCluster('server')
        return hosting({ ...options, worker: false, api: true })
      }),
    )
