/** `relance explain`: what comes next for a lead, when, why, and what would change it. */
import type { Command } from 'commander'
import { explanationLines } from '../../terminal/explanation.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage, terminalZone } from '../../terminal/reader.ts'
import { connected } from '../api-client.ts'
import { action, verb, ZONE } from '../verb.ts'

export const explain = (program: Command): Command =>
  verb(program, 'explain', 'say what comes next for a lead, when and why', [
    'relance explain hugo.morel@atelier-morel.example',
  ])
    .argument('<lead>', "a lead's id or e-mail address")
    .option(...ZONE)
    .action(
      action(async (lead: string, { json, zone }: { json?: boolean; zone?: string }) => {
        const answer = await (await connected(zone)).explain(lead)
        if (json) sayJson(answer)
        else for (const line of explanationLines(answer, terminalLanguage(), terminalZone(zone))) say(line)
        return undefined
      }),
    )
