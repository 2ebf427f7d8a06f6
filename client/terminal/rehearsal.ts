/** How a rehearsal is printed: a calendar a person wants to read. */

import type { Entry, Line, Played } from '../contract/rehearsal.ts'
import { columns, count, moment, paint } from './output.ts'
import { pad } from './table.ts'

/** All that is printed of a rehearsal. */
export function rehearsalLines(played: Played): string[] {
  const { calendar, story, standing, outcome, ends, waits, from, zone } = played
  const end = outcome
    ? `Ends as ${outcome} on ${moment(ends, zone)}.`
    : `Has not ended: ${waits?.because}${waits?.at ? `, next on ${moment(waits.at, zone)}` : ''}.`
  return [
    paint('dim', `Launched on ${moment(from, zone)}, times in ${zone}.`),
    '',
    ...calendarLines(calendar, story, zone),
    '',
    paint('bold', [totals(calendar) || 'Nothing is sent', end].join('. ')),
    ...(outcome ? [] : [`It is a ${standing.is}; ${standing.says}.`]),
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
}

/** The calendar's lines, in the zone of the imagined lead: a head for each month, a line for each touch and event. */
export function calendarLines(calendar: readonly Entry[], story: readonly Line[], zone: string): string[] {
  const widths = {
    stage: Math.max(0, ...calendar.map(({ stage }) => stage.length)),
    step: Math.max(0, ...calendar.map(({ step }) => step.length)),
  }
  const touch = ({ stage, step, kind, to, subject }: Entry): string => {
    const left = `${MARK[kind] ?? ' '} ${pad(stage, widths.stage)}  ${pad(step, widths.step)}`
    return `${left}  ${to === 'main' ? '' : `→ ${to}: `}${subject ?? ''}`
  }
  const lines: string[] = []
  let month = ''
  for (const item of inOrder(calendar, story)) {
    const { head, day } = local(item.at, zone)
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

function local(iso: string, zone: string): { head: string; day: string } {
  const date = new Date(iso)
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(date)
  const weekday = format({ weekday: 'short' })
  const time = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return {
    head: format({ month: 'long', year: 'numeric' }),
    day: `${weekday} ${format({ day: '2-digit' })}  ${time}`,
  }
}

/** `5 e-mails, 1 task` */
export function totals(calendar: readonly Entry[]): string {
  const words: Record<string, [string, string]> = {
    email: ['e-mail', 'e-mails'],
    task: ['task', 'tasks'],
    credit_check: ['credit check', 'credit checks'],
    notify: ['notice', 'notices'],
  }
  return Object.entries(words)
    .map(
      ([kind, [one, many]]) => [calendar.filter((entry) => entry.kind === kind).length, one, many] as const,
    )
    .filter(([n]) => n > 0)
    .map(([n, one, many]) => count(n, one, many))
    .join(', ')
}
