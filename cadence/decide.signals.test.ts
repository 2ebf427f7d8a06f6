/** What is decided after a signal: holds, exits, plays, urgency, roles, standing. */

import { describe, expect, test } from '@jest/globals'
import { plan, Story, T0 } from '../test/support/story.ts'
import { inEnglish } from '../test/support/words.ts'
import { FORMAT } from './format.ts'
import { holdOf } from './hold.ts'
import type { Signal, SignalType } from './signals.ts'
import { DAY } from './time.ts'
import { turn } from './turn.ts'

describe('holds', () => {
  const rests = (story: Story, hold: string): void => {
    expect(story.decision.kind).toBe('rest')
    expect(holdOf(story.lead, story.plan)?.hold).toBe(hold)
  }

  test('a reply holds until the seller has handled it', () => {
    const story = new Story().do(1).signal('reply.received', 2)
    rests(story, 'reply')
    expect(story.signal('reply.handled', 3, { then: 'resume' }).touch().step).toBe('gain')
    rests(story.signal('reply.received', 4).signal('reply.handled', 5, { then: 'hold' }), 'held')
    expect(story.signal('reply.handled', 6, { then: 'end' }).lead.ending?.outcome).toBe('lost')
  })

  test('out of office holds until they are back, and then goes on where it was', () => {
    const story = new Story().do(1).signal('reply.automatic', 2, { returns: T0 + 30 * DAY })
    rests(story, 'out_of_office')
    expect(story.decision.again).toBe(T0 + 30 * DAY) // held time raises no urgency
    expect(story.at(30).touch().step).toBe('gain')
  })

  test('a person pauses and resumes', () => {
    const story = new Story().do(1).ask({ format: FORMAT, kind: 'pause', seen: T0 + 2 * DAY })
    rests(story, 'paused')
    expect(story.ask({ format: FORMAT, kind: 'resume', seen: T0 + 3 * DAY }).touch().step).toBe('gain')
  })
})

describe('exits', () => {
  test.each<[SignalType, Signal['data'], string]>([
    ['unsubscribed', {}, 'opted_out'],
    ['email.complained', {}, 'opted_out'],
    ['email.bounced', { hard: true }, 'unreachable'],
    ['deal.lost', {}, 'lost'],
  ])('%s %j ends as %s', (type, data, outcome) => {
    const story = new Story().do(1).signal(type, 2, data)
    expect(story.decision.kind).toBe('end')
    expect(story.lead.ending?.outcome).toBe(outcome)
  })

  test('a soft bounce does not end it', () => {
    expect(new Story().do(1).signal('email.bounced', 2, { hard: false }).decision.kind).toBe('touch')
  })

  test('an e-mail the server refuses for good is a bounce', () => {
    expect(new Story().do(1, { kind: 'refused', hard: true }).lead.ending?.outcome).toBe('unreachable')
  })

  test('a person drops it', () => {
    expect(new Story().ask({ format: FORMAT, kind: 'drop', outcome: 'lost', seen: T0 }).decision.kind).toBe(
      'end',
    )
  })

  test("a won deal runs the customer's play before it ends; an opt-out stops even that", () => {
    const story = new Story().signal('deal.won', 1)
    expect(story.touch().step).toBe('thanks')
    expect(story.lead.standing).toBe('customer')
    story.do(2)
    expect(story.touch().step).toBe('refer')
    expect(new Story().signal('deal.won', 1).do(2).signal('unsubscribed', 3).decision.kind).toBe('end')
    expect(story.do(32).decision.kind).toBe('end')
    expect(story.lead.ending?.outcome).toBe('won')
  })
})

describe('plays', () => {
  test('an objection holds the stage until it is overcome, then its wait counts from there', () => {
    const story = new Story().do(1).signal('objection.raised', 2, { topic: 't-1', by: 'saboteur' })
    expect(story.touch()).toMatchObject({ step: 'brief', objection: 't-1' })
    story.do(2)
    expect(story.decision).toMatchObject({ kind: 'rest' })
    expect(inEnglish(story.decision.because)).toContain('play saboteur holds stage contact')
    story.signal('objection.overcome', 9, { topic: 't-1' })
    expect(story.touch().step).toBe('gain')
    expect(story.decision).toMatchObject({ want: { anchor: T0 + 9 * DAY } })
  })
})

describe('urgency', () => {
  test('unanswered e-mails raise it and shorten the waits; an answer lets it fall', () => {
    const story = new Story().do(1).do(4)
    expect(story.lead.urgency).toBe('pressing')
    story.signal('interest.expressed', 5, { level: 'general' })
    expect(story.lead.urgency).toBe('calm')
  })

  test('an offer about to end brings in the manager, once; when it ended it is calm again', () => {
    const story = new Story()
      .signal('credit.approved', 0)
      .signal('interest.expressed', 1, { level: 'general' })
    story.signal('contact.identified', 2, { role: 'decision_maker' }, 'anna')
    expect(story.touch()).toMatchObject({ step: 'offer', contact: 'anna' })
    story.do(3).at(10.5)
    expect(story.lead.urgency).toBe('last_call')
    expect(story.touch()).toMatchObject({ step: 'tell-last_call', kind: 'notify', name: 'manager' })
    expect(story.do(10.5).touch().step).toBe('costs')
    expect(story.at(17.5).lead.urgency).toBe('calm')
  })
})

test('nothing presses a customer: the urgency of the deal does not hurry what follows it', () => {
  const story = new Story().do(1).do(4)
  expect(story.lead.urgency).toBe('pressing')
  story.signal('deal.won', 5).do(6)
  expect(story.lead.urgency).toBe('calm')
  expect(story.decision).toMatchObject({ want: { waits: [{ n: 30, unit: 'd' }], pace: 1 } })
})

describe('the buying centre', () => {
  test('a step for a role nobody is known in makes one task to find out, then waits', () => {
    const story = new Story()
      .signal('credit.approved', 0)
      .signal('interest.expressed', 1, { level: 'general' })
    expect(story.touch()).toMatchObject({ step: 'find-decision_maker', kind: 'task' })
    story.do(2)
    expect(story.decision.kind).toBe('rest')
    expect(story.decision.because()).toEqual({ code: 'role_awaited', role: 'decision_maker' })
    expect(story.signal('contact.identified', 3, { role: 'decision_maker' }, 'anna').touch().contact).toBe(
      'anna',
    )
  })
})

test('standing says what is missing', () => {
  const story = new Story().signal('interest.expressed', 1, { level: 'comparing' })
  const { record } = turn(story.lead, plan, [])
  expect(record.view.standing).toBe('lead')
  expect(record.view.missing).toMatchObject([{ code: 'credit', state: 'unknown' }])
})

describe('a mailbox that sends again', () => {
  const paused = { code: 'mailbox_paused', mailbox: 'claire', fault: 'login' } as const
  const waiting = (): Story => new Story().putOff(0, 20, paused)
  const notBefore = ({ decision }: Story): unknown => 'want' in decision && decision.want.notBefore

  test.each([paused, { ...paused, code: 'mailbox_refused' as const }])(
    'lets what waits for it ($code) be planned from now, as the same touch',
    (delay) => {
      const story = new Story().putOff(0, 20, delay)
      expect(notBefore(story)).toBe(T0 + 20 * DAY)
      story.signal('mailbox.resumed', 3, { mailbox: 'claire' })
      expect(story.touch().key).toBe('l/1/hello')
      expect(notBefore(story)).toBeUndefined()
      expect(story.decision.because()).toMatchObject({ code: 'step', step: 'hello' })
      expect(story.changes.at(-1)).toMatchObject({ kind: 'signal', type: 'mailbox.resumed' })
    },
  )

  test('is no matter of what waits for another one, or for something else', () => {
    expect(notBefore(waiting().signal('mailbox.resumed', 3, { mailbox: 'tom' }))).toBe(T0 + 20 * DAY)
    const greylisted = new Story().putOff(0, 20, { code: 'mail_not_now', trouble: 'server' })
    expect(notBefore(greylisted.signal('mailbox.resumed', 3, { mailbox: 'claire' }))).toBe(T0 + 20 * DAY)
  })

  test('changes no fact, sets nothing off, and opens no hold', () => {
    const { lead } = waiting()
    const story = waiting().signal('mailbox.resumed', 3, { mailbox: 'claire' })
    expect(story.lead.facts).toEqual(lead.facts)
    expect(story.lead.visits).toEqual(lead.visits)
    story.signal('reply.received', 4).signal('mailbox.resumed', 5, { mailbox: 'claire' })
    expect(holdOf(story.lead, story.plan)?.hold).toBe('reply')
  })
})
