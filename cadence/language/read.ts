/**
 * A cadence's text to its plan, or to everything that is wrong with it: all at once, each with its place.
 */
import type { Plan } from '../plan.ts'
import { checkConditions } from './checks/conditions.ts'
import { Context } from './checks/context.ts'
import { checkNames } from './checks/names.ts'
import { checkNurture } from './checks/nurture.ts'
import { checkPlays } from './checks/plays.ts'
import { checkStages } from './checks/stages.ts'
import { checkSteps } from './checks/steps.ts'
import { checkUrgency } from './checks/urgency.ts'
import { compile } from './compile.ts'
import { readDocument } from './document.ts'
import { hasErrors, type Position, type Problem, sortProblems } from './problem.ts'
import { type CadenceFile, cadenceSchema } from './schema.ts'
import { type Draft, faultsOf, type ShapeFault, withoutFaults } from './shape.ts'
import { isPrefix, keyOffsetOf, offsetOf, type Path } from './tree.ts'

const CHECKS = [checkNames, checkSteps, checkStages, checkUrgency, checkPlays, checkNurture, checkConditions]

/** After these, more problems help nobody. */
const MOST_PROBLEMS = 100

export interface ReadCadence {
  /** Undefined when there are errors. */
  plan?: Plan
  /** Errors and warnings, in the file's order. */
  problems: Problem[]
  /** What of the file is right, whatever the rest: for checks that need more than the file. */
  draft: Draft<CadenceFile>
  /** Where the value at a path stands. */
  place(path: Path): Position
}

/**
 * Reads a cadence file. Never throws, whatever the text.
 * @param file - its name, for the problems.
 */
export function readCadence(source: string, file: string): ReadCadence {
  const { root, complaints, broken, place } = readDocument(source)
  const problems: Problem[] = complaints.map(({ offset, code, message, remedy }) => {
    return { file, ...place(offset), code, message, remedy, severity: 'error' }
  })
  if (!root) return { problems: sortProblems(problems), draft: {}, place: () => ({ line: 1, column: 1 }) }
  if (typeof root.value !== 'object' || root.value === null || Array.isArray(root.value)) {
    const what = root.value === null ? 'the file is empty' : 'the file is not a mapping'
    const remedy = 'begin with cadence: NAME'
    problems.push({
      file,
      ...place(root.offset),
      code: 'not_a_mapping',
      message: what,
      remedy,
      severity: 'error',
    })
    return { problems, draft: {}, place: () => place(root.offset) }
  }

  const parsed = cadenceSchema.safeParse(root.value)
  const faults = parsed.success
    ? []
    : faultsOf(parsed.error.issues, root.value).filter((fault) => !isTold(fault, broken))
  for (const { path, atKey, code, message, remedy } of faults) {
    const offset = atKey ? keyOffsetOf(root, path) : offsetOf(root, path)
    problems.push({ file, ...place(offset), code, message, remedy, severity: 'error' })
  }
  const draft = withoutFaults<CadenceFile>(root.value, faults)
  const context = new Context(draft, [...broken, ...faults.map(({ path }) => path)])
  for (const check of CHECKS) check(context)
  for (const { path, ...finding } of context.findings) {
    problems.push({ file, ...place(offsetOf(root, path)), ...finding })
  }

  const result = {
    problems: few(sortProblems(problems)),
    draft,
    place: (path: Path) => place(offsetOf(root, path)),
  }
  return parsed.success && !hasErrors(problems) ? { plan: compile(parsed.data), ...result } : result
}

/** Whether a fault only follows from a mapping that couldn't be read whole: it lacks a key, or isn't what it should be. */
function isTold({ path, code }: ShapeFault, broken: readonly Path[]): boolean {
  return broken.some((at) => {
    if (code === 'missing_key') return path.length === at.length + 1 && isPrefix(at, path)
    return path.length > 0 && isPrefix(path, at)
  })
}

function few(problems: Problem[]): Problem[] {
  const last = problems[MOST_PROBLEMS]
  if (!last) return problems
  return [
    ...problems.slice(0, MOST_PROBLEMS),
    {
      ...last,
      code: 'too_many_problems',
      message: 'there are more problems from here on',
      remedy: 'mend the ones above first',
      severity: hasErrors(problems) ? 'error' : 'warning',
    },
  ]
}
