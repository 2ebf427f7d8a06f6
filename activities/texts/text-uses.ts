/** Every text that a cadence can come to: letters by template, tasks by their words, and what each use brings to it. */
import type { TextPlace } from '../../cadence/error-values.ts'
import type { Plan, Step } from '../../cadence/plan.ts'
import { templatesOf } from '../../cadence/themes.ts'
import type { Wait } from '../../cadence/time.ts'
import { type Role, STEP_KIND } from '../../cadence/words.ts'

/** One use of a text: the same template may be used with an offer and without. */
export interface TextUse {
  kind: 'letter' | 'task'
  /** The template's name, or the task's words. */
  name: string
  /** The step that asks for it; none for the nurture's. */
  step?: string
  offer?: { name: string; lasts: Wait }
  /** It answers an objection. */
  objection: boolean
  /** Whom it is for, where that isn't the main contact. */
  to?: Role
}

/** The uses of a cadence's texts, each kind of use once. */
export function textUses(plan: Plan): TextUse[] {
  const uses = [
    ...plan.stages.flatMap(({ steps }) => steps.flatMap((step) => usesOf(step, false))),
    ...plan.plays.flatMap(({ steps, on }) =>
      steps.flatMap((step) => usesOf(step, on === 'objection.raised')),
    ),
    ...(plan.nurture?.emails ?? []).map((name): TextUse => ({ kind: 'letter', name, objection: false })),
  ]
  const seen = new Map<string, TextUse>()
  for (const use of uses) {
    const { step, ...alike } = use
    const key = JSON.stringify(use.kind === 'letter' ? alike : use)
    if (!seen.has(key)) seen.set(key, use)
  }
  return [...seen.values()]
}

function usesOf({ id, kind, name, theme, offer, to }: Step, objection: boolean): TextUse[] {
  const { words } = STEP_KIND[kind]
  if (words !== 'template' && words !== 'cadence') return []
  const use = { step: id, objection, ...(offer && { offer }), ...(to && { to }) }
  const names = words === 'template' ? templatesOf(name, theme) : [name]
  return names.map((one) => ({ ...use, kind: words === 'template' ? 'letter' : 'task', name: one }))
}

/** How a person finds a text: a letter by its file, a task by its step. */
export const placeOfText = (use: TextUse, file: string | undefined): TextPlace =>
  use.kind === 'task' ? { step: use.step ?? '' } : { template: file ?? use.name }
