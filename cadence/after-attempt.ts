/**
 * What attempts do to a lead: `complete` when a touch came out, `delayTouch` when it was put off, `putAside` when it
 * can't be made. And what moments do at
 * which nothing is attempted: `passOver` a step, and `pass` for a stage's `otherwise`.
 */
import { fold } from './fold.ts'
import {
  type Change,
  copyOf,
  type Given,
  type Lead,
  type TouchResult,
  UNANSWERED,
  type Visit,
} from './lead.ts'
import { asked, putAside, withStep } from './mending.ts'
import type { Plan, Step } from './plan.ts'
import type { Criterion, Delay, Flaw } from './reason.ts'
import type { Signal, SignalType } from './signals.ts'
import { withTask } from './tasks.ts'
import { addFixed, type Instant } from './time.ts'
import { noticeStep, type Touch } from './touch.ts'
import { judge, offerEnds } from './verdict.ts'
import { openVisit, putVisit } from './visits.ts'
import { writesToPerson } from './words.ts'

/**
 * Marks a touch as carried out at `at`.
 * @returns the lead (to be settled again) and the timeline's lines.
 */
export function complete(
  before: Lead,
  plan: Plan,
  touch: Touch,
  result: TouchResult,
  at: Instant,
): { lead: Lead; changes: Change[] } {
  const lead = copyOf(before)
  lead.now = Math.max(before.now, at)
  const change: Change = {
    at,
    kind: 'touch',
    key: touch.key,
    step: touch.step,
    channel: touch.kind,
    result: result.kind,
    ...(result.kind === 'failed' && { failure: result.failure }),
  }
  const sent = writesToPerson(touch.kind) && (result.kind === 'done' || result.kind === 'unconfirmed')
  if (sent) lead.unanswered = [...lead.unanswered, at].slice(-UNANSWERED)

  const told = lead.tell[0]
  if (told && told.n === touch.visit && touch.step === noticeStep(told)) {
    lead.tell = lead.tell.slice(1)
    return { lead, changes: [change] }
  }
  if (touch.asks?.code === 'mend') {
    asked(lead, touch, at)
    return { lead, changes: [change] }
  }
  const visit = lead.visits.find((v) => v.n === touch.visit)
  if (!visit) return { lead, changes: [change] }
  const step = stepOf(plan, visit, touch.step)
  if (!step && /^(find|answer)-/.test(touch.step)) {
    lead.asked = [...lead.asked, { step: touch.step, n: visit.n, at }]
    if (touch.asks?.code === 'answer_challenge') lead.given = withTask(lead, taskOf(touch, at))
    return { lead, changes: [change] }
  }
  const next = withStep(visit, touch.step, at)
  if (touch.kind === 'task' && result.kind === 'done') lead.given = withTask(lead, taskOf(touch, at))
  if (step?.kind === 'credit_check' && mayBeAsked(result)) next.awaiting = step.id
  putVisit(lead, next)
  if (touch.theme && sent)
    lead.argued = { ...lead.argued, [touch.theme]: (lead.argued[touch.theme] ?? 0) + 1 }
  if (step?.offer && sent && lead.offers[step.offer.name] === undefined) {
    // Its moment was planned with its end; 0 in what was planned by older code.
    const ends = offerEnds(lead, step.offer.name) ?? (touch.offer?.ends || addFixed(at, step.offer.lasts))
    lead.offers = { ...lead.offers, [step.offer.name]: ends }
  }
  return consequences(lead, plan, touch, result, at, visit.anchor, change)
}

const taskOf = ({ step, visit: n, dueAt }: Touch, at: Instant): Given => ({
  ...{ step, n, at },
  ...(dueAt !== undefined && { due: dueAt }),
})

/** A check that may have been asked is never asked again: its answer is awaited all the same. */
const mayBeAsked = ({ kind }: TouchResult): boolean => kind === 'done' || kind === 'unconfirmed'

/** Facts change by signals only: that a credit check was asked, or an e-mail refused, is folded as one. */
function consequences(
  lead: Lead,
  plan: Plan,
  touch: Touch,
  result: TouchResult,
  at: Instant,
  since: Instant,
  change: Change,
): { lead: Lead; changes: Change[] } {
  const signal = (type: SignalType, data: Signal['data']): { lead: Lead; changes: Change[] } => {
    const folded = fold(lead, plan, {
      id: `touch:${touch.key}`,
      type,
      at,
      seen: at,
      contact: touch.contact,
      data,
    })
    return { lead: folded.lead, changes: [change, ...folded.changes] }
  }
  if (touch.kind === 'credit_check' && mayBeAsked(result)) {
    // Asked by an attempt that was lost, at some time since the touch before: what was decided since then is its answer.
    const { at, value } = lead.facts.credit
    const answered = result.kind === 'unconfirmed' && at > since && value.state !== 'pending'
    if (answered) return { lead, changes: [change] }
    return signal('credit.requested', { provider: touch.name })
  }
  if (result.kind === 'refused') return signal('email.bounced', { hard: result.hard })
  return { lead, changes: [change] }
}

function stepOf(plan: Plan, visit: Visit, id: string): Step | undefined {
  const part = visit.kind === 'stage' ? plan.stages : visit.kind === 'play' ? plan.plays : []
  return part.find((p) => p.id === visit.id)?.steps.find((step) => step.id === id)
}

/** What an attempt says where a touch wasn't simply done. */
export type NotDone =
  /** It came out otherwise; the rules say what that means, and the turn is recorded as usual. */
  | { kind: 'came_out'; result: TouchResult }
  /** Not now: too late for its slot, or the server said 4xx. Plan it again, not before `notBefore`. */
  | { kind: 'later'; now: Instant; notBefore: Instant; delay: Delay }
  /**
   * The gate is closed: paused, halted, suppressed, ended, erased, or a signal is not folded yet (`store/gate.ts`).
   * Look again at `again`, or at the next signal.
   */
  | { kind: 'closed'; now: Instant; again: Instant; delay: Delay }
  /** It can't be made as things are: it waits until somebody has mended it. */
  | { kind: 'flawed'; flaw: Flaw }

/** Takes in what became of a touch that was to be carried out at `slot`. */
export function afterAttempt(
  lead: Lead,
  plan: Plan,
  touch: Touch,
  answer: NotDone,
  slot: Instant,
): { lead: Lead; changes: Change[] } {
  switch (answer.kind) {
    case 'came_out':
      return complete(lead, plan, touch, answer.result, slot)
    case 'later':
      return delayTouch(lead, touch, answer.now, { until: answer.notBefore, delay: answer.delay })
    case 'closed':
      return delayTouch(lead, touch, answer.now, { until: answer.again, delay: answer.delay, gate: true })
    case 'flawed':
      return putAside(lead, touch, slot, answer.flaw)
  }
}

/**
 * Puts a touch off: too late or too early for its slot, refused for now (4xx), or its gate is closed. Too early, the
 * instant that was waited for hasn't come, and now is what the clock says.
 */
export function delayTouch(
  before: Lead,
  touch: Touch,
  now: Instant,
  delayed: Omit<NonNullable<Lead['delayed']>, 'key'>,
): { lead: Lead; changes: Change[] } {
  const { until, delay } = delayed
  const early = delay.code === 'too_early'
  const lead: Lead = {
    ...before,
    now: early ? now : Math.max(before.now, now),
    delayed: { key: touch.key, ...delayed },
  }
  return { lead, changes: [{ at: lead.now, kind: 'delayed', step: touch.step, until, delay }] }
}

/** A step's moment has come and it isn't to be done: the next one's wait counts from here. */
export function passOver(
  before: Lead,
  { step, visit: n, unmet }: { step: string; visit: number; unmet: Criterion[] },
  at: Instant,
): { lead: Lead; changes: Change[] } {
  const lead: Lead = { ...before, now: Math.max(before.now, at) }
  const visit = lead.visits.find((v) => v.n === n)
  if (!visit) return { lead, changes: [] }
  putVisit(lead, withStep(visit, step, at))
  return { lead, changes: [{ at, kind: 'passed_over', step, unmet }] }
}

/** Carries out the `otherwise` of the current stage: into the nurture, or to the end. */
export function pass(before: Lead, plan: Plan, at: Instant): Lead {
  const lead: Lead = { ...before, now: Math.max(before.now, at) }
  const stage = plan.stages.find((s) => s.id === lead.stage)
  if (!stage?.otherwise) return lead
  if ('end' in stage.otherwise) {
    lead.ending = {
      outcome: stage.otherwise.end,
      at: lead.now,
      cause: { code: 'stage_unanswered', stage: stage.id },
    }
    return lead
  }
  const visit = openVisit(lead, 'nurture', 'nurture')
  if (plan.nurture && judge(plan.nurture.until, lead, plan).holds) putVisit(lead, { ...visit, past: true })
  return lead
}
