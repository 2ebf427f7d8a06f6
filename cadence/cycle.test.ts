/** The sales cycle, transition by transition: what happens to one lead, and where that leaves it. */

import { expect, test } from '@jest/globals'
import { allInEnglish, inEnglish } from '../test/support/words.ts'
import type { HoldWord } from './hold.ts'
import { readCadence } from './language/read.ts'
import type { Plan } from './plan.ts'
import type { ReasonCode } from './reason.ts'
import { type Rehearsal, rehearse } from './rehearsal/rehearse.ts'
import type { Signal, SignalType } from './signals.ts'
import { standingDetail } from './standing.ts'
import { DAY, HOUR } from './time.ts'

const YAML = `
cadence: cycle
from: claire
locale: en
window: { days: mon-fri, hours: "09:00-17:30" }
account: hold
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
const FROM = Date.UTC(2026, 0, 5, 9)

function compiled(yaml: string): Plan {
  const { plan, problems } = readCadence(yaml, 'cycle.yaml')
  if (!plan) throw new Error(JSON.stringify(problems))
  return plan
}
const PLAN = compiled(YAML)
const without = (play: string): Plan => ({ ...PLAN, plays: PLAN.plays.filter(({ id }) => id !== play) })
/** Its proposal never gives up. */
const PATIENT = compiled(YAML.replace(/ *otherwise: nurture\nplays/, 'plays'))
const accounts = (account: Plan['account']): Plan => ({ ...PLAN, account })

/** Days since the launch, what happened, its fields, the contact; seen `late` days afterwards. */
type Event = [days: number, type: SignalType, data?: Signal['data'], contact?: string, late?: number]

function play(events: Event[], days: number, plan = PLAN): Rehearsal {
  const signals = events.map(([on, type, data = {}, contact, late = 0], i): Signal => {
    const at = FROM + on * DAY + HOUR
    return { id: `s-${i}`, type, at, seen: at + late * DAY, data, ...(contact ? { contact } : {}) }
  })
  return rehearse(plan, { from: FROM, until: FROM + days * DAY, zone: 'Europe/Paris', signals })
}
const steps = ({ calendar }: Rehearsal): string[] => calendar.map(({ touch }) => touch.step)
const dayOf = ({ calendar }: Rehearsal, step: string): number[] =>
  calendar.filter(({ touch }) => touch.step === step).map(({ at }) => Math.floor((at - FROM) / DAY))

/** What brings a lead to a stage, from day 1 on. */
const INTERESTED: Event = [1, 'interest.expressed', { level: 'general' }]
const APPROVED: Event = [2, 'credit.approved', { limit: 50_000, ref: '8841', provider: 'finance' }]
const SHOWN: Event = [3, 'demo.held']
const DECIDER: Event = [3, 'contact.identified', { role: 'decision_maker' }, 'dana']
const PROPOSAL = [INTERESTED, APPROVED, SHOWN, DECIDER]

interface Expected {
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

const TABLE: [about: string, events: Event[], days: number, expected: Expected, plan?: Plan][] = [
  // Qualification
  ['nothing known', [], 0.5, { stage: 'contact', standing: 'lead', early: false }],
  [
    'interest alone is early stage',
    [INTERESTED],
    1.5,
    { stage: 'credit', standing: 'lead', early: true, missing: 'credit pending' },
  ],
  [
    'creditworthy, interested, in dialogue',
    [INTERESTED, APPROVED],
    2.5,
    { standing: 'prospect', early: false, missing: 'need unknown', says: 'need unknown' },
  ],
  [
    'the dialogue lapses',
    [INTERESTED, APPROVED],
    50,
    { standing: 'lead', missing: 'dialogue lapsed (heard from 48 days ago, within 45 days asked for)' },
  ],
  [
    'need, grade, authority',
    [...PROPOSAL, [4, 'need.verified'], [4, 'interest.expressed', { level: 'comparing' }]],
    4.5,
    { standing: 'qualified', missing: 'the deal' },
  ],
  [
    'an influencer is authority too',
    [
      INTERESTED,
      APPROVED,
      [3, 'need.verified'],
      [3, 'interest.expressed', { level: 'convinced' }],
      [3, 'contact.identified', { role: 'influencer' }, 'ivan'],
    ],
    3.5,
    { standing: 'qualified' },
  ],
  [
    'a user is not',
    [
      INTERESTED,
      APPROVED,
      [3, 'need.verified'],
      [3, 'interest.expressed', { level: 'convinced' }],
      [3, 'contact.identified', { role: 'user' }, 'ulla'],
    ],
    3.5,
    { standing: 'prospect', missing: 'no decision maker or influencer known' },
  ],
  [
    'authority that left is none',
    [
      ...PROPOSAL,
      [4, 'need.verified'],
      [4, 'interest.expressed', { level: 'comparing' }],
      [5, 'contact.left', {}, 'dana'],
    ],
    5.5,
    { standing: 'prospect' },
  ],
  [
    'and is again when they are back',
    [
      ...PROPOSAL,
      [4, 'need.verified'],
      [4, 'interest.expressed', { level: 'comparing' }],
      [5, 'contact.left', {}, 'dana'],
      [6, 'contact.identified', { role: 'decision_maker' }, 'dana'],
    ],
    6.5,
    { standing: 'qualified' },
  ],
  [
    'a dismissed need',
    [...PROPOSAL, [4, 'need.verified'], [5, 'need.dismissed']],
    5.5,
    { standing: 'prospect', missing: 'need dismissed' },
  ],
  [
    'what is pending says since when, and with whom',
    [
      [1, 'interest.expressed', { level: 'comparing' }],
      [2, 'credit.requested', { provider: 'creditsafe', ref: '8841' }],
      [8, 'reply.received'],
    ],
    14.2,
    {
      says: 'credit pending since 12 days (creditsafe ref 8841), dialogue ok (reply 6 days ago), interest comparing',
    },
  ],
  [
    "a stricter standing is the cadence's",
    [...PROPOSAL, [4, 'need.verified', { amount: 5000 }]],
    4.5,
    { standing: 'prospect', missing: 'amount 5,000 (10,000 asked for)' },
    compiled(YAML.replace('account: hold', 'qualified: { need: verified, amount: 10000 }')),
  ],
  // Credit
  [
    'no answer: chased, escalated',
    [INTERESTED],
    30,
    { stage: 'credit', because: 'goal is not met (credit pending' },
  ],
  ['no answer for long: what the cadence says', [INTERESTED], 80, { outcome: 'refused_credit' }],
  ['a late answer still counts', [INTERESTED, [40, 'credit.approved']], 41, { stage: 'demo' }],
  [
    'an answer seen late counts from its date',
    [INTERESTED, [5, 'credit.approved', {}, undefined, 20]],
    26,
    { stage: 'demo' },
  ],
  [
    'under review it waits',
    [INTERESTED, [3, 'credit.review']],
    4,
    { stage: 'credit', standing: 'lead', early: true },
  ],
  [
    'a second answer is the later one',
    [INTERESTED, [3, 'credit.review'], [5, 'credit.approved']],
    6,
    { stage: 'demo' },
  ],
  [
    'an older answer that comes later changes nothing',
    [INTERESTED, [5, 'credit.approved'], [4, 'credit.review', {}, undefined, 3]],
    8,
    { stage: 'demo' },
  ],
  ['refused', [INTERESTED, [3, 'credit.refused']], 4, { outcome: 'refused_credit' }],
  [
    'refused after an approval, in the middle of the proposal',
    [...PROPOSAL, [8, 'credit.refused']],
    9,
    { outcome: 'refused_credit' },
  ],
  [
    'an answer for an ended lead changes nothing',
    [INTERESTED, [3, 'deal.lost'], [5, 'credit.approved']],
    6,
    { outcome: 'lost' },
  ],
  [
    'gone stale in the middle of the proposal: back to credit',
    PROPOSAL,
    95,
    { stage: 'credit', missing: 'credit pending' },
    PATIENT,
  ],
  [
    'renewed, it goes on where it was',
    [...PROPOSAL, [95, 'credit.approved']],
    96,
    { stage: 'proposal' },
    PATIENT,
  ],
  [
    'a limit below the amount is no approval for it',
    [...PROPOSAL, [4, 'proposal.sent', { amount: 60_000 }]],
    5,
    { stage: 'credit', missing: 'credit pending' },
  ],
  [
    'a higher limit is',
    [...PROPOSAL, [4, 'proposal.sent', { amount: 60_000 }], [6, 'credit.approved', { limit: 80_000 }]],
    7,
    { stage: 'proposal' },
  ],
  [
    'monitoring lowers the limit',
    [
      ...PROPOSAL,
      [4, 'proposal.sent', { amount: 18_000 }],
      [9, 'credit.changed', { limit: 5000, rating: 'D' }],
    ],
    10,
    { stage: 'credit', missing: 'credit pending' },
  ],
  [
    'a decision after it is what counts',
    [
      ...PROPOSAL,
      [4, 'proposal.sent', { amount: 18_000 }],
      [9, 'credit.changed', { limit: 5000 }],
      [12, 'credit.approved', { limit: 20_000 }],
    ],
    13,
    { stage: 'proposal' },
  ],
  [
    'a new rating alone changes no stage',
    [...PROPOSAL, [9, 'credit.changed', { rating: 'C' }]],
    10,
    { stage: 'proposal' },
  ],
  [
    'a rating that comes after it leaves the limit low',
    [
      ...PROPOSAL,
      [9, 'credit.changed', { limit: 5000 }],
      [10, 'credit.changed', { rating: 'D' }],
      [11, 'proposal.sent', { amount: 18_000 }],
    ],
    12,
    { stage: 'credit' },
  ],
  [
    'asked for again while it is still good, an approval stays one',
    [...PROPOSAL, [80, 'credit.requested', { ref: '9002' }]],
    81,
    { stage: 'proposal' },
    PATIENT,
  ],
  [
    'until it is stale: then the new decision is awaited',
    [...PROPOSAL, [80, 'credit.requested', { ref: '9002' }]],
    92.5,
    { stage: 'credit', missing: 'credit pending' },
    PATIENT,
  ],
  [
    'or until it is refused',
    [...PROPOSAL, [80, 'credit.requested', { ref: '9002' }], [82, 'credit.refused', { ref: '9002' }]],
    83,
    { outcome: 'refused_credit' },
    PATIENT,
  ],
  [
    'an approval that comes after a second request, dated before it, is an answer',
    [INTERESTED, [20, 'credit.requested', { ref: '9002' }], [15, 'credit.approved', {}, undefined, 8]],
    24,
    { stage: 'demo' },
  ],
  // Pace
  [
    'stages met out of order are skipped',
    [APPROVED, SHOWN, [3, 'interest.expressed', { level: 'convinced' }]],
    3.5,
    { stage: 'proposal' },
  ],
  ['a booked demo is not a held one', [INTERESTED, APPROVED, [3, 'demo.booked']], 4, { stage: 'demo' }],
  [
    'a missed demo keeps the stage',
    [INTERESTED, APPROVED, [3, 'demo.booked'], [5, 'demo.missed']],
    6,
    { stage: 'demo' },
  ],
  [
    'a demo that was held stays held: another one does not send the lead back',
    [...PROPOSAL, [6, 'demo.booked'], [8, 'demo.missed']],
    9,
    { stage: 'proposal' },
  ],
  [
    'interest that is lost brings it back',
    [INTERESTED, [5, 'interest.expressed', { level: 'none' }]],
    6,
    { stage: 'contact' },
  ],
  [
    'out of office',
    [[2, 'reply.automatic', { returns: FROM + 20 * DAY }]],
    10,
    { stage: 'contact', hold: 'out_of_office', because: 'out of office until 25 Jan 2026' },
  ],
  [
    '"call me in March"',
    [[2, 'callback.requested', { until: FROM + 60 * DAY }]],
    10,
    { hold: 'callback', because: 'asked to be called back on 6 Mar 2026' },
  ],
  [
    'who asked for March and is away in January is called in March',
    [
      [2, 'callback.requested', { until: FROM + 60 * DAY }],
      [5, 'reply.automatic', { returns: FROM + 20 * DAY }],
    ],
    30,
    { hold: 'callback' },
  ],
  [
    'who asks for an earlier day is called then',
    [
      [2, 'callback.requested', { until: FROM + 60 * DAY }],
      [5, 'callback.requested', { until: FROM + 20 * DAY }],
    ],
    20.2,
    { because: 'step proof' },
  ],
  [
    'who left is not waited for: it goes on with who decides',
    [DECIDER, [4, 'reply.automatic', { returns: FROM + 300 * DAY }], [5, 'contact.left']],
    6,
    { because: 'step proof' },
  ],
  [
    "another contact's absence holds nobody else",
    [[2, 'reply.automatic', { returns: FROM + 60 * DAY }, 'ulla']],
    3,
    { stage: 'contact', because: 'step proof' },
  ],
  [
    'a step for them waits',
    [...PROPOSAL, [4, 'reply.automatic', { returns: FROM + 40 * DAY }, 'dana']],
    10,
    { because: 'once dana is back on 14 Feb 2026' },
  ],
  // Urgency
  ['calm', [INTERESTED], 1.5, { urgency: 'calm' }],
  ['time in the stage', [...PROPOSAL], 30, { urgency: 'pressing' }, PATIENT],
  [
    'a large amount',
    [INTERESTED, [2, 'credit.approved'], [3, 'proposal.sent', { amount: 150_000 }]],
    3.5,
    { urgency: 'pressing' },
  ],
  ['a named fact', [[1, 'fact.recorded', { name: 'tender', value: true }]], 1.5, { urgency: 'pressing' }],
  [
    'and down again when its reason is gone',
    [
      [1, 'fact.recorded', { name: 'tender', value: true }],
      [2, 'fact.recorded', { name: 'tender', value: false }],
    ],
    2.5,
    { urgency: 'calm' },
  ],
  [
    'e-mails that nobody answers',
    [],
    8,
    { urgency: 'pressing' },
    compiled(
      YAML.replace(
        'id: proof,',
        'id: gain, email: gain }\n      - { id: more, email: more }\n      - { id: proof,',
      ),
    ),
  ],
  [
    'it breaks no hold',
    [
      [1, 'fact.recorded', { name: 'tender', value: true }],
      [2, 'reply.received'],
    ],
    12,
    { urgency: 'pressing', hold: 'reply' },
  ],
  [
    'nothing presses in the nurture',
    [[1, 'fact.recorded', { name: 'tender', value: true }]],
    60,
    { stage: 'nurture', urgency: 'calm' },
  ],
  ['an offer about to end', PROPOSAL, 18, { urgency: 'last_call' }],
  ['credit about to lapse', PROPOSAL, 87, { urgency: 'last_call' }, PATIENT],
  // Buying centre
  [
    'a missing role is asked for, then waited for',
    [INTERESTED, APPROVED, SHOWN],
    10,
    { stage: 'proposal', because: 'waits until somebody is known as decision maker' },
  ],
  [
    "a saboteur's objection: its play holds the stage",
    [...PROPOSAL, [4, 'objection.raised', { topic: 't', by: 'saboteur' }]],
    6,
    { stage: 'proposal', because: 'play challenge holds stage proposal' },
  ],
  [
    'the goal is met meanwhile: still blocked',
    [INTERESTED, APPROVED, [4, 'objection.raised', { topic: 't', by: 'saboteur' }], [5, 'demo.held']],
    9,
    { stage: 'demo' },
  ],
  [
    'overcome: it goes on',
    [
      INTERESTED,
      APPROVED,
      [4, 'objection.raised', { topic: 't', by: 'saboteur' }],
      [5, 'demo.held'],
      [8, 'objection.overcome', { topic: 't' }],
    ],
    9,
    { stage: 'proposal' },
  ],
  [
    'a person lets it pass',
    [
      INTERESTED,
      APPROVED,
      [4, 'objection.raised', { topic: 't', by: 'saboteur' }],
      [5, 'demo.held'],
      [8, 'objection.overcome', { topic: 't', override: true }],
    ],
    9,
    { stage: 'proposal' },
  ],
  [
    'without a play, a person is asked',
    [INTERESTED, APPROVED, [4, 'objection.raised', { topic: 't', by: 'saboteur' }]],
    9,
    { stage: 'demo', because: "a saboteur's objection of 9 Jan 2026 keeps the lead" },
    without('challenge'),
  ],
  [
    'who raised it may be known as a saboteur only later',
    [
      INTERESTED,
      APPROVED,
      [4, 'objection.raised', { topic: 't' }, 'sam'],
      [5, 'contact.identified', { role: 'saboteur' }, 'sam'],
      [6, 'demo.held'],
    ],
    7,
    { stage: 'demo' },
  ],
  [
    "anybody else's objection blocks nothing",
    [INTERESTED, APPROVED, [4, 'objection.raised', { topic: 't', by: 'user' }], [5, 'demo.held']],
    9,
    { stage: 'proposal' },
  ],
  [
    "a saboteur's no waits for the seller",
    [
      ...PROPOSAL,
      [4, 'contact.identified', { role: 'saboteur' }, 'sam'],
      [5, 'reply.received', { refuses: true }, 'sam'],
    ],
    6,
    { hold: 'reply' },
  ],
  [
    "a decision maker's no ends it",
    [...PROPOSAL, [5, 'reply.received', { refuses: true }, 'dana']],
    6,
    { outcome: 'lost' },
  ],
  [
    'a no whose author turns out to decide ends it',
    [
      [4, 'reply.received', { refuses: true }, 'dana'],
      [3, 'contact.identified', { role: 'decision_maker' }, 'dana', 3],
    ],
    7,
    { outcome: 'lost' },
  ],
  [
    'unless the seller has handled it',
    [
      [4, 'reply.received', { refuses: true }, 'dana'],
      [5, 'reply.handled', { then: 'resume' }],
      [6, 'contact.identified', { role: 'decision_maker' }, 'dana'],
    ],
    7,
    { stage: 'contact' },
  ],
  [
    "a contact's own opt-out doesn't end the lead",
    [...PROPOSAL, [4, 'unsubscribed', {}, 'dana']],
    10,
    { stage: 'proposal', because: 'waits until somebody is known as decision maker' },
  ],
  ["the main contact's does", [[4, 'unsubscribed']], 5, { outcome: 'opted_out' }],
  [
    'an opt-out older than the bounce that is known counts all the same',
    [DECIDER, [6, 'email.bounced', { hard: true }], [5, 'unsubscribed', {}, undefined, 3]],
    9,
    { outcome: 'opted_out' },
  ],
  ['spam', [[4, 'email.complained']], 5, { outcome: 'opted_out' }],
  ['an address that never works', [[4, 'email.bounced', { hard: true }]], 5, { outcome: 'unreachable' }],
  ['others may be reached', [DECIDER, [4, 'email.bounced', { hard: true }]], 5, { stage: 'contact' }],
  ['a mailbox that was full', [[4, 'email.bounced', { hard: false }]], 5, { stage: 'contact' }],
  [
    'a colleague replied',
    [[2, 'colleague.replied', { lead: 'b' }]],
    3,
    { hold: 'account', because: "a colleague's reply of 7 Jan 2026 waits" },
  ],
  [
    'and was answered',
    [
      [2, 'colleague.replied', { lead: 'b' }],
      [4, 'colleague.handled', { lead: 'b' }],
    ],
    5,
    { because: 'step proof' },
  ],
  [
    'one of two was',
    [
      [2, 'colleague.replied', { lead: 'b' }],
      [3, 'colleague.replied', { lead: 'c' }],
      [4, 'colleague.handled', { lead: 'b' }],
    ],
    5,
    { hold: 'account' },
  ],
  [
    'account: continue',
    [[2, 'colleague.replied', { lead: 'b' }]],
    3,
    { because: 'step proof' },
    accounts('continue'),
  ],
  [
    'account: drop',
    [[2, 'colleague.replied', { lead: 'b' }]],
    3,
    { outcome: 'unresponsive' },
    accounts('drop'),
  ],
  [
    'account: drop, and both replied at once: the seller has both',
    [
      [2, 'reply.received'],
      [2, 'colleague.replied', { lead: 'b' }],
    ],
    3,
    { hold: 'reply' },
    accounts('drop'),
  ],
  // Holds
  ['a reply waits for the seller', [[2, 'reply.received']], 3, { hold: 'reply' }],
  [
    'handled: on',
    [
      [2, 'reply.received'],
      [3, 'reply.handled', { then: 'resume' }],
    ],
    4,
    { because: 'step proof' },
  ],
  [
    'handled: keep still',
    [
      [2, 'reply.received'],
      [3, 'reply.handled', { then: 'hold' }],
    ],
    4,
    { hold: 'held' },
  ],
  [
    'handled: over',
    [
      [2, 'reply.received'],
      [3, 'reply.handled', { then: 'end' }],
    ],
    4,
    { outcome: 'lost' },
  ],
  // Proposal, deal
  [
    'looked at again, an accepted proposal stays accepted',
    [INTERESTED, [2, 'proposal.accepted'], [3, 'proposal.viewed']],
    4,
    { stage: 'demo' },
    compiled(YAML.replace('until: { credit: approved }', 'until: { proposal: accepted }')),
  ],
  [
    'a new proposal is open until it is answered',
    [INTERESTED, [2, 'proposal.declined'], [3, 'proposal.sent']],
    4,
    { stage: 'credit', because: 'proposal sent (accepted asked for)' },
    compiled(YAML.replace('until: { credit: approved }', 'until: { proposal: accepted }')),
  ],
  [
    'one that was looked at was sent',
    [INTERESTED, [2, 'proposal.sent', { amount: 9000 }], [3, 'proposal.viewed']],
    4,
    { stage: 'demo' },
    compiled(YAML.replace('until: { credit: approved }', 'until: { proposal: sent }')),
  ],
  [
    'one that was declined is no accepted one',
    [INTERESTED, [2, 'proposal.sent'], [3, 'proposal.declined']],
    4,
    { stage: 'credit', because: 'proposal declined (accepted asked for)' },
    compiled(YAML.replace('until: { credit: approved }', 'until: { proposal: accepted }')),
  ],
  [
    'a referral is dialogue, and leaves the lead where it is',
    [INTERESTED, APPROVED, [50, 'referral.given']],
    51,
    { stage: 'demo', standing: 'prospect' },
  ],
  ['accepted is not won', [...PROPOSAL, [6, 'proposal.accepted']], 7, { stage: 'proposal' }],
  [
    'won: a customer',
    [...PROPOSAL, [6, 'deal.won', { amount: 18_000 }]],
    6.5,
    { outcome: 'won', standing: 'customer' },
  ],
  ['lost', [...PROPOSAL, [6, 'deal.lost']], 7, { outcome: 'lost' }],
  // Drop-off
  ['silence: into the nurture', [], 25, { stage: 'nurture' }],
  [
    'but silence is not what they broke: the end of a hold begins it anew',
    [
      [10, 'reply.received'],
      [18, 'reply.handled', { then: 'resume' }],
    ],
    24,
    { stage: 'contact' },
  ],
  [
    'nor what they asked for',
    [[10, 'callback.requested', { until: FROM + 60 * DAY }]],
    66,
    { stage: 'contact', because: 'goes to nurture' },
  ],
  [
    'and then they are silent',
    [[10, 'callback.requested', { until: FROM + 60 * DAY }]],
    68,
    { stage: 'nurture' },
  ],
  ['interest: out of it', [[60, 'interest.expressed', { level: 'comparing' }]], 61, { stage: 'credit' }],
  [
    'a little interest does not',
    [[60, 'interest.expressed', { level: 'general' }]],
    61,
    { stage: 'nurture' },
  ],
  ['its time is over', [], 800, { outcome: 'unresponsive' }],
]

/** What a lead rests for, by the reason it gives. */
const HOLDS: Partial<Record<ReasonCode, HoldWord>> = {
  reply_waits: 'reply',
  colleague_waits: 'account',
  kept_still: 'held',
  out_of_office: 'out_of_office',
  callback: 'callback',
}

test.each(TABLE)('%s', (_, events, days, expected, plan = PLAN) => {
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
})

test('credit: asked, chased, escalated, each once', () => {
  expect(steps(play([INTERESTED], 50))).toEqual(['hello', 'check', 'chase', 'escalate'])
})

test('gone stale, credit is asked for again', () => {
  expect(dayOf(play(PROPOSAL, 100, PATIENT), 'check')).toEqual([1, 92])
})

test('no proposal while credit is awaited, whatever the stage', () => {
  const eager = compiled(YAML.replace('until: { credit: approved }', 'until: { interest: comparing }'))
  const story: Event[] = [[1, 'interest.expressed', { level: 'comparing' }], SHOWN, DECIDER]
  const waiting = play(story, 30, eager)
  expect(steps(waiting)).not.toContain('quote')
  expect(inEnglish(waiting.because)).toContain('is a proposal, and waits for credit: credit unknown')
  expect(dayOf(play([...story, [30, 'credit.approved']], 40, eager), 'quote')).toEqual([30])
})

test('at the very instant credit goes stale it is stale: no proposal goes out then', () => {
  const quote = [
    {
      id: 'quote',
      kind: 'task' as const,
      name: 'Quote',
      proposal: true as const,
      wait: { n: 6, unit: 'd' as const },
    },
  ]
  const sale = {
    ...PLAN,
    urgency: PLAN.urgency.slice(0, 1),
    credit: { validFor: { n: 6, unit: 'd' as const } },
    window: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 },
    stages: [{ id: 'sale', until: { deal: 'won' as const }, steps: quote, on: {} }],
  }
  expect(play([[-1 / 24, 'credit.approved']], 20, sale).calendar).toEqual([])
})

test('quiet until March, then on from where it was', () => {
  const away = play([[2, 'callback.requested', { until: FROM + 60 * DAY }]], 70)
  expect(steps(away)).toEqual(['hello', 'proof-'.slice(0, 5)])
  expect(dayOf(away, 'proof')).toEqual([65])
})

test('an offer: the last call goes out before it ends, in the window; never after it', () => {
  const story = play(PROPOSAL, 60)
  const [offer] = dayOf(story, 'offer')
  const [last] = dayOf(story, 'last')
  expect(last).toBeGreaterThan(offer as number)
  expect(last).toBeLessThan((offer as number) + 14)
})

test('an extended offer has its last call later; one that ended is never quoted again', () => {
  const [offer = 0] = dayOf(play(PROPOSAL, 60), 'offer')
  const extended = FROM + (offer + 40) * DAY
  const longer = play([...PROPOSAL, [offer + 1, 'offer.extended', { offer: 'early', until: extended }]], 90)
  expect(dayOf(longer, 'last')[0]).toBeGreaterThan(offer + 14)
  const away = play(
    [...PROPOSAL, [offer + 1, 'callback.requested', { until: FROM + (offer + 30) * DAY }]],
    80,
  )
  expect(dayOf(away, 'last')).toEqual([])
})

test('a step whose `when` only time makes true is asked at its own moment, and then passed over', () => {
  const hurry = '      - { id: hurry, email: remind, when: { stage_age: 30d } }\n  - stage: proposal'
  const plan = compiled(YAML.replace('  - stage: proposal', hurry))
  const played = play([INTERESTED, APPROVED], 40, plan)
  expect(dayOf(played, 'hurry')).toEqual([])
  expect(played.timeline).toContainEqual(expect.objectContaining({ kind: 'passed_over', step: 'hurry' }))
})

test('an end that a person gave before the offer was made is its end', () => {
  const given = FROM + 30 * DAY
  const { calendar } = play([...PROPOSAL, [1, 'offer.extended', { offer: 'early', until: given }]], 60)
  const offers = calendar.flatMap(({ at, touch }) => (touch.offer ? [{ at, ends: touch.offer.ends }] : []))
  expect(offers.map(({ ends }) => ends)).toEqual([given, given])
  expect(offers.every(({ at }) => at < given)).toBe(true)
})

test('one that a person ended before it was made is not made', () => {
  const story = play([...PROPOSAL, [1, 'offer.extended', { offer: 'early', until: FROM + 2 * DAY }]], 60)
  expect(steps(story)).not.toContain('offer')
  expect(steps(story)).not.toContain('last')
})

test("an influencer starts a play, others don't", () => {
  expect(steps(play([[1, 'contact.identified', { role: 'influencer' }, 'ivan']], 5))).toContain('kit')
  expect(steps(play([[1, 'contact.identified', { role: 'user' }, 'ulla']], 5))).not.toContain('kit')
})

test('found once: what more is learnt of an influencer starts no second play', () => {
  const found: Event = [1, 'contact.identified', { role: 'influencer' }, 'ivan']
  const more: Event = [6, 'contact.identified', { role: 'influencer', stance: 'for' }, 'ivan']
  expect(dayOf(play([found, more], 12), 'kit')).toEqual([1])
  const other: Event = [6, 'contact.identified', { role: 'influencer' }, 'ida']
  expect(dayOf(play([found, other], 12), 'kit')).toHaveLength(2)
})

test('who objected and is found to be a saboteur has the challenge answered by its play', () => {
  const raised: Event = [4, 'objection.raised', { topic: 't' }, 'sam']
  const found: Event = [5, 'contact.identified', { role: 'saboteur' }, 'sam']
  expect(dayOf(play([INTERESTED, APPROVED, raised, found], 12), 'brief')).toEqual([6])
  expect(steps(play([INTERESTED, APPROVED, found, [6, 'demo.booked']], 12))).not.toContain('brief')
})

test('a challenge whose play is over, or never began, is a task for a person', () => {
  const raised: Event = [4, 'objection.raised', { topic: 't', by: 'saboteur' }]
  const brief = compiled(YAML.replace('    until: { open_objections: 0 }\n', ''))
  expect(steps(play([INTERESTED, APPROVED, raised], 12, brief)).slice(-2)).toEqual(['brief', 'answer-t'])
  const large = compiled(YAML.replace('until: { open_objections: 0 }', 'when: { amount: 100000 }'))
  expect(steps(play([INTERESTED, APPROVED, raised], 12, large)).at(-1)).toBe('answer-t')
})

test('the manager is told once when urgency rises', () => {
  expect(steps(play(PROPOSAL, 20)).filter((step) => step === 'tell-last_call')).toHaveLength(1)
})

test('who is to be told of a rise is told during a hold, too', () => {
  const held: Event[] = [
    [80, 'reply.received'],
    [86, 'credit.approved'],
    [90, 'reply.handled', { then: 'resume' }],
  ]
  const { timeline, ...told } = play([INTERESTED, APPROVED, ...held], 100)
  expect(timeline.filter((line) => line.kind === 'urgency' && line.urgency === 'last_call')).toHaveLength(1)
  expect(dayOf({ timeline, ...told }, 'tell-last_call')[0]).toBeLessThan(86)
})

test('urgency shortens the waits, and its level chooses the words', () => {
  const hurried = play([[0.1, 'fact.recorded', { name: 'tender', value: true }]], 12)
  const [calm = 0] = dayOf(play([], 12), 'proof')
  const proof = hurried.calendar.find(({ touch }) => touch.step === 'proof')
  expect(proof?.touch.urgency).toBe('pressing')
  expect(dayOf(hurried, 'proof')[0]).toBeLessThan(calm)
})

test('the benefit a lead answers to, else the one argued least', () => {
  const argued = (events: Event[]): string | undefined =>
    play(events, 12).calendar.find(({ touch }) => touch.step === 'proof')?.touch.name
  expect(argued([])).toBe('proof-support')
  expect(argued([[1, 'link.clicked', { theme: 'productivity' }]])).toBe('proof-productivity')
  expect(argued([[1, 'interest.expressed', { level: 'none', theme: 'indirect_costs' }]])).toBe(
    'proof-indirect_costs',
  )
  expect(
    argued([
      [1, 'link.clicked', { theme: 'productivity' }],
      [2, 'link.clicked', { theme: 'ease' }],
      [3, 'link.clicked', { theme: 'ease' }],
    ]),
  ).toBe('proof-ease')
})

test("a won deal runs the customer's play, and then it is over", () => {
  const won = play([...PROPOSAL, [6, 'deal.won']], 30)
  expect(steps(won).at(-1)).toBe('thanks')
  expect(won.outcome).toBe('won')
})

test("a deal that is off after all ends the customer's play", () => {
  expect(steps(play([...PROPOSAL, [4.8, 'deal.won'], [5, 'deal.lost']], 30))).not.toContain('thanks')
})

test('time spent in each stage is kept', () => {
  const { spent } = play([INTERESTED, APPROVED, [10, 'demo.held']], 20).lead
  expect(Object.keys(spent)).toEqual(['contact', 'credit', 'demo'])
  expect(Math.round((spent.demo ?? 0) / DAY)).toBe(8)
})

test('a play whose last step is passed over is over, and the stage goes on from there', () => {
  const kit = '- { id: kit, email: kit, to: influencer }'
  const ask =
    '- { id: ask, task: Ask for an introduction, wait: 5d, when: { not: { authority: [decision_maker] } } }'
  const plan = compiled(YAML.replace(kit, `${kit}\n      ${ask}`))
  const ally: Event = [1, 'contact.identified', { role: 'influencer' }, 'ivan']
  expect(steps(play([ally], 9, plan))).toEqual(['hello', 'kit', 'ask'])
  const known = play([ally, [0.5, 'contact.identified', { role: 'decision_maker' }, 'dana']], 9, plan)
  expect(steps(known)).toEqual(['hello', 'kit'])
  expect(known.timeline).toContainEqual(expect.objectContaining({ kind: 'play_over', play: 'ally' }))
  // The moment of what is passed over is spent: it was five days after the kit.
  const later = play([ally, [0.5, 'contact.identified', { role: 'decision_maker' }, 'dana']], 20, plan)
  expect(steps(later)).toEqual(['hello', 'kit', 'proof'])
})
