/** Stages that nobody reaches, goals that undo each other, and ways out that lead nowhere. */
import type { Condition } from '../../condition.ts'
import { problem, type Unreachable } from '../../problem-values.ts'
import { contradicts, excludes, implies } from '../logic.ts'
import type { Context } from './context.ts'

/** A lead is in the first stage whose goal isn't met, and one whose deal is won or lost has ended. */
const ENDED: Condition = { any: [{ deal: 'won' }, { deal: 'lost' }] }

export function checkStages(context: Context): void {
  const { file } = context
  const stages = (file.stages ?? []).map((stage, i) => ({
    id: stage?.stage ?? i + 1,
    otherwise: stage?.otherwise,
    goal: context.condition(stage?.until, ['stages', i, 'until']),
  }))
  const comesBack = context.condition(file.nurture?.until, ['nurture', 'until'])
  stages.forEach(({ id, goal, otherwise }, i) => {
    const path = ['stages', i]
    const before = stages.slice(0, i).flatMap((stage) => (stage.goal ? [{ ...stage, goal: stage.goal }] : []))
    const met: Condition = { all: before.map((stage) => stage.goal) }
    if (otherwise === 'nurture' && !file.nurture && context.whole(['nurture'])) {
      context.error([...path, 'otherwise'], problem('no_nurture', {}))
    } else if (otherwise === 'nurture' && comesBack && implies(met, comesBack)) {
      context.warn([...path, 'otherwise'], problem('nurture_never_starts', { stage: id }))
    }
    checkProposals(context, i, met)
    if (!goal || contradicts(goal)) return
    const unreachable = (why: Unreachable): void =>
      context.error([...path, 'stage'], problem('unreachable_stage', { stage: id, ...why }))
    const ended = before.find((stage) => implies(stage.goal, ENDED))
    const implied = before.find((stage) => implies(stage.goal, goal))
    const undone = before.find((stage) => excludes(stage.goal, goal))
    if (ended) unreachable({ kind: 'ended', by: ended.id })
    else if (implied) unreachable({ kind: 'implied', by: implied.id })
    else if (implies(met, goal)) unreachable({ kind: i === 0 ? 'always' : 'together' })
    else if (undone) context.error([...path, 'until'], problem('conflicting_goals', { by: undone.id }))
  })
}

/** A proposal waits for credit, whatever the stage: somebody has to ask for it before. */
function checkProposals(context: Context, at: number, met: Condition): void {
  context.file.stages?.[at]?.steps?.forEach((step, i) => {
    if (!step?.proposal || implies(met, { credit: 'approved' })) return
    context.warn(['stages', at, 'steps', i, 'proposal'], problem('proposal_waits', {}))
  })
}
