/** A small cadence and the turns and touches of its leads, as the workflow would send them. */

import { noFacts } from '../../cadence/facts.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { Change } from '../../cadence/lead.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Instant } from '../../cadence/time.ts'
import type { MomentRequest, Touch } from '../../cadence/touch.ts'
import type { AttemptInput, RecordInput } from '../../workflows/contract.ts'

/** Monday 23 November 2026, 10:00 in Paris. */
export const MONDAY: Instant = Date.UTC(2026, 10, 23, 9)

export const PLAN: Plan = {
  format: FORMAT,
  cadence: 'small',
  version: 0,
  from: 'claire',
  owner: 'claire',
  locale: 'en',
  locales: { written: [], standIn: {}, others: 'en' },
  window: { days: [1, 2, 3, 4, 5], from: 9 * 60, to: 17 * 60 },
  account: 'hold',
  limits: {
    perLead: { kind: 'rolling', count: 2, per: { n: 1, unit: 'w' } },
    perAccount: { kind: 'rolling', count: 3, per: { n: 1, unit: 'w' } },
  },
  prospect: { all: [] },
  qualified: { all: [] },
  credit: {},
  escalate: { reply: {}, role: {}, task: {} },
  urgency: [{ id: 'calm', pace: 1 }],
  stages: [
    {
      id: 'contact',
      until: { interest: 'general' },
      steps: [
        { id: 'hello', kind: 'email', name: 'hello' },
        { id: 'gain', kind: 'email', name: 'gain', thread: 'hello', wait: { n: 2, unit: 'd' } },
        { id: 'call', kind: 'task', name: 'Call {{ contact.first_name }}', due: { n: 1, unit: 'bd' } },
      ],
      on: {},
    },
  ],
  plays: [],
}

export const FILES = {
  'hello.md': '---\nsubject: "A question, {{ contact.first_name }}"\n---\nHello from {{ sender.name }}.\n',
  'gain.md': '---\nsubject: "Two hours a week for {{ lead.company }}"\n---\nHello again.\n',
}

export const want = (
  kind: MomentRequest['kind'],
  anchor: Instant,
  more: Partial<MomentRequest> = {},
): MomentRequest => ({
  kind,
  anchor,
  waits: [],
  pace: 1,
  ...more,
})

/** One turn, as the workflow would record it. */
export function turnOf(
  lead: string,
  seq: number,
  now: Instant,
  more: Partial<RecordInput> = {},
): RecordInput {
  const line: Change = { at: now, kind: 'stage', stage: 'contact' }
  return {
    lead,
    now,
    seq,
    changes: [line],
    view: {
      cadence: 'small',
      version: 1,
      standing: 'lead',
      missing: [],
      progress: { early: false, since: now, spent: {}, offers: {}, argued: {} },
      stage: 'contact',
      urgency: 'calm',
      because: { code: 'every_goal_met' },
    },
    facts: noFacts(),
    ...more,
  }
}

/** A touch for a lead's main contact. */
export function touchOf(lead: string, step: string, more: Partial<Touch> = {}): Touch {
  const kind = more.kind ?? 'email'
  const base = { key: `${lead}/1/${step}`, lead, visit: 1, step, kind, name: step, stage: 'contact' }
  return { ...base, contact: 'main', urgency: 'calm', ...more }
}

/** The order to carry a touch out at `slot`; the next e-mail is wanted two days later. */
export function orderOf(touch: Touch, slot: Instant, seq = 2): AttemptInput {
  const then = turnOf(touch.lead, seq, slot, { want: want('email', slot, { waits: [{ n: 2, unit: 'd' }] }) })
  return { format: FORMAT, touch, cadence: 'small', version: 1, slot, then }
}
