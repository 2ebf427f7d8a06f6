/** Conditions that can't hold, or that ask for themselves. */

import { problem } from '../../problem-values.ts'
import type { ConditionFile } from '../condition-schema.ts'
import { contradicts } from '../logic.ts'
import type { Draft } from '../shape.ts'
import type { Path } from '../tree.ts'
import type { Context } from './context.ts'

type ConditionDraft = Draft<ConditionFile>

export function checkConditions(context: Context): void {
  const { file } = context
  const offers = context.parts().some(({ steps }) => steps.some((step) => step?.offer !== undefined))
  const lapses = file.credit?.valid_for !== undefined || !context.whole(['credit'])
  for (const { condition, path } of conditionsOf(context)) {
    const whole = context.condition(condition, path)
    if (whole && contradicts(whole)) {
      context.error(path, problem('never_holds', { kind: 'excluding' }))
    }
    for (const { leaf, at } of leaves(condition, path)) {
      if (leaf.offer_ends_within !== undefined && !offers) {
        context.warn([...at, 'offer_ends_within'], problem('never_holds', { kind: 'no_offer' }))
      }
      if (leaf.credit_ends_within !== undefined && !lapses) {
        context.warn([...at, 'credit_ends_within'], problem('never_holds', { kind: 'no_stale_credit' }))
      }
      if (leaf.stage_age !== undefined && path[0] === 'stages' && path.at(-1) === 'until') {
        context.error([...at, 'stage_age'], problem('asks_itself', { kind: 'stage_age' }))
      }
      if (leaf.standing !== undefined && (path[0] === 'prospect' || path[0] === 'qualified')) {
        context.error([...at, 'standing'], problem('asks_itself', { kind: 'standing' }))
      }
    }
  }
}

/** Every condition that stands by itself. */
function conditionsOf(context: Context): { condition: ConditionDraft; path: Path }[] {
  const { file } = context
  const all: { condition: ConditionDraft | undefined; path: Path }[] = [
    { condition: file.prospect, path: ['prospect'] },
    { condition: file.qualified, path: ['qualified'] },
    { condition: file.nurture?.until, path: ['nurture', 'until'] },
  ]
  file.urgency?.forEach((level, i) => {
    all.push({ condition: level?.when, path: ['urgency', i, 'when'] })
  })
  file.stages?.forEach((stage, i) => {
    all.push({ condition: stage?.until, path: ['stages', i, 'until'] })
  })
  file.plays?.forEach((play, i) => {
    all.push({ condition: play?.when, path: ['plays', i, 'when'] })
    all.push({ condition: play?.until, path: ['plays', i, 'until'] })
  })
  for (const part of context.parts()) {
    part.steps.forEach((step, i) => {
      all.push({ condition: step?.when, path: [...part.path, 'steps', i, 'when'] })
    })
  }
  return all.flatMap(({ condition, path }) => (condition ? [{ condition, path }] : []))
}

/** The mappings within a condition, itself included. */
function leaves(leaf: ConditionDraft, at: Path): { leaf: ConditionDraft; at: Path }[] {
  const inner = (['any', 'all'] as const).flatMap((key) =>
    (leaf[key] ?? []).flatMap((part, i) => (part ? leaves(part, [...at, key, i]) : [])),
  )
  return [{ leaf, at }, ...inner, ...(leaf.not ? leaves(leaf.not, [...at, 'not']) : [])]
}
