/**
 * A cadence's text to its plan, or to everything that is wrong with it: all at once, each with its place.
 */
import type { Plan } from '../plan.ts'
import { type ProblemData, problem } from '../problem-values.ts'
import { checkConditions } from './checks/conditions.ts'
import { Context } from './checks/context.ts'
import { checkNurture } from './checks/nurture.ts'
import { checkPlays } from './checks/plays.ts'
import { checkStages } from './checks/stages.ts'
import { checkSteps } from './checks/steps.ts'
import { checkUniqueIds } from './checks/unique-ids.ts'
import { checkUnseen } from './checks/unseen.ts'
import { checkUrgency } from './checks/urgency.ts'
import { compile } from './compile.ts'
import { readDocument } from './document.ts'
import { hasErrors, type Position, type Problem, sortProblems } from './problem.ts'
import { type CadenceFile, cadenceSchema } from './schema.ts'
import { type Draft, faultsOf, type ShapeFault, withoutFaults } from './shape.ts'
import { isPrefix, keyOffsetOf, offsetOf, type Path } from './tree.ts'

const CHECKS = [
  checkUniqueIds,
  checkSteps,
  checkStages,
  checkUrgency,
  checkPlays,
  checkNurture,
  checkConditions,
  checkUnseen,
]

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
  const problems: Problem[] = []
  const say = (offset: number, { code, values }: ProblemData, severity: Problem['severity'] = 'error') =>
    problems.push({ file, ...place(offset), severity, code, values } as Problem)
  for (const complaint of complaints) say(complaint.offset, complaint)
  if (!root) return { problems: sortProblems(problems), draft: {}, place: () => ({ line: 1, column: 1 }) }
  if (typeof root.value !== 'object' || root.value === null || Array.isArray(root.value)) {
    say(root.offset, problem('not_a_mapping', { empty: root.value === null }))
    return { problems, draft: {}, place: () => place(root.offset) }
  }

  const parsed = cadenceSchema.safeParse(root.value)
  const faults = parsed.success
    ? []
    : faultsOf(parsed.error.issues, root.value).filter((fault) => !isTold(fault, broken))
  for (const fault of faults) say((fault.atKey ? keyOffsetOf : offsetOf)(root, fault.path), fault)
  const draft = withoutFaults<CadenceFile>(root.value, faults)
  const context = new Context(draft, [...broken, ...faults.map(({ path }) => path)])
  for (const check of CHECKS) check(context)
  for (const finding of context.findings) say(offsetOf(root, finding.path), finding, finding.severity)

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
      ...problem('too_many_problems', {}),
      severity: hasErrors(problems) ? 'error' : 'warning',
    },
  ]
}
