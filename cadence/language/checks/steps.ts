/** Steps: one kind each, with the keys of that kind; threads and offers that can be kept. */
import { problem } from '../../problem-values.ts'
import { formatWait } from '../../time.ts'
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
      if (step.wait !== undefined && step.at !== undefined) {
        context.error([...path, 'at'], problem('wait_and_at', step.id === undefined ? {} : { step: step.id }))
      }
      checkRow(context, step, part.steps[i - 1], path)
      checkWaitFor(context, part, i, path)
      checkThread(context, parts.slice(0, at), part, i, path)
      checkOffer(context, step, part.steps[i + 1], path)
    })
  })
}

function checkKind(context: Context, step: StepDraft, path: Path): void {
  const kinds = context.kinds(step, path)
  const [kind, ...others] = kinds
  if (kind === undefined) {
    context.error(path, problem('step_kind', { step: step.id, kinds: [] }))
    return
  }
  for (const other of others) {
    context.error([...path, other], problem('step_kind', { step: step.id, kinds: [kind, other] }))
  }
  for (const [key, allowed] of Object.entries(ONLY_FOR)) {
    if (step[key as keyof typeof ONLY_FOR] === undefined) continue
    if (kinds.some((has) => (allowed as readonly string[]).includes(has))) continue
    context.error([...path, key], problem('misplaced_key', { key, kind, allowed }))
  }
}

/** E-mails in a row without a wait; where one of them has a condition, they may be meant instead of each other. */
function checkRow(context: Context, step: StepDraft, before: StepDraft | undefined, path: Path): void {
  if (step.email === undefined || before?.email === undefined) return
  const waits = [step.wait, step.at, step.wait_for, step.when, before.at, before.when]
  if (waits.some((one) => one !== undefined) || !context.whole(path)) return
  context.warn([...path, 'email'], problem('emails_at_once', step.id === undefined ? {} : { step: step.id }))
}

/** A step waits for a task of its own stage or play that is before it; a date waits for nobody. */
function checkWaitFor(context: Context, part: Part, index: number, path: Path): void {
  const { wait_for, at, id } = part.steps[index] ?? {}
  if (wait_for === undefined) return
  const of = id === undefined ? {} : { step: id }
  const found = (kind: 'no_task' | 'dated'): void =>
    context.error([...path, 'wait_for'], problem('nothing_to_wait_for', { kind, ...of }))
  const given = part.steps.slice(0, index).some((step) => step?.task !== undefined)
  if (at !== undefined) found('dated')
  else if (!given) found('no_task')
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
  // Its own id may be what is wrong with the step that is meant, and that was said already.
  if (!named(everywhere) && everywhere.some(({ step }) => step?.id === undefined)) return
  const kind =
    thread === id ? 'itself' : named(earlier) ? 'no_email' : named(everywhere) ? 'later' : 'unknown'
  const meant = nearest(thread, emails)
  context.error([...path, 'thread'], problem('unknown_step', { kind, step: thread, emails, meant }))
}

const stepsOf = (part: Part): { step: StepDraft | undefined; at: Path }[] =>
  part.steps.map((step, i) => ({ step, at: [...part.path, 'steps', i] }))

function checkOffer(context: Context, step: StepDraft, next: StepDraft | undefined, path: Path): void {
  // A step that quotes it again goes out before it ends, whatever its wait.
  if (!step.offer?.lasts || !next?.wait || next.offer?.name === step.offer.name) return
  const [lasts, wait] = [readSpan(step.offer.lasts), readWait(next.wait)]
  if ('fault' in lasts || 'fault' in wait || hours(lasts.value) >= hours(wait.value)) return
  const values = { lasts: formatWait(lasts.value), wait: formatWait(wait.value) }
  context.warn([...path, 'offer', 'lasts'], problem('offer_too_short', values))
}
