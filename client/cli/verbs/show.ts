/** `relance show`: one lead, all of it. */
import type { Command } from 'commander'
import type { LeadDetail } from '../../contract/index.ts'
import { moment, paint, say, sayJson } from '../../terminal/output.ts'
import { table } from '../../terminal/table.ts'
import { action, verb } from '../verb.ts'

export const show = (program: Command): Command =>
  verb(program, 'show', 'show one lead: standing, facts, what comes next, everything that happened', [
    'relance show hugo.morel@atelier-morel.example',
  ])
    .argument('<lead>', "a lead's id or e-mail address")
    .action(
      action(async (lead: string, { json }: { json?: boolean }) => {
        const { connect } = await import('../../library/connect.ts')
        const detail = await connect().show(lead)
        if (json) sayJson(detail)
        else print(detail)
        return undefined
      }),
    )

function print(detail: LeadDetail): void {
  const { lead, standing, next } = detail
  const name = [lead.firstName, lead.lastName].filter(Boolean).join(' ')
  say(paint('bold', [name, lead.company].filter(Boolean).join(', ') || lead.id))
  const lines: [string, string | null | undefined][] = [
    ['lead', [lead.id, lead.email].filter(Boolean).join('  ')],
    ['cadence', `${detail.cadence} version ${detail.version}, launched ${moment(lead.launchedAt)}`],
    [
      'standing',
      standing.is + (standing.missing.length > 0 ? `; missing: ${standing.missing.join(', ')}` : ''),
    ],
    ['stage', detail.stage],
    ['urgency', detail.urgency],
    ['hold', detail.hold],
    ['outcome', detail.outcome],
    ['next', next && [next.step, moment(next.at)].filter(Boolean).join(' at ')],
    ['because', next?.because],
    ['facts', detail.facts ? facts(detail.facts) : 'none yet'],
  ]
  for (const [head, text] of lines) if (text) say(`${paint('dim', head.padEnd(9))} ${text}`)
  say()
  const rows = table(detail.timeline, [
    { head: 'when', cell: (line) => moment(line.at) },
    { head: 'what', cell: (line) => line.kind },
    { head: '', cell: words, shrinks: true },
  ])
  for (const row of rows) say(row)
}

/** What is known, and nothing that isn't. */
function facts(known: NonNullable<LeadDetail['facts']>): string {
  const { interest, need, credit, demo, proposal, deal, amount, heard } = known
  const said = [
    interest.at && `interest ${interest.is}`,
    need.at && `need ${need.is}`,
    credit.at && `credit ${credit.is.state}${credit.is.limit ? ` up to ${credit.is.limit}` : ''}`,
    demo.at && `demo ${demo.is}`,
    proposal.at && `proposal ${proposal.is}`,
    deal.at && `deal ${deal.is}`,
    amount.at && `amount ${amount.is}`,
    heard && `last heard from ${moment(heard)}`,
    ...known.objections.map((o) => `objection ${o.topic} ${o.open ? 'open' : 'overcome'}`),
    ...Object.entries(known.named).map(([name, { is }]) => `${name} ${is}`),
  ]
  return said.filter(Boolean).join(', ') || 'none yet'
}

/** The rest of a line of the timeline, in words. */
function words({ at, kind, seq, ...rest }: LeadDetail['timeline'][number]): string {
  const shown = Object.entries(rest).filter(([key, value]) => key !== 'key' && value !== null && value !== '')
  return shown
    .map(([key, value]) =>
      typeof value === 'object' ? `${key} ${JSON.stringify(value)}` : `${key} ${value}`,
    )
    .join(', ')
}
