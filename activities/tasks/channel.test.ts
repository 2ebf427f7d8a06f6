/** Tasks, notices and credit checks by hand, as touches. */

import { describe, expect, test } from '@jest/globals'
import { DAY } from '../../cadence/time.ts'
import { doneTask, listTasks } from '../../store/tasks.ts'
import { openDatabases } from '../../test/support/database.ts'
import { MONDAY, touchOf } from '../../test/support/plans.ts'
import { touchesOn } from '../../test/support/touches.ts'

const WEEK = 7 * DAY

describe.each(await openDatabases())('the desk on %s', (_, { db }) => {
  test.each([
    ['task', 'Call {{ contact.first_name }} of {{ lead.company }}', 'Call Zoé of Acme', 'claire'],
    ['credit_check', 'creditsafe', 'Credit check with creditsafe: Acme', 'finance'],
    ['notify', 'manager', 'Zoé, Acme: stage contact, urgency calm', 'manager'],
    ['notify', 'owner', 'Zoé, Acme: stage contact, urgency calm', 'claire'],
  ] as const)('%s %s', async (what, name, text, who) => {
    const { activities, launch, order, ledger } = touchesOn(db)
    const lead = await launch({ owner: 'claire', phone: '+33 1 99 00 12 34' })
    const touch = touchOf(lead, 'it', { kind: what, name, due: { n: 5, unit: 'bd' } })
    expect(await activities.attempt(order(touch))).toMatchObject({ kind: 'done', key: touch.key })
    expect(await activities.attempt(order(touch))).toMatchObject({ kind: 'done' })
    expect(await listTasks(db, { lead })).toMatchObject([
      {
        ...{ id: touch.key, lead, kind: what, text, for: who, at: MONDAY, due: MONDAY + WEEK },
        ...{ doneAt: null, company: 'Acme', contact: { name: 'Zoé', phone: '+33 1 99 00 12 34' }, amount: 0 },
      },
    ])
    expect(await ledger(lead)).toMatchObject([{ kind: what, status: 'accepted' }])
  })

  test('a task of a lead without an owner is whose the cadence says', async () => {
    const { activities, launch, order, plan } = touchesOn(db)
    const lead = await launch()
    await activities.attempt(order(touchOf(lead, 'it', { kind: 'task', name: 'Call' })))
    expect(await listTasks(db, { lead })).toMatchObject([{ for: plan.owner }])
  })

  test('tasks close with their visit or their lead, and say why; what is done stays done, what is told stays', async () => {
    const { activities, launch, order, turn } = touchesOn(db)
    const lead = await launch({ owner: 'claire' })
    const kinds = {
      call: 'task',
      check: 'credit_check',
      hint: 'notify',
      done: 'task',
      later: 'task',
    } as const
    const keys = await Promise.all(
      Object.entries(kinds).map(async ([step, kind]) => {
        const name = kind === 'notify' ? 'owner' : 'x'
        const touch = { ...touchOf(lead, step, { kind, name }), visit: step === 'later' ? 2 : 1 }
        await activities.attempt(order(touch))
        return touch.key
      }),
    )
    await doneTask(db, keys[3] as string, MONDAY)
    const closed = async () =>
      Object.fromEntries(
        (await listTasks(db, { lead })).map(({ id, closing }) => [id.split('/').at(-1), closing]),
      )

    const stage = { code: 'stage_over', stage: 'contact' } as const
    await activities.record(turn(lead, 9, MONDAY + 1, { over: [{ because: stage, visit: 1 }] }))
    expect(await closed()).toEqual({ call: stage, check: stage, hint: null, done: null, later: null })
    const end = { code: 'lead_ended', outcome: 'lost' } as const
    await activities.record(turn(lead, 10, MONDAY + 2, { over: [{ because: end, keeps: [2] }] }))
    expect(await closed()).toMatchObject({ call: stage, later: null })
    await activities.record(turn(lead, 11, MONDAY + 3, { over: [{ because: end, keeps: [] }] }))
    expect(await closed()).toEqual({ call: stage, check: stage, hint: null, done: null, later: end })
    const [open] = [await listTasks(db, { lead, open: true })]
    expect(open.map(({ kind }) => kind)).toEqual(['notify'])
  })

  test.each(['task', 'notify'] as const)(
    'a %s of an execution that was given up asks nobody',
    async (kind) => {
      const { activities, launch, order, turn, ledger } = touchesOn(db)
      const lead = await launch({ owner: 'claire' })
      // The lead has gone on without it: its history is longer than where this attempt began.
      await activities.record(turn(lead, 2, MONDAY, { position: 20 }))
      const late = order(touchOf(lead, 'it', { kind, name: 'owner' }))
      const given = { ...late, then: { ...late.then, position: 10 } }
      expect(await activities.attempt(given)).toMatchObject({
        ...{ kind: 'closed', delay: { code: 'gate_closed', gate: 'behind' } },
      })
      expect(await listTasks(db, { lead })).toEqual([])
      expect(await ledger(lead)).toEqual([])
      const stands = { ...late, then: { ...late.then, position: 30 } }
      expect((await activities.attempt(stands)).kind).toBe('done')
      expect(await listTasks(db, { lead })).toHaveLength(1)
    },
  )

  test('a task that can’t be written waits to be mended, and its owner is asked to, by a task', async () => {
    const { activities, launch, order, plan } = touchesOn(db)
    const lead = await launch({ firstName: undefined })
    const touch = touchOf(lead, 'it', { kind: 'task', name: 'Call {{ contact.first_name }}' })
    const answer = await activities.attempt(order(touch))
    expect(answer).toMatchObject({
      kind: 'flawed',
      flaw: { code: 'text_unwritable', why: { text: { step: 'it' }, variable: 'contact.first_name' } },
    })
    expect(await listTasks(db, { lead })).toEqual([])
    const { flaw } = answer as Extract<typeof answer, { kind: 'flawed' }>
    const asks = { code: 'mend' as const, step: 'it', flaw }
    const mend = order(touchOf(lead, 'mend-it', { kind: 'task', name: 'mend', visit: 9, asks }))
    expect((await activities.attempt(mend)).kind).toBe('done')
    expect(await listTasks(db, { lead })).toMatchObject([
      {
        for: plan.owner,
        due: null,
        wording: asks,
        text: expect.stringContaining('step it: contact.first_name'),
      },
    ])
  })
})
