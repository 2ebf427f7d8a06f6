/**
 * The story of a rehearsal, which is what happens beside its touches: signals, standings, stages, plays, holds,
 * urgency.
 */
import type { Change } from '../../cadence/lead.ts'
import { sayFields } from '../../cadence/reasons/fields.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { dictionaryOf, say, sayAbout, sayChange } from '../../cadence/reasons/say.ts'
import type { Rehearsal } from '../../cadence/rehearsal/rehearse.ts'
import type { Instant } from '../../cadence/time.ts'
import type { Line } from '../contract/rehearsal.ts'
import type { FileSignal } from '../signals/file.ts'

/** Which lines of a timeline are part of the story, and as what. */
const KINDS: Partial<Record<Change['kind'], Line['kind']>> = {
  signal: 'signal',
  standing: 'standing',
  stage: 'stage',
  nurture_left: 'stage',
  play: 'play',
  play_over: 'play',
  urgency: 'urgency',
  passed_over: 'step',
  put_aside: 'step',
}

/** The lines, in the order in which they happened. */
export function storyOf(played: Rehearsal, signals: readonly FileSignal[], reader: Reader): Line[] {
  const said = new Map(signals.map((signal) => [signal.id, signal]))
  const told = played.timeline.flatMap((change): { at: Instant; kind: Line['kind']; text: string }[] => {
    const kind = KINDS[change.kind]
    const signal = change.kind === 'signal' ? said.get(change.id) : undefined
    // A signal that a touch says of itself is told by the touch.
    if (!kind || (change.kind === 'signal' && !signal)) return []
    const fields = signal ? { contact: signal.contact, ...signal.data, ...signal.personal } : {}
    const text = sayAbout(sayChange(change, reader), sayFields(fields, reader), reader)
    return [{ at: change.at, kind, text }]
  })
  const { words } = dictionaryOf(reader.language)
  const holds = played.holds.map(({ at, hold, because }) => ({
    at,
    kind: 'hold' as const,
    text: hold ? say(because(), reader) : words.goesOn,
  }))
  // At one instant, a hold comes after what caused it.
  return [...told, ...holds]
    .map((line, index) => ({ ...line, index }))
    .sort((a, b) => a.at - b.at || a.index - b.index)
    .map(({ at, kind, text }) => ({ at: new Date(at).toISOString(), kind, text }))
}
