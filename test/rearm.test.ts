/** A lead that hears of a changed clock waits for the same moment as before, by a timer of the new speed. */
import { expect, test } from '@jest/globals'
import { FORMAT } from '../cadence/format.ts'
import { newLead } from '../cadence/lead.ts'
import { DAY } from '../cadence/time.ts'
import type { LeadInput, RecordAnswer } from '../workflows/contract.ts'
import { type HistoryEvent, LeadHistory } from './support/executions.ts'
import { mails } from './support/mails.ts'
import { memoryActivities } from './support/memory-activities.ts'
import { MONDAY } from './support/plans.ts'

const plan = mails({
  count: 3,
  wait: { n: 10, unit: 'd' },
  until: { interest: 'general' },
  after: { n: 7, unit: 'd' },
})

test('60, then 86400, then 1 second in one: the moment stays, the timer is of the new speed', async () => {
  const clock = { at: MONDAY, speed: 60 }
  const memory = memoryActivities(plan, async () => clock.at)
  /** Environment time as the memory has it, in the clock's real time. */
  const real = (answer: RecordAnswer): RecordAnswer =>
    answer.waitMs === undefined ? answer : { ...answer, waitMs: answer.waitMs / clock.speed }
  const input: LeadInput = { format: FORMAT, lead: newLead('l', MONDAY), plan, queue: [], events: 0 }
  const history = new LeadHistory(input, {
    record: async (input) => real(await memory.record(input)),
    attempt: async (input) => {
      const answer = await memory.attempt(input)
      return answer.kind === 'done' ? { ...answer, next: real(answer.next) } : answer
    },
    deliver: memory.deliver,
  })
  const task = async (...events: HistoryEvent[]): Promise<void> => {
    await history.task(events)
  }
  const left = (): number => ((history.wake ?? 0) - clock.at) / clock.speed
  await task()
  clock.at = history.wake ?? 0
  await task('fired')
  expect(memory.touched).toHaveLength(1)
  const slot = history.wake
  expect(history.timer).toBe((10 * DAY) / 60)

  clock.at += 2 * DAY
  clock.speed = 86_400
  const lines = history.changes.length
  await task('clock_changed')
  expect(history.wake).toBe(slot)
  expect(history.timer).toBe(8000)

  // The timer of the fast clock has gone off before the lead hears that it is slow now.
  clock.at += DAY
  clock.speed = 1
  await task('clock_changed', 'fired')
  await task('clock_changed', 'clock_changed')
  expect(history.wake).toBe(slot)
  expect(history.timer).toBe(left())
  expect(history.timer).toBe(7 * DAY)
  expect(history.changes).toHaveLength(lines)
  expect(memory.touched).toHaveLength(1)

  clock.at = history.wake ?? 0
  await task('fired')
  expect(memory.touched).toHaveLength(2)
})
