/** A lead played by hand: what happens to it, and then what the rules decide. */

import { complete, delayTouch, pass } from '../../cadence/after-attempt.ts'
import type { Decision } from '../../cadence/decide.ts'
import { type Arrival, type Command, fold } from '../../cadence/fold.ts'
import { FORMAT } from '../../cadence/format.ts'
import { type Change, type Lead, newLead } from '../../cadence/lead.ts'
import { putAside } from '../../cadence/mending.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Delay, Flaw } from '../../cadence/reason.ts'
import type { Signal, SignalType } from '../../cadence/signals.ts'
import { DAY } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import { turn } from '../../cadence/turn.ts'
import { inEnglish } from './words.ts'

export const T0 = Date.UTC(2026, 0, 5, 9)
export const email = (id: string, days = 0) => ({
  id,
  kind: 'email' as const,
  name: id,
  ...(days ? { wait: { n: days, unit: 'd' as const } } : {}),
})
export const plan: Plan = {
  format: FORMAT,
  cadence: 'demo',
  version: 1,
  from: 'claire',
  owner: 'claire',
  locale: 'fr',
  window: { days: [1, 2, 3, 4, 5], from: 540, to: 1050 },
  limits: {},
  account: 'hold',
  prospect: { all: [{ credit: 'approved' }, { interest: 'general' }, { dialogue: { n: 45, unit: 'd' } }] },
  qualified: { all: [{ need: 'verified' }, { interest: 'comparing' }, { authority: ['decision_maker'] }] },
  credit: { validFor: { n: 90, unit: 'd' } },
  escalate: { reply: {}, role: {}, task: {} },
  urgency: [
    { id: 'calm', pace: 1 },
    { id: 'pressing', when: { any: [{ stage_age: { n: 21, unit: 'd' } }, { unanswered: 2 }] }, pace: 0.5 },
    { id: 'last_call', when: { offer_ends_within: { n: 7, unit: 'd' } }, pace: 0.3, tell: 'manager' },
  ],
  stages: [
    {
      id: 'contact',
      until: { interest: 'general' },
      steps: [email('hello'), email('gain', 3)],
      otherwise: { nurture: true, after: { n: 7, unit: 'd' } },
      on: {},
    },
    {
      id: 'credit',
      until: { credit: 'approved' },
      steps: [
        { id: 'check', kind: 'credit_check', name: 'creditsafe', timeout: { n: 10, unit: 'bd' } },
        { id: 'chase', kind: 'task', name: 'Chase', wait: { n: 2, unit: 'bd' } },
      ],
      on: { 'credit.refused': { end: 'refused_credit' } },
    },
    {
      id: 'proposal',
      until: { deal: 'won' },
      steps: [
        {
          ...email('offer'),
          to: 'decision_maker',
          offer: { name: 'early', lasts: { n: 14, unit: 'd' }, notice: { n: 1, unit: 'bd' } },
        },
        email('costs', 4),
      ],
      otherwise: { end: 'unresponsive', after: { n: 7, unit: 'd' } },
      on: {},
    },
  ],
  plays: [
    { id: 'saboteur', on: 'objection.raised', until: { open_objections: 0 }, steps: [email('brief')] },
    { id: 'referral', on: 'deal.won', steps: [email('thanks'), email('refer', 30)] },
  ],
  nurture: {
    every: { n: 60, unit: 'd' },
    for: { n: 2, unit: 'y' },
    emails: ['news-1', 'news-2'],
    until: { interest: 'comparing' },
  },
}

/** Plays a lead by hand: what happens, then what is decided. */
export class Story {
  lead: Lead = newLead('l', T0)
  plan = plan
  decision!: Decision
  changes: Change[] = []
  #ids = 0

  constructor() {
    this.#turn([])
  }
  #turn(happened: Change[]): void {
    const next = turn(this.lead, this.plan, happened)
    this.lead = next.lead
    this.decision = next.decision
    this.changes.push(...next.record.changes)
  }
  #fold(arrival: Arrival): this {
    const folded = fold(this.lead, this.plan, arrival)
    this.lead = folded.lead
    this.plan = folded.plan
    this.#turn(folded.changes)
    return this
  }
  signal(type: SignalType, days: number, data: Signal['data'] = {}, contact?: string): this {
    const at = T0 + days * DAY
    return this.#fold({ id: `s${this.#ids++}`, type, at, seen: at, data, ...(contact ? { contact } : {}) })
  }
  ask(command: Command): this {
    return this.#fold(command)
  }
  touch(): Touch {
    if (this.decision.kind !== 'touch') throw new Error(`no touch: ${inEnglish(this.decision.because)}`)
    return this.decision.touch
  }
  do(days: number, result: Parameters<typeof complete>[3] = { kind: 'done' }): this {
    const out = complete(this.lead, this.plan, this.touch(), result, T0 + days * DAY)
    this.lead = out.lead
    this.#turn(out.changes)
    return this
  }
  putOff(days: number, until: number, delay: Delay, gate?: true): this {
    const put = delayTouch(this.lead, this.touch(), T0 + days * DAY, {
      until: T0 + until * DAY,
      delay,
      ...(gate ? { gate } : {}),
    })
    this.lead = put.lead
    this.#turn(put.changes)
    return this
  }
  /** What came next can't be made. */
  flawed(days: number, flaw: Flaw): this {
    const put = putAside(this.lead, this.touch(), T0 + days * DAY, flaw)
    this.lead = put.lead
    this.#turn(put.changes)
    return this
  }
  pass(days: number): this {
    this.lead = pass(this.lead, this.plan, T0 + days * DAY)
    this.#turn([])
    return this
  }
  at(days: number): this {
    this.lead = { ...this.lead, now: T0 + days * DAY }
    this.#turn([])
    return this
  }
}
