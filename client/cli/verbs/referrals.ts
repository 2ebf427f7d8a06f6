/** `relance referrals`: who referred a lead, and who came through it. */
import type { Command } from 'commander'
import type { Referrals } from '../../contract/index.ts'
import { moment, paint, say, sayJson } from '../../terminal/output.ts'
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
  for (const link of [...referredBy].reverse()) say(`${name(link, link.by)} named, on ${moment(link.at)}:`)
  say(paint('bold', lead))
  for (const link of referred) {
    const who = link.lead === null ? 'an address that must not be written to' : name(link, link.lead)
    const how = link.became === 'linked' ? ', a lead before' : ''
    say(`${'  '.repeat(link.depth)}└ ${who}${how}, on ${moment(link.at)}`)
  }
  if (referredBy.length + referred.length === 0) say('Nobody referred them, and they referred nobody.')
}

function name({ firstName, lastName, company, standing, outcome }: Link, id: string): string {
  const who = [[firstName, lastName].filter(Boolean).join(' '), company].filter(Boolean).join(', ')
  return `${who || id} (${outcome ?? standing ?? ''})`
}
