/** `relance errors`: the reference of errors. */
import type { Command } from 'commander'
import { sayJson } from '../../terminal/output.ts'
import { action, verb } from '../verb.ts'

export const errors = (program: Command): Command =>
  verb(program, 'errors', 'print the reference of errors: codes, statuses, exit codes, what to do', [
    'relance errors > errors.md',
  ]).action(
    action(async ({ json }: { json?: boolean }) => {
      if (json) sayJson((await import('../../contract/error-table.ts')).ERROR_TABLE)
      else process.stdout.write((await import('../../contract/error-reference.ts')).errorReference())
      return undefined
    }),
  )
