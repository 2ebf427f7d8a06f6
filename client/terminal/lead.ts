/** `show` in lines: who the lead is, where it stands, what comes next, and all that happened. */

import type { Language } from '../../cadence/reasons/dictionary.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { dictionaryOf, sayDay, sayMoment } from '../../cadence/reasons/say.ts'
import type { CreditState, Deal, Demo, HoldWord, Interest, Need, Proposal } from '../../cadence/words.ts'
import type { LeadDetail } from '../contract/index.ts'
import { moment, paint } from './output.ts'
import { table } from './table.ts'
import { terminalWords } from './words/words.ts'

/** Reasons and timeline are in the language that the server was asked for. */
export function leadLines(detail: LeadDetail, language: Language, zone: string): string[] {
  const { lead, standing, next } = detail
  const { words, typeset } = dictionaryOf(language)
  const { show: text, heads, zoneIs } = terminalWords(language)
  const reader: Reader = { language, zone, now: Date.now(), leadZone: String(lead.zone) }
  const name = [lead.firstName, lead.lastName].filter(Boolean).join(' ')
  const at = next?.at ? sayMoment(Date.parse(next.at), reader) : undefined
  const missing = standing.missing.length > 0 ? text.missing(standing.missing.join(', ')) : ''
  const lines: [keyof typeof text.lines, string | null | undefined][] = [
    ['lead', [lead.id, lead.email].filter(Boolean).join('  ')],
    ['cadence', text.version(detail.cadence, detail.version, sayDay(Date.parse(lead.launchedAt), reader))],
    ['standing', words.standing[standing.value] + missing],
    ['stage', detail.stage],
    ['urgency', detail.urgency],
    ['hold', detail.hold && words.hold[detail.hold as HoldWord]],
    ['asleep', detail.asleep && text.asleepSince(moment(detail.asleep.since, zone), detail.asleep.says)],
    ['outcome', detail.outcome && words.outcome[detail.outcome]],
    ['next', next && (at ? text.nextAt(next.step ?? '', at) : next.step)],
    ['because', next?.because],
    ['server', detail.server && [detail.server.says, detail.server.remedy].filter(Boolean).join(' — ')],
    ['facts', (detail.facts && factsLine(detail.facts, language, reader)) || text.noFacts],
  ]
  const width = Math.max(...Object.values(text.lines).map((head) => head.length)) + 1
  const rows = (lines: LeadDetail['timeline']): string[] =>
    table(lines, [
      { head: heads.when, cell: (line) => moment(line.at, zone) },
      { head: heads.what, cell: (line) => line.text, shrinks: true },
    ])
  const late = detail.afterEnd.length > 0 ? ['', text.afterEnd, ...rows(detail.afterEnd)] : []
  return [
    paint('bold', [name, lead.company].filter(Boolean).join(', ') || lead.id),
    ...lines.flatMap(([head, value]) =>
      value ? [`${paint('dim', text.lines[head].padEnd(width))} ${typeset(value)}`] : [],
    ),
    '',
    ...rows(detail.timeline),
    ...late,
    '',
    paint('dim', typeset(zoneIs(zone))),
  ]
}

/** What is known, and nothing that isn't. */
function factsLine(known: NonNullable<LeadDetail['facts']>, language: Language, reader: Reader): string {
  const { interest, need, credit, demo, proposal, deal, amount, heard } = known
  const { words } = dictionaryOf(language)
  const { facts: heads, objection } = terminalWords(language).show
  const said = [
    interest.at && `${heads.interest} ${words.interest[interest.value as Interest]}`,
    need.at && `${heads.need} ${words.need[need.value as Need]}`,
    credit.at &&
      `${heads.credit} ${words.credit[credit.value.state as CreditState]}${credit.value.limit ? ` ${heads.upTo} ${credit.value.limit}` : ''}`,
    demo.at && `${heads.demo} ${words.demo[demo.value as Demo]}`,
    proposal.at && `${heads.proposal} ${words.proposal[proposal.value as Proposal]}`,
    deal.at && `${heads.deal} ${words.deal[deal.value as Deal]}`,
    amount.at && `${heads.amount} ${amount.value}`,
    heard && `${heads.heard} ${sayMoment(Date.parse(heard), reader)}`,
    ...known.objections.map((one) => objection(one.topic, one.open)),
    ...Object.entries(known.named).map(([name, { value }]) => `${name} ${value}`),
  ]
  return said.filter(Boolean).join(', ')
}
