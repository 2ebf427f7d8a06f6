/** The leads that are recorded: which state each is left in, and what brings it there. */

type Act =
  | { signal: string; fields?: Record<string, unknown>; contact?: string; inDays?: number; date?: string }
  /** Waits until the lead is in a stage, has done a step, has ended so. */
  | { stage: string }
  | { step: string }
  | { outcome: string }
  | { ask: 'pause' | 'drop' | 'reopen' | 'move' | 'resume'; with?: object }
  | { publish: true }
  /** Clicks until its history is so long that it has gone on in a fresh run. */
  | { continued: true }
  /** Launched when Temporal is away, so that the database alone knows of it. */
  | { launched: 'alone' }

const interested: Act[] = [
  { signal: 'interest.expressed', fields: { level: 'general' } },
  { stage: 'credit' },
]
const approved: Act[] = [...interested, { signal: 'credit.approved', fields: { limit: 90000 } }]
const proposal: Act[] = [...approved, { stage: 'proposal' }]
const hello: Act[] = [{ step: 'hello' }]

export const STATES: Record<string, { cadence: 'states' | 'quick' | 'slow'; acts: Act[] }> = {
  waiting: { cadence: 'states', acts: [] },
  asked: { cadence: 'states', acts: interested },
  approved: { cadence: 'states', acts: proposal },
  refused: {
    cadence: 'states',
    acts: [...interested, { step: 'check' }, { signal: 'credit.refused' }, { outcome: 'refused_credit' }],
  },
  review: { cadence: 'states', acts: [...interested, { step: 'check' }, { signal: 'credit.review' }] },
  objection: {
    cadence: 'states',
    acts: [
      ...hello,
      { signal: 'objection.raised', fields: { topic: 'price', by: 'user' } },
      { step: 'brief' },
    ],
  },
  challenge: {
    cadence: 'states',
    acts: [...hello, { signal: 'objection.raised', fields: { topic: 'migration', by: 'saboteur' } }],
  },
  influencer: {
    cadence: 'states',
    acts: [
      ...hello,
      {
        signal: 'contact.identified',
        fields: { role: 'influencer', email: 'ines@influencer.example', first_name: 'Inès' },
      },
      { step: 'welcome' },
    ],
  },
  seeking: { cadence: 'states', acts: [...proposal, { step: 'find-decision_maker' }] },
  offered: {
    cadence: 'states',
    acts: [
      ...proposal,
      { step: 'offer' },
      {
        signal: 'offer.extended',
        fields: { offer: 'early', reason: 'the board' },
        inDays: 600,
        date: 'until',
      },
    ],
  },
  paused: { cadence: 'states', acts: [...hello, { ask: 'pause' }] },
  replied: { cadence: 'states', acts: [...hello, { signal: 'reply.received', fields: { message: 'Yes?' } }] },
  kept: {
    cadence: 'states',
    acts: [...hello, { signal: 'reply.received' }, { signal: 'reply.handled', fields: { then: 'hold' } }],
  },
  away: { cadence: 'states', acts: [...hello, { signal: 'reply.automatic', inDays: 300, date: 'returns' }] },
  callback: {
    cadence: 'states',
    acts: [...hello, { signal: 'callback.requested', inDays: 300, date: 'until' }],
  },
  'colleague-a': { cadence: 'states', acts: [...hello, { signal: 'reply.received' }] },
  'colleague-b': { cadence: 'states', acts: [] },
  delayed: { cadence: 'states', acts: [] },
  unreachable: { cadence: 'states', acts: [] },
  optout: { cadence: 'states', acts: [...hello, { signal: 'unsubscribed' }] },
  lost: { cadence: 'states', acts: [...hello, { signal: 'deal.lost' }] },
  won: { cadence: 'states', acts: [...hello, { signal: 'deal.won' }, { step: 'thanks' }] },
  dropped: { cadence: 'states', acts: [...hello, { ask: 'drop' }] },
  moved: { cadence: 'states', acts: [...hello, { publish: true }, { ask: 'move' }] },
  reopened: {
    cadence: 'states',
    acts: [...hello, { signal: 'deal.lost' }, { outcome: 'lost' }, { ask: 'reopen' }],
  },
  silent: { cadence: 'quick', acts: [] },
  nurtured: { cadence: 'slow', acts: [] },
  continued: { cadence: 'states', acts: [...hello, { continued: true }] },
  unstarted: { cadence: 'states', acts: [{ launched: 'alone' }] },
}
