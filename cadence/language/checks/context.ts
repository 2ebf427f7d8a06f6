/** What the checks look at, and the list of what they find. */
import type { Condition } from '../../condition.ts'
import type { ProblemData } from '../../problem-values.ts'
import { STEP_KINDS, type StepKind } from '../../words.ts'
import { conditionOf } from '../compile.ts'
import type { ConditionFile } from '../condition-schema.ts'
import type { CadenceFile, StepFile } from '../schema.ts'
import type { Draft } from '../shape.ts'
import { isPrefix, type Path } from '../tree.ts'

export type Finding = ProblemData & { path: Path; severity: 'error' | 'warning' }

export type StepDraft = Draft<StepFile>

/** A stage or a play: what has steps. */
export interface Part {
  kind: 'stage' | 'play'
  id: string | undefined
  path: Path
  steps: (StepDraft | undefined)[]
}

/** A cadence whose faulty parts are taken out, so that everything else can still be checked. */
export class Context {
  readonly findings: Finding[] = []
  readonly file: Draft<CadenceFile>
  private readonly faulty: readonly Path[]

  /** @param faulty - the paths at which something was taken out. */
  constructor(file: Draft<CadenceFile>, faulty: readonly Path[]) {
    this.file = file
    this.faulty = faulty
  }

  error(path: Path, is: ProblemData): void {
    this.findings.push({ ...is, path, severity: 'error' })
  }

  warn(path: Path, is: ProblemData): void {
    this.findings.push({ ...is, path, severity: 'warning' })
  }

  /** Whether nothing was taken out at or under a path. */
  whole(path: Path): boolean {
    return !this.faulty.some((at) => isPrefix(path, at))
  }

  /** The condition at a path, compiled; undefined when there is none, or a part of it is faulty. */
  condition(file: Draft<ConditionFile> | undefined, path: Path): Condition | undefined {
    return file && this.whole(path) ? conditionOf(file as ConditionFile) : undefined
  }

  /** What a step does; more than one kind when it is muddled, and a kind whose value is faulty counts. */
  kinds(step: StepDraft, path: Path): StepKind[] {
    return STEP_KINDS.filter((kind) => step[kind] !== undefined || !this.whole([...path, kind]))
  }

  /** Stages, then plays. */
  parts(): Part[] {
    const stages = (this.file.stages ?? []).map((stage, i): Part => {
      return { kind: 'stage', id: stage?.stage, path: ['stages', i], steps: stage?.steps ?? [] }
    })
    const plays = (this.file.plays ?? []).map((play, i): Part => {
      return { kind: 'play', id: play?.play, path: ['plays', i], steps: play?.steps ?? [] }
    })
    return [...stages, ...plays]
  }
}
