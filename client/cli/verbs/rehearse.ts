/** `relance rehearse`: a cadence played through for an imagined lead. */
import type { Command } from 'commander'
import { RelanceError } from '../../../cadence/errors.ts'
import { worded } from '../../../cadence/reasons/problems.ts'
import { EXIT } from '../../contract/error-table.ts'
import { note, say, sayJson } from '../../terminal/output.ts'
import { problemLine } from '../../terminal/problems.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { rehearsalLines } from '../../terminal/rehearsal.ts'
import { connected } from '../api-client.ts'
import { configured } from '../mailbox-names.ts'
import { action, verb } from '../verb.ts'

interface Options {
  signals?: string
  from?: string
  until?: string
  lead?: string
  zone?: string
  country?: string
  json?: boolean
}

export const rehearse = (program: Command): Command =>
  verb(program, 'rehearse', 'play a cadence through for an imagined lead: what would be sent, and when', [
    'relance rehearse examples/atelier-erp.yaml',
    'relance rehearse --lead hugo.morel@atelier-morel.example --until 2027-06-30',
    'relance rehearse examples/atelier-erp.yaml --signals examples/signals.yaml --from 2026-12-01',
  ])
    .argument('[file]', 'the cadence')
    .option('--lead <lead>', 'instead of a file: a lead that lives, from where it is')
    .option('--signals <file>', 'what happens: a YAML list of { at: +9d, type: interest.expressed, … }')
    .option('--from <date>', 'when the lead is launched (default: now)')
    .option('--until <date>', 'played until then (default: for five years)')
    .option(
      '--zone <zone>',
      "the lead's time zone (default: the country's, else of the cadence's holidays, else UTC)",
    )
    .option(
      '--country <country>',
      "the lead's country or region (FR, DE-BY), whose public holidays count (default: the zone's)",
    )
    .addHelpText('after', '\nA file needs no configuration and no server; --lead asks the one that runs.')
    .action(
      action(async (file: string | undefined, options: Options) => {
        const language = terminalLanguage()
        if ((file === undefined) === (options.lead === undefined))
          throw new RelanceError('usage', { kind: 'file_or_lead' })
        if (file === undefined) {
          const rehearsal = await (await connected(options.zone)).rehearse(options.lead ?? '', options.until)
          if (options.json) sayJson(rehearsal)
          else for (const line of rehearsalLines(rehearsal, language)) say(line)
          return undefined
        }
        const { rehearseFile } = await import('../../services/rehearse-file.ts')
        const played = rehearseFile(file, { ...options, ...configured(), language })
        if ('problems' in played) {
          const { problems } = played
          if (options.json) sayJson({ ok: false, problems: problems.map((one) => worded(one, language)) })
          else for (const problem of problems) say(problemLine(problem, language))
          return EXIT.problem
        }
        const { warnings, ...rehearsal } = played
        for (const warning of warnings) note(problemLine(warning, language))
        if (options.json) sayJson(rehearsal)
        else for (const line of rehearsalLines(rehearsal, language)) say(line)
        return undefined
      }),
    )
