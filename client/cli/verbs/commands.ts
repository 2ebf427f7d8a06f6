/** `relance pause`, `resume`, `drop` and `reopen`: what a person asks of one lead. */
import type { Command } from 'commander'
import type { RelanceClient } from '../../library/client.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'

const LEAD = "a lead's id or e-mail address"

export const pause = (program: Command): Command =>
  command(program, 'pause', 'keep a lead still until it is resumed', (relance, lead) => relance.pause(lead))

export const resume = (program: Command): Command =>
  command(program, 'resume', 'let a paused lead go on', (relance, lead) => relance.resume(lead))

export const drop = (program: Command): Command =>
  command(program, 'drop', 'end a lead; `reopen` takes it back', (relance, lead, { outcome }) =>
    relance.drop(lead, outcome === undefined ? {} : { outcome: outcome as 'lost' }),
  ).option(
    '--outcome <outcome>',
    'lost, refused_credit, opted_out, unreachable or unresponsive (default: lost)',
  )

export const reopen = (program: Command): Command =>
  command(program, 'reopen', 'let an ended lead begin again, with its history', (relance, lead) =>
    relance.reopen(lead),
  )

interface Options {
  outcome?: string
  json?: boolean
}

function command(
  program: Command,
  name: string,
  about: string,
  ask: (relance: RelanceClient, lead: string, options: Options) => ReturnType<RelanceClient['pause']>,
): Command {
  return verb(program, name, about, [`relance ${name} hugo.morel@atelier-morel.example`])
    .argument('<lead>', LEAD)
    .action(
      action(async (lead: string, options: Options) => {
        const answer = await ask(await connected(), lead, options)
        if (options.json) sayJson(answer)
        else say(`${answer.lead}: ${answer.done}`)
        return undefined
      }),
    )
}
