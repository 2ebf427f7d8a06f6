/** A sales cycle and its leads: what happens to one, day by day, is rehearsed, and looked at. */

import { expect } from '@jest/globals'
import { readCadence } from '../../cadence/language/read.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { ReasonCode } from '../../cadence/reason.ts'
import { type Rehearsal, rehearse } from '../../cadence/rehearsal/rehearse.ts'
import type { Signal, SignalType } from '../../cadence/signals.ts'
import { standingDetail } from '../../cadence/standing.ts'
import { DAY, HOUR } from '../../cadence/time.ts'
import type { HoldWord } from '../../cadence/words.ts'
import { allInEnglish, inEnglish } from './words.ts'

export const YAML = `
cadence: cycle
from: claire
locale: en
window: { days: mon-fri, hours: "09:00-17:30" }
account: hold
escalate: { task: {} }
credit: { valid_for: 90d }
urgency:
  - level: calm
  - level: pressing
    when: { any: [{ stage_age: 21d }, { unanswered: 3 }, { amount: 100000 }, { fact: { tender: true } }] }
    pace: 0.6
  - level: last_call
    when: { any: [{ offer_ends_within: 4d }, { credit_ends_within: 7d }] }
    pace: 0.3
    tell: manager
stages:
  - stage: contact
    until: { interest: general }
    steps:
      - { id: hello, email: hello, theme: ease }
      - { id: proof, email: proof, theme: best, wait: 5bd }
    otherwise: nurture
  - stage: credit
    until: { credit: approved }
    steps:
      - { id: check, credit_check: finance, timeout: 10bd }
      - { id: chase, task: Chase the file, wait: 2bd }
      - { id: escalate, notify: manager, wait: 5bd }
    otherwise: { end: refused_credit, after: 30d }
    on: { credit.refused: { end: refused_credit } }
  - stage: demo
    until: { demo: held }
    steps:
      - { id: invite, email: invite }
      - { id: remind, email: remind, wait: 5bd }
  - stage: proposal
    until: { deal: won }
    steps:
      - { id: quote, task: Send the proposal, proposal: true }
      - { id: offer, email: offer, to: decision_maker, wait: 2bd, offer: { name: early, lasts: 14d } }
      - { id: last, email: last, to: decision_maker, wait: 60d, offer: { name: early, lasts: 14d } }
    otherwise: nurture
plays:
  - play: ally
    on: contact.identified
    role: influencer
    steps:
      - { id: kit, email: kit, to: influencer }
  - play: challenge
    on: objection.raised
    role: saboteur
    until: { open_objections: 0 }
    steps:
      - { id: brief, task: "Answer: {{ objection.topic }}" }
  - play: customer
    on: deal.won
    steps:
      - { id: thanks, email: thanks }
nurture: { every: 1mo, for: 2y, emails: [news], until: { interest: comparing } }
`
/** A Monday, 10:00 in Paris. */
export const FROM = Date.UTC(2026, 0, 5, 9)

export function compiled(yaml: string): Plan {
  const { plan, problems } = readCadence(yaml, 'cycle.yaml')
  if (!plan) throw new Error(JSON.stringify(problems))
  return plan
}
export const PLAN = compiled(YAML)
export const without = (play: string): Plan => ({
  ...PLAN,
  plays: PLAN.plays.filter(({ id }) => id !== play),
})
/** Its proposal never gives up. */
export const PATIENT = compiled(YAML.replace(/ *otherwise: nurture\nplays/, 'plays'))
export const accounts = (account: Plan['account']): Plan => ({ ...PLAN, account })

/** Days since the launch, what happened, its fields, the contact; seen `late` days afterwards. */
export type Event = [days: number, type: SignalType, data?: Signal['data'], contact?: string, late?: number]

export function play(events: Event[], days: number, plan = PLAN): Rehearsal {
  const signals = events.map(([on, type, data = {}, contact, late = 0], i): Signal => {
    const at = FROM + on * DAY + HOUR
    return { id: `s-${i}`, type, at, seen: at + late * DAY, data, ...(contact ? { contact } : {}) }
  })
  return rehearse(plan, { from: FROM, until: FROM + days * DAY, zone: 'Europe/Paris', signals })
}
export const steps = ({ calendar }: Rehearsal): string[] => calendar.map(({ touch }) => touch.step)
export const dayOf = ({ calendar }: Rehearsal, step: string): number[] =>
  calendar.filter(({ touch }) => touch.step === step).map(({ at }) => Math.floor((at - FROM) / DAY))

/** What brings a lead to a stage, from day 1 on. */
export const INTERESTED: Event = [1, 'interest.expressed', { level: 'general' }]
export const APPROVED: Event = [2, 'credit.approved', { limit: 50_000, ref: '8841', provider: 'finance' }]
export const SHOWN: Event = [3, 'demo.held']
export const DECIDER: Event = [3, 'contact.identified', { role: 'decision_maker' }, 'dana']
export const PROPOSAL = [INTERESTED, APPROVED, SHOWN, DECIDER]

export interface Expected {
  stage?: string
  standing?: string
  hold?: string
  urgency?: string
  outcome?: string
  /** Part of what it says it waits for. */
  because?: string
  early?: boolean
  missing?: string
  says?: string
}

/** What it is about, what happens, the day it is looked at, where the lead is then, and by which plan. */
export type Row = [about: string, events: Event[], days: number, expected: Expected, plan?: Plan]

/** What a lead rests for, by the reason it gives. */
const HOLDS: Partial<Record<ReasonCode, HoldWord>> = {
  reply_waits: 'reply',
  colleague_waits: 'account',
  kept_still: 'held',
  out_of_office: 'out_of_office',
  callback: 'callback',
}

/** Plays a row's events, and looks at where that leaves the lead. */
export function expectRow(...[, events, days, expected, plan = PLAN]: Row): void {
  const { lead, outcome, because, timeline } = play(events, days, plan)
  const now = FROM + days * DAY
  const is = standingDetail({ ...lead, now }, plan)
  const reason = because()
  const shown = {
    stage: lead.stage,
    standing: lead.standing,
    urgency: lead.urgency,
    outcome: outcome ?? lead.ending?.outcome,
    hold: HOLDS[reason.code],
    early: is.early,
  }
  const { because: why, missing, says, ...plain } = expected
  const words = inEnglish(reason, now)
  expect(shown).toMatchObject(plain)
  if (why !== undefined) expect(words).toContain(why)
  if (missing !== undefined)
    expect(is.missing.map((one) => inEnglish(one, now)).join('; ')).toContain(missing)
  if (says !== undefined) expect(allInEnglish(is.next?.rule ?? [], now)).toContain(says)
  expect(words).not.toBe('')
  expect(timeline[0]?.kind).toBe('launched')
}
