/** Checks a cadence with its templates: what `check` prints, and what `publish` insists on. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MOST_BYTES } from '../../cadence/language/document.ts'
import { hasErrors, type Problem, sortProblems } from '../../cadence/language/problem.ts'
import { readCadence } from '../../cadence/language/read.ts'
import type { Plan } from '../../cadence/plan.ts'
import { type ProblemData, problem } from '../../cadence/problem-values.ts'
import { usedTemplates } from './content-hash.ts'
import { unknownMailbox } from './mailbox.ts'
import { type SampleLeads, slips, tryOnImagined, tryOnLeads, unknownColumns } from './sample-leads.ts'
import { checkTemplates, type Templates } from './templates.ts'

export interface CadenceFiles {
  /** The cadence, YAML. */
  source: string
  /** Its name, for the problems. */
  file: string
  templates: Templates
  /** What the templates' names are put after, for the problems; `templates` beside the cadence when left out. */
  folder?: string
}

export interface CheckOptions {
  /** The mailboxes that are configured; left out where there is no configuration to compare with. */
  mailboxes?: readonly string[] | undefined
  /** It is to send from here: a mailbox that isn't there is an error. */
  sends?: true
  /** A list of leads that every letter is tried out with. */
  leads?: SampleLeads
}

export interface Checked {
  /** Undefined when there are errors. */
  plan?: Plan
  /** Errors and warnings, by file and line. */
  problems: Problem[]
}

/** Checks a cadence and its templates as texts. Never throws. */
export function checkCadence(files: CadenceFiles, { mailboxes, sends, leads }: CheckOptions = {}): Checked {
  const { source, file, templates, folder = join(dirname(file), 'templates') } = files
  const read = readCadence(source, file)
  const problems = [...read.problems, ...checkTemplates(read, file, templates, folder)]
  if (read.plan && !hasErrors(problems))
    problems.push(...tryOut(read.plan, templates, { file, folder, leads }))
  const unknown = mailboxes && unknownMailbox(read, file, mailboxes, sends ? 'error' : 'warning')
  if (unknown) problems.push(unknown)
  sortProblems(problems)
  return read.plan && !hasErrors(problems) ? { plan: read.plan, problems } : { problems }
}

/** What comes out when a cadence's texts are written, where nothing else is wrong with it. */
function tryOut(
  plan: Plan,
  templates: Templates,
  { file, folder, leads }: { file: string; folder: string; leads: SampleLeads | undefined },
): Problem[] {
  const published = { plan, files: usedTemplates(plan, templates) }
  const problems = tryOnImagined(published, folder, file)
  if (!leads) return [...problems, ...slips(published, folder)]
  const columns = { columns: leads.columns, kind: 'list' as const }
  return [...problems, ...unknownColumns(published, folder, columns), ...tryOnLeads(published, leads)]
}

/**
 * Checks a cadence's file and the `templates/` beside it. Never throws: what can't be read is a problem.
 * @returns the templates by file name, as far as they are text.
 */
export function checkFile(path: string, options: CheckOptions = {}): Checked & { templates: Templates } {
  const folder = join(dirname(path), 'templates')
  const { templates, problems } = readTemplates(folder)
  const cadence = readText(path, MOST_BYTES)
  if ('problem' in cadence) return { templates, problems: [cadence.problem, ...problems] }
  const checked = checkCadence({ source: cadence.text, file: path, templates, folder }, options)
  const all = sortProblems([...checked.problems, ...problems])
  return checked.plan && !hasErrors(all)
    ? { plan: checked.plan, templates, problems: all }
    : { templates, problems: all }
}

/** The most bytes of a template: more than any e-mail has. */
const MOST_TEMPLATE_BYTES = 100_000

function readTemplates(folder: string): { templates: Templates; problems: Problem[] } {
  const templates: Templates = {}
  const problems: Problem[] = []
  let names: string[] = []
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.md'))
  } catch {
    // Each e-mail step says which template it misses.
  }
  for (const name of names.sort()) {
    const read = readText(join(folder, name), MOST_TEMPLATE_BYTES)
    if ('text' in read) templates[name] = read.text
    else problems.push(read.problem)
  }
  return { templates, problems }
}

/** A file's text in UTF-8. Its size is looked at before it is read. */
function readText(file: string, most: number): { text: string } | { problem: Problem } {
  const wrong = (is: ProblemData): { problem: Problem } => ({
    problem: { ...is, file, line: 1, column: 1, severity: 'error' },
  })
  try {
    const stats = statSync(file)
    if (!stats.isFile()) {
      return wrong(problem('unreadable_file', { kind: 'not_a_file', name: basename(file) }))
    }
    if (stats.size > most) return wrong(problem('too_big', { bytes: stats.size, most }))
    const bytes = readFileSync(file)
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
      return wrong(problem('not_text', { utf16: 'surely' }))
    }
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return wrong(problem('not_text', {}))
    const why =
      code === 'ENOENT' ? { kind: 'missing' as const } : { kind: 'error' as const, says: String(code) }
    return wrong(problem('unreadable_file', why))
  }
}
