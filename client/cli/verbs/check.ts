/** `relance check`: every error of a cadence and its templates, with its place. */
import type { Command } from 'commander'
import type { Problem } from '../../../cadence/language/problem.ts'
import { worded } from '../../../cadence/reasons/problems.ts'
import { EXIT } from '../../contract/error-table.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { problemLine } from '../../terminal/problems.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { action, verb } from '../verb.ts'

export const check = (program: Command): Command =>
  verb(program, 'check', 'find what is wrong with a cadence and its templates', [
    'relance check examples/atelier-erp.yaml',
    'relance check examples/atelier-erp.yaml --leads examples/leads.csv',
  ])
    .argument('<file...>', 'cadence files')
    .option(
      '--leads <file>',
      'a list of leads: every letter is tried out with them (default: leads.csv beside the cadence)',
    )
    .addHelpText('after', '\nNeeds no configuration and no server. Exit code 1 when there are errors.')
    .action(
      action(async (files: string[], { json, leads }: { json?: boolean; leads?: string }) => {
        const { checkFile } = await import('../../check/check.ts')
        const { sampleLeads } = await import('../../check/read-leads.ts')
        const { mailboxNames } = await import('../mailbox-names.ts')
        const mailboxes = mailboxNames()
        const problems: Problem[] = []
        for (const file of files) {
          const sample = await sampleLeads(file, leads)
          const of = { ...(mailboxes && { mailboxes }), ...(sample && { leads: sample }) }
          problems.push(...checkFile(file, of).problems)
        }
        const errors = problems.filter(({ severity }) => severity === 'error').length
        const language = terminalLanguage()
        if (json) {
          sayJson({ ok: errors === 0, problems: problems.map((problem) => worded(problem, language)) })
        } else {
          for (const problem of problems) say(problemLine(problem, language))
          const { check: text } = terminalWords(language)
          const [file = ''] = files
          const what = files.length === 1 ? file : text.files(files.length)
          say(text.found(what, errors, problems.length - errors))
        }
        return errors > 0 ? EXIT.problem : undefined
      }),
    )
