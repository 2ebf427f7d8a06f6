/** `relance launch`: starts the leads of a file in a cadence. */
import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { RelanceError } from '../../../cadence/errors.ts'
import type { LaunchProgress } from '../../contract/cadences.ts'
import { EXIT } from '../../contract/error-table.ts'
import { paint, say, sayJson } from '../../terminal/output.ts'
import { type ProgressBar, progress } from '../../terminal/progress.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { table } from '../../terminal/table.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { printReading } from '../list-reading.ts'
import { action, verb } from '../verb.ts'

interface Options {
  cadence: string
  map: Record<string, string>
  ignore: string[]
  encoding?: string
  sheet?: string
  dates?: 'dmy' | 'mdy'
  dryRun?: boolean
  json?: boolean
}

export const launch = (program: Command): Command =>
  verb(program, 'launch', 'launch the leads of a file, CSV or XLSX: what CRMs and spreadsheets export', [
    'relance launch examples/leads.csv --cadence atelier-erp',
    'relance launch people.csv --cadence atelier-erp --map email="Work address" --dry-run',
  ])
    .argument('<file>', 'the file, CSV or XLSX')
    .requiredOption('--cadence <name>', 'the cadence they go through')
    .option('--map <field=Column>', 'which column holds a field; may be given again', addMap, {})
    .option(
      '--ignore <column>',
      'a column in which what looks like an opt-out, and is not clearly one, is none; may be given again',
      (column: string, before: string[]) => [...before, column],
      [],
    )
    .option('--encoding <name>', 'how the file is written, where that is not to be found out: windows-1252')
    .option('--sheet <name>', "a workbook's sheet, where several may be the list")
    .addOption(
      new Option(
        '--dates <order>',
        "how dates as 01/03/2026 are written, in columns whose own dates don't say",
      ).choices(['dmy', 'mdy']),
    )
    .option('--dry-run', 'check every row, launch nobody, and show how the file was read')
    .addHelpText(
      'after',
      '\nThe same file twice launches nobody twice. Exit code 1 when every row was refused.',
    )
    .action(
      action(
        async (file: string, { cadence, map, ignore, encoding, sheet, dates, dryRun, json }: Options) => {
          const csv = readFileSync(file)
          const { launch: text } = terminalWords(terminalLanguage())
          const bars = phases(text, json ?? false)
          const report = await (await connected()).launch(cadence, csv, {
            map,
            ignore,
            encoding,
            sheet,
            dates,
            dryRun: dryRun ?? false,
            onProgress: bars.to,
          })
          await bars.end()
          if (json) sayJson(report)
          else print(report)
          return report.refused.length > 0 && report.launched + report.already === 0
            ? EXIT.problem
            : undefined
        },
      ),
    )

/** A bar for each phase, one after the other. */
function phases(text: Record<LaunchProgress['phase'], string>, quiet: boolean) {
  let phase: LaunchProgress['phase'] | undefined
  let bar: Promise<ProgressBar> | undefined
  return {
    to({ phase: now, done, total }: LaunchProgress): void {
      if (phase !== now) {
        bar?.then((before) => before.end())
        bar = progress(text[now], total, quiet)
        phase = now
      }
      bar?.then((shown) => shown.to(done, total))
    },
    async end(): Promise<void> {
      ;(await bar)?.end()
    },
  }
}

function addMap(text: string, before: Record<string, string>): Record<string, string> {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) {
    throw new RelanceError('usage', { kind: 'map', text })
  }
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1).trim() }
}

type Report = Awaited<ReturnType<import('../../library/client.ts').RelanceClient['launch']>>

function print(report: Report): void {
  const { launch: text } = terminalWords(terminalLanguage())
  printReading(report, report.dryRun)
  if (report.refused.length > 0) {
    const lines = table(report.refused, [
      { head: text.heads.row, cell: (r) => r.row, right: true },
      { head: text.heads.refused, cell: (r) => r.code },
      { head: text.heads.because, cell: (r) => r.message, shrinks: true },
    ])
    for (const line of lines) say(line)
    say()
  }
  say(paint('bold', text.counts({ ...report, refused: report.refused.length })))
  if (report.ended > 0) say(text.ended(report.ended))
  if (report.suppressed > 0) say(text.suppressed(report.suppressed, report.dryRun))
  if (report.stopped.length > 0) say(text.stopped(report.stopped, report.dryRun))
  if (report.starting > 0) say(text.starting(report.starting))
}
