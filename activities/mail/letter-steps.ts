/** Every e-mail of a cadence, in its order: which template it is written from, to whom, in which thread. */

import type { Plan, Step } from '../../cadence/plan.ts'
import type { Part } from '../../cadence/reason.ts'
import { templatesOf } from '../../cadence/themes.ts'
import type { Wait } from '../../cadence/time.ts'
import type { Role } from '../../cadence/words.ts'

export interface LetterStep {
  part: { kind: Part['kind']; id: string }
  /** Null in the nurture, whose letters take turns. */
  step: string | null
  template: string
  /** Whom it is for, where that isn't the main contact. */
  to: Role | undefined
  /** The step whose letter it follows up. */
  thread: string | undefined
  offer: { name: string; lasts: Wait } | undefined
}

/** The e-mails of stages, plays and the nurture; one with `theme: best` once for each benefit. */
export function letterSteps(plan: Plan): LetterStep[] {
  const of = (kind: 'stage' | 'play', id: string, steps: Step[]): LetterStep[] =>
    steps
      .filter((step) => step.kind === 'email')
      .flatMap(({ id: step, name, theme, to, thread, offer }) =>
        templatesOf(name, theme).map((template) => ({
          ...{ part: { kind, id }, step, template },
          ...{ to, thread, offer },
        })),
      )
  const nurture = (plan.nurture?.emails ?? []).map((template): LetterStep => {
    const none = { to: undefined, thread: undefined, offer: undefined }
    return { part: { kind: 'nurture', id: 'nurture' }, step: null, template, ...none }
  })
  return [
    ...plan.stages.flatMap(({ id, steps }) => of('stage', id, steps)),
    ...plan.plays.flatMap(({ id, steps }) => of('play', id, steps)),
    ...nurture,
  ]
}
