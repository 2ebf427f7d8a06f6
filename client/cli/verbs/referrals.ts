/** `relance referrals`: who referred a lead, and who came through it. */
import type { Command } from 'commander'
import { dictionaryOf } from '../../../cadence/reasons/say.ts'
import type { Referrals } from '../../contract/index.ts'
import { moment, paint, say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'

type Link = Referrals['referred'][number]

export const referrals = (program: Command): Command =>
  verb(program, 'referrals', 'show who referred a lead, and everybody who came through it', [
    'relance referrals hugo.morel@atelier-morel.example',
  ])
    .argument('<lead>', "a lead's id or e-mail address")
    .action(
      action(async (lead: string, { json }: { json?: boolean }) => {
        const found = await (await connected()).referrals(lead)
        if (json) sayJson(found)
        else print(found)
        return undefined
      }),
    )

function print({ lead, referredBy, referred }: Referrals): void {
  const language = terminalLanguage()
  const { referrals: text } = terminalWords(language)
  const { typeset, words } = dictionaryOf(language)
  const name = ({ firstName, lastName, company, standing, outcome }: Link, id: string): string => {
    const who = [[firstName, lastName].filter(Boolean).join(' '), company].filter(Boolean).join(', ')
    const state = outcome ? words.outcome[outcome] : standing ? words.standing[standing] : ''
    return `${who || id} (${state})`
  }
  for (const link of [...referredBy].reverse()) {
    say(typeset(text.named(name(link, link.by), moment(link.at))))
  }
  say(paint('bold', lead))
  for (const link of referred) {
    const who = link.lead === null ? text.suppressed : name(link, link.lead)
    say(`${'  '.repeat(link.depth)}└ ${text.came(who, link.became === 'linked', moment(link.at))}`)
  }
  if (referredBy.length + referred.length === 0) say(text.nobody)
}
