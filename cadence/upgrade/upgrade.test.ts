/** What older formats stored, opened as what it is today. Whole leads and folders of it: `test/histories/`. */
import { describe, expect, test } from '@jest/globals'
import { noFacts } from '../facts.ts'
import { FORMAT, type Stored } from '../format.ts'
import type { Lead } from '../lead.ts'
import { DAY } from '../time.ts'
import { readBecause, readCriteria } from './row-sentences-from-1.ts'
import { openChange, openProgress } from './rows.ts'
import { readCause, readDelay, readFailure } from './sentences-from-1.ts'
import { openAttemptAnswer, openCommand, openFacts, openLead, openPlan, openRecordAnswer } from './stored.ts'

const at = Date.parse('2026-12-01T09:00:00Z')
const stored = <T>(thing: object): Stored<T> => thing as unknown as Stored<T>

describe('sentences of format 1', () => {
  test.each([
    ['they unsubscribed', { code: 'unsubscribed' }],
    ['the address does not exist', { code: 'address_unknown' }],
    ['credit.refused in stage credit', { code: 'stage_exit', signal: 'credit.refused', stage: 'credit' }],
    ['stage contact went unanswered', { code: 'stage_unanswered', stage: 'contact' }],
    ['something nobody knows', { code: 'quoted', text: 'something nobody knows' }],
  ])('why it ended: %s', (text, cause) => expect(readCause(text)).toEqual(cause))

  test.each([
    ['its moment was missed', { code: 'moment_missed' }],
    ['the cadence is halted', { code: 'gate_closed', gate: 'halted' }],
    ['the mail server said not now (network)', { code: 'mail_not_now', trouble: 'network' }],
    ['the credit provider said not now (HTTP 503)', { code: 'provider_busy', status: 503 }],
  ])('why it was put off: %s', (text, delay) => expect(readDelay(text)).toEqual(delay))

  test.each([
    ['there is no template hello', { code: 'no_template', template: 'hello' }],
    [
      'the mail server said not now (server), and it has been tried for days',
      { code: 'tried_for_days', delay: { code: 'mail_not_now', trouble: 'server' } },
    ],
  ])('why it failed: %s', (text, failure) => expect(readFailure(text)).toEqual(failure))

  test.each([
    [
      'interest none (general asked for)',
      [{ code: 'interest', holds: false, has: 'none', wants: 'general' }],
    ],
    [
      'credit pending since 12 days (creditsafe ref 8841), dialogue ok (reply 6 days ago), need verified',
      [
        {
          ...{ code: 'credit', holds: false, state: 'pending', since: at - 12 * DAY },
          provider: 'creditsafe',
          ref: '8841',
        },
        { code: 'dialogue', holds: true, last: at - 6 * DAY, by: 'reply' },
        { code: 'need', holds: true, has: 'verified' },
      ],
    ],
    [
      'credit approved since 3 days, but its limit 5 is below the amount 9',
      [{ code: 'credit', limit: 5, short: 9 }],
    ],
    [
      'no decision_maker or influencer known',
      [{ code: 'authority', wants: ['decision_maker', 'influencer'] }],
    ],
    ['3 of 3 e-mails unanswered', [{ code: 'unanswered', holds: true, has: 3, wants: 3 }]],
    ['offer early ends 2026-12-24', [{ code: 'offer_ends', offer: 'early', at: Date.parse('2026-12-24') }]],
    ['employees not known (at least 50 asked for)', [{ code: 'fact', name: 'employees' }]],
  ])('what was looked at: %s', (text, criteria) => expect(readCriteria(text, at)).toMatchObject(criteria))

  test.each([
    ['paused by a person on 2026-11-30', { code: 'paused', since: Date.parse('2026-11-30') }],
    [
      'stage contact (interest none (general asked for)), step gain, 3bd after the step before (pace 0.6, urgency pressing)',
      {
        ...{
          code: 'step',
          step: 'gain',
          wait: { n: 3, unit: 'bd' },
          hurry: { pace: 0.6, level: 'pressing' },
        },
        part: { kind: 'stage', id: 'contact', goal: [{ code: 'interest' }] },
      },
    ],
    [
      'stage contact (interest none (general asked for)), step gain; its moment was missed',
      { code: 'put_off', what: { code: 'step', step: 'gain' }, delay: { code: 'moment_missed' } },
    ],
    [
      'nurture e-mail 2, every 60d until 2028-11-23, 60d after the step before',
      { code: 'step', part: { n: 2 } },
    ],
    [
      'stage contact has no step left and its goal is not met (interest none (general asked for)): goes to nurture',
      { code: 'stage_passes', stage: 'contact', then: 'nurture' },
    ],
    ['play ally holds stage contact: its steps', { code: 'play_holds', goal: [] }],
    ['won: the deal is won', { code: 'ended', outcome: 'won', cause: { code: 'deal_won' } }],
  ])('why it did what it did: %s', (text, because) => expect(readBecause(text, at)).toMatchObject(because))
})

describe('stored things of format 1', () => {
  test('a lead: its registers have values, its visits kinds, its end a cause; what it lacked is there', () => {
    const old = {
      ...{ id: 'l', launchedAt: at, now: at, stage: 'contact', stageSince: at, spent: {}, visited: 1 },
      ...{ urgency: 'calm', standing: 'lead', offers: {}, seen: ['s'], seq: 7 },
      facts: {
        interest: { is: 'general', at, by: 's' },
        quiet: { main: { 'callback.requested': { is: at, at, by: 's' } } },
        objections: {
          t: { raised: { is: 'user', at, by: 's' }, overcome: { is: 'no', at: 0, by: '' }, from: 'c' },
        },
        named: { employees: { is: 3, at, by: 's' } },
      },
      visits: [{ n: 1, of: 'stage', id: 'contact', since: at, anchor: at, done: ['hello'] }],
      delayed: { key: 'l/1/gain', until: at, because: 'the cadence is halted', gate: true },
      ending: { is: 'lost', at, because: 'dropped by a person' },
    }
    expect(openLead(stored<Lead>(old))).toMatchObject({
      ...{ format: FORMAT, id: 'l', seq: 7, tell: [], asked: [], argued: {}, unanswered: [], earlier: [] },
      facts: {
        ...{ format: FORMAT, interest: { value: 'general' }, need: { value: 'unknown' } },
        quiet: { main: { 'callback.requested': { value: at } } },
        objections: { t: { raised: { value: 'user' }, overcome: { value: 'no' }, from: 'c' } },
        named: { employees: { value: 3 } },
      },
      visits: [{ n: 1, kind: 'stage', done: ['hello'] }],
      delayed: { key: 'l/1/gain', delay: { code: 'gate_closed', gate: 'halted' }, gate: true },
      ending: { outcome: 'lost', at, cause: { code: 'dropped' } },
    })
  })

  test("today's are left as they are", () => {
    const facts = { ...noFacts(), heard: at }
    expect(openFacts(facts)).toBe(facts)
  })

  test('what a later Relance wrote is refused', () => {
    expect(() => openFacts(stored({ format: FORMAT + 1 }))).toThrow(
      expect.objectContaining({ code: 'format_too_new' }),
    )
  })

  test("a plan of format 2 has rolling caps, and keeps them; today's are left as they are", () => {
    const limits = { perLead: { count: 2, per: { n: 1, unit: 'w' } } }
    expect(openPlan(stored({ format: 2, limits })).limits).toEqual({
      perLead: { kind: 'rolling', count: 2, per: { n: 1, unit: 'w' } },
    })
    expect(openPlan(stored({ limits: {} })).limits).toEqual({})
    const calendar = { perAccount: { kind: 'calendar', count: 2, per: { n: 1, unit: 'w' } } }
    expect(openPlan(stored({ format: FORMAT, limits: calendar })).limits).toEqual(calendar)
  })

  test('commands: from a queue, and from an update, whose kind was its name', () => {
    expect(openCommand(stored({ ask: 'reopen', seen: at }))).toEqual({
      format: FORMAT,
      kind: 'reopen',
      seen: at,
    })
    expect(openCommand(stored({ kind: 'pause', seen: at }))).toEqual({
      format: FORMAT,
      kind: 'pause',
      seen: at,
    })
  })

  test('answers of activities', () => {
    expect(openRecordAnswer(stored({ slot: at, why: '3bd after Mon 23 Nov 10:12' }))).toMatchObject({
      why: [{ code: 'quoted', text: '3bd after Mon 23 Nov 10:12' }],
    })
    expect(openAttemptAnswer(stored({ is: 'done', key: 'k', next: {} }))).toMatchObject({
      kind: 'done',
      key: 'k',
    })
    const failed = { is: 'came_out', result: { is: 'failed', why: 'the contact has no address' } }
    expect(openAttemptAnswer(stored(failed))).toMatchObject({
      ...{ kind: 'came_out', result: { kind: 'failed', failure: { code: 'no_address' } } },
    })
    expect(
      openAttemptAnswer(stored({ is: 'closed', now: at, again: at, why: 'the lead has ended' })),
    ).toMatchObject({
      ...{ kind: 'closed', delay: { code: 'gate_closed', gate: 'ended' } },
    })
  })

  test.each([
    [{ what: 'stage', left: 'nurture' }, { kind: 'nurture_left' }],
    [
      { what: 'play', play: 'p', visit: 2, over: true },
      { kind: 'play_over', play: 'p' },
    ],
    [
      { what: 'play', play: 'p', visit: 2, because: 'deal.won' },
      { kind: 'play', on: 'deal.won' },
    ],
    [
      { what: 'touch', key: 'k', step: 's', kind: 'email', result: 'done' },
      { kind: 'touch', channel: 'email' },
    ],
    [{ what: 'urgency', urgency: 'u', because: '3 of 3 e-mails unanswered' }, { criteria: [{ has: 3 }] }],
    [{ what: 'end', outcome: 'lost', because: 'the deal is lost' }, { cause: { code: 'deal_lost' } }],
    [
      { what: 'signal', type: 'demo.held', id: 's' },
      { kind: 'signal', type: 'demo.held' },
    ],
  ])('a line of a timeline: %j', (old, line) => {
    expect(openChange({ at, ...old }, 1)).toMatchObject({ at, ...line })
  })

  test('how far a lead is', () => {
    expect(openProgress({ says: 'prospect: credit unknown', early: false }, 1, at)).toMatchObject({
      next: { standing: 'prospect', rule: [{ code: 'credit', state: 'unknown' }] },
    })
    expect(openProgress({ says: 'customer', early: false }, 1, at)).toEqual({ early: false })
  })
})

describe('what format 2 stored', () => {
  const day = (n: number): number => at + n * DAY
  const facts2 = (more: object): Stored<Lead['facts']> => {
    const { replies, back, demoAt, ...kept } = noFacts()
    return stored({ ...kept, format: 2, ...more })
  }

  test('a reply that waits has no id any more, and waits all the same', () => {
    const handled = { value: 'resume', at: day(-5), by: 'h' }
    const { replies, demoAt, format } = openFacts(facts2({ replied: day(-2), handled }))
    expect(replies).toEqual({ waiting: { at: day(-2), seen: day(-2), contact: 'main' } })
    expect([demoAt.value, format]).toEqual([0, FORMAT])
    expect(openFacts(facts2({ replied: day(-6), handled })).replies).toEqual({})
  })

  test('a lead that is held has been since that began, and what it waits for goes on from its end', () => {
    const lead = {
      id: 'l',
      launchedAt: day(-9),
      now: at,
      format: 2,
      asked: [{ step: 'find-user', n: 1 }],
      seen: [],
    }
    const open = (more: object): Lead => openLead(stored({ ...lead, facts: facts2({}), ...more }))
    expect(open({})).toMatchObject({
      holds: [],
      heldInStage: 0,
      told: {},
      asked: [{ step: 'find-user', n: 1, at }],
    })
    expect(open({}).held).toBeUndefined()
    expect(open({ paused: { since: day(-3) } }).held).toEqual({ since: day(-3) })
    const away = { main: { 'reply.automatic': { value: day(4), at: day(-1), by: 'a' } } }
    expect(open({ facts: facts2({ quiet: away }) }).held).toEqual({ since: day(-1) })
    expect(open({ facts: facts2({ replied: day(-2) }) }).held).toEqual({ since: day(-2), reply: true })
    expect(open({ resumed: day(-1) })).not.toHaveProperty('resumed')
  })

  test('a plan tells of what waits for people, and leaves a business day before an offer ends', () => {
    const steps = [
      { id: 'o', kind: 'email', name: 'o', offer: { name: 'spring', lasts: { n: 9, unit: 'd' } } },
    ]
    const plan = openPlan(stored({ format: 2, cadence: 'c', stages: [{ id: 's', steps }], plays: [] }))
    expect(plan.escalate.reply).toEqual({ owner: { n: 1, unit: 'd' }, manager: { n: 3, unit: 'd' } })
    expect(plan.stages[0]?.steps[0]?.offer?.notice).toEqual({ n: 1, unit: 'bd' })
    expect(openPlan(plan)).toEqual(plan)
  })
})
