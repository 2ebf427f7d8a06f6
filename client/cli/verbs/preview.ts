/** `relance preview`: letters as they would go, to a lead that lives or to somebody of a list. */
import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { RelanceError } from '../../../cadence/errors.ts'
import { worded } from '../../../cadence/reasons/problems.ts'
import { EXIT } from '../../contract/error-table.ts'
import type { Preview } from '../../contract/preview.ts'
import { contactSheet } from '../../terminal/contact-sheet.ts'
import { letterLines } from '../../terminal/letters.ts'
import { note, say, sayJson } from '../../terminal/output.ts'
import { problemLine } from '../../terminal/problems.ts'
import { terminalLanguage } from '../../terminal/reader.ts'
import { terminalWords } from '../../terminal/words/words.ts'
import { connected } from '../api-client.ts'
import { action, verb } from '../verb.ts'

/** The first row is the header; a spreadsheet has no more than this. */
const LAST_ROW = 1_048_576

interface Options {
  lead?: string
  cadence?: string
  leads?: string
  row?: number
  all?: boolean
  html?: string
  json?: boolean
}

export const preview = (program: Command): Command =>
  verb(program, 'preview', 'show letters as they would go: subject, HTML and text', [
    'relance preview hello --lead hugo.morel@atelier-morel.example',
    'relance preview hello --cadence examples/atelier-erp.yaml --row 3',
    'relance preview --all --cadence examples/atelier-erp.yaml --html letters.html',
  ])
    .argument('[template]', "a template's name")
    .option('--all', 'every template: all languages, subjects and levels of urgency')
    .option('--lead <lead>', 'to whom: a lead that lives; with --cadence, somebody of the list, by address')
    .option('--cadence <file>', 'letters of a file, without a server')
    .option('--leads <file>', 'its list of leads (default: leads.csv beside the cadence)')
    .option('--row <n>', 'to whom: a row of the list, as a spreadsheet counts them', rowNumber)
    .option('--html <file>', 'write a page with all of them, HTML and text (- for the standard output)')
    .addHelpText(
      'after',
      '\nA file is shown for imagined readers in each of its languages, unless --row or --lead names one.',
    )
    .action(
      action(async (template: string | undefined, options: Options) => {
        const language = terminalLanguage()
        if ((template === undefined) !== (options.all ?? false))
          throw new RelanceError('usage', { kind: 'template_or_all' })
        const letters = await lettersFor(template, options)
        if ('problems' in letters) {
          const { problems } = letters
          if (options.json) sayJson({ ok: false, problems: problems.map((one) => worded(one, language)) })
          else for (const problem of problems) say(problemLine(problem, language))
          return EXIT.problem
        }
        if (options.html !== undefined) write(letters, options.html)
        else if (options.json) sayJson(letters)
        else for (const line of letterLines(letters, language)) say(line)
        return letters.letters.some(({ failure }) => failure !== null) ? EXIT.problem : undefined
      }),
    )

async function lettersFor(template: string | undefined, options: Options) {
  const { lead, cadence, leads, row } = options
  const listed = leads !== undefined || row !== undefined
  if (cadence === undefined) {
    if (lead === undefined || listed) throw new RelanceError('usage', { kind: 'whose_letters' })
    return (await connected()).preview(lead, template)
  }
  const nobody = lead === undefined && row === undefined
  if ((lead !== undefined && row !== undefined) || (nobody && leads !== undefined))
    throw new RelanceError('usage', { kind: 'whose_letters' })
  const { previewFile } = await import('../../services/preview-file.ts')
  const { configured } = await import('../mailbox-names.ts')
  const language = terminalLanguage()
  const shown = await previewFile(cadence, {
    template,
    lead,
    leads,
    row,
    language,
    at: Date.now(),
    ...configured(),
  })
  if ('problems' in shown) return shown
  const { warnings, ...letters } = shown
  for (const warning of warnings) note(problemLine(warning, language))
  return letters
}

function write(letters: Preview, file: string): void {
  const language = terminalLanguage()
  const page = contactSheet(letters, language)
  if (file === '-') return void process.stdout.write(page)
  writeFileSync(file, page)
  say(terminalWords(language).preview.wrote(letters.letters.length, file))
}

function rowNumber(text: string): number {
  const n = Number(text)
  if (Number.isInteger(n) && n >= 2 && n <= LAST_ROW) return n
  throw new RelanceError('usage', { kind: 'number', option: 'row', text, least: 2, most: LAST_ROW })
}
