import { expect, jest, test } from '@jest/globals'
import type { Signal } from '../../cadence/signals.ts'
import type { Db } from '../../store/db.ts'
import { keptLog, NOW, ScriptedWorkflows } from '../../test/support/api.ts'
import { directDelivery } from './direct-delivery.ts'

const click = (id: string): Signal => ({ id, type: 'link.clicked', at: NOW, seen: NOW, data: {} })

/** Nothing is ever marked in this one. */
const stuck = { execute: () => new Promise(() => undefined) } as unknown as Db
const clock = { now: async () => NOW }

test("a lead's next signal does not wait until the one before is marked", async () => {
  const workflows = new ScriptedWorkflows()
  const direct = directDelivery({ db: stuck, workflows, clock, log: keptLog() })
  expect(await direct.deliver('lead', [click('a')])).toBe(true)
  expect(await direct.deliver('lead', [click('b')])).toBe(true)
  expect(workflows.signalsOf('lead')).toEqual(['a', 'b'])
  expect(direct.inFlight.has('lead')).toBe(true)
})

test('one that does not get through keeps those behind it back', async () => {
  const workflows = new ScriptedWorkflows()
  const direct = directDelivery({ db: stuck, workflows, clock, log: keptLog() })
  const arrive = jest.spyOn(workflows, 'arrive').mockRejectedValueOnce(new Error('away'))
  const both = [direct.deliver('lead', [click('a')]), direct.deliver('lead', [click('b')])]
  expect(await Promise.all(both)).toEqual([false, false])
  expect(arrive).toHaveBeenCalledTimes(1)
})
