/** Checks a cadence with its templates: what `check` prints, and what `publish` insists on. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MOST_BYTES } from '../../cadence/language/document.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { quote } from '../../cadence/language/notation.ts'
import { hasErrors, type Problem, sortProblems } from '../../cadence/language/problem.ts'
import { readCadence } from '../../cadence/language/read.ts'
import type { Plan } from '../../cadence/plan.ts'
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
  mailboxes?: readonly string[]
}

export interface Checked {
  /** Undefined when there are errors. */
  plan?: Plan
  /** Errors and warnings, by file and line. */
  problems: Problem[]
}

/** Checks a cadence and its templates as texts. Never throws. */
export function checkCadence(files: CadenceFiles, { mailboxes }: CheckOptions = {}): Checked {
  const { source, file, templates, folder = join(dirname(file), 'templates') } = files
  const read = readCadence(source, file)
  const problems = [...read.problems, ...checkTemplates(read, file, templates, folder)]
  const { from } = read.draft
  if (from !== undefined && mailboxes && !mailboxes.includes(from)) {
    const meant = nearest(from, mailboxes)
    problems.push({
      file,
      ...read.place(['from']),
      code: 'unknown_mailbox',
      message: `the mailbox ${quote(from)} isn't configured here`,
      remedy: meant ? `did you mean ${meant}?` : 'add it to relance.yaml',
      severity: 'warning',
    })
  }
  sortProblems(problems)
  return read.plan && !hasErrors(problems) ? { plan: read.plan, problems } : { problems }
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
  const problem = (code: string, message: string, remedy: string): { problem: Problem } => ({
    problem: { file, line: 1, column: 1, code, message, remedy, severity: 'error' },
  })
  try {
    const stats = statSync(file)
    if (!stats.isFile()) return problem('unreadable_file', `${basename(file)} is not a file`, 'name a file')
    if (stats.size > most) {
      const size =
        stats.size < 1024 * 1024
          ? `${Math.round(stats.size / 1024)} KB`
          : `${Math.round(stats.size / 1024 / 1024)} MB`
      return problem('too_big', `the file has ${size}`, `${Math.floor(most / 1024)} KB are the most`)
    }
    const bytes = readFileSync(file)
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
      return problem('not_text', 'the file is UTF-16', 'save it as UTF-8')
    }
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
      return problem('not_text', 'the file is not text in UTF-8', 'save it as UTF-8')
    }
    return code === 'ENOENT'
      ? problem('unreadable_file', 'there is no such file', 'check its name and folder')
      : problem('unreadable_file', `the file can't be read (${code})`, 'check who may read it')
  }
}
