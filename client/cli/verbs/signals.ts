/** `relance signals`: the reference of signals. */
import type { Command } from 'commander'
import { SIGNALS } from '../../../cadence/signals.ts'
import { sayJson } from '../../terminal/output.ts'
import { action, verb } from '../verb.ts'

export const signals = (program: Command): Command =>
  verb(program, 'signals', 'print the reference of signals: types, fields, what each changes, an example', [
    'relance signals > signals.md',
  ]).action(
    action(async ({ json }: { json?: boolean }) => {
      const { signalReference } = await import('../../signals/signals-page.ts')
      if (json) sayJson(SIGNALS)
      else process.stdout.write(signalReference())
      return undefined
    }),
  )
