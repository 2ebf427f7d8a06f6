/** Stages that nobody reaches, goals that undo each other, and ways out that lead nowhere. */
import type { Condition } from '../../condition.ts'
import { contradicts, excludes, implies } from '../logic.ts'
import type { Context } from './context.ts'

/** A lead is in the first stage whose goal isn't met, and one whose deal is won or lost has ended. */
const ENDED: Condition = { any: [{ deal: 'won' }, { deal: 'lost' }] }

export function checkStages(context: Context): void {
  const { file } = context
  const stages = (file.stages ?? []).map((stage, i) => ({
    id: stage?.stage ?? `number ${i + 1}`,
    otherwise: stage?.otherwise,
    goal: context.condition(stage?.until, ['stages', i, 'until']),
  }))
  const comesBack = context.condition(file.nurture?.until, ['nurture', 'until'])
  stages.forEach(({ id, goal, otherwise }, i) => {
    const path = ['stages', i]
    const before = stages.slice(0, i).flatMap((stage) => (stage.goal ? [{ ...stage, goal: stage.goal }] : []))
    const met: Condition = { all: before.map((stage) => stage.goal) }
    if (otherwise === 'nurture' && !file.nurture && context.whole(['nurture'])) {
      context.error(
        [...path, 'otherwise'],
        'no_nurture',
        'there is no nurture to go to',
        'add nurture: { every: 60d, for: 2y, emails: […], until: { … } }',
      )
    } else if (otherwise === 'nurture' && comesBack && implies(met, comesBack)) {
      context.warn(
        [...path, 'otherwise'],
        'nurture_never_starts',
        `nobody goes there: whoever reaches stage "${id}" already meets the nurture's until`,
        "let the nurture's until ask for more, or end the lead here",
      )
    }
    checkProposals(context, i, met)
    if (!goal || contradicts(goal)) return
    const ended = before.find((stage) => implies(stage.goal, ENDED))
    const implied = before.find((stage) => implies(stage.goal, goal))
    const undone = before.find((stage) => excludes(stage.goal, goal))
    if (ended) {
      context.error(
        [...path, 'stage'],
        'unreachable_stage',
        `stage "${id}" is never reached: a lead past "${ended.id}" has ended`,
        `put it before "${ended.id}", or make it a play on deal.won`,
      )
    } else if (implied || implies(met, goal)) {
      const by = implied
        ? `the goal of "${implied.id}" meets its own`
        : i === 0
          ? 'its goal is always met'
          : 'the goals before meet its own'
      const remedy = implied
        ? `put it before "${implied.id}", or let its until ask for more`
        : 'let its until ask for more'
      context.error([...path, 'stage'], 'unreachable_stage', `stage "${id}" is never reached: ${by}`, remedy)
    } else if (undone) {
      context.error(
        [...path, 'until'],
        'conflicting_goals',
        `meeting this goal undoes that of "${undone.id}", and the lead goes back there`,
        `let "${undone.id}" have until: { any: [its goal, this goal] }`,
      )
    }
  })
}

/** A proposal waits for credit, whatever the stage: somebody has to ask for it before. */
function checkProposals(context: Context, at: number, met: Condition): void {
  context.file.stages?.[at]?.steps?.forEach((step, i) => {
    if (!step?.proposal || implies(met, { credit: 'approved' })) return
    context.warn(
      ['stages', at, 'steps', i, 'proposal'],
      'proposal_waits',
      'this waits for an approved credit, which no stage before asks for',
      'put a stage with until: { credit: approved } before it',
    )
  })
}
