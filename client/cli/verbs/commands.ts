/** `relance pause`, `resume`, `drop` and `reopen`: what a person asks of one lead. */
import type { Command } from 'commander'
import { RelanceError } from '../../../cadence/errors.ts'
import type { RelanceClient } from '../../library/client.ts'
import { definedFields } from '../../services/defined-fields.ts'
import { readInstant } from '../../signals/fields.ts'
import { say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage, terminalZone } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'

const LEAD = "a lead's id or e-mail address"

interface PauseOptions {
  until?: string
  owner?: string
  cadence?: string
  account?: string
  dryRun?: boolean
  json?: boolean
}

export const pause = (program: Command): Command =>
  verb(program, 'pause', 'keep a lead still until it is resumed, or until a date', [
    'relance pause hugo.morel@atelier-morel.example --until 2027-01-04',
    'relance pause --owner claire --until 2026-08-24',
  ])
    .argument('[lead]', LEAD)
    .option('--until <date>', 'goes on by itself then')
    .option('--owner <owner>', "instead of a lead: all open leads of a seller's")
    .option('--cadence <cadence>', 'instead of a lead: all open leads of a cadence')
    .option('--account <account>', 'instead of a lead: all open leads of a company, by domain or name')
    .option('--dry-run', 'only say how many they are')
    .action(
      action(async (lead: string | undefined, options: PauseOptions) => {
        const { until, owner, cadence, account, dryRun, json } = options
        const relance = await connected()
        const text = terminalWords(terminalLanguage()).paused
        if (lead !== undefined && (owner ?? cadence ?? account) === undefined) {
          const answer = await relance.pause(lead, definedFields({ until }))
          if (json) sayJson(answer)
          else say(`${answer.lead}: ${answer.done}`)
          return undefined
        }
        if (lead !== undefined) throw new RelanceError('usage', { kind: 'whom' })
        const many = await relance.pauseMany(definedFields({ owner, cadence, account, until, dry: dryRun }))
        if (json) sayJson(many)
        else say(many.done ? text.done(many.leads) : text.would(many.leads))
        return undefined
      }),
    )

export const resume = (program: Command): Command =>
  command(program, 'resume', 'let a paused lead go on', (relance, lead) => relance.resume(lead))

export const drop = (program: Command): Command =>
  command(program, 'drop', 'end a lead; `reopen` takes it back', (relance, lead, { outcome }) =>
    relance.drop(lead, outcome === undefined ? {} : { outcome: outcome as 'lost' }),
  ).option(
    '--outcome <outcome>',
    'lost, refused_credit, opted_out, unreachable or unresponsive (default: lost)',
  )

interface ReopenOptions {
  mailbox?: string
  since?: string
  until?: string
  dryRun?: boolean
  json?: boolean
}

export const reopen = (program: Command): Command =>
  verb(program, 'reopen', 'let an ended lead begin again, with its history; or all that a mailbox ended', [
    'relance reopen hugo.morel@atelier-morel.example',
    'relance reopen --mailbox claire --since 2026-11-27 --dry-run',
  ])
    .argument('[lead]', LEAD)
    .option('--mailbox <name>', 'instead of a lead: who ended as unreachable by the refusals of a mailbox')
    .option('--since <moment>', 'with --mailbox: refused from then on, a date or a moment')
    .option('--until <moment>', 'with --mailbox: and before then')
    .option('--dry-run', 'only say how many they are, and what the server had said')
    .action(
      action(async (lead: string | undefined, options: ReopenOptions) => {
        const { mailbox, since, until, dryRun, json } = options
        const relance = await connected()
        if (lead !== undefined && mailbox === undefined) {
          const answer = await relance.reopen(lead)
          if (json) sayJson(answer)
          else say(`${answer.lead}: ${answer.done}`)
          return undefined
        }
        if (lead !== undefined || mailbox === undefined || since === undefined) {
          throw new RelanceError('usage', { kind: 'whom_to_reopen' })
        }
        const body = { mailbox, since: momentOf('since', since), dry: dryRun ?? false }
        const many = await relance.reopenMany(
          until === undefined ? body : { ...body, until: momentOf('until', until) },
        )
        const text = terminalWords(terminalLanguage()).reopened
        if (json) sayJson(many)
        else {
          say(many.done ? text.done(many.reopened, many.leads) : text.would(many.leads))
          for (const { says, leads, verdict } of many.replies) say(`  ${text.reply(leads, verdict, says)}`)
        }
        return undefined
      }),
    )

/** A date or a moment of this machine's zone, as the wire has it. */
function momentOf(option: 'since' | 'until', text: string): string {
  const at = readInstant(text, terminalZone())
  if (at === undefined) throw new RelanceError('usage', { kind: 'date', option, text })
  return new Date(at).toISOString()
}

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
