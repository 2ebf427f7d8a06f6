/**
 * Escalation: what waits for people doesn't wait in silence. A reply that nobody handles, a task that nobody does, and a
 * person whom nobody names, are told of by a cadence's `escalate`: to the owner first, then to the manager. It goes on
 * during holds.
 */
import { addressee } from './addressee.ts'
import { oldestReply } from './facts.ts'
import type { Given, Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import { doneAt } from './tasks.ts'
import { addFixed, type Instant } from './time.ts'
import { sooner } from './verdict.ts'
import { type Role, STAFF, type Staff, type Waiting } from './words.ts'

/** Something that waits for people, and since when: a task since it should have been done. */
interface Open {
  waits: Exclude<Waiting, 'date'>
  since: Instant
  task?: Given
}

function waiting(lead: Lead): Open[] {
  const open: Open[] = []
  if (lead.ending) return open
  const reply = oldestReply(lead.facts)
  if (reply) open.push({ waits: 'reply', since: reply.seen })
  const role = lead.asked.find(({ step }) => isMissing(lead, step))
  if (role) open.push({ waits: 'role', since: role.at })
  for (const task of lead.given) {
    if (doneAt(lead.facts, task) === undefined) open.push({ waits: 'task', since: task.due ?? task.at, task })
  }
  return open
}

/** Whether a task asked to find somebody whom nobody has named yet. */
const isMissing = (lead: Lead, step: string): boolean =>
  step.startsWith('find-') && addressee(lead.facts, step.slice('find-'.length) as Role) === undefined

/** When somebody is to be told of what waits; undefined for who isn't, or has been told. */
function dueAt({ told }: Lead, plan: Plan, { waits, since, task }: Open, who: Staff): Instant | undefined {
  const after = plan.escalate[waits][who]
  if (after === undefined) return undefined
  const isTold = task ? task.told?.includes(who) : told[`${waits}/${who}`] === since
  return isTold ? undefined : addFixed(since, after)
}

/** Puts the notices that are due on a lead's list, at `lead.now`; what doesn't wait any more is forgotten. */
export function settleEscalation(lead: Lead, plan: Plan): void {
  const open = waiting(lead)
  const waits = (waits: Waiting, task?: string): boolean =>
    waits === 'date' || open.some((other) => other.waits === waits && other.task?.step === task)
  if (lead.tell.length > 0) {
    lead.tell = lead.tell.filter((notice) => !('waits' in notice) || waits(notice.waits, notice.task))
  }
  for (const what of open) {
    for (const who of STAFF) {
      const at = dueAt(lead, plan, what, who)
      if (at !== undefined && at <= lead.now) tell(lead, what, who)
    }
  }
}

function tell(lead: Lead, { waits, since, task }: Open, who: Staff): void {
  lead.visited += 1
  lead.tell = [...lead.tell, { who, waits, ...(task && { task: task.step }), n: lead.visited }]
  if (!task) lead.told = { ...lead.told, [`${waits}/${who}`]: since }
  else {
    const told = (one: Given): Given => ({ ...one, told: [...(one.told ?? []), who] })
    lead.given = lead.given.map((one) => (one.step === task.step ? told(one) : one))
  }
}

/** When the next notice will be due. */
export function nextEscalation(lead: Lead, plan: Plan): Instant | undefined {
  let next: Instant | undefined
  for (const what of waiting(lead)) {
    for (const who of STAFF) next = sooner(next, dueAt(lead, plan, what, who))
  }
  return next
}
