/** What a demo prints: its events as they happen, and the summary at the end. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { dictionaryOf, sayDay } from '../../cadence/reasons/say.ts'
import { DAY, type Instant } from '../../cadence/time.ts'
import type { Theme } from '../../cadence/words.ts'
import { columns, moment, paint } from '../terminal/output.ts'
import { pad, table } from '../terminal/table.ts'
import { terminalWords } from '../terminal/words/words.ts'
import type { Findings } from './findings.ts'
import type { Event } from './world.ts'

const STYLE = { 'e-mail': 'cyan', them: 'yellow', bank: 'magenta', seller: 'blue', lead: 'green' } as const

/** `day  12  2026-12-05  Atelier Morel         e-mail  Deux minutes pour …` */
export function eventLine(
  { at, company, kind, text }: Event,
  from: Instant,
  language: Language,
  zone: string,
): string {
  const { story } = terminalWords(language)
  const { typeset } = dictionaryOf(language)
  const day = String(Math.max(0, Math.floor((at - from) / DAY))).padStart(3)
  const date = moment(at, zone).slice(0, 10)
  const head = `${story.day} ${day}  ${date}  ${pad(company, 22)}  `
  const width = Math.max(...Object.values(story.who).map((who) => who.length))
  const line = `${paint('dim', head)}${paint(STYLE[kind], story.who[kind].padEnd(width))}  `
  const room = columns() - head.length - width - 2
  const told = kind === 'e-mail' ? text : typeset(text)
  return line + ([...told].length > room ? `${[...told].slice(0, room - 1).join('')}…` : told)
}

/** The summary's lines. */
export function summaryLines(found: Findings, inbox: string, language: Language, zone: string): string[] {
  const { demo: text, zoneIs } = terminalWords(language)
  const { words, typeset } = dictionaryOf(language)
  const reader: Reader = { language, zone, now: Date.parse(found.now) }
  const day = (iso: string): string => sayDay(Date.parse(iso), reader)
  const days = Math.round((Date.parse(found.now) - Date.parse(found.from)) / DAY)
  const ranked = (values: Record<string, number>, word: Record<string, string>): [string, number][] =>
    Object.entries(values)
      .sort(([, a], [, b]) => b - a)
      .map(([name, n]) => [word[name] ?? name, n])
  return [
    paint('bold', text.title(days, day(found.from), day(found.now))),
    ...section(
      text.funnel,
      bars(found.funnel.map(({ standing, leads }) => [words.standing[standing], leads])),
    ),
    ...section(text.emails(found.inbox), emails(found, language)),
    ...section(text.benefits, benefits(found, language)),
    ...section(text.credit, bars(ranked(found.credit, words.credit))),
    ...section(text.outcomes, bars(ranked(found.outcomes, words.outcome))),
    ...section(text.open(found.open.length), open(found, language, zone)),
    '',
    text.inbox(inbox),
    zoneIs(zone),
    ...(found.late > 0 ? [text.late(found.late)] : []),
    ...found.problems.map((problem) => paint('red', text.problem(problem))),
  ].map(typeset)
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

function emails({ emails }: Findings, language: Language): string[] {
  const { heads } = terminalWords(language)
  const { theme } = dictionaryOf(language).words
  return table(emails, [
    { head: heads.step, cell: (e) => e.step },
    { head: heads.theme, cell: (e) => e.theme && (theme[e.theme as Theme] ?? e.theme) },
    { head: heads.sent, cell: (e) => e.sent, right: true },
  ])
}

function benefits({ benefits }: Findings, language: Language): string[] {
  const { heads } = terminalWords(language)
  const { theme } = dictionaryOf(language).words
  return table(benefits, [
    { head: heads.benefit, cell: (b) => theme[b.theme] },
    { head: heads.emails, cell: (b) => b.sent, right: true },
    { head: heads.leads, cell: (b) => b.leads, right: true },
    { head: heads.answered, cell: (b) => b.answered, right: true },
    { head: heads.customers, cell: (b) => b.won, right: true },
  ])
}

function open({ open }: Findings, language: Language, zone: string): string[] {
  const { heads, demo: text } = terminalWords(language)
  const { hold } = dictionaryOf(language).words
  const soonest = [...open].sort((a, b) => ((a.at ?? '9') < (b.at ?? '9') ? -1 : 1))
  return table(
    soonest,
    [
      { head: heads.company, cell: (l) => l.company },
      { head: heads.stage, cell: (l) => l.stage },
      { head: heads.next, cell: (l) => (l.hold ? text.onHold(hold[l.hold]) : l.step) },
      { head: heads.when, cell: (l) => moment(l.at, zone) },
      { head: heads.because, cell: (l) => (l.at ? '' : l.because), shrinks: true },
    ],
    columns() - 2,
  )
}

/** One line that says how it went. */
export function verdict({ inbox, problems }: Findings, language: Language): string {
  const { counts, demo } = terminalWords(language)
  const { typeset } = dictionaryOf(language)
  return problems.length === 0
    ? paint('green', typeset(demo.allWell(counts.email(inbox))))
    : paint('red', typeset(demo.found(counts.problem(problems.length))))
}
