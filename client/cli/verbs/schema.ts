/** `relance schema`: the JSON Schema of cadence files, for editors. */
import type { Command } from 'commander'
import { action, verb } from '../verb.ts'

export const schema = (program: Command): Command =>
  verb(program, 'schema', 'print the JSON Schema of cadence files, for editors', [
    'relance schema > cadence.schema.json',
  ]).action(
    action(async () => {
      const { schemaFileText } = await import('../../check/schema-file.ts')
      process.stdout.write(schemaFileText())
      return undefined
    }),
  )
