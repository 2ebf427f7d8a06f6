/** The templates a cadence names: that they are there, that they parse, and that their variables can be filled. */
import { mentionsOf, mentionsOfInline, parseTemplate } from '../../activities/texts/template.ts'
import { isKnownVariable, VARIABLES } from '../../activities/texts/variables.ts'
import { isError } from '../../cadence/errors.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { short } from '../../cadence/language/notation.ts'
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
    const missing = missingTemplate(use.template, draft.locale, names)
    if (!missing) continue
    if (missing.meant) meant.add(missing.meant)
    problems.push({ ...problem('unknown_template', missing), file, ...place(use.path), severity: 'error' })
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

/** Leads are written to in their own language, else in the cadence's, else in a template that names none. */
function missingTemplate(
  template: string,
  locale: string | undefined,
  files: string[],
): ProblemValues['unknown_template'] | undefined {
  const wanted: string[] = [...(locale === undefined ? [] : [`${template}.${locale}.md`]), `${template}.md`]
  if (wanted.some((file) => files.includes(file))) return undefined
  const others = files.filter((file) => templateName(file) === template)
  if (others.length > 0 && locale === undefined) return undefined
  const names = [...new Set(files.flatMap((file) => templateName(file) ?? []))]
  const meant = others.length > 0 ? undefined : nearest(template, names)
  return { template: short(template), others, files: wanted, meant }
}

function unused(file: string, name: string): Problem {
  const is = problem('unused_template', { named: templateName(name) !== undefined })
  return { ...is, file, line: 1, column: 1, severity: 'warning' }
}

function checkTemplate(file: string, source: string, uses: EmailUse[]): Problem[] {
  try {
    return mentionsOf(parseTemplate(source, file)).flatMap(({ path, required, line, column }) => {
      const is = variableFault(path, required, uses, true)
      return is ? [{ file, line, column, ...is }] : []
    })
  } catch (error) {
    return [problemOf(error, file)]
  }
}

/** A task's text is a line of Liquid in the cadence; what is wrong with it is told at its beginning. */
function checkTask(file: string, place: Position, use: TaskUse): Problem[] {
  try {
    return mentionsOfInline(use.text, file).flatMap(({ path, required }) => {
      const is = variableFault(path, required, [use], false)
      return is ? [{ file, ...place, ...is }] : []
    })
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
  return { ...problem('invalid_template', fault), file, line, column, severity: 'error' }
}
