/**
 * The heart: what to do next for a lead, and why. Pure; `because` is what every screen shows, so the explanation
 * can't drift from the behaviour.
 */
import { challenges } from './challenge.ts'
import { creditworthy } from './credit.ts'
import { colleagueWaits, MAIN, openObjections, quietUntil, replyWaits } from './facts.ts'
import { addressee, type Lead, type Visit } from './lead.ts'
import { nextStep } from './next-step.ts'
import type { Level, Plan, Step } from './plan.ts'
import { standing } from './standing.ts'
import { bestTheme, templateOf } from './themes.ts'
import { addFixed, day, formatWait, type Instant, type Wait } from './time.ts'
import { check, offerEnds, sooner } from './verdict.ts'
import { openPlay, visitOf } from './visits.ts'
import type { Role, StepKind, Theme } from './words.ts'

/** What the planner needs to find the moment for something. */
export interface Want {
  /** E-mails need a mailbox's slot and count against the caps; `moment` is no touch, only a time. */
  kind: StepKind | 'moment'
  /** The waits are added to this, one after the other. */
  anchor: Instant
  waits: Wait[]
  /** Waits are multiplied by it. */
  pace: number
  /** Not before, however short the waits: a touch that was put off. */
  notBefore?: Instant
  /** It must be before this, and is moved forward to be; a moment that can't be is none. */
  before?: Instant
}

/** A touch as its activity gets it: ids and words of the cadence, nothing personal. */
export interface TouchOrder {
  /** `lead/visit/step`. */
  key: string
  lead: string
  visit: number
  step: string
  kind: StepKind
  /** Template, task text, credit provider, or whom to notify. */
  name: string
  stage: string
  contact: string
  urgency: string
  theme?: Theme
  thread?: string
  offer?: { name: string; ends: Instant }
  /** The topic token of the objection a play answers. */
  objection?: string
  due?: Wait
}

export type Decision = (
  | { kind: 'touch'; touch: TouchOrder; want: Want }
  /** The stage's steps are done and its goal isn't met: `otherwise`, when the time has come. */
  | { kind: 'pass'; want: Want }
  | { kind: 'rest'; hold?: HoldWord }
  | { kind: 'end' }
) & {
  because: string
  /** Look again at this instant: something may change with time alone. */
  again?: Instant
}

export type HoldWord = 'paused' | 'reply' | 'held' | 'out_of_office' | 'callback' | 'account'

/** Decides for a settled lead, at `lead.now`. */
export function decide(lead: Lead, plan: Plan): Decision {
  const decision = putOff(lead, choose(lead, plan))
  const again = sooner(decision.again, lead.ending ? undefined : lookAgain(lead, plan))
  return again === undefined ? decision : { ...decision, again }
}

/** A touch that couldn't be carried out at its slot waits on, and says why. */
function putOff(lead: Lead, decision: Decision): Decision {
  const { delayed } = lead
  if (!delayed || decision.kind !== 'touch' || decision.touch.key !== delayed.key) return decision
  const want = { ...decision.want, notBefore: Math.max(delayed.until, decision.want.notBefore ?? 0) }
  return { ...decision, want, because: `${decision.because}; ${delayed.because}` }
}

function choose(lead: Lead, plan: Plan): Decision {
  if (lead.ending && lead.visits.length === 0) {
    return { kind: 'end', because: `${lead.ending.outcome}: ${lead.ending.because}` }
  }
  const held = hold(lead, plan)
  if (held) return held
  const told = lead.tell[0]
  if (told) return tell(lead, told)
  const play = openPlay(lead)
  if (play) return inPlay(lead, plan, play)
  if (lead.stage === 'nurture') return inNurture(lead, plan)
  if (lead.stage === 'done') return { kind: 'rest', because: "every stage's goal is met; waits for the deal" }
  return inStage(lead, plan)
}

/** The reasons to wait, whatever the cadence would do next (DESIGN.md §1: hold). */
function hold(lead: Lead, plan: Plan): Decision | undefined {
  const { facts, now } = lead
  if (lead.paused)
    return { kind: 'rest', hold: 'paused', because: `paused by a person on ${day(lead.paused.since)}` }
  if (replyWaits(facts)) {
    return { kind: 'rest', hold: 'reply', because: `a reply of ${day(facts.replied)} waits for the seller` }
  }
  if (facts.handled.value === 'hold') {
    return { kind: 'rest', hold: 'held', because: `the seller keeps it still since ${day(facts.handled.at)}` }
  }
  const colleague = plan.account === 'hold' ? colleagueWaits(facts) : undefined
  if (colleague !== undefined) {
    const because = `a colleague's reply of ${day(colleague.since)} waits for the seller (lead ${colleague.lead})`
    return { kind: 'rest', hold: 'account', because }
  }
  // Whoever is not there any more is not waited for.
  const main = addressee(facts, undefined)
  const { until, why } = quietUntil(facts, MAIN)
  if (until <= now || (main !== undefined && main !== MAIN)) return undefined
  return why === 'callback.requested'
    ? { kind: 'rest', hold: 'callback', again: until, because: `asked to be called back on ${day(until)}` }
    : { kind: 'rest', hold: 'out_of_office', again: until, because: `out of office until ${day(until)}` }
}

const levelOf = (lead: Lead, plan: Plan): Level =>
  plan.urgency.find((level) => level.id === lead.urgency) ?? { id: lead.urgency, pace: 1 }

const order = (lead: Lead, visit: number, step: Step, contact: string): TouchOrder => {
  const touch: TouchOrder = {
    key: `${lead.id}/${visit}/${step.id}`,
    lead: lead.id,
    visit,
    step: step.id,
    kind: step.kind,
    name: step.name,
    stage: lead.stage,
    contact,
    urgency: lead.urgency,
  }
  if (step.theme === 'best') {
    touch.theme = bestTheme(lead)
    touch.name = templateOf(step.name, touch.theme)
  } else if (step.theme) touch.theme = step.theme
  if (step.thread) touch.thread = step.thread
  if (step.due) touch.due = step.due
  const objection = openObjections(lead.facts)[0]
  if (objection !== undefined) touch.objection = objection
  return touch
}

function tell(lead: Lead, told: Lead['tell'][number]): Decision {
  const step: Step = { id: `tell-${told.level}`, kind: 'notify', name: told.who }
  return {
    kind: 'touch',
    touch: order(lead, told.n, step, MAIN),
    want: { kind: 'notify', anchor: lead.now, waits: [], pace: 1 },
    because: `urgency rose to ${told.level}: the ${told.who} is told`,
  }
}

/** The touch for a step, or the search for the person it should go to. */
function stepDecision(
  lead: Lead,
  plan: Plan,
  visit: Visit,
  step: Step,
  why: string,
  again?: Instant,
): Decision {
  const contact = addressee(lead.facts, step.to)
  if (contact === undefined) return seek(lead, visit, step.to ?? 'decision_maker')
  const credit = step.proposal && creditworthy(lead, plan)
  if (credit && !credit.holds) {
    return later(
      { kind: 'rest', because: `${why} is a proposal, and waits for credit: ${credit.says}` },
      again,
    )
  }
  const { id, pace } = levelOf(lead, plan)
  const awaited =
    visit.awaiting === undefined ? undefined : allSteps(plan).find((s) => s.id === visit.awaiting)
  const waits = [awaited?.timeout, step.wait].filter((wait) => wait !== undefined)
  const touch = order(lead, visit.n, step, contact)
  const want: Want = { kind: step.kind, anchor: visit.anchor, waits, pace }
  let look = again
  if (step.offer) {
    const ends = offerEnds(lead, step.offer.name)
    touch.offer = { name: step.offer.name, ends: ends ?? 0 }
    // Quoted again, it goes out before it ends, or not at all.
    if (ends !== undefined) {
      want.before = ends
      look = sooner(look, ends)
    }
  }
  const away = quietUntil(lead.facts, contact).until
  let absent = ''
  if (away > lead.now) {
    want.notBefore = away
    absent = `, once ${contact} is back on ${day(away)}`
  }
  const wait = step.wait ? `, ${formatWait(step.wait)} after the step before` : ''
  const hurry = step.wait && pace !== 1 ? ` (pace ${pace}, urgency ${id})` : ''
  const decision: Decision = {
    kind: 'touch',
    touch,
    want,
    because: `${why}${wait}${hurry}${absent}`,
  }
  return later(decision, look)
}

const allSteps = (plan: Plan): Step[] => [...plan.stages, ...plan.plays].flatMap((part) => part.steps)

/** Nobody is known in a role that a step addresses: one task to find out, then wait until somebody is named. */
function seek(lead: Lead, visit: Visit, role: Role): Decision {
  const step: Step = { id: `find-${role}`, kind: 'task', name: `Find out who the ${role} is` }
  return once(lead, visit, step, `nobody is known as ${role}`, `waits until somebody is known as ${role}`)
}

/** Asks a person for something once a visit, and then waits for it. */
function once(lead: Lead, visit: Visit, step: Step, because: string, then: string): Decision {
  if (lead.asked.some((s) => s.step === step.id && s.n === visit.n)) return { kind: 'rest', because: then }
  return {
    kind: 'touch',
    touch: order(lead, visit.n, step, MAIN),
    want: { kind: 'task', anchor: lead.now, waits: [], pace: 1 },
    because,
  }
}

/** A challenge that no play answers, or none any more: a person is asked to, and the stage waits. */
function challenged(lead: Lead, visit: Visit): Decision | undefined {
  const [topic] = challenges(lead.facts)
  if (topic === undefined) return undefined
  const since = day(lead.facts.objections[topic]?.raised.at ?? lead.now)
  const waits = `a saboteur's objection of ${since} keeps the lead in stage ${lead.stage} until it is overcome`
  const step: Step = {
    id: `answer-${topic}`,
    kind: 'task',
    name: "Answer the saboteur's objection: {{ objection.topic }}",
  }
  return once(lead, visit, step, waits, waits)
}

function inPlay(lead: Lead, plan: Plan, visit: Visit): Decision {
  const play = plan.plays.find((p) => p.id === visit.id)
  const { step, again } = nextStep(lead, plan, visit, play?.steps ?? [])
  if (step) return stepDecision(lead, plan, visit, step, `play ${visit.id}, step ${step.id}`, again)
  const goal = play?.until ? check(play.until, lead, plan).says.join(', ') : 'its steps'
  return later({ kind: 'rest', because: `play ${visit.id} holds stage ${lead.stage}: ${goal}` }, again)
}

/** What the ids of a nurture's e-mails begin with; their number follows. */
const NURTURE = 'nurture-'

function inNurture(lead: Lead, plan: Plan): Decision {
  const visit = visitOf(lead, 'nurture', 'nurture')
  const { nurture } = plan
  if (!visit || !nurture) return { kind: 'rest', because: 'no nurture in this cadence' }
  const turn = Number(visit.done[0]?.slice(NURTURE.length) ?? 0)
  const template = nurture.emails[turn % nurture.emails.length] as string
  const step: Step = { id: `${NURTURE}${turn + 1}`, kind: 'email', name: template, wait: nurture.every }
  const why = `nurture e-mail ${turn + 1}, every ${formatWait(nurture.every)} until ${day(addFixed(visit.since, nurture.for))}`
  return { ...stepDecision(lead, { ...plan, urgency: [] }, visit, step, why) }
}

function inStage(lead: Lead, plan: Plan): Decision {
  const stage = plan.stages.find((s) => s.id === lead.stage)
  const visit = visitOf(lead, 'stage', lead.stage)
  if (!stage || !visit) return { kind: 'rest', because: `stage ${lead.stage} is not in this cadence` }
  const challenge = challenged(lead, visit)
  if (challenge) return challenge
  const goal = check(stage.until, lead, plan).says.join(', ')
  const { step, again } = nextStep(lead, plan, visit, stage.steps)
  if (step)
    return stepDecision(lead, plan, visit, step, `stage ${stage.id} (${goal}), step ${step.id}`, again)
  if (!stage.otherwise) {
    const because = `stage ${stage.id} has no step left; waits for its goal: ${goal}`
    return later({ kind: 'rest', because }, again)
  }
  const awaited = stage.steps.find((s) => s.id === visit.awaiting)
  const waits: Wait[] = awaited?.timeout ? [awaited.timeout] : []
  waits.push(stage.otherwise.after)
  const then = 'end' in stage.otherwise ? `ends as ${stage.otherwise.end}` : 'goes to nurture'
  const decision: Decision = {
    kind: 'pass',
    want: { kind: 'moment', anchor: silentSince(lead, visit), waits, pace: 1 },
    because: `stage ${stage.id} has no step left and its goal is not met (${goal}): ${then}`,
  }
  return later(decision, again)
}

/** A step that is skipped now may be due later, with time alone. */
const later = (decision: Decision, again: Instant | undefined): Decision =>
  again === undefined ? decision : { ...decision, again }

/** Since when we wait for an answer: what they said since the last step is one, and while a hold lasts nobody waits. */
function silentSince({ facts, now, resumed = 0 }: Lead, visit: Visit): Instant {
  const away = quietUntil(facts, MAIN).until
  const colleagues = Object.values(facts.colleagues).map(({ handled }) => handled)
  const held = [facts.handled.at, resumed, away <= now ? away : 0, ...colleagues]
  return Math.max(visit.anchor, facts.heard, ...held)
}

/** The next instant at which a goal, a level or a standing may change with time alone. */
function lookAgain(lead: Lead, plan: Plan): Instant | undefined {
  const here = plan.stages.findIndex((stage) => stage.id === lead.stage)
  const nurture = visitOf(lead, 'nurture', 'nurture')
  const conditions = [
    ...plan.stages.slice(0, here < 0 ? plan.stages.length : here + 1).map((stage) => stage.until),
    ...(nurture ? [] : plan.urgency.flatMap((level) => level.when ?? [])),
    ...plan.plays.filter((play) => visitOf(lead, 'play', play.id)).flatMap((play) => play.until ?? []),
    ...(nurture && plan.nurture ? [plan.nurture.until] : []),
  ]
  const instants = conditions.map((condition) => check(condition, lead, plan).again)
  const ends = nurture && plan.nurture ? addFixed(nurture.since, plan.nurture.for) : undefined
  return [...instants, ends, standing(lead, plan).again].reduce(sooner, undefined)
}
