/** `relance up`: everything in one process, until Ctrl-C. */
import type { Command } from 'commander'
import { type HostingOptions, port, speed } from '../hosting-options.ts'
import { action, verb } from '../verb.ts'

export const up = (program: Command): Command =>
  verb(program, 'up', 'start Relance: database, Temporal, inbox, worker and API, in one process', [
    'relance up',
    'relance up --speed 86400     # a day of the cadence in every second',
  ])
    .option('--speed <n>', 'seconds of the cadence in one second (default: as before; 1 at first)', speed)
    .option('--port <port>', 'of the API (default: api.port of relance.yaml, else 7373 or a free one)', port)
    .option('--ui-writes', "let Temporal's UI end, reset and signal workflows; it only shows them otherwise")
    .action(
      action(async (options: HostingOptions) => {
        const { hosting } = await import('../hosting.ts')
        return hosting({ ...options, worker: true, api: true })
      }),
    )
