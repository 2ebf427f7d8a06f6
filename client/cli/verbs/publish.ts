/** `relance publish`: cuts a numbered version of a cadence. */
import type { Command } from 'commander'
import { note, say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'

export const publish = (program: Command): Command =>
  verb(program, 'publish', 'publish a cadence as a numbered version (same content, same version)', [
    'relance publish examples/atelier-erp.yaml',
  ])
    .argument('<file>', 'the cadence; its templates are in templates/ beside it')
    .action(
      action(async (file: string, { json }: { json?: boolean }) => {
        const { readCadenceFolder } = await import('../../check/folder.ts')
        const answer = await (await connected()).publish(readCadenceFolder(file))
        if (json) sayJson(answer)
        else {
          const { cadence, version, isNew, warnings, edits } = answer
          const { check, publish: text } = terminalWords(terminalLanguage())
          for (const { message } of warnings) note(check.warning(message))
          say(isNew ? text.published(cadence, version, warnings.length) : text.unchanged(cadence, version))
          for (const { message } of edits) say(`  ${message}`)
        }
        return undefined
      }),
    )
