import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { signals } from '../test/support/arbitraries.ts'
import { type Facts, MAIN, noFacts, openObjections, outBecause, replyWaits } from './facts.ts'
import { fold } from './fold.ts'
import { FORMAT } from './format.ts'
import { newLead } from './lead.ts'
import { learn } from './learn.ts'
import { proposalNow } from './milestones.ts'
import type { Plan } from './plan.ts'
import type { Signal } from './signals.ts'

const told = (all: Signal[]): Facts => all.reduce((facts, signal) => learn(facts, signal).facts, noFacts())
const signal = (
  type: Signal['type'],
  at: number,
  data: Signal['data'] = {},
  id = `${type}-${at}`,
): Signal => ({
  id,
  type,
  at,
  seen: at,
  data,
})
const plain: Plan = {
  format: FORMAT,
  cadence: 'plain',
  version: 1,
  from: 'claire',
  owner: 'claire',
  locale: 'fr',
  window: { days: [1, 2, 3, 4, 5], from: 540, to: 1050 },
  account: 'hold',
  limits: {},
  prospect: { all: [] },
  qualified: { all: [] },
  credit: {},
  escalate: { reply: {}, role: {}, task: {} },
  urgency: [{ id: 'calm', pace: 1 }],
  stages: [],
  plays: [],
}

describe('promise 4: a signal delivered twice, late or out of order leaves the same facts', () => {
  const some = fc.uniqueArray(signals(), { selector: (s) => s.id, maxLength: 25 })

  test('any order', () => {
    fc.assert(
      fc.property(
        some.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => expect(told(shuffled)).toEqual(told(all)),
      ),
      { numRuns: 300 },
    )
  })

  test('delivered twice', () => {
    fc.assert(
      fc.property(
        some.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all))),
        ([all, again]) => {
          const facts = (list: Signal[]) =>
            list.reduce((lead, s) => fold(lead, plain, s).lead, newLead('l', 0)).facts
          expect(facts([...all, ...again])).toEqual(facts(all))
        },
      ),
    )
  })
})

describe('what each signal changes', () => {
  test('an older decision arriving late does not overwrite a newer one, and does not count', () => {
    const approved = learn(noFacts(), signal('credit.approved', 200, { limit: 5000 }))
    const late = learn(approved.facts, signal('credit.refused', 100))
    expect(late.counted).toBe(false)
    expect(late.facts.credit.value).toEqual({ state: 'approved', limit: 5000 })
  })

  test('a reply waits until it is handled, and a later one waits again', () => {
    expect(replyWaits(told([signal('reply.received', 10)]))).toBe(true)
    expect(
      replyWaits(told([signal('reply.received', 10), signal('reply.handled', 11, { then: 'resume' })])),
    ).toBe(false)
    const third = [
      signal('reply.received', 12),
      signal('reply.handled', 11, { then: 'resume' }),
      signal('reply.received', 10),
    ]
    expect(replyWaits(told(third))).toBe(true)
  })

  test('an amount given once is kept when the proposal is viewed without one', () => {
    const facts = told([signal('proposal.viewed', 20), signal('proposal.sent', 10, { amount: 18000 })])
    expect(proposalNow(facts).value).toBe('viewed')
    expect(facts.amount.value).toBe(18000)
  })

  test('an objection is open until it is overcome, and again when it comes back', () => {
    const raised = signal('objection.raised', 10, { topic: 't-1' })
    const overcome = signal('objection.overcome', 20, { topic: 't-1' })
    expect(openObjections(told([overcome, raised]))).toEqual([])
    expect(
      openObjections(told([raised, overcome, signal('objection.raised', 30, { topic: 't-1' })])),
    ).toEqual(['t-1'])
  })

  test('a click is not a dialogue, a reply is', () => {
    expect(told([signal('link.clicked', 10)]).heard).toBe(0)
    expect(told([signal('reply.received', 10)]).heard).toBe(10)
  })
})

describe('who must not be written to', () => {
  const steps = {
    no: signal('unsubscribed', 10),
    bounce: signal('email.bounced', 20, { hard: true }),
    edit: signal('contact.edited', 30, { fields: 'email', address: true }),
    lift: signal('suppression.lifted', 40),
    again: signal('email.complained', 50),
  }
  const why = (...names: (keyof typeof steps)[]) => outBecause(told(names.map((name) => steps[name])), MAIN)

  test('a bounce counts until there is another address, a no until a person lifts it', () => {
    expect(why('bounce')).toBe('bounced')
    expect(why('bounce', 'edit')).toBeUndefined()
    expect(why('no', 'bounce')).toBe('unsubscribed')
    expect(why('no', 'bounce', 'edit')).toBe('unsubscribed')
    expect(why('no', 'bounce', 'lift')).toBeUndefined()
    expect(why('no', 'lift', 'again')).toBe('complained')
  })

  test('in whatever order it is heard', () => {
    const all = Object.keys(steps) as (keyof typeof steps)[]
    fc.assert(
      fc.property(
        fc
          .subarray(all)
          .chain((some) =>
            fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
          ),
        ([some, mixed]) => {
          expect(why(...mixed)).toBe(why(...some))
        },
      ),
    )
  })
})
