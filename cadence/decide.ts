/**
 * Decides what a lead does next, and why. The first that applies: ended, staff to be told something, an open play, the
 * nurture, every goal met, the current stage; what is not internal waits while a hold is on. Pure. The reason is made in
 * the branch that decides, so that it can't differ from what is done, but only when somebody asks for it: rehearsing many
 * leads needs few reasons.
 */
import { addressee } from './addressee.ts'
import { challenges } from './challenge.ts'
import type { Condition } from './condition.ts'
import { creditworthy } from './credit.ts'
import { creditCriterion, criteria } from './criteria.ts'
import { baseOf, lastInstantOf } from './dated.ts'
import { nextEscalation } from './escalation.ts'
import { MAIN, quietUntil } from './facts.ts'
import { agedSince } from './held-time.ts'
import { holdOf } from './hold.ts'
import type { Aside, Lead, Visit } from './lead.ts'
import { asideOf, mendingTask, waitsToMend } from './mending.ts'
import { levelOf, momentFor, passing } from './moments.ts'
import { nextStep, offerIsOver } from './next-step.ts'
import type { Plan, Step } from './plan.ts'
import type { Because, Criterion, Part } from './reason.ts'
import { standingAgain } from './standing.ts'
import { addFixed, type Instant, type Wait } from './time.ts'
import { type Ask, type MomentRequest, noticeStep, type Touch, touchOf } from './touch.ts'
import { againOf, judge, offerEnds, sooner } from './verdict.ts'
import { openPlay, visitOf } from './visits.ts'
import { type Role, STEP_KIND } from './words.ts'

export type Decision = (
  | { kind: 'touch'; touch: Touch; want: MomentRequest }
  /** The step's moment is planned as if it were done; when it comes, it is passed over: its `when` doesn't hold. */
  | { kind: 'skip'; step: Step; visit: number; unmet: () => Criterion[]; want: MomentRequest }
  /** The stage's steps are done and its goal isn't met: `otherwise`, when the time has come. */
  | { kind: 'pass'; want: MomentRequest }
  | { kind: 'rest' }
  | { kind: 'end' }
) & {
  /** Why; made when it is called. */
  because: () => Because
  /** Look again at this instant: something may change with time alone. */
  again?: Instant
}

/** Decides for a settled lead, at `lead.now`. */
export function decide(lead: Lead, plan: Plan): Decision {
  const decision = withDelay(lead, choose(lead, plan))
  return lead.ending ? decision : later(decision, sooner(decision.again, lookAgain(lead, plan)))
}

/** A touch that couldn't be carried out at its slot waits on, and says why. */
function withDelay(lead: Lead, decision: Decision): Decision {
  const { delayed } = lead
  if (!delayed || decision.kind !== 'touch' || decision.touch.key !== delayed.key) return decision
  const want = { ...decision.want, notBefore: Math.max(delayed.until, decision.want.notBefore ?? 0) }
  const { because: what } = decision
  return { ...decision, want, because: () => ({ code: 'put_off', what: what(), delay: delayed.delay }) }
}

function choose(lead: Lead, plan: Plan): Decision {
  const { ending } = lead
  if (ending && lead.visits.length === 0) {
    return {
      kind: 'end',
      because: () => ({ code: 'ended', outcome: ending.outcome, cause: ending.cause }),
    }
  }
  const next = chooseNext(lead, plan)
  const held = holdOf(lead, plan)
  if (!held || goesOn(next)) return next
  const { because, until } = held
  return later({ kind: 'rest', because: () => because }, until)
}

/** What comes next, whether or not there is a hold. */
function chooseNext(lead: Lead, plan: Plan): Decision {
  const told = lead.tell[0]
  if (told) return tell(lead, told)
  const play = openPlay(lead)
  if (play) return inPlay(lead, plan, play)
  if (lead.stage === 'nurture') return inNurture(lead, plan)
  if (lead.stage === 'done') return rest({ code: 'every_goal_met' })
  return inStage(lead, plan)
}

/** Holds are for the other side: what only the team hears of goes on. */
const goesOn = (decision: Decision): boolean =>
  (decision.kind === 'touch' && !STEP_KIND[decision.touch.kind].holdable) ||
  (decision.kind === 'skip' && !STEP_KIND[decision.step.kind].holdable)

const rest = (because: Because): Decision => ({ kind: 'rest', because: () => because })

/** A decision that was just made, to be looked at again at an instant: a step that is skipped now may be due then. */
function later(decision: Decision, again: Instant | undefined): Decision {
  if (again !== undefined) decision.again = again
  return decision
}

function tell(lead: Lead, notice: Lead['tell'][number]): Decision {
  const { who, n } = notice
  const step: Step = { id: noticeStep(notice), kind: 'notify', name: who }
  const touch = touchOf(lead, n, step, MAIN)
  if ('waits' in notice) {
    touch.waits = notice.waits
    if (notice.task !== undefined) touch.task = notice.task
  }
  return {
    kind: 'touch',
    touch,
    want: { kind: 'notify', anchor: lead.now, waits: [], pace: 1 },
    because: () =>
      'waits' in notice
        ? {
            ...{ code: 'people_waited_for', waits: notice.waits, who },
            ...(notice.task !== undefined && { task: notice.task }),
          }
        : { code: 'urgency_rose', level: notice.level, who },
  }
}

/** The touch for a step, its being passed over, or a task to find the person it should go to. */
function stepDecision(lead: Lead, plan: Plan, visit: Visit, step: Step, part: () => Part): Decision {
  const due = step.when ? judge(step.when, lead, plan) : { holds: true }
  const ends = step.offer && offerEnds(lead, step.offer.name)
  const base = step.at && baseOf(lead, plan, step.at)
  const look = [
    'again' in due ? due.again : undefined,
    ends !== undefined && ends > lead.now ? ends : undefined,
    // A dated step that has no moment any more lets those behind it go on when its date is over.
    base && ('at' in base ? base.at : lastInstantOf(base.day)),
  ].reduce(sooner)
  if (!due.holds || offerIsOver(lead, step)) {
    const unmet = (): Criterion[] => (step.when && !due.holds ? criteria(step.when, lead, plan) : [])
    const want = momentFor(lead, plan, visit, step, 'opening')
    const because = (): Because => ({ code: 'passes_over', part: part(), step: step.id, unmet: unmet() })
    return later({ kind: 'skip', step, visit: visit.n, unmet, want, because }, look)
  }
  const contact = addressee(lead.facts, step.to)
  if (contact === undefined) return later(seek(lead, visit, step.to ?? 'decision_maker'), look)
  if (step.proposal && !creditworthy(lead, plan).holds) {
    const waits = (): Because => ({
      code: 'proposal_waits',
      part: part(),
      step: step.id,
      credit: creditCriterion(lead, plan),
    })
    return later({ kind: 'rest', because: waits }, look)
  }
  const { id: level, pace } = levelOf(lead, plan)
  const touch = touchOf(lead, visit.n, step, contact)
  const want = momentFor(lead, plan, visit, step, step.kind)
  if (step.offer) {
    touch.offer = { name: step.offer.name, ends: ends ?? 0 }
    // Quoted again, it leaves time to answer before it ends, or it doesn't go out.
    if (ends === undefined) want.lasts = step.offer.lasts
    else Object.assign(want, { before: ends, notice: step.offer.notice })
  }
  if (step.due && step.kind === 'task') want.due = step.due
  const away = quietUntil(lead.facts, contact).until
  const absent = away > lead.now
  if (absent) want.notBefore = away
  const { awaits } = want
  const awaited = (): Because => ({
    ...{ code: 'task_awaited', part: part(), step: step.id, task: step.waitFor?.task ?? '' },
    ...{ due: awaits?.due ?? 0, patience: step.waitFor?.patience as Wait },
  })
  const because = (): Because => ({
    code: 'step',
    part: part(),
    step: step.id,
    ...(step.wait && { wait: step.wait }),
    ...(step.wait && pace !== 1 && { hurry: { pace, level } }),
    ...(absent && { back: { contact, until: away } }),
  })
  const aside = asideOf(lead, touch)
  if (aside) return later(mend(lead, aside, because), look)
  const waits = awaits !== undefined && awaits.done === undefined
  return later({ kind: 'touch', touch, want, because: waits ? awaited : because }, look)
}

/** Nobody is known in a role that a step addresses: one task to find out, then wait until somebody is named. */
function seek(lead: Lead, visit: Visit, role: Role): Decision {
  const asks: Ask = { code: 'find_role', role }
  return once(
    lead,
    visit,
    `find-${role}`,
    asks,
    { code: 'nobody_known', role },
    { code: 'role_awaited', role },
  )
}

/** Asks a person for something once a visit, and then waits for it. */
function once(lead: Lead, visit: Visit, id: string, asks: Ask, because: Because, then: Because): Decision {
  if (lead.asked.some((s) => s.step === id && s.n === visit.n)) return rest(then)
  const step: Step = { id, kind: 'task', name: asks.code }
  return {
    kind: 'touch',
    touch: { ...touchOf(lead, visit.n, step, MAIN), asks },
    want: { kind: 'task', anchor: lead.now, waits: [], pace: 1 },
    because: () => because,
  }
}

/** A touch that can't be made: its owner is asked to mend it, once, and the lead waits. */
function mend(lead: Lead, aside: Aside, what: () => Because): Decision {
  const because = (): Because => ({ code: 'put_off', what: what(), delay: aside.flaw })
  if (aside.asked !== undefined) return { kind: 'rest', because }
  const want: MomentRequest = { kind: 'task', anchor: lead.now, waits: [], pace: 1 }
  return { kind: 'touch', touch: mendingTask(lead, aside), want, because }
}

/** A challenge that no open play answers: the seller is asked to, and the stage waits. */
function challenged(lead: Lead, visit: Visit): Decision | undefined {
  const [topic] = challenges(lead.facts)
  if (topic === undefined) return undefined
  const since = lead.facts.objections[topic]?.raised.at ?? lead.now
  const because: Because = { code: 'challenged', since, stage: lead.stage }
  return once(lead, visit, `answer-${topic}`, { code: 'answer_challenge' }, because, because)
}

function inPlay(lead: Lead, plan: Plan, visit: Visit): Decision {
  const play = plan.plays.find((p) => p.id === visit.id)
  const step = nextStep(lead, plan, visit, play?.steps ?? [])
  if (step) return stepDecision(lead, plan, visit, step, () => ({ kind: 'play', id: visit.id }))
  const because = (): Because => ({
    code: 'play_holds',
    play: visit.id,
    stage: lead.stage,
    goal: play?.until ? criteria(play.until, lead, plan) : [],
  })
  return { kind: 'rest', because }
}

/** What the ids of a nurture's e-mails begin with; their number follows. */
const NURTURE = 'nurture-'

function inNurture(lead: Lead, plan: Plan): Decision {
  const visit = visitOf(lead, 'nurture', 'nurture')
  const { nurture } = plan
  if (!visit || !nurture) return rest({ code: 'no_nurture' })
  const turn = Number(visit.done[0]?.slice(NURTURE.length) ?? 0)
  const template = nurture.emails[turn % nurture.emails.length] as string
  const step: Step = { id: `${NURTURE}${turn + 1}`, kind: 'email', name: template, wait: nurture.every }
  const until = addFixed(agedSince(lead), nurture.for)
  const part = (): Part => ({ kind: 'nurture', n: turn + 1, every: nurture.every, until })
  return stepDecision(lead, { ...plan, urgency: [] }, visit, step, part)
}

function inStage(lead: Lead, plan: Plan): Decision {
  const stage = plan.stages.find((s) => s.id === lead.stage)
  const visit = visitOf(lead, 'stage', lead.stage)
  if (!stage || !visit) return rest({ code: 'no_such_stage', stage: lead.stage })
  const challenge = challenged(lead, visit)
  if (challenge) return challenge
  const goal = () => criteria(stage.until, lead, plan)
  const step = nextStep(lead, plan, visit, stage.steps)
  if (step)
    return stepDecision(lead, plan, visit, step, () => ({ kind: 'stage', id: stage.id, goal: goal() }))
  if (!stage.otherwise) {
    const because = (): Because => ({ code: 'stage_waits', stage: stage.id, goal: goal() })
    return { kind: 'rest', because }
  }
  const { otherwise } = stage
  const because = (): Because => ({
    code: 'stage_passes',
    stage: stage.id,
    goal: goal(),
    then: 'end' in otherwise ? otherwise.end : 'nurture',
  })
  return { kind: 'pass', want: passing(lead, stage, visit, otherwise.after), because }
}

/** The next instant at which a goal, a level or a standing may change with time alone. */
function lookAgain(lead: Lead, plan: Plan): Instant | undefined {
  const here = plan.stages.findIndex((stage) => stage.id === lead.stage)
  const nurture = visitOf(lead, 'nurture', 'nurture')
  let next = standingAgain(lead, plan)
  const look = (condition: Condition | undefined): void => {
    if (condition) next = sooner(next, againOf(condition, lead, plan))
  }
  const last = here < 0 ? plan.stages.length - 1 : here
  for (let i = 0; i <= last; i++) look(plan.stages[i]?.until)
  for (const { kind, id } of lead.visits) {
    if (kind === 'play') look(plan.plays.find((play) => play.id === id)?.until)
  }
  if (!nurture) for (const level of plan.urgency) look(level.when)
  else if (plan.nurture) {
    look(plan.nurture.until)
    if (!lead.held && !waitsToMend(lead, nurture))
      next = sooner(next, addFixed(agedSince(lead), plan.nurture.for))
  }
  return sooner(next, nextEscalation(lead, plan))
}
