/** `relance mailboxes` and `relance mailbox resume`: mailboxes in trouble, and letting a paused one go on. */
import { Argument, type Command } from 'commander'
import { moment, say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage, terminalZone } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb, ZONE } from '../verb.ts'

export const mailboxes = (program: Command): Command =>
  verb(
    program,
    'mailboxes',
    'list mailboxes that are refused or paused: what their servers say, what to do',
    ['relance mailboxes'],
  )
    .option(...ZONE)
    .action(
      action(async ({ json, zone }: { json?: boolean; zone?: string }) => {
        const rows = await (await connected()).mailboxes()
        const { mailboxes: text } = terminalWords(terminalLanguage())
        const here = terminalZone(zone)
        if (json) sayJson(rows)
        else if (rows.length === 0) say(text.fine)
        else {
          for (const { mailbox, paused, because, remedy, says, refused, tries, waiting } of rows) {
            const since = paused === null ? '' : moment(paused, here)
            say(
              `${mailbox}: ${paused === null ? text.refused(refused) : text.paused(since, waiting)} (${because})`,
            )
            say(`  ${text.says(says)}`)
            say(`  ${remedy}`)
            if (tries !== null) say(`  ${text.tries(moment(tries, here), mailbox)}`)
          }
        }
        return undefined
      }),
    )

export const mailbox = (program: Command): Command =>
  verb(program, 'mailbox', 'let a paused mailbox send again: its e-mails are planned anew, from now', [
    'relance mailbox resume claire',
  ])
    .addArgument(new Argument('<what>', 'what to do').choices(['resume']))
    .argument('<mailbox>', 'its name in relance.yaml')
    .action(
      action(async (_: string, name: string, { json }: { json?: boolean }) => {
        const answer = await (await connected()).resumeMailbox(name)
        if (json) sayJson(answer)
        else say(terminalWords(terminalLanguage()).mailboxes.resumed(name))
        return undefined
      }),
    )
