/** What is decided next: stages and their steps, credit checks, the nurture, touches put off, other versions. */

import { describe, expect, test } from '@jest/globals'
import { email, plan, Story, T0 } from '../test/support/story.ts'
import { inEnglish } from '../test/support/words.ts'
import { FORMAT } from './format.ts'
import type { Plan } from './plan.ts'
import { DAY } from './time.ts'

describe('stages', () => {
  test('a new lead is at the first stage, and its first step is next at once', () => {
    const story = new Story()
    expect(story.lead.stage).toBe('contact')
    expect(story.touch()).toMatchObject({ key: 'l/1/hello', kind: 'email', contact: 'main', urgency: 'calm' })
  })

  test('the next step waits from the one before', () => {
    const { decision } = new Story().do(1)
    expect(decision).toMatchObject({ want: { anchor: T0 + DAY, waits: [{ n: 3, unit: 'd' }], pace: 1 } })
  })

  test('a goal met before its time is skipped; without facts nothing is', () => {
    const story = new Story()
      .signal('credit.approved', 1)
      .signal('interest.expressed', 2, { level: 'comparing' })
    expect(story.lead.stage).toBe('proposal')
  })

  test('credit that goes stale brings the lead back, and the check is done anew', () => {
    const story = new Story().signal('interest.expressed', 1, { level: 'general' }).do(2)
    expect(story.lead.facts.credit.value.state).toBe('pending')
    story.signal('credit.approved', 5)
    expect(story.lead.stage).toBe('proposal')
    expect(story.at(94.9).lead.stage).toBe('proposal')
    story.at(95)
    expect(story.lead.stage).toBe('credit')
    expect(story.touch().key).toMatch(/^l\/\d+\/check$/)
    expect(story.touch().visit).toBeGreaterThan(2)
    const visit = story.lead.visits.find((v) => v.id === 'proposal')?.n
    story.do(96).signal('credit.approved', 97)
    expect(story.lead.visits.find((v) => v.id === 'proposal')?.n).toBe(visit)
  })

  test("a credit check's answer is waited for before the next step's own wait", () => {
    const story = new Story().signal('interest.expressed', 1, { level: 'general' }).do(2)
    expect(story.decision).toMatchObject({
      want: { timeout: { n: 10, unit: 'bd' }, waits: [{ n: 2, unit: 'bd' }] },
    })
  })

  test("a stage's own exit ends the lead only while it is there", () => {
    expect(new Story().signal('credit.refused', 1).lead.ending).toBeUndefined()
    const story = new Story()
      .signal('interest.expressed', 1, { level: 'general' })
      .signal('credit.refused', 3)
    expect(story.decision).toMatchObject({ kind: 'end' })
    expect(story.lead.ending?.outcome).toBe('refused_credit')
  })
})

describe('otherwise', () => {
  test('into the nurture, its e-mails in turn, out on interest', () => {
    const story = new Story().do(1).do(4)
    expect(story.decision).toMatchObject({
      kind: 'pass',
      want: { kind: 'moment', waits: [{ n: 7, unit: 'd' }] },
    })
    story.pass(11)
    expect(story.lead.stage).toBe('nurture')
    expect(story.touch()).toMatchObject({ step: 'nurture-1', name: 'news-1' })
    expect(story.do(71).touch()).toMatchObject({ step: 'nurture-2', name: 'news-2' })
    expect(story.do(131).touch()).toMatchObject({ step: 'nurture-3', name: 'news-1' })
    story.signal('interest.expressed', 140, { level: 'comparing' })
    expect(story.lead.stage).toBe('credit')
  })

  test('a nurture that ran its time ends as unresponsive', () => {
    const story = new Story()
      .do(1)
      .do(4)
      .pass(11)
      .at(11 + 731)
    expect(story.lead.ending?.outcome).toBe('unresponsive')
    expect(story.decision.kind).toBe('end')
  })

  test('an end waits for late answers', () => {
    const story = new Story()
      .signal('credit.approved', 0)
      .signal('interest.expressed', 1, { level: 'general' })
    story.signal('contact.identified', 2, { role: 'decision_maker' }).do(3).do(8)
    expect(story.decision).toMatchObject({ kind: 'pass', want: { waits: [{ n: 7, unit: 'd' }] } })
    expect(story.pass(15).lead.ending?.outcome).toBe('unresponsive')
  })
})

describe('a credit check', () => {
  const atCredit = (): Story => new Story().do(1).signal('interest.expressed', 2, { level: 'general' })

  test.each([{ kind: 'done' as const }, { kind: 'unconfirmed' as const }])(
    'that came out as %j may have been asked: its answer is awaited, then it is chased',
    (result) => {
      const story = atCredit().do(3, result)
      expect(story.lead.facts.credit.value).toEqual({ state: 'pending', provider: 'creditsafe' })
      expect(story.touch().step).toBe('chase')
      expect(story.decision).toMatchObject({
        want: { timeout: { n: 10, unit: 'bd' }, waits: [{ n: 2, unit: 'bd' }] },
      })
    },
  )

  test('that nobody knew of, and was answered before it was looked at, keeps its answer', () => {
    const story = atCredit().signal('credit.review', 3, { provider: 'creditsafe', ref: '8841' })
    expect(story.do(5, { kind: 'unconfirmed' }).lead.facts.credit.value.state).toBe('review')
    // A check that is asked now is about what comes after it.
    const other = atCredit().signal('credit.review', 3, { provider: 'creditsafe' })
    expect(other.do(5).lead.facts.credit.value.state).toBe('pending')
  })

  test('that failed was not asked: the next step does not wait for an answer', () => {
    const story = atCredit().do(3, { kind: 'failed', failure: { code: 'no_address' } })
    expect(story.lead.facts.credit.value.state).toBe('unknown')
    expect(story.decision).toMatchObject({ want: { waits: [{ n: 2, unit: 'bd' }] } })
  })
})

describe('never in circles', () => {
  test('when the only contact left during the nurture, one task looks for another, then it rests', () => {
    const story = new Story().do(1).do(4).pass(11).signal('contact.left', 12)
    expect(story.touch().step).toBe('find-decision_maker')
    expect(story.do(13).decision).toMatchObject({ kind: 'rest' })
  })

  test('a stage that comes back from the nurture goes on where it was; going back there, it takes news to leave', () => {
    const { nurture, ...rest } = plan
    if (!nurture) throw new Error('no nurture')
    const story = new Story()
    story.plan = { ...rest, nurture: { ...nurture, until: { dialogue: { n: 14, unit: 'd' } } } }
    story.do(1).do(4).pass(11).signal('reply.received', 15).signal('reply.handled', 16, { then: 'resume' })
    expect(story.lead.stage).toBe('contact')
    expect(story.decision.kind).toBe('pass')
    story.pass(23)
    expect(story.lead.stage).toBe('nurture')
    expect(story.touch().step).toBe('nurture-1')
    story.signal('reply.received', 30).signal('reply.handled', 31, { then: 'resume' })
    expect(story.lead.stage).toBe('contact')
  })
})

describe('a touch that was put off', () => {
  test('waits at least that long, and says why', () => {
    const story = new Story().putOff(0, 1, { code: 'mail_not_now', trouble: 'server' })
    expect(story.decision).toMatchObject({ want: { notBefore: T0 + DAY } })
    expect(inEnglish(story.decision.because)).toContain('the server put it off')
    expect(story.do(1).decision).not.toHaveProperty('want.notBefore')
  })

  test('a closed gate is asked again as soon as something arrives', () => {
    const story = new Story()
      .putOff(0, 1, { code: 'gate_closed', gate: 'halted' }, true)
      .signal('link.clicked', 0.5)
    expect(story.decision).not.toHaveProperty('want.notBefore')
  })
})

describe('another version of the cadence', () => {
  test("inserting a step doesn't shift anyone's position", () => {
    const [contact, ...rest] = plan.stages
    if (!contact) throw new Error('no stage')
    const edited: Plan = {
      ...plan,
      version: 2,
      stages: [{ ...contact, steps: [email('new'), ...contact.steps] }, ...rest],
    }
    const story = new Story().do(1).ask({ format: FORMAT, kind: 'move', plan: edited, seen: T0 + 2 * DAY })
    expect(story.touch().key).toBe('l/1/gain')
  })
})
