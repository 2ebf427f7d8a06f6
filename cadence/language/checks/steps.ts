/** Steps: one kind each, with the keys of that kind; threads and offers that can be kept. */
import { formatWait } from '../../time.ts'
import { STEP_KINDS } from '../../words.ts'
import { hours } from '../logic.ts'
import { nearest } from '../nearest.ts'
import { readSpan, readWait } from '../notation.ts'
import { ONLY_FOR } from '../schema.ts'
import type { Path } from '../tree.ts'
import type { Context, Part, StepDraft } from './context.ts'

export function checkSteps(context: Context): void {
  const parts = context.parts()
  parts.forEach((part, at) => {
    part.steps.forEach((step, i) => {
      if (!step) return
      const path = [...part.path, 'steps', i]
      checkKind(context, step, path)
      checkThread(context, parts.slice(0, at), part, i, path)
      checkOffer(context, step, part.steps[i + 1], path)
    })
  })
}

function checkKind(context: Context, step: StepDraft, path: Path): void {
  const kinds = context.kinds(step, path)
  const [kind, ...others] = kinds
  const name = step.id === undefined ? 'this step' : `step "${step.id}"`
  if (kind === undefined) {
    context.error(
      path,
      'step_kind',
      `${name} does nothing`,
      `add ${STEP_KINDS.join(':, ').replace(/, (\w+)$/, ' or $1:')}`,
    )
    return
  }
  for (const other of others) {
    context.error(
      [...path, other],
      'step_kind',
      `${name} is both ${kind} and ${other}`,
      'make two steps of it',
    )
  }
  for (const [key, allowed] of Object.entries(ONLY_FOR)) {
    if (step[key as keyof typeof ONLY_FOR] === undefined) continue
    if (kinds.some((has) => (allowed as readonly string[]).includes(has))) continue
    const where = allowed.join(' and ')
    context.error(
      [...path, key],
      'misplaced_key',
      `${kind} steps have no ${key}`,
      `take it out, or use it on ${where} steps`,
    )
  }
}

/** A thread goes on from an e-mail that went out before: of the same part, or of an earlier stage. */
function checkThread(context: Context, before: Part[], part: Part, index: number, path: Path): void {
  const { thread, id } = part.steps[index] ?? {}
  if (thread === undefined) return
  const everywhere = context.parts().flatMap(stepsOf)
  const stages = before.filter(({ kind }) => kind === 'stage').flatMap(stepsOf)
  const earlier = [...stages, ...stepsOf(part).slice(0, index)]
  const emails = earlier.flatMap(({ step, at }) => {
    const kinds = step ? context.kinds(step, at) : []
    // A step that does nothing may have been meant as an e-mail; that it does nothing is said already.
    return step?.id !== undefined && (kinds.length === 0 || kinds.includes('email')) ? [step.id] : []
  })
  if (emails.includes(thread)) return
  const named = (steps: typeof everywhere): boolean => steps.some(({ step }) => step?.id === thread)
  const what =
    thread === id
      ? `step "${thread}" can't answer itself`
      : named(earlier)
        ? `step "${thread}" is no e-mail to answer`
        : named(everywhere)
          ? `step "${thread}" doesn't come before this one`
          : `there is no step "${thread}"`
  // Its own id may be what is wrong with the step that is meant, and that was said already.
  if (!named(everywhere) && everywhere.some(({ step }) => step?.id === undefined)) return
  context.error([...path, 'thread'], 'unknown_step', what, orNearest(thread, emails))
}

const stepsOf = (part: Part): { step: StepDraft | undefined; at: Path }[] =>
  part.steps.map((step, i) => ({ step, at: [...part.path, 'steps', i] }))

function orNearest(thread: string, emails: string[]): string {
  const meant = nearest(thread, emails)
  if (meant) return `did you mean ${meant}?`
  return emails.length > 0 ? `answer one of ${emails.join(', ')}` : 'take it out: no e-mail comes before'
}

function checkOffer(context: Context, step: StepDraft, next: StepDraft | undefined, path: Path): void {
  // A step that quotes it again goes out before it ends, whatever its wait.
  if (!step.offer?.lasts || !next?.wait || next.offer?.name === step.offer.name) return
  const [lasts, wait] = [readSpan(step.offer.lasts), readWait(next.wait)]
  if ('fault' in lasts || 'fault' in wait || hours(lasts.value) >= hours(wait.value)) return
  context.warn(
    [...path, 'offer', 'lasts'],
    'offer_too_short',
    `the offer ends after ${formatWait(lasts.value)}, before the next step comes (${formatWait(wait.value)})`,
    `let it last longer than ${formatWait(wait.value)}`,
  )
}
