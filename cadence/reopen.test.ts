import { describe, expect, test } from '@jest/globals'
import { MONDAY, PLAN } from '../test/support/plans.ts'
import { decide } from './decide.ts'
import { type Arrival, fold } from './fold.ts'
import { FORMAT } from './format.ts'
import { type Lead, newLead } from './lead.ts'
import type { Plan } from './plan.ts'
import { endedForGood } from './reopen.ts'
import type { SignalType } from './signals.ts'
import { DAY, type Instant } from './time.ts'
import { turn } from './turn.ts'

/** A lead, told these things a day apart, each with its turn. */
function lived(
  plan: Plan,
  told: [type: SignalType, data?: Record<string, string | number | boolean>][],
): Lead {
  let lead = turn(newLead('lead', MONDAY), plan, []).lead
  told.forEach(([type, data = {}], i) => {
    const at = MONDAY + (i + 1) * DAY
    lead = turn(fold(lead, plan, { id: `s-${i}`, type, at, seen: at, data }).lead, plan, []).lead
  })
  return lead
}
const reopenAt = (lead: Lead, plan: Plan, seen: Instant): { lead: Lead; what: string[] } => {
  const folded = fold(lead, plan, { format: FORMAT, kind: 'reopen', seen } satisfies Arrival)
  const after = turn(folded.lead, plan, folded.changes)
  return { lead: after.lead, what: after.record.changes.map(({ kind: what }) => what) }
}

describe('reopening', () => {
  test('a lost deal is open again, and the steps begin anew under a new visit, counted on', () => {
    const ended = lived(PLAN, [['need.verified'], ['deal.lost']])
    expect(ended.ending?.outcome).toBe('lost')
    const { lead, what } = reopenAt(ended, PLAN, MONDAY + 100 * DAY)
    expect(what).toContain('reopened')
    expect(lead.ending).toBeUndefined()
    expect(lead.facts.deal.value).toBe('open')
    expect(lead.facts.need.value).toBe('verified')
    const decision = decide(lead, PLAN)
    expect(decision).toMatchObject({ kind: 'touch', touch: { step: 'hello', visit: ended.visited + 1 } })
    expect(lead.seq).toBeGreaterThan(ended.seq)
  })

  test('the time spent in a stage before the end is kept, and time away is not counted', () => {
    const ended = lived(PLAN, [['need.verified'], ['deal.lost']])
    const { lead } = reopenAt(ended, PLAN, MONDAY + 100 * DAY)
    expect(lead.spent).toEqual({ contact: 2 * DAY })
    expect(lead.stageSince).toBe(MONDAY + 100 * DAY)
  })

  test('what was lost before the reopening and is told only now does not end it again', () => {
    const ended = lived(PLAN, [['deal.lost']])
    const { lead } = reopenAt(ended, PLAN, MONDAY + 100 * DAY)
    const at = MONDAY + 2 * DAY
    const late = fold(lead, PLAN, { id: 'late', type: 'deal.lost', at, seen: lead.now, data: {} })
    expect(late.lead.ending).toBeUndefined()
  })

  test('a reply that ended it waits no more; nothing is unanswered; nobody is told again', () => {
    const ended = lived(PLAN, [['reply.received'], ['reply.handled', { then: 'end' }]])
    const { lead } = reopenAt({ ...ended, unanswered: [MONDAY] }, PLAN, MONDAY + 9 * DAY)
    expect(decide(lead, PLAN).kind).toBe('touch')
    expect(lead.unanswered).toEqual([])
    expect(lead.tell).toEqual([])
  })

  test('an offer that has ended stays ended', () => {
    const ended = { ...lived(PLAN, [['deal.lost']]), offers: { early: MONDAY + DAY } }
    expect(reopenAt(ended, PLAN, MONDAY + 9 * DAY).lead.offers).toEqual({ early: MONDAY + DAY })
  })

  test('of a lead that has not ended changes nothing', () => {
    const open = lived(PLAN, [['need.verified']])
    const folded = fold(open, PLAN, { format: FORMAT, kind: 'reopen', seen: open.now })
    expect(folded.changes).toEqual([])
    expect(folded.lead).toEqual(open)
  })

  test('some ends are for good', () => {
    expect((['won', 'erased'] as const).map(endedForGood)).toEqual([true, true])
    for (const end of ['lost', 'refused_credit', 'unreachable', 'unresponsive'] as const)
      expect(endedForGood(end)).toBe(false)
  })
})
