/** `relance rehearse`: a cadence played through for an imagined lead. */
import type { Command } from 'commander'
import { EXIT } from '../../contract/error-table.ts'
import { note, say, sayJson } from '../../terminal/output.ts'
import { problemLine } from '../../terminal/problems.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { rehearsalLines } from '../../terminal/rehearsal.ts'
import { mailboxNames } from '../configured.ts'
import { action, verb } from '../verb.ts'

interface Options {
  signals?: string
  from?: string
  zone?: string
  json?: boolean
}

export const rehearse = (program: Command): Command =>
  verb(program, 'rehearse', 'play a cadence through for an imagined lead: what would be sent, and when', [
    'relance rehearse examples/atelier-erp.yaml',
    'relance rehearse examples/atelier-erp.yaml --signals examples/signals.yaml --from 2026-12-01',
  ])
    .argument('<file>', 'the cadence')
    .option('--signals <file>', 'what happens: a YAML list of { at: +9d, type: interest.expressed, … }')
    .option('--from <date>', 'when the lead is launched (default: now)')
    .option('--zone <zone>', "the lead's time zone (default: of the cadence's holidays, else this machine's)")
    .addHelpText('after', '\nNeeds no configuration and no server.')
    .action(
      action(async (file: string, options: Options) => {
        const language = terminalLanguage()
        const { rehearseFile } = await import('../../services/rehearse-file.ts')
        const played = rehearseFile(file, { ...options, mailboxes: mailboxNames(), language })
        if ('problems' in played) {
          if (options.json) sayJson({ ok: false, problems: played.problems })
          else for (const problem of played.problems) say(problemLine(problem))
          return EXIT.problem
        }
        const { warnings, ...rehearsal } = played
        for (const warning of warnings) note(problemLine(warning))
        if (options.json) sayJson(rehearsal)
        else for (const line of rehearsalLines(rehearsal, language)) say(line)
        return undefined
      }),
    )
