/** Every code has words in both languages, in the reader's zone; no English word of ours is in the French ones. */
import { describe, expect, test } from '@jest/globals'
import { FLAW_CLOSINGS, FLAW_REASONS, flawChanges, MEND_TASK } from '../../test/support/flaws.ts'
import { MAIL_NOTICES, MAIL_REASONS } from '../../test/support/mail-reasons.ts'
import type { Change, Closing } from '../lead.ts'
import type { Criterion, Reason, ReasonCode, ReasonOf } from '../reason.ts'
import { DAY } from '../time.ts'
import { LANGUAGES, type TaskWording } from './dictionary.ts'
import type { Reader } from './phrases.ts'
import { dictionaryOf, languageOf, say, sayChange, sayClosing, sayDay, sayMoment, sayTask } from './say.ts'

const at = Date.parse('2027-03-01T23:30:00Z')
const wait = { n: 3, unit: 'bd' } as const
const interest: Criterion = { code: 'interest', holds: false, has: 'none', wants: 'general' }

const GATES = ['erased', 'ended', 'paused', 'signal', 'halted', 'suppressed'] as const
const CLOSINGS: Closing[] = [
  { code: 'lead_ended', outcome: 'lost' },
  { code: 'stage_over', stage: 's1' },
  { code: 'play_over', play: 'p1' },
  ...FLAW_CLOSINGS,
]

/** One of each, as the type demands; several where a code says different things. */
const SAMPLES: { [Code in ReasonCode]: ReasonOf<Code>[] } = {
  interest: [interest as ReasonOf<'interest'>],
  need: [{ code: 'need', holds: true, has: 'verified', wants: 'verified' }],
  credit: [
    { code: 'credit', holds: false, state: 'pending', since: at - 12 * DAY, provider: 'x1', ref: '88' },
    { code: 'credit', holds: false, state: 'approved', since: at, stale: at, limit: 5, short: 9 },
  ],
  dialogue: [
    { code: 'dialogue', holds: false, within: wait },
    { code: 'dialogue', holds: true, last: at, by: 'reply', within: wait },
    { code: 'dialogue', holds: false, last: at, by: 'signal', within: wait },
  ],
  authority: [
    { code: 'authority', holds: true, has: 'influencer', wants: ['influencer'] },
    { code: 'authority', holds: false, wants: ['decision_maker', 'user'] },
  ],
  demo: [{ code: 'demo', holds: false, has: 'booked', wants: 'held' }],
  proposal: [{ code: 'proposal', holds: false, has: 'sent', wants: 'accepted' }],
  deal: [{ code: 'deal', holds: false, has: 'open', wants: 'won' }],
  standing: [{ code: 'standing', holds: false, has: 'lead', wants: 'qualified' }],
  open_objections: [{ code: 'open_objections', holds: false, has: 1, most: 0 }],
  stage_age: [{ code: 'stage_age', holds: true, stage: 's1', since: at - DAY, wants: wait }],
  unanswered: [{ code: 'unanswered', holds: true, has: 3, wants: 3 }],
  offer_ends: [{ code: 'offer_ends', holds: true, offer: 'o1', at }],
  no_offer_ends: [{ code: 'no_offer_ends', holds: false, within: wait }],
  credit_ends: [
    { code: 'credit_ends', holds: true, at, within: wait },
    { code: 'credit_ends', holds: false, within: wait },
  ],
  amount: [{ code: 'amount', holds: false, has: 1000, wants: 2500 }],
  fact: [
    { code: 'fact', holds: false, name: 'f1', is: 'x1' },
    { code: 'fact', holds: false, name: 'f1', has: 3, atLeast: 5 },
  ],
  deal_to_win: [{ code: 'deal_to_win', holds: false }],
  unsubscribed: [{ code: 'unsubscribed' }],
  complained: [{ code: 'complained' }],
  address_unknown: [{ code: 'address_unknown' }],
  decision_maker_refused: [{ code: 'decision_maker_refused' }],
  deal_won: [{ code: 'deal_won' }],
  deal_lost: [{ code: 'deal_lost' }],
  colleague_replied: [{ code: 'colleague_replied' }],
  seller_ended: [{ code: 'seller_ended' }],
  stage_exit: [{ code: 'stage_exit', signal: 'credit.refused', stage: 's1' }],
  dropped: [{ code: 'dropped' }],
  stage_unanswered: [{ code: 'stage_unanswered', stage: 's1' }],
  nurture_over: [{ code: 'nurture_over' }],
  moment_missed: [{ code: 'moment_missed' }],
  too_early: [{ code: 'too_early' }],
  slot_given_up: [{ code: 'slot_given_up' }],
  ...MAIL_REASONS,
  provider_unreachable: [{ code: 'provider_unreachable', error: 'E1' }],
  provider_busy: [{ code: 'provider_busy', status: 429 }],
  gate_closed: GATES.map((gate) => ({ code: 'gate_closed', gate })),
  ...FLAW_REASONS,
  offer_over: [{ code: 'offer_over' }],
  no_address: [{ code: 'no_address' }],
  no_template: [{ code: 'no_template', template: 't1', locale: 'de' }],
  error: [{ code: 'error', error: 'lead_unknown', values: { lead: 'l1' } }],
  tried_for_days: [{ code: 'tried_for_days', delay: { code: 'moment_missed' } }],
  provider_refused: [{ code: 'provider_refused', status: 400 }],
  waited: [
    { code: 'waited', waits: [wait, { n: 1, unit: 'mo' }], pace: 0.6, after: at },
    { code: 'waited', waits: [], pace: 0.6, after: at, timeout: wait, held: 5 * DAY },
  ],
  dated: [
    { code: 'dated', of: 'demo', base: { at }, shift: { n: 1, unit: 'd', sign: -1 }, time: 540 },
    { code: 'dated', of: 'day', base: { day: '2027-03-01' } },
    ...(['offer', 'credit', 'fact'] as const).map((of) => ({
      ...{ code: 'dated' as const, of },
      base: { at },
    })),
  ],
  spread: [{ code: 'spread', after: at }],
  people_waited_for: (['reply', 'role', 'task', 'date'] as const).map((waits) => ({
    ...{ code: 'people_waited_for', who: 'manager' },
    waits,
  })),
  passes_over: [
    { code: 'passes_over', part: { kind: 'play', id: 'p1' }, step: 'e1', unmet: [interest] },
    { code: 'passes_over', part: { kind: 'play', id: 'p1' }, step: 'e1', unmet: [] },
  ],
  holiday: [{ code: 'holiday', day: '2026-12-25', name: 'h1' }],
  closed: [
    { code: 'closed', from: '2026-12-24', to: '2026-12-24' },
    { code: 'closed', from: '2026-12-28', to: '2026-12-31' },
  ],
  not_before: [{ code: 'not_before', at }],
  window_opens: [{ code: 'window_opens', at }],
  cap: (['lead', 'account'] as const).flatMap((of) => [
    { code: 'cap', of, count: 2, per: { n: 1, unit: 'w' }, next: at },
    { code: 'cap', of, kind: 'rolling', count: 1, per: { n: 1, unit: 'd' }, next: at },
    ...(['d', 'w', 'mo'] as const).map((unit) => ({
      ...{ code: 'cap' as const, of, kind: 'calendar' as const, count: 1, per: { n: 1, unit } },
      next: at,
    })),
  ]),
  mailbox_free: [{ code: 'mailbox_free', at }],
  before_deadline: [{ code: 'before_deadline', at }],
  ended: [{ code: 'ended', outcome: 'opted_out', cause: { code: 'unsubscribed' } }],
  every_goal_met: [{ code: 'every_goal_met' }],
  paused: [
    { code: 'paused', since: at },
    { code: 'paused', since: at, until: at + DAY },
  ],
  reply_waits: [{ code: 'reply_waits', since: at }],
  kept_still: [{ code: 'kept_still', since: at }],
  colleague_waits: [{ code: 'colleague_waits', since: at, lead: 'l1' }],
  callback: [{ code: 'callback', until: at }],
  out_of_office: [{ code: 'out_of_office', until: at }],
  urgency_rose: [{ code: 'urgency_rose', level: 'u1', who: 'manager' }],
  step: [
    {
      ...{ code: 'step', step: 'e1', part: { kind: 'stage', id: 's1', goal: [interest] }, wait },
      ...{ hurry: { pace: 0.6, level: 'u1' }, back: { contact: 'c1', until: at } },
    },
    { code: 'step', step: 'e1', part: { kind: 'play', id: 'p1' } },
    { code: 'step', step: 'e1', part: { kind: 'nurture', n: 2, every: { n: 60, unit: 'd' }, until: at } },
  ],
  proposal_waits: [
    { code: 'proposal_waits', step: 'e1', part: { kind: 'play', id: 'p1' }, credit: interest },
  ],
  nobody_known: [{ code: 'nobody_known', role: 'user' }],
  task_awaited: [
    {
      ...{ code: 'task_awaited', part: { kind: 'play', id: 'p1' }, step: 'e1', task: 'e2', due: at },
      patience: wait,
    },
  ],
  role_awaited: [{ code: 'role_awaited', role: 'saboteur' }],
  challenged: [{ code: 'challenged', since: at, stage: 's1' }],
  play_holds: [
    { code: 'play_holds', play: 'p1', stage: 's1', goal: [interest] },
    { code: 'play_holds', play: 'p1', stage: 's1', goal: [] },
  ],
  stage_waits: [{ code: 'stage_waits', stage: 's1', goal: [interest] }],
  stage_passes: [
    { code: 'stage_passes', stage: 's1', goal: [interest], then: 'nurture' },
    { code: 'stage_passes', stage: 's1', goal: [interest], then: 'unresponsive' },
  ],
  no_such_stage: [{ code: 'no_such_stage', stage: 's1' }],
  no_nurture: [{ code: 'no_nurture' }],
  put_off: [{ code: 'put_off', what: { code: 'every_goal_met' }, delay: { code: 'moment_missed' } }],
  not_started: [{ code: 'not_started' }],
  reopened_not_started: [{ code: 'reopened_not_started' }],
  quoted: [{ code: 'quoted', text: 'x1' }],
}

const LINES: { [Kind in Change['kind']]: Extract<Change, { kind: Kind }>[] } = {
  launched: [{ at, kind: 'launched' }],
  signal: [
    {
      at,
      kind: 'signal',
      type: 'reply.received',
      id: 'i1',
      happened: at - DAY,
      contact: 'c1',
      superseded: true,
    },
  ],
  stage: [
    { at, kind: 'stage', stage: 's1' },
    { at, kind: 'stage', stage: 's2', from: 's1' },
  ],
  begun_again: [{ at, kind: 'begun_again', because: 'terminated', by: 'relance' }],
  nurture_left: [{ at, kind: 'nurture_left' }],
  play: [{ at, kind: 'play', play: 'p1', visit: 2, on: 'deal.won' }],
  play_over: [{ at, kind: 'play_over', play: 'p1', visit: 2 }],
  urgency: [{ at, kind: 'urgency', urgency: 'u1', criteria: [interest] }],
  standing: [{ at, kind: 'standing', standing: 'qualified' }],
  hold: [
    { at, kind: 'hold', hold: 'paused' },
    { at, kind: 'hold', hold: 'paused', until: at },
    { at, kind: 'hold', hold: 'resumed' },
    { at, kind: 'hold', hold: 'over' },
  ],
  touch: [
    { at, kind: 'touch', key: 'k1', step: 'e1', channel: 'credit_check', result: 'done' },
    {
      at,
      kind: 'touch',
      key: 'k1',
      step: 'e1',
      channel: 'email',
      result: 'failed',
      failure: { code: 'no_address' },
    },
  ],
  passed_over: [
    { at, kind: 'passed_over', step: 'e1', unmet: [interest] },
    { at, kind: 'passed_over', step: 'e1', unmet: [] },
  ],
  delayed: [{ at, kind: 'delayed', step: 'e1', until: at, delay: { code: 'moment_missed' } }],
  ...flawChanges(at),
  task_closed: CLOSINGS.map((because) => ({ at, kind: 'task_closed', step: 'e1', because })),
  moved: [{ at, kind: 'moved', cadence: 'x1', version: 2 }],
  reopened: [{ at, kind: 'reopened' }],
  end: [{ at, kind: 'end', outcome: 'lost', cause: { code: 'dropped' } }],
}

const TASKS: { [Code in TaskWording['code']]: Extract<TaskWording, { code: Code }> } = {
  find_role: { code: 'find_role', role: 'decision_maker' },
  answer_challenge: { code: 'answer_challenge', topic: 'x1' },
  credit_check: { code: 'credit_check', provider: 'x1', company: 'x2' },
  waiting_notice: { code: 'waiting_notice', lead: 'x1', waits: 'reply' },
  urgency_notice: { code: 'urgency_notice', lead: 'x1', stage: 's1', urgency: 'u1' },
  ...{ mend: MEND_TASK, ...MAIL_NOTICES },
}

const reader = (language: Reader['language'], zone = 'Europe/Paris', leadZone?: string): Reader => ({
  ...{ language, zone, now: at },
  ...(leadZone !== undefined && { leadZone }),
})
const everything = (language: Reader['language']): string[] => [
  ...Object.values(SAMPLES).flatMap((all) => (all as Reason[]).map((one) => say(one, reader(language)))),
  ...Object.values(LINES).flatMap((all) => (all as Change[]).map((one) => sayChange(one, reader(language)))),
  ...Object.values(TASKS).map((task) => sayTask(task, language)),
  ...CLOSINGS.map((closing) => sayClosing(closing, language)),
  ...Object.values(dictionaryOf(language).words).flatMap((words) => Object.values(words)),
]

/** Words of ours that only an English text has. */
const ENGLISH =
  /\b(the|of|is|are|was|has|by|until|after|before|since|ago|waits?|reply|done|begins?|ended|ends?|put off|stage|step|play|urgency|paused|person|dropped|asked|lost|won|they|their|its|it|no|not|nobody|none|known|unknown|pending|approved|refused|review|days?|weeks?|months?|business|goal|next|mailbox|address|template|customer|lead|seller|colleague|open|last|call(ed)? back)\b/i

describe('words', () => {
  test.each(LANGUAGES)('%s has some for every code, and nothing is left unsaid in them', (language) => {
    for (const text of everything(language)) {
      expect(text).not.toBe('')
      expect(text).not.toMatch(/undefined|\bnull\b|NaN|\[object|Invalid/)
    }
  })

  test('French has no English word of ours', () => {
    expect(everything('fr').filter((text) => ENGLISH.test(text))).toEqual([])
  })

  test('French has the spaces that its signs want', () => {
    for (const text of everything('fr')) expect(text).not.toMatch(/ [:;!?»]|« |[^\s\d:]:[^\d/]/)
  })
})

describe('the reader', () => {
  test('sees days and times by their own clock', () => {
    expect(sayDay(at, reader('en', 'UTC'))).toBe('1 Mar 2027')
    // "Call me on 2 March", said in Paris.
    expect(say({ code: 'callback', until: at }, reader('en'))).toBe('asked to be called back on 2 Mar 2027')
    expect(say({ code: 'callback', until: at }, reader('fr'))).toContain('2 mars 2027')
  })

  test("sees the lead's time beside it where that differs, and only there", () => {
    expect(sayMoment(at, reader('en', 'Europe/Paris', 'Europe/Berlin'))).toBe('Tue, 2 Mar 2027, 00:30')
    expect(sayMoment(at, reader('en', 'Europe/Paris', 'America/New_York'))).toBe(
      'Tue, 2 Mar 2027, 00:30 (Mon, 1 Mar 2027, 18:30 in America/New_York)',
    )
    expect(sayMoment(at, reader('en', 'Europe/Paris', 'Europe/Athens'))).toBe(
      'Tue, 2 Mar 2027, 00:30 (01:30 in Europe/Athens)',
    )
  })

  test('counts how long ago something was when it is read; on a timeline, from its line', () => {
    const pending: Reason = { code: 'credit', holds: false, state: 'pending', since: at - 2 * DAY }
    expect(say(pending, reader('en'))).toBe('credit pending since 2 days')
    expect(say(pending, { ...reader('en'), now: at + DAY })).toBe('credit pending since 3 days')
    const line: Change = { at: at - DAY, kind: 'urgency', urgency: 'u1', criteria: [pending as Criterion] }
    expect(sayChange(line, reader('en'))).toBe('urgency u1: credit pending since 1 day')
  })

  test('gets the language they ask for first, as far as there is one', () => {
    expect(languageOf(['fr_FR.UTF-8'])).toBe('fr')
    expect(languageOf(['de-DE', 'fr-CA', 'en'])).toBe('fr')
    expect(languageOf(['C.UTF-8'])).toBe('en')
    expect(languageOf([])).toBe('en')
  })
})
