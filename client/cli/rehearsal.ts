/** How a rehearsal is printed: a calendar a person wants to read. */
import { columns, count, moment, paint } from './output.ts'
import { pad } from './table.ts'

/** One line of the calendar, as `rehearse --json` has it. */
export interface Entry {
  at: string
  stage: string
  step: string
  kind: string
  to: string
  subject: string | null
  urgency: string
  because: string
  /** Why then: waits, window, caps. */
  why: string
}

export interface RehearsalPrinted {
  calendar: readonly Entry[]
  outcome: string | null
  ends: string | null
  waits: { because: string; step: string | null; at: string | null } | null
  from: string
  zone: string
}

/** All that is printed of a rehearsal. */
export function rehearsalLines(played: RehearsalPrinted): string[] {
  const { calendar, outcome, ends, waits, from, zone } = played
  const end = outcome
    ? `Ends as ${outcome} on ${moment(ends, zone)}.`
    : `Has not ended: ${waits?.because}${waits?.at ? `, next on ${moment(waits.at, zone)}` : ''}.`
  return [
    paint('dim', `Launched on ${moment(from, zone)}, times in ${zone}.`),
    '',
    ...calendarLines(calendar, zone),
    '',
    paint('bold', [totals(calendar) || 'Nothing is sent', end].join('. ')),
  ]
}

const MARK: Record<string, string> = { email: '✉', task: '☐', credit_check: '€', notify: '!' }

/** The calendar's lines, in the zone of the imagined lead: a head for each month, a line for each touch. */
export function calendarLines(calendar: readonly Entry[], zone: string): string[] {
  const widths = {
    stage: Math.max(0, ...calendar.map(({ stage }) => stage.length)),
    step: Math.max(0, ...calendar.map(({ step }) => step.length)),
  }
  const lines: string[] = []
  let month = ''
  let urgency = calendar[0]?.urgency
  for (const entry of calendar) {
    const { head, day } = local(entry.at, zone)
    if (head !== month) lines.push(...(month === '' ? [] : ['']), paint('bold', head))
    month = head
    if (entry.urgency !== urgency) lines.push(paint('yellow', `  urgency: ${urgency} → ${entry.urgency}`))
    urgency = entry.urgency
    const left = `  ${day}  ${MARK[entry.kind] ?? ' '} ${pad(entry.stage, widths.stage)}  ${pad(entry.step, widths.step)}  `
    const to = entry.to === 'main' ? '' : `→ ${entry.to}: `
    const text = `${to}${entry.subject ?? ''}`
    const room = columns() - left.length
    lines.push(left + ([...text].length > room ? `${[...text].slice(0, room - 1).join('')}…` : text))
  }
  return lines
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
