/** The templates a cadence names: that they are there, that they parse, and that their variables can be filled. */
import { letterFile } from '../../activities/texts/letter-file.ts'
import {
  lintInline,
  lintTemplate,
  mentionsOf,
  mentionsOfInline,
  parseTemplate,
} from '../../activities/texts/template.ts'
import { isKnownVariable, VARIABLES } from '../../activities/texts/variables.ts'
import type { TemplateFault } from '../../cadence/error-values.ts'
import { isError } from '../../cadence/errors.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { readLocaleUse, short } from '../../cadence/language/notation.ts'
import type { Position, Problem } from '../../cadence/language/problem.ts'
import type { ReadCadence } from '../../cadence/language/read.ts'
import type { Path } from '../../cadence/language/tree.ts'
import { type ProblemData, type ProblemValues, problem, type TextUser } from '../../cadence/problem-values.ts'
import { templatesOf } from '../../cadence/themes.ts'

/** Templates by file name (`hello.fr.md`), without their folder. */
export type Templates = Record<string, string>

/** Where a cadence asks for a text. */
interface Use {
  user: TextUser
  path: Path
  offer: boolean
  /** A play set off by an objection. */
  objection: boolean
}
interface EmailUse extends Use {
  template: string
}
interface TaskUse extends Use {
  text: string
}

const FILE = /^([a-z0-9][a-z0-9_-]*)(?:\.([A-Za-z0-9-]+))?\.md$/

/** The template's name in a file name: `hello` of `hello.fr.md`. */
export const templateName = (file: string): string | undefined => FILE.exec(file)?.[1]

/**
 * Checks templates and task texts against a cadence, however much of it could be read.
 * @param folder - what the templates' file names are put after, for the problems.
 */
export function checkTemplates(
  { draft, place }: Pick<ReadCadence, 'draft' | 'place'>,
  file: string,
  templates: Templates,
  folder: string,
): Problem[] {
  const { emails, tasks } = usesOf(draft)
  const problems: Problem[] = []
  const names = Object.keys(templates)
  /** Templates that a misspelt name may stand for: they are used, once that is mended. */
  const meant = new Set<string>()
  for (const use of emails) {
    for (const language of [undefined, ...otherLanguages(draft)]) {
      const missing = missingTemplate(use.template, { locale: draft.locale, language }, names)
      if (!missing) continue
      if (missing.meant) meant.add(missing.meant)
      problems.push({ ...problem('unknown_template', missing), file, ...place(use.path), severity: 'error' })
      // One that is nowhere is nowhere in any language.
      if (missing.others.length === 0) break
    }
  }
  for (const name of names) {
    const uses = emails.filter((use) => use.template === templateName(name))
    if (uses.length > 0) problems.push(...checkTemplate(`${folder}/${name}`, templates[name] ?? '', uses))
    else if (draft.stages && !meant.has(templateName(name) ?? ''))
      problems.push(unused(`${folder}/${name}`, name))
  }
  for (const use of tasks) problems.push(...checkTask(file, place(use.path), use))
  return problems
}

function usesOf(draft: ReadCadence['draft']): { emails: EmailUse[]; tasks: TaskUse[] } {
  const emails: EmailUse[] = []
  const tasks: TaskUse[] = []
  const parts = [
    ...(draft.stages ?? []).map((part, i) => ({ part, at: ['stages', i], objection: false })),
    ...(draft.plays ?? []).map((part, i) => ({
      part,
      at: ['plays', i],
      objection: part?.on === 'objection.raised',
    })),
  ]
  for (const { part, at, objection } of parts) {
    part?.steps?.forEach((step, i) => {
      const path = [...at, 'steps', i]
      const use = {
        user: { step: step?.id },
        offer: step?.offer !== undefined,
        objection,
      }
      if (step?.email !== undefined) {
        for (const template of templatesOf(step.email, step.theme)) {
          emails.push({ ...use, path: [...path, 'email'], template })
        }
      }
      if (step?.task !== undefined) tasks.push({ ...use, path: [...path, 'task'], text: step.task })
    })
  }
  draft.nurture?.emails?.forEach((template, i) => {
    if (template === undefined) return
    emails.push({
      user: { kind: 'nurture' },
      offer: false,
      objection: false,
      path: ['nurture', 'emails', i],
      template,
    })
  })
  return { emails, tasks }
}

/** What is missing of a template in a language that the cadence's letters have to be there in. */
function missingTemplate(
  template: string,
  { locale, language }: { locale: string | undefined; language: string | undefined },
  files: string[],
): ProblemValues['unknown_template'] | undefined {
  const others = files.filter((file) => templateName(file) === template)
  if (others.length > 0 && locale === undefined) return undefined
  const all = Object.fromEntries(files.map((file) => [file, '']))
  if (locale !== undefined && letterFile({ locale }, all, template, language)) return undefined
  const own = [`${template}.${language ?? locale}.md`, `${template}.md`]
  const wanted = language === undefined ? own.slice(locale === undefined ? 1 : 0) : own.slice(0, 1)
  if (locale === undefined && files.includes(`${template}.md`)) return undefined
  const names = [...new Set(files.flatMap((file) => templateName(file) ?? []))]
  const meant = others.length > 0 ? undefined : nearest(template, names)
  return { template: short(template), others, files: wanted, meant }
}

/** The languages of `locales:` that letters have to be there in beside the cadence's own. */
const otherLanguages = ({ locale, locales = [] }: ReadCadence['draft']): string[] => {
  const written = locales.flatMap((text) => {
    const read = text === undefined ? undefined : readLocaleUse(text)
    return read && 'value' in read ? [read.value.locale] : []
  })
  return [...new Set(written)].filter((language) => language !== locale)
}

function unused(file: string, name: string): Problem {
  const is = problem('unused_template', { named: templateName(name) !== undefined })
  return { ...is, file, line: 1, column: 1, severity: 'warning' }
}

function checkTemplate(file: string, source: string, uses: EmailUse[]): Problem[] {
  try {
    const template = parseTemplate(source, file)
    const variables = mentionsOf(template).flatMap(({ path, required, line, column }) => {
      const is = variableFault(path, required, uses, true)
      return is ? [{ file, line, column, ...is }] : []
    })
    const odd = lintTemplate(template).map(({ fault, line, column }) => faulty(fault, { file, line, column }))
    return [...variables, ...odd]
  } catch (error) {
    return [problemOf(error, file)]
  }
}

/** A task's text is a line of Liquid in the cadence; what is wrong with it is told at its beginning. */
function checkTask(file: string, place: Position, use: TaskUse): Problem[] {
  try {
    const variables = mentionsOfInline(use.text, file).flatMap(({ path, required }) => {
      const is = variableFault(path, required, [use], false)
      return is ? [{ file, ...place, ...is }] : []
    })
    return [...variables, ...lintInline(use.text, file).map(({ fault }) => faulty(fault, { file, ...place }))]
  } catch (error) {
    return [{ ...problemOf(error, file), ...place }]
  }
}

type VariableFault = ProblemData & Pick<Problem, 'severity'>

function variableFault(
  path: string,
  required: boolean,
  uses: Use[],
  mail: boolean,
): VariableFault | undefined {
  const error = (is: ProblemData): VariableFault => ({ ...is, severity: 'error' })
  const variable = short(path)
  if (!isKnownVariable(path)) {
    const known = Object.keys(VARIABLES)
    const meant = nearest(
      path,
      known.filter((name) => !name.endsWith('*')),
    )
    return error(problem('unknown_variable', { variable, known, meant }))
  }
  if (!required) return undefined
  if (!mail && path.startsWith('sender.')) {
    return error(problem('variable_without_value', { kind: 'task', variable }))
  }
  const without = uses.find((use) => (path.startsWith('offer.') ? !use.offer : false))
  if (without) {
    return error(problem('variable_without_value', { kind: 'no_offer', variable, user: without.user }))
  }
  const unasked = path === 'objection.topic' ? uses.find((use) => !use.objection) : undefined
  if (!unasked) return undefined
  const values = { kind: 'no_objection' as const, variable, user: unasked.user }
  return { ...problem('variable_without_value', values), severity: 'warning' }
}

/** An error of a template as a problem: its place beside its values. */
function problemOf(error: unknown, file: string): Problem {
  if (!isError(error, 'invalid_template')) throw error
  const { line, column, fault } = error.values
  return faulty(fault, { file, line, column })
}

const faulty = (fault: TemplateFault, place: Pick<Problem, 'file' | 'line' | 'column'>): Problem => ({
  ...problem('invalid_template', fault),
  ...place,
  severity: 'error',
})
