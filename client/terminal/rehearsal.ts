/** How a rehearsal is printed: a calendar a person wants to read. */

import type { Language } from '../../cadence/reasons/dictionary.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { dictionaryOf, sayMoment } from '../../cadence/reasons/say.ts'
import { type Role, STEP_KINDS } from '../../cadence/words.ts'
import type { Entry, Line, Played } from '../contract/rehearsal.ts'
import { columns, paint } from './output.ts'
import { pad } from './table.ts'
import { terminalWords } from './words/words.ts'

/** All that is printed of a rehearsal, in the zone of the lead. */
export function rehearsalLines(played: Played, language: Language): string[] {
  const { calendar, story, standing, outcome, ends, waits, from, zone, holidays, assumed } = played
  const { words, typeset } = dictionaryOf(language)
  const text = terminalWords(language).rehearse
  const reader: Reader = { language, zone, now: 0 }
  const at = (iso: string | null | undefined): string | undefined =>
    iso ? sayMoment(Date.parse(iso), reader) : undefined
  const end = outcome
    ? text.ends(words.outcome[outcome], at(ends) ?? '')
    : text.goesOn(waits?.because ?? '', at(waits?.at))
  return [
    paint('dim', typeset(text.launched(at(from) ?? '', zone))),
    ...(holidays ? [paint('dim', typeset(text.holidays(holidays, assumed)))] : []),
    '',
    ...calendarLines(calendar, story, zone, language),
    '',
    paint('bold', typeset([totals(calendar, language) || text.nothing, end].join('. '))),
    ...(outcome ? [] : [typeset(text.isA(words.aStanding[standing.value], standing.says))]),
  ]
}

const MARK: Record<string, string> = { email: '✉', task: '☐', credit_check: '€', notify: '!' }

const SIGN: Record<Line['kind'], string> = {
  signal: '←',
  standing: '★',
  stage: '→',
  play: '▸',
  urgency: '▲',
  hold: '…',
  step: '·',
}

/** The calendar's lines, in the zone of the imagined lead: a head for each month, a line for each touch and event. */
export function calendarLines(
  calendar: readonly Entry[],
  story: readonly Line[],
  zone: string,
  language: Language,
): string[] {
  const { words, typeset } = dictionaryOf(language)
  const toRole = (role: string): string =>
    typeset(terminalWords(language).rehearse.to(words.role[role as Role] ?? role))
  const widths = {
    stage: Math.max(0, ...calendar.map(({ stage }) => stage.length)),
    step: Math.max(0, ...calendar.map(({ step }) => step.length)),
  }
  const touch = ({ stage, step, kind, to, subject }: Entry): string => {
    const left = `${MARK[kind] ?? ' '} ${pad(stage, widths.stage)}  ${pad(step, widths.step)}`
    return `${left}  ${to === 'main' ? '' : toRole(to)}${subject ?? ''}`
  }
  const lines: string[] = []
  let month = ''
  for (const item of inOrder(calendar, story)) {
    const { head, day } = local(item.at, zone, language)
    if (head !== month) lines.push(...(month === '' ? [] : ['']), paint('bold', head))
    month = head
    const text = 'step' in item ? touch(item) : `${SIGN[item.kind]} ${item.text}`
    const line = shortened(`  ${day}  ${text}`)
    lines.push('step' in item ? line : paint(item.kind === 'signal' ? 'cyan' : 'dim', line))
  }
  return lines
}

/** Both by time. At one instant, what happened comes first: it is why the touch is what it is. */
function inOrder(calendar: readonly Entry[], story: readonly Line[]): (Entry | Line)[] {
  return [...story, ...calendar].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function shortened(line: string): string {
  const room = columns()
  return [...line].length > room ? `${[...line].slice(0, room - 1).join('')}…` : line
}

function local(iso: string, zone: string, language: Language): { head: string; day: string } {
  const date = new Date(iso)
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { timeZone: zone, ...options }).format(
      date,
    )
  const weekday = format({ weekday: 'short' })
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return {
    head: format({ month: 'long', year: 'numeric' }),
    day: `${weekday} ${format({ day: '2-digit' })}  ${time}`,
  }
}

/** `5 e-mails, 1 task` */
export function totals(calendar: readonly Entry[], language: Language): string {
  const { counts } = terminalWords(language)
  return STEP_KINDS.map((kind) => [kind, calendar.filter((entry) => entry.kind === kind).length] as const)
    .filter(([, n]) => n > 0)
    .map(([kind, n]) => counts[kind](n))
    .join(', ')
}
