/** What a demo prints: its events as they happen, and the summary at the end. */
import { DAY, type Instant } from '../../cadence/time.ts'
import { columns, count, moment, paint } from '../terminal/output.ts'
import { pad, table } from '../terminal/table.ts'
import type { Findings } from './findings.ts'
import type { Event } from './world.ts'

const STYLE = { 'e-mail': 'cyan', them: 'yellow', bank: 'magenta', seller: 'blue', lead: 'green' } as const

/** `day  12  2026-12-05  Atelier Morel         e-mail  Deux minutes pour …` */
export function eventLine({ at, company, kind, text }: Event, from: Instant): string {
  const day = String(Math.max(0, Math.floor((at - from) / DAY))).padStart(3)
  const date = new Date(at).toISOString().slice(0, 10)
  const head = `day ${day}  ${date}  ${pad(company, 22)}  `
  const line = `${paint('dim', head)}${paint(STYLE[kind], kind.padEnd(6))}  `
  const room = columns() - head.length - 8
  return line + ([...text].length > room ? `${[...text].slice(0, room - 1).join('')}…` : text)
}

/** The summary's lines. */
export function summaryLines(found: Findings, inbox: string): string[] {
  const days = Math.round((Date.parse(found.now) - Date.parse(found.from)) / DAY)
  return [
    paint('bold', `${days} days of the cadence, ${found.from.slice(0, 10)} to ${found.now.slice(0, 10)}`),
    ...section('Funnel', bars(found.funnel.map(({ standing, leads }) => [standing, leads]))),
    ...section(`E-mails (${found.inbox})`, emails(found)),
    ...section('Which benefit sells', benefits(found)),
    ...section('Credit', bars(Object.entries(found.credit).sort(([, a], [, b]) => b - a))),
    ...section('Outcomes', bars(Object.entries(found.outcomes).sort(([, a], [, b]) => b - a))),
    ...section(`Open leads (${found.open.length}) and what each waits for`, open(found)),
    '',
    `The e-mails are in ${inbox}, as .eml files.`,
    ...(found.late > 0
      ? [`${count(found.late, 'touch', 'touches')} came late and had to be planned again.`]
      : []),
    ...found.problems.map((problem) => paint('red', `Problem: ${problem}`)),
  ]
}

const section = (title: string, lines: string[]): string[] => [
  '',
  paint('bold', title),
  ...lines.map((line) => `  ${line}`),
]

const LONGEST_BAR = 40

/** Bars to one scale, the number behind. */
function bars(values: [string, number][]): string[] {
  const most = Math.max(1, ...values.map(([, n]) => n))
  const head = Math.max(0, ...values.map(([name]) => name.length))
  return values.map(([name, n]) => {
    const bar = n === 0 ? '' : '█'.repeat(Math.max(1, Math.round((n / most) * LONGEST_BAR)))
    return `${name.padEnd(head)}  ${paint('green', bar)}${bar === '' ? '' : ' '}${n}`
  })
}

function emails({ emails }: Findings): string[] {
  return table(emails, [
    { head: 'step', cell: (e) => e.step },
    { head: 'theme', cell: (e) => e.theme },
    { head: 'sent', cell: (e) => e.sent, right: true },
  ])
}

function benefits({ benefits }: Findings): string[] {
  return table(benefits, [
    { head: 'benefit', cell: (b) => b.theme },
    { head: 'e-mails', cell: (b) => b.sent, right: true },
    { head: 'leads', cell: (b) => b.leads, right: true },
    { head: 'answered', cell: (b) => b.answered, right: true },
    { head: 'customers', cell: (b) => b.won, right: true },
  ])
}

function open({ open }: Findings): string[] {
  const soonest = [...open].sort((a, b) => ((a.at ?? '9') < (b.at ?? '9') ? -1 : 1))
  return table(
    soonest,
    [
      { head: 'company', cell: (l) => l.company },
      { head: 'stage', cell: (l) => l.stage },
      { head: 'next', cell: (l) => (l.hold ? `on hold: ${l.hold}` : l.step) },
      { head: 'when', cell: (l) => moment(l.at) },
      { head: 'because', cell: (l) => (l.at ? '' : l.because), shrinks: true },
    ],
    columns() - 2,
  )
}

/** One line that says how it went. */
export const verdict = ({ inbox, problems }: Findings): string =>
  problems.length === 0
    ? paint('green', `${count(inbox, 'e-mail')}: none twice, none after an exit, each of them on record.`)
    : paint('red', `${count(problems.length, 'problem')} found.`)
