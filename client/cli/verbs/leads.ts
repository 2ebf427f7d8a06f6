/** `relance leads`: all leads and where each is. */
import type { Command } from 'commander'
import type { Dictionary } from '../../../cadence/reasons/dictionary.ts'
import { dictionaryOf } from '../../../cadence/reasons/say.ts'
import type { HoldWord } from '../../../cadence/words.ts'
import type { LeadRow } from '../../contract/index.ts'
import { moment, say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage, terminalZone } from '../../terminal/reader.ts'
import { table } from '../../terminal/table.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb, ZONE } from '../verb.ts'

interface Options {
  cadence?: string
  stage?: string
  standing?: string
  outcome?: string
  open?: boolean
  zone?: string
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
    .option(...ZONE)
    .action(
      action(async ({ json, open, zone, ...filter }: Options) => {
        const rows = await (await connected(zone)).leads({
          ...(filter as object),
          ...(open ? { open: 'true' } : {}),
        })
        if (json) {
          sayJson(rows)
          return undefined
        }
        const language = terminalLanguage()
        const { words, typeset } = dictionaryOf(language)
        const { heads, counts, zoneIs, asleep } = terminalWords(language)
        const here = terminalZone(zone)
        const lines = table(rows, [
          { head: heads.id, cell: (r) => r.id },
          { head: heads.company, cell: (r) => r.company, shrinks: true },
          { head: heads.email, cell: (r) => r.email, shrinks: true },
          { head: heads.standing, cell: (r) => words.standing[r.standing] },
          { head: heads.stage, cell: (r) => (r.asleep ? asleep : stateOf(r, words)) },
          { head: heads.next, cell: (r) => r.next?.step },
          { head: heads.when, cell: (r) => moment(r.next?.at, here) },
          { head: heads.zone, cell: (r) => (r.zone === here ? '' : r.zone) },
        ])
        if (rows.length > 0) for (const line of lines) say(line)
        say(`${counts.lead(rows.length)}. ${typeset(zoneIs(here))}`)
        return undefined
      }),
    )

/** How it ended, what holds it, or the stage it is in. */
const stateOf = ({ outcome, hold, stage }: LeadRow, words: Dictionary['words']): string | null =>
  outcome ? words.outcome[outcome] : hold ? words.hold[hold as HoldWord] : stage
