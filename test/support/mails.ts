/** A cadence of nothing but e-mails, whose window is always open: for tests of the loop rather than of the rules. */

import type { Condition } from '../../cadence/condition.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { Plan } from '../../cadence/plan.ts'
import type { Wait } from '../../cadence/time.ts'

/** `count` e-mails, each `wait` after the one before, until a goal; unanswered, it ends `after` the last one. */
export const mails = (of: { count: number; wait: Wait; until: Condition; after: Wait }): Plan => ({
  format: FORMAT,
  cadence: 'mails',
  version: 1,
  from: 'claire',
  owner: 'claire',
  locale: 'fr',
  window: { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 1440 },
  account: 'hold',
  limits: {},
  prospect: { all: [{ interest: 'general' }] },
  qualified: { all: [{ need: 'verified' }] },
  credit: {},
  escalate: { reply: {}, role: {}, task: {} },
  urgency: [{ id: 'calm', pace: 1 }],
  stages: [
    {
      id: 'contact',
      until: of.until,
      steps: Array.from({ length: of.count }, (_, i) => ({
        id: `mail-${i}`,
        kind: 'email',
        name: 'hello',
        wait: of.wait,
      })),
      otherwise: { end: 'unresponsive', after: of.after },
      on: {},
    },
    { id: 'deal', until: { deal: 'won' }, steps: [], on: {} },
  ],
  plays: [],
})
