/**
 * Touches that can't be made when they are due, because a text can't be written or an address is missing. None is given
 * up: it is put aside and the lead waits at it, its owner is asked once, and it is tried again when what it is made of has
 * changed or the task is closed. No fault of ours ends a lead.
 */
import { type Aside, type Change, copyOf, type Lead, type Visit } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Flaw } from './reason.ts'
import type { Signal, SignalType } from './signals.ts'
import { doneAt, type Over, withTask } from './tasks.ts'
import type { Instant } from './time.ts'
import { isSame, type Touch, touchOf } from './touch.ts'
import { doneIn, putVisit } from './visits.ts'

/** Signals that change what a text says, or where it goes. */
const MAY_MEND: readonly SignalType[] = [
  'contact.edited',
  'contact.identified',
  'fact.recorded',
  'objection.raised',
  'objection.overcome',
  'offer.extended',
]

const MEND = 'mend-'

/** Puts a touch aside. The same flaw again is no news while its task is to be done. */
export function putAside(
  before: Lead,
  { visit, step, name, contact }: Touch,
  at: Instant,
  flaw: Flaw,
): { lead: Lead; changes: Change[] } {
  const lead = copyOf(before)
  lead.now = Math.max(before.now, at)
  const old = lead.aside.find((one) => one.visit === visit && one.step === step)
  const others = lead.aside.filter((one) => one !== old)
  const asked = old?.asked
  const isOpen =
    old !== undefined && (asked === undefined || doneAt(lead.facts, taskOf(old, asked)) === undefined)
  const stands = isOpen && isSame(old.flaw, flaw)
  if (!stands) lead.visited += 1
  const aside: Aside = { visit, step, name, contact, flaw, n: stands ? old.n : lead.visited }
  if (stands && asked !== undefined) aside.asked = asked
  lead.aside = [...others, aside]
  return { lead, changes: stands ? [] : [{ at: lead.now, kind: 'put_aside', step, flaw }] }
}

/** What keeps a touch aside, as it would be made now; undefined where nothing does. */
export const asideOf = (lead: Lead, { visit, step, name, contact }: Touch): Aside | undefined =>
  lead.aside.find(
    (one) =>
      !one.retried &&
      one.visit === visit &&
      one.step === step &&
      one.name === name &&
      one.contact === contact,
  )

/** The task that asks a person to mend it. */
export const mendingTask = (lead: Lead, { n, step, contact, flaw }: Aside): Touch => ({
  ...touchOf(lead, n, { id: `${MEND}${step}`, kind: 'task', name: 'mend' }, contact),
  asks: { code: 'mend', step, flaw },
})

/** The task was given: on a lead that is being changed. */
export function asked(lead: Lead, touch: Touch, at: Instant): void {
  const aside = lead.aside.find(({ n }) => n === touch.visit)
  if (!aside) return
  lead.aside = lead.aside.map((one) => (one === aside ? { ...one, asked: at } : one))
  lead.given = withTask(lead, taskOf(aside, at))
}

const taskOf = ({ step, n }: Aside, at: Instant) => ({ step: `${MEND}${step}`, n, at })

/** All that is put aside is tried again: on a lead that is being changed. */
export function tryAgain(lead: Lead): void {
  if (lead.aside.length > 0) lead.aside = lead.aside.map((one) => ({ ...one, retried: true }))
}

/** What a signal does to touches that are put aside: on a lead that is being changed. */
export function hearMending(lead: Lead, { type, data }: Signal): Change[] {
  if (lead.aside.length === 0) return []
  if (MAY_MEND.includes(type)) tryAgain(lead)
  if (type !== 'task.done') return []
  const aside = lead.aside.find(({ step, n }) => data.step === `${MEND}${step}` && data.visit === n)
  if (!aside) return []
  if (data.skip !== true) {
    lead.aside = lead.aside.map((one) => (one === aside ? { ...one, retried: true } : one))
    return []
  }
  const visit = lead.visits.find(({ n }) => n === aside.visit)
  if (!visit) return []
  putVisit(lead, withStep(visit, aside.step, lead.now))
  return [{ at: lead.now, kind: 'left_out', step: aside.step }]
}

/** A visit in which a step is done or left out at `at`. Of a nurture only the last one is kept: it lasts for years. */
export function withStep(visit: Visit, step: string, at: Instant): Visit {
  const earlier = visit.kind === 'nurture' ? [] : visit.done
  const { awaiting, ...rest } = visit
  return { ...rest, done: [...earlier, step], anchor: at }
}

/**
 * Forgets what needn't be mended any more, on a lead that is being settled.
 * @returns which of the tasks that asked for it close
 */
export function settleMending(lead: Lead, plan: Plan): Over[] {
  if (lead.aside.length > 0) lead.aside = lead.aside.filter((one) => isAhead(lead, plan, one))
  return lead.given.flatMap(({ step: task, n }): Over[] => {
    if (!task.startsWith(MEND) || lead.aside.some((one) => one.n === n)) return []
    const step = task.slice(MEND.length)
    const code = lead.aside.some((one) => one.step === step) ? 'other_flaw' : 'touch_over'
    return [{ because: { code, step }, visit: n }]
  })
}

/** Whether a visit waits for a touch that can't be made. */
export const waitsToMend = (lead: Lead, visit: Visit): boolean =>
  lead.aside.some(({ visit: n, step }) => n === visit.n && !doneIn(visit).includes(step))

/** Whether a touch that is put aside is still to come. */
function isAhead(lead: Lead, plan: Plan, { visit: n, step }: Aside): boolean {
  const visit = lead.visits.find((one) => one.n === n)
  if (!visit || doneIn(visit).includes(step)) return false
  if (visit.kind === 'nurture') return true
  const parts = visit.kind === 'stage' ? plan.stages : plan.plays
  return parts.some(({ id, steps }) => id === visit.id && steps.some((one) => one.id === step))
}
