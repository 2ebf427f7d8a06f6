/** `relance show`: one lead, all of it. */
import type { Command } from 'commander'
import { leadLines } from '../../terminal/lead.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage, terminalZone } from '../../terminal/reader.ts'
import { connected } from '../api-client.ts'
import { action, verb, ZONE } from '../verb.ts'

export const show = (program: Command): Command =>
  verb(program, 'show', 'show one lead: standing, facts, what comes next, everything that happened', [
    'relance show hugo.morel@atelier-morel.example',
  ])
    .argument('<lead>', "a lead's id or e-mail address")
    .option(...ZONE)
    .action(
      action(async (lead: string, { json, zone }: { json?: boolean; zone?: string }) => {
        const detail = await (await connected(zone)).show(lead)
        if (json) sayJson(detail)
        else for (const line of leadLines(detail, terminalLanguage(), terminalZone(zone))) say(line)
        return undefined
      }),
    )
