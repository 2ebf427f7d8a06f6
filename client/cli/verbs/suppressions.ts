/** `relance suppressions`: who must not be written to; looking at it, adding, importing, exporting, lifting. */
import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { SUPPRESSION_REASONS } from '../../../cadence/leads-file.ts'
import { dictionaryOf } from '../../../cadence/reasons/say.ts'
import { EXIT } from '../../contract/error-table.ts'
import type { SuppressBody, SuppressedAnswer, SuppressionQuery } from '../../contract/index.ts'
import { moment, note, say, sayJson } from '../../terminal/output.ts'
import { terminalLanguage, terminalZone } from '../../terminal/reader.ts'
import { table } from '../../terminal/table.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { printReading } from '../list-reading.ts'
import { action, BY, me, verb, ZONE } from '../verb.ts'

const ENTRY = 'an address, or a domain, which stands for all of its addresses and subdomains'

const words = () => terminalWords(terminalLanguage()).suppressions
const tell = (text: string): void => say(dictionaryOf(terminalLanguage()).typeset(text))

export function suppressions(program: Command): Command {
  const list = program
    .command('suppressions')
    .description('who must not be written to: the do-not-contact list')
    .exitOverride()
  show(list)
  add(list)
  importList(list)
  exportList(list)
  lift(list)
  return list
}

interface ListOptions extends Pick<SuppressionQuery, 'search' | 'reason'> {
  zone?: string
  json?: boolean
}

function show(list: Command): void {
  const examples = ['relance suppressions', 'relance suppressions list hugo.morel@atelier-morel.example']
  verb(list, 'list', 'the entries, or all that was done to one of them', examples, { isDefault: true })
    .argument('[entry]', ENTRY)
    .option('--search <text>', 'those that have this in them')
    .addOption(new Option('--reason <reason>', 'of one reason').choices([...SUPPRESSION_REASONS]))
    .option(...ZONE)
    .action(
      action(async (entry: string | undefined, { json, zone, ...filter }: ListOptions) => {
        const relance = await connected(zone)
        const { heads } = words()
        const here = terminalZone(zone)
        const detail = entry === undefined ? undefined : await relance.suppressions.show(entry)
        const rows = detail?.because ?? (await relance.suppressions.list(filter))
        if (json) {
          sayJson(detail ?? rows)
          return undefined
        }
        const said = [
          { head: heads.reason, cell: (r: { reason: string }) => r.reason },
          { head: heads.since, cell: (r: { at: string }) => moment(r.at, here) },
          { head: heads.source, cell: (r: { source: string | null }) => r.source },
          { head: heads.by, cell: (r: { by: string | null }) => r.by },
          { head: heads.note, cell: (r: { note: string | null }) => r.note, shrinks: true as const },
        ]
        for (const line of table(rows, [{ head: heads.entry, cell: (r) => r.entry }, ...said])) {
          if (rows.length > 0) say(line)
        }
        if (detail && detail.history.length > 0) {
          say()
          for (const line of table(detail.history, [{ head: heads.what, cell: (r) => r.what }, ...said]))
            say(line)
        }
        tell(detail ? words().is(detail.entry, detail.suppressed) : words().entries(rows.length))
        return undefined
      }),
    )
}

interface AddOptions {
  reason: NonNullable<SuppressBody['entries'][number]['reason']>
  note?: string
  by?: string
  json?: boolean
}

function add(list: Command): void {
  verb(list, 'add', 'put addresses and domains on it; open leads that have them end at once', [
    'relance suppressions add hugo.morel@atelier-morel.example',
  ])
    .argument('<entry...>', ENTRY)
    .addOption(new Option('--reason <reason>', 'why').choices([...SUPPRESSION_REASONS]).default('asked'))
    .option('--note <text>', 'what is to be remembered of it')
    .option(...BY)
    .action(
      action(async (entries: string[], { reason, note: text, by = me(), json }: AddOptions) => {
        const said = { reason, ...(text !== undefined && { note: text }) }
        const body = { by, entries: entries.map((entry) => ({ entry, ...said })) }
        const answer = await (await connected()).suppressions.add(body)
        if (json) sayJson(answer)
        else came(answer)
        return undefined
      }),
    )
}

/** What came of adding. */
function came({ added, known, stopped }: SuppressedAnswer, dryRun = false): void {
  tell(words().added(added, known, dryRun))
  if (stopped.length > 0) tell(words().stopped(stopped, dryRun))
}

interface ImportOptions {
  by?: string
  sheet?: string
  dryRun?: boolean
  json?: boolean
}

function importList(list: Command): void {
  verb(list, 'import', 'put all addresses and domains of a file, CSV or XLSX, on it', [
    'relance suppressions import do-not-contact.csv --dry-run',
  ])
    .argument('<file>', 'one address or domain a row, with or without a header')
    .option('--sheet <name>', "a workbook's sheet, where several may be the list")
    .option('--dry-run', 'only say what would come of it, and how the file was read')
    .option(...BY)
    .action(
      action(async (file: string, { by = me(), sheet, dryRun = false, json }: ImportOptions) => {
        const list = (await connected()).suppressions
        const report = await list.import(readFileSync(file), { by, sheet, dryRun })
        if (json) sayJson(report)
        else {
          printReading(report, dryRun)
          for (const { row, value, message } of report.refused) note(words().refused(row, value, message))
          if (report.more > 0) note(words().more(report.more))
          tell(words().recognised(report))
          came(report, dryRun)
        }
        return report.rows > 0 && report.addresses + report.domains === 0 ? EXIT.problem : undefined
      }),
    )
}

function exportList(list: Command): void {
  verb(list, 'export', 'print it as CSV, which import reads back', [
    'relance suppressions export > do-not-contact.csv',
  ]).action(
    action(async (_: object) => {
      for await (const line of (await connected()).suppressions.export()) process.stdout.write(line)
      return undefined
    }),
  )
}

interface LiftOptions {
  reason: string
  by?: string
  json?: boolean
}

function lift(list: Command): void {
  verb(list, 'lift', 'take an entry off it; why stays on record, and no lead is resumed', [
    'relance suppressions lift hugo.morel@atelier-morel.example --reason "wrote that he wants it again"',
  ])
    .argument('<entry>', ENTRY)
    .requiredOption('--reason <text>', 'why')
    .option(...BY)
    .action(
      action(async (entry: string, { reason, by = me(), json }: LiftOptions) => {
        const lifted = await (await connected()).suppressions.lift(entry, { reason, by })
        if (json) sayJson(lifted)
        else {
          const ended = lifted.leads.filter((one) => one.ended).map(({ lead }) => lead)
          tell(words().lifted(lifted.entry))
          if (ended.length > 0) tell(words().reopen([...new Set(ended)]))
        }
        return undefined
      }),
    )
}
