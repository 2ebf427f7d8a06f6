/** Tasks, notices and credit checks by hand, as touches. */

import { describe, expect, test } from '@jest/globals'
import { DAY } from '../../cadence/time.ts'
import { listTasks } from '../../store/tasks.ts'
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
    const lead = await launch({ owner: 'claire' })
    const touch = touchOf(lead, 'it', { kind: what, name, due: { n: 5, unit: 'bd' } })
    expect(await activities.attempt(order(touch))).toMatchObject({ kind: 'done', key: touch.key })
    expect(await activities.attempt(order(touch))).toMatchObject({ kind: 'done' })
    expect(await listTasks(db, { lead })).toMatchObject([
      {
        ...{ id: touch.key, lead, kind: what, text, for: who, at: MONDAY, due: MONDAY + WEEK },
        ...{ doneAt: null, company: 'Acme' },
      },
    ])
    expect(await ledger(lead)).toMatchObject([{ kind: what, status: 'accepted' }])
  })

  test('a task that can’t be written fails', async () => {
    const { activities, launch, order } = touchesOn(db)
    const lead = await launch({ firstName: undefined })
    const touch = touchOf(lead, 'it', { kind: 'task', name: 'Call {{ contact.first_name }}' })
    expect(await activities.attempt(order(touch))).toMatchObject({ result: { kind: 'failed' } })
    expect(await listTasks(db, { lead })).toEqual([])
  })
})
