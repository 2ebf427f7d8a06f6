/** The sales cycle: replies, a colleague's and one's own, and what the seller makes of them. */

import { test } from '@jest/globals'
import { accounts, expectRow, type Row } from '../test/support/cycle.ts'

const TABLE: Row[] = [
  [
    'a colleague replied',
    [[2, 'colleague.replied', { lead: 'b' }]],
    3,
    { hold: 'account', because: "a colleague's reply of 7 Jan 2026 waits" },
  ],
  [
    'and was answered',
    [
      [2, 'colleague.replied', { lead: 'b' }],
      [4, 'colleague.handled', { lead: 'b' }],
    ],
    5,
    { because: 'step proof' },
  ],
  [
    'one of two was',
    [
      [2, 'colleague.replied', { lead: 'b' }],
      [3, 'colleague.replied', { lead: 'c' }],
      [4, 'colleague.handled', { lead: 'b' }],
    ],
    5,
    { hold: 'account' },
  ],
  [
    'account: continue',
    [[2, 'colleague.replied', { lead: 'b' }]],
    3,
    { because: 'step proof' },
    accounts('continue'),
  ],
  [
    'account: drop',
    [[2, 'colleague.replied', { lead: 'b' }]],
    3,
    { outcome: 'unresponsive' },
    accounts('drop'),
  ],
  [
    'account: drop, and both replied at once: the seller has both',
    [
      [2, 'reply.received'],
      [2, 'colleague.replied', { lead: 'b' }],
    ],
    3,
    { hold: 'reply' },
    accounts('drop'),
  ],
  ['a reply waits for the seller', [[2, 'reply.received']], 3, { hold: 'reply' }],
  [
    'handled: on',
    [
      [2, 'reply.received'],
      [3, 'reply.handled', { then: 'resume' }],
    ],
    4,
    { because: 'step proof' },
  ],
  [
    'handled: keep still',
    [
      [2, 'reply.received'],
      [3, 'reply.handled', { then: 'hold' }],
    ],
    4,
    { hold: 'held' },
  ],
  [
    'handled: over',
    [
      [2, 'reply.received'],
      [3, 'reply.handled', { then: 'end' }],
    ],
    4,
    { outcome: 'lost' },
  ],
]

test.each(TABLE)('%s', (...row) => expectRow(...row))
