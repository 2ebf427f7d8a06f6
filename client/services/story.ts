/** What happens to a rehearsed lead beside its touches: signals, standings, stages, plays, holds, urgency. */
import type { Change } from '../../cadence/lead.ts'
import type { Rehearsal } from '../../cadence/rehearsal/rehearse.ts'
import { day, type Instant } from '../../cadence/time.ts'
import type { Standing } from '../../cadence/words.ts'
import type { Line } from '../contract/rehearsal.ts'
import type { FileSignal } from '../signals/file.ts'

/** Standings as a person says them. */
export const A_STANDING: Record<Standing, string> = {
  lead: 'a lead again',
  prospect: 'a prospect',
  qualified: 'a qualified prospect',
  customer: 'a customer',
}

/** The lines, in the order in which they happened. */
export function storyOf(played: Rehearsal, signals: readonly FileSignal[]): Line[] {
  const said = new Map(signals.map((signal) => [signal.id, signal]))
  const told = played.timeline.flatMap((change): { at: Instant; what: Line['what']; text: string }[] => {
    const text = inWords(change, said)
    return text === undefined ? [] : [{ at: change.at, what: change.kind as Line['what'], text }]
  })
  const holds = played.holds.map(({ at, hold, because }) => ({
    at,
    what: 'hold' as const,
    text: hold ? `holds: ${because}` : 'goes on',
  }))
  // At one instant, a hold comes after what caused it.
  return [...told, ...holds]
    .map((line, index) => ({ ...line, index }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ at, what, text }) => ({ at: new Date(at).toISOString(), what, text }))
}

function inWords(change: Change, said: ReadonlyMap<string, FileSignal>): string | undefined {
  switch (change.kind) {
    case 'signal': {
      const signal = said.get(String(change.id))
      // A touch's own: the touch says it.
      if (!signal) return undefined
      const about = fieldsOf(signal)
      const late = change.superseded ? ' (something newer is known)' : ''
      return `${change.type}${about && ` ${about}`}${late}`
    }
    case 'standing':
      return `is now ${A_STANDING[change.standing as Standing]}`
    case 'stage':
      if (change.left) return 'leaves the nurture'
      return change.from ? `${change.from} → ${change.stage}` : `begins in ${change.stage}`
    case 'play':
      return change.over ? `play ${change.play} is over` : `play ${change.play} begins`
    case 'urgency':
      return `urgency ${change.urgency}${change.because ? `: ${change.because}` : ''}`
    default:
      return undefined
  }
}

/** `contact odile, role decision_maker`: instants as dates, topics by their names. */
function fieldsOf({ contact, data, personal }: FileSignal): string {
  const words = { ...(contact && { contact }), ...data, ...personal }
  return Object.entries(words)
    .map(([name, value]) => {
      const date = typeof value === 'number' && ['until', 'returns', 'at'].includes(name)
      return `${name} ${date ? day(value) : value}`
    })
    .join(', ')
}
