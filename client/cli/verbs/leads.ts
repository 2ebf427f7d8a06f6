/** `relance leads`: all leads and where each is. */
import type { Command } from 'commander'
import { count, moment, say, sayJson } from '../../terminal/output.ts'
import { table } from '../../terminal/table.ts'
import { action, verb } from '../verb.ts'

interface Options {
  cadence?: string
  stage?: string
  standing?: string
  outcome?: string
  open?: boolean
  json?: boolean
}

export const leads = (program: Command): Command =>
  verb(program, 'leads', 'list the leads: standing, stage, and what comes next', [
    'relance leads --open',
    'relance leads --json | jq length',
  ])
    .option('--cadence <name>', 'of one cadence')
    .option('--stage <stage>', 'in one stage')
    .option('--standing <standing>', 'lead, prospect, qualified or customer')
    .option('--outcome <outcome>', 'that ended so')
    .option('--open', 'that have not ended')
    .action(
      action(async ({ json, open, ...filter }: Options) => {
        const { connect } = await import('../../library/connect.ts')
        const rows = await connect().leads({
          ...(filter as object),
          ...(open ? { open: 'true' } : {}),
        })
        if (json) {
          sayJson(rows)
          return undefined
        }
        const lines = table(rows, [
          { head: 'id', cell: (r) => r.id },
          { head: 'company', cell: (r) => r.company, shrinks: true },
          { head: 'e-mail', cell: (r) => r.email, shrinks: true },
          { head: 'standing', cell: (r) => r.standing },
          { head: 'stage', cell: (r) => r.outcome ?? r.hold ?? r.stage },
          { head: 'next', cell: (r) => r.next?.step },
          { head: 'when', cell: (r) => moment(r.next?.at) },
        ])
        if (rows.length > 0) for (const line of lines) say(line)
        say(count(rows.length, 'lead'))
        return undefined
      }),
    )
