/** Plays that never start, or are over as soon as they do. */
import type { Condition } from '../../condition.ts'
import { problem } from '../../problem-values.ts'
import type { SignalType } from '../../signals.ts'
import { excludes, implies } from '../logic.ts'
import type { Context } from './context.ts'

/** What surely holds once a signal of this type has counted. */
const AFTER: Partial<Record<SignalType, Condition>> = {
  'need.verified': { need: 'verified' },
  'need.dismissed': { need: 'dismissed' },
  'credit.requested': { credit: 'pending' },
  'credit.refused': { credit: 'refused' },
  'credit.review': { credit: 'review' },
  'objection.raised': { not: { open_objections: 0 } },
  'demo.booked': { demo: 'booked' },
  'demo.held': { demo: 'held' },
  'demo.missed': { demo: 'missed' },
  'proposal.sent': { proposal: 'sent' },
  'proposal.viewed': { proposal: 'viewed' },
  'proposal.accepted': { proposal: 'accepted' },
  'proposal.declined': { proposal: 'declined' },
  'deal.won': { deal: 'won' },
  'deal.lost': { deal: 'lost' },
}

/** These end the lead when they are about its main contact, and its plays with it. */
const ENDING: SignalType[] = ['unsubscribed', 'email.complained']

export function checkPlays(context: Context): void {
  context.file.plays?.forEach((play, i) => {
    if (!play?.on) return
    const path = ['plays', i]
    const holds = AFTER[play.on]
    const when = context.condition(play.when, [...path, 'when'])
    const until = context.condition(play.until, [...path, 'until'])
    if (holds && when && excludes(holds, when)) {
      context.error([...path, 'when'], problem('play_never_starts', { kind: 'when', on: play.on }))
    }
    if (holds && until && implies(holds, until)) {
      context.error([...path, 'until'], problem('play_never_starts', { kind: 'until', on: play.on }))
    }
    if (ENDING.includes(play.on)) {
      context.warn([...path, 'on'], problem('play_never_starts', { kind: 'ending', on: play.on }))
    }
  })
}
