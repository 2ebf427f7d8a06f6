/** `relance move`: puts leads on another version of their cadence, or says what that would do. */
import type { Command } from 'commander'
import { RelanceError } from '../../../cadence/errors.ts'
import { EXIT } from '../../contract/error-table.ts'
import type { Moved } from '../../contract/leads.ts'
import type { RelanceClient } from '../../library/client.ts'
import { fail } from '../../terminal/failure.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { table } from '../../terminal/table.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'

interface Options {
  to?: string
  cadence?: string
  dryRun?: boolean
  anyway?: boolean
  json?: boolean
}

export const move = (program: Command): Command =>
  verb(program, 'move', 'put leads on another version of their cadence; what they have done stays done', [
    'relance move hugo.morel@atelier-morel.example --dry-run',
    'relance move --cadence atelier-erp',
  ])
    .argument('[lead...]', "leads' ids or e-mail addresses")
    .option('--to <version>', 'the version (default: the one that launches use)')
    .option('--cadence <name>', 'all open leads of a cadence')
    .option('--dry-run', 'say where they would be, move nobody')
    .option('--anyway', 'even where a touch would be repeated or skipped')
    .addHelpText('after', '\nExit code 1 when a lead was not moved, or would not be.')
    .action(
      action(async (leads: string[], { to, cadence, dryRun, anyway, json }: Options) => {
        if (leads.length > 0 === (cadence !== undefined)) {
          throw new RelanceError('usage', { kind: 'leads_or_cadence' })
        }
        const relance = await connected()
        const body = {
          ...(to !== undefined && { version: versionOf(to) }),
          ...(dryRun && { dryRun }),
          ...(anyway && { anyway }),
        }
        const wanted = cadence === undefined ? leads : await openLeads(relance, cadence)
        const answers: Moved[] = []
        let refused: number | undefined
        for (const lead of wanted) {
          try {
            const answer = await relance.move(lead, body)
            answers.push(answer)
            if (!anyway && answer.repeats.length + answer.skips.length > 0) refused ??= EXIT.problem
          } catch (error) {
            // What is wrong with one lead keeps none of the others; what is wrong with all of them ends it.
            if (!(error instanceof RelanceError) || !ABOUT_ONE.has(error.code)) throw error
            const code = fail(error, false)
            refused ??= code
          }
        }
        if (json) sayJson({ leads: answers })
        else print(answers)
        return refused
      }),
    )

/** Errors that are about one lead alone. */
const ABOUT_ONE: ReadonlySet<string> = new Set([
  ...['move_refused', 'lead_unknown', 'lead_ended', 'lead_not_running', 'not_started', 'no_worker'],
])

function versionOf(text: string): number {
  const version = Number(text)
  if (Number.isInteger(version) && version > 0) return version
  throw new RelanceError('usage', { kind: 'number', option: 'to', text, least: 1, most: 1_000_000 })
}

const openLeads = async (relance: RelanceClient, cadence: string): Promise<string[]> =>
  (await relance.leads({ cadence, open: 'true' })).map(({ id }) => id)

function print(answers: readonly Moved[]): void {
  const { move: text, heads } = terminalWords(terminalLanguage())
  const place = ({ version, stage, step }: Moved['from']): string =>
    [`v${version}`, stage, step].filter(Boolean).join(' / ')
  const lines = table(answers, [
    { head: heads.id, cell: (a) => a.lead },
    { head: text.heads.from, cell: (a) => place(a.from) },
    { head: text.heads.to, cell: (a) => place(a.to) },
    { head: text.heads.repeats, cell: (a) => a.repeats.join(', ') },
    { head: text.heads.skips, cell: (a) => a.skips.join(', ') },
    { head: text.heads.done, cell: (a) => a.done, shrinks: true },
  ])
  if (answers.length > 0) for (const line of lines) say(line)
}
