/**
 * Escalation: what waits for people doesn't wait in silence. A reply that nobody handles, a task that nobody does, and a
 * person whom nobody names, are told of by a cadence's `escalate`: to the owner first, then to the manager. It goes on
 * during holds.
 */
import { oldestReply } from './facts.ts'
import { addressee, type Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import { undone } from './tasks.ts'
import { addFixed, type Instant } from './time.ts'
import { sooner } from './verdict.ts'
import { type Role, STAFF, type Staff, type Waiting } from './words.ts'

/** One who is to be told of something, and from when on. */
interface Due {
  waits: Exclude<Waiting, 'date'>
  /** The step of the task that waits. */
  task?: string
  who: Staff
  since: Instant
  at: Instant
}

/** Something that waits for people. */
type Open = Pick<Due, 'waits' | 'task' | 'since'>

/** What waits for people, and since when: a task since it should have been done. */
function waiting(lead: Lead): Open[] {
  if (lead.ending) return []
  const reply = oldestReply(lead.facts)
  const role = lead.asked.find(({ step }) => isMissing(lead, step))
  return [
    ...(reply ? [{ waits: 'reply' as const, since: reply.seen }] : []),
    ...(role ? [{ waits: 'role' as const, since: role.at }] : []),
    ...undone(lead).map(({ step, at, due }) => ({ waits: 'task' as const, task: step, since: due ?? at })),
  ]
}

/** Whether a task asked to find somebody whom nobody has named yet. */
const isMissing = (lead: Lead, step: string): boolean =>
  step.startsWith('find-') && addressee(lead.facts, step.slice('find-'.length) as Role) === undefined

/** Who is still to be told of what waits, whether it is time or not. */
const due = (lead: Lead, plan: Plan, open: Open[]): Due[] =>
  open.flatMap((what) =>
    STAFF.flatMap((who) => {
      const after = plan.escalate[what.waits][who]
      const told = lead.told[toldKey(what, who)] === what.since
      return after === undefined || told ? [] : [{ ...what, who, at: addFixed(what.since, after) }]
    }),
  )

/** What a lead remembers of whom it told: `reply/owner`, `task:call/owner`. */
const toldKey = ({ waits, task }: Pick<Due, 'waits' | 'task'>, who: Staff): string =>
  `${task === undefined ? waits : `${waits}:${task}`}/${who}`

/** Puts the notices that are due on a lead's list, at `lead.now`; what doesn't wait any more is forgotten. */
export function settleEscalation(lead: Lead, plan: Plan): void {
  const open = waiting(lead)
  const waits = (waits: Waiting, task?: string): boolean =>
    waits === 'date' || open.some((other) => other.waits === waits && other.task === task)
  lead.tell = lead.tell.filter((notice) => !('waits' in notice) || waits(notice.waits, notice.task))
  forgetTasks(lead, open)
  for (const { who, since, at, ...what } of due(lead, plan, open)) {
    if (at > lead.now) continue
    lead.visited += 1
    lead.tell = [...lead.tell, { who, ...what, n: lead.visited }]
    lead.told = { ...lead.told, [toldKey(what, who)]: since }
  }
}

/** Whom it told of tasks that don't wait any more is forgotten: what a lead carries doesn't grow with time. */
function forgetTasks(lead: Lead, open: Open[]): void {
  const told = Object.keys(lead.told).filter((key) => key.startsWith('task:'))
  if (told.length === 0) return
  const keys = new Set(open.flatMap((what) => STAFF.map((who) => toldKey(what, who))))
  const stale = told.filter((key) => !keys.has(key))
  if (stale.length === 0) return
  lead.told = Object.fromEntries(Object.entries(lead.told).filter(([key]) => !stale.includes(key)))
}

/** When the next notice will be due. */
export const nextEscalation = (lead: Lead, plan: Plan): Instant | undefined =>
  due(lead, plan, waiting(lead)).reduce<Instant | undefined>((next, { at }) => sooner(next, at), undefined)
