/** Touches that can't be made: the lead waits, its owner is asked once, and it is tried again when there is a reason to. */
import { describe, expect, test } from '@jest/globals'
import { Story, T0 } from '../test/support/story.ts'
import { FORMAT } from './format.ts'
import type { Flaw } from './reason.ts'
import { DAY } from './time.ts'

const NAMELESS: Flaw = {
  code: 'text_unwritable',
  why: { text: { template: 'hello.fr.md' }, line: 2, column: 4, kind: 'value', variable: 'contact.title' },
}
const GERMAN: Flaw = {
  code: 'text_unwritable',
  why: { text: { template: 'hello' }, kind: 'language', language: 'de' },
}

/** The first letter can't be made: the task that asks for it comes next. */
const stuck = (flaw = NAMELESS): Story => new Story().flawed(0, flaw)
/** The task is given, and the lead waits. */
const waiting = (flaw = NAMELESS): Story => stuck(flaw).do(0)
const kinds = (story: Story): string[] => story.changes.map(({ kind }) => kind)
const closed = (story: Story) => story.changes.filter(({ kind }) => kind === 'task_closed')
const taskDone = (story: Story, days: number, more: { skip?: true } = {}): Story => {
  const [task] = story.lead.given
  return story.signal('task.done', days, { step: task?.step ?? '', visit: task?.n ?? 0, ...more })
}

describe('a touch that can’t be made', () => {
  test('is not given up: its owner is asked, and the lead waits at it for as long as it takes', () => {
    const story = stuck()
    expect(story.touch()).toMatchObject({
      ...{ kind: 'task', step: 'mend-hello', contact: 'main' },
      asks: { code: 'mend', step: 'hello', flaw: NAMELESS },
    })
    story.do(0)
    expect(story.decision).toMatchObject({ kind: 'rest' })
    expect(story.decision.because()).toMatchObject({
      ...{ code: 'put_off', what: { code: 'step', step: 'hello' }, delay: NAMELESS },
    })
    story.at(400)
    expect(story.decision.kind).toBe('rest')
    // Nothing is to be looked at again: urgency is as high as it gets.
    expect(story.decision.again).toBeUndefined()
    expect(story.lead.ending).toBeUndefined()
    expect(story.lead.given).toMatchObject([{ step: 'mend-hello' }])
  })

  test.each([
    [
      'something of the lead is corrected',
      (story: Story) => story.signal('contact.edited', 3, { fields: 'title' }),
    ],
    ['a fact is recorded', (story: Story) => story.signal('fact.recorded', 3, { name: 'a', value: 1 })],
    [
      'the lead is moved',
      (story: Story) => story.ask({ format: FORMAT, seen: T0 + 3 * DAY, kind: 'move', plan: story.plan }),
    ],
    ['its task is done', (story: Story) => taskDone(story, 3)],
  ])('is tried again when %s, from then on, once', (_, happens) => {
    const story = happens(waiting())
    expect(story.touch()).toMatchObject({ step: 'hello', key: 'l/1/hello' })
    story.do(3)
    expect(story.lead.aside).toEqual([])
    expect(story.lead.given).toEqual([])
    expect(story.touch().step).toBe('gain')
  })

  test('its task closes when it goes out', () => {
    const story = waiting().signal('contact.edited', 3, { fields: 'title' }).do(3)
    expect(closed(story)).toMatchObject([
      { step: 'mend-hello', because: { code: 'touch_over', step: 'hello' } },
    ])
  })

  test.each(['link.clicked', 'interest.expressed', 'mailbox.resumed'] as const)(
    'is left alone by %s',
    (type) => {
      expect(waiting().signal(type, 3, { level: 'none', mailbox: 'claire' }).decision.kind).toBe('rest')
    },
  )

  test('in vain, it waits on with the task that there is; done, another is given', () => {
    const story = waiting().signal('contact.edited', 3, { fields: 'phone' })
    const [before] = story.lead.given
    story.flawed(3, NAMELESS)
    expect(story.decision.kind).toBe('rest')
    expect(story.lead.given).toEqual([before])
    expect(kinds(story).filter((kind) => kind === 'put_aside')).toHaveLength(1)
    taskDone(story, 4).flawed(4, NAMELESS)
    expect(story.touch()).toMatchObject({ step: 'mend-hello' })
    expect(story.touch().visit).not.toBe(before?.n)
    expect(kinds(story).filter((kind) => kind === 'put_aside')).toHaveLength(2)
  })

  test('for another reason, its task closes and another is given', () => {
    const story = waiting().signal('contact.edited', 3, { fields: 'title' }).flawed(3, GERMAN)
    expect(closed(story)).toMatchObject([{ because: { code: 'other_flaw', step: 'hello' } }])
    expect(story.touch().asks).toMatchObject({ flaw: GERMAN })
  })

  test('is left out when its owner says so, and the next wait counts from there', () => {
    const story = taskDone(waiting(), 5, { skip: true })
    expect(story.changes).toContainEqual({ at: T0 + 5 * DAY, kind: 'left_out', step: 'hello' })
    expect(story.touch().step).toBe('gain')
    expect(story.decision).toMatchObject({ want: { anchor: T0 + 5 * DAY } })
    expect(closed(story)).toEqual([])
  })

  test('is over with its stage, and so is its task', () => {
    const story = waiting().signal('interest.expressed', 3, { level: 'general' })
    expect(closed(story)).toMatchObject([{ step: 'mend-hello', because: { code: 'touch_over' } }])
    expect(story.lead.aside).toEqual([])
    expect(story.touch().step).toBe('check')
  })

  test('is over with its lead', () => {
    const story = waiting().signal('unsubscribed', 3)
    expect(story.decision.kind).toBe('end')
    expect(closed(story)).toMatchObject([{ because: { code: 'lead_ended' } }])
    expect(story.lead.aside).toEqual([])
  })

  test('waits while the lead is held, and its owner is asked all the same', () => {
    const story = stuck().signal('reply.received', 1)
    expect(story.touch().step).toBe('mend-hello')
    story.do(1).signal('contact.edited', 2, { fields: 'title' })
    expect(story.decision.kind).toBe('rest')
    story.signal('reply.handled', 3, { then: 'resume' })
    expect(story.touch().step).toBe('hello')
  })

  test('keeps a nurture from ending by its time', () => {
    const story = new Story().do(0).do(3).pass(30)
    expect(story.touch().step).toBe('nurture-1')
    story.flawed(90, GERMAN).do(90).at(800)
    expect(story.lead.ending).toBeUndefined()
    expect(story.decision.again).toBeUndefined()
    expect(story.decision.because()).toMatchObject({ code: 'put_off', delay: GERMAN })
    taskDone(story, 801, { skip: true })
    expect(story.lead.ending).toMatchObject({ outcome: 'unresponsive' })
  })

  test('of a play and of a stage at once are asked for by a task each', () => {
    const story = waiting().signal('objection.raised', 1, { topic: 't' })
    expect(story.touch().step).toBe('brief')
    story.flawed(1, NAMELESS).do(1)
    expect(story.lead.given).toMatchObject([{ step: 'mend-hello' }, { step: 'mend-brief' }])
    expect(story.decision.kind).toBe('rest')
    story.signal('objection.overcome', 2, { topic: 't' })
    expect(closed(story)).toMatchObject([{ step: 'mend-brief' }])
    expect(story.touch().step).toBe('hello')
  })

  test('is tried again when it would be made of something else', () => {
    const story = waiting()
    const [stage] = story.plan.stages
    const renamed = {
      ...story.plan,
      version: 2,
      stages: story.plan.stages.map((one) =>
        one === stage
          ? {
              ...one,
              steps: one.steps.map((step) => (step.id === 'hello' ? { ...step, name: 'hello-2' } : step)),
            }
          : one,
      ),
    }
    story.ask({ format: FORMAT, seen: T0 + DAY, kind: 'move', plan: renamed })
    expect(story.touch()).toMatchObject({ key: 'l/1/hello', name: 'hello-2' })
  })

  test('a step that a version doesn’t have any more waits for nothing', () => {
    const story = waiting()
    const without = {
      ...story.plan,
      version: 2,
      stages: story.plan.stages.map((one) => ({
        ...one,
        steps: one.steps.filter(({ id }) => id !== 'hello'),
      })),
    }
    story.ask({ format: FORMAT, seen: T0 + DAY, kind: 'move', plan: without })
    expect(story.lead.aside).toEqual([])
    expect(closed(story)).toMatchObject([{ because: { code: 'touch_over', step: 'hello' } }])
  })
})
