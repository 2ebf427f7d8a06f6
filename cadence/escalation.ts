/**
 * Escalation: what waits for people doesn't wait in silence. A reply that nobody handles, and a person whom nobody names,
 * are told of by a cadence's `escalate`: to the owner first, then to the manager. It goes on during holds.
 */
import { oldestReply } from './facts.ts'
import { addressee, type Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import { addFixed, type Instant } from './time.ts'
import { sooner } from './verdict.ts'
import { type Role, STAFF, type Staff, type Waiting } from './words.ts'

/** One who is to be told of something, and from when on. */
interface Due {
  waits: Waiting
  who: Staff
  since: Instant
  at: Instant
}

/** What waits for people, and since when. */
function waiting(lead: Lead): { waits: Waiting; since: Instant }[] {
  if (lead.ending) return []
  const reply = oldestReply(lead.facts)
  const role = lead.asked.find(({ step }) => isMissing(lead, step))
  return [
    ...(reply ? [{ waits: 'reply' as const, since: reply.seen }] : []),
    ...(role ? [{ waits: 'role' as const, since: role.at }] : []),
  ]
}

/** Whether a task asked to find somebody whom nobody has named yet. */
const isMissing = (lead: Lead, step: string): boolean =>
  step.startsWith('find-') && addressee(lead.facts, step.slice('find-'.length) as Role) === undefined

/** Who is still to be told, whether it is time or not. */
const due = (lead: Lead, plan: Plan): Due[] =>
  waiting(lead).flatMap(({ waits, since }) =>
    STAFF.flatMap((who) => {
      const after = plan.escalate[waits === 'reply' ? 'reply' : 'role'][who]
      const told = lead.told[`${waits}/${who}`] === since
      return after === undefined || told ? [] : [{ waits, who, since, at: addFixed(since, after) }]
    }),
  )

/** Puts the notices that are due on a lead's list, at `lead.now`; what doesn't wait any more is forgotten. */
export function settleEscalation(lead: Lead, plan: Plan): void {
  const open = waiting(lead)
  const waits = (one: Waiting): boolean => one === 'date' || open.some((other) => other.waits === one)
  lead.tell = lead.tell.filter((notice) => !('waits' in notice) || waits(notice.waits))
  for (const { waits: what, who, since, at } of due(lead, plan)) {
    if (at > lead.now) continue
    lead.visited += 1
    lead.tell = [...lead.tell, { who, waits: what, n: lead.visited }]
    lead.told = { ...lead.told, [`${what}/${who}`]: since }
  }
}

/** When the next notice will be due. */
export const nextEscalation = (lead: Lead, plan: Plan): Instant | undefined =>
  due(lead, plan).reduce<Instant | undefined>((next, { at }) => sooner(next, at), undefined)
