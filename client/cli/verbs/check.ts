/** `relance check`: every error of a cadence and its templates, with its place. */
import type { Command } from 'commander'
import { EXIT } from '../../contract/error-table.ts'
import { count, say, sayJson } from '../../terminal/output.ts'
import { problemLine } from '../../terminal/problems.ts'
import { action, verb } from '../verb.ts'

export const check = (program: Command): Command =>
  verb(program, 'check', 'find what is wrong with a cadence and its templates', [
    'relance check examples/atelier-erp.yaml',
  ])
    .argument('<file...>', 'cadence files')
    .addHelpText('after', '\nNeeds no configuration and no server. Exit code 1 when there are errors.')
    .action(
      action(async (files: string[], { json }: { json?: boolean }) => {
        const { checkFile } = await import('../../check/check.ts')
        const { mailboxNames } = await import('../mailbox-names.ts')
        const mailboxes = mailboxNames()
        const problems = files.flatMap((file) => checkFile(file, mailboxes ? { mailboxes } : {}).problems)
        const errors = problems.filter(({ severity }) => severity === 'error').length
        if (json) sayJson({ ok: errors === 0, problems })
        else {
          for (const problem of problems) say(problemLine(problem))
          const warnings = problems.length - errors
          const rest = warnings > 0 ? `, ${count(warnings, 'warning')}` : ''
          const name = files.length === 1 ? files[0] : count(files.length, 'file')
          say(errors > 0 ? `${name}: ${count(errors, 'error')}${rest}` : `${name}: no errors${rest}`)
        }
        return errors > 0 ? EXIT.problem : undefined
      }),
    )
