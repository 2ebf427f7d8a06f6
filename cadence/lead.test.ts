/** Leads as data: copies. */
import { expect, test } from '@jest/globals'
import { copyOf, type Lead, newLead } from './lead.ts'

test('a copy has all that a lead can have, and changing it leaves the lead alone', () => {
  const full: Required<Lead> = {
    ...newLead('one', 1),
    paused: { since: 1 },
    held: { since: 1 },
    delayed: { key: 'one/1/hello', until: 2, delay: { code: 'slot_given_up' } },
    ending: { outcome: 'lost', at: 3, cause: { code: 'dropped' } },
    over: true,
  }
  const copy = copyOf(full)
  expect(copy).toStrictEqual(full)
  expect(copyOf(newLead('one', 1))).toStrictEqual(newLead('one', 1))
  copy.now = 5
  expect(full.now).toBe(1)
})
