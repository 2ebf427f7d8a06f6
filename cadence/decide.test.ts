import { describe, expect, test } from '@jest/globals'
import { inEnglish } from '../test/support/words.ts'
import { complete, delayTouch, pass } from './after-attempt.ts'
import type { Decision } from './decide.ts'
import { type Arrival, type Command, fold } from './fold.ts'
import { FORMAT } from './format.ts'
import { holdOf } from './hold.ts'
import { type Change, type Lead, newLead } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Delay } from './reason.ts'
import type { Signal, SignalType } from './signals.ts'
import { DAY } from './time.ts'
import type { Touch } from './touch.ts'
import { turn } from './turn.ts'

const T0 = Date.UTC(2026, 0, 5, 9)
const email = (id: string, days = 0) => ({
  id,
  kind: 'email' as const,
  name: id,
  ...(days ? { wait: { n: days, unit: 'd' as const } } : {}),
})
const plan: Plan = {
  format: FORMAT,
  cadence: 'demo',
  version: 1,
  from: 'claire',
  locale: 'fr',
  window: { days: [1, 2, 3, 4, 5], from: 540, to: 1050 },
  limits: {},
  account: 'hold',
  prospect: { all: [{ credit: 'approved' }, { interest: 'general' }, { dialogue: { n: 45, unit: 'd' } }] },
  qualified: { all: [{ need: 'verified' }, { interest: 'comparing' }, { authority: ['decision_maker'] }] },
  credit: { validFor: { n: 90, unit: 'd' } },
  escalate: { reply: {}, role: {} },
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
class Story {
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

test('standing says what is missing', () => {
  const story = new Story().signal('interest.expressed', 1, { level: 'comparing' })
  const { record } = turn(story.lead, plan, [])
  expect(record.view.standing).toBe('lead')
  expect(record.view.missing).toMatchObject([{ code: 'credit', state: 'unknown' }])
})
