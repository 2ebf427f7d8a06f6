/** `explain` in sentences. */

import type { Language } from '../../cadence/reasons/dictionary.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { dictionaryOf, sayMoment } from '../../cadence/reasons/say.ts'
import type { HoldWord } from '../../cadence/words.ts'
import type { ExplanationView } from '../contract/index.ts'
import type { TerminalWords } from './words/shape.ts'
import { terminalWords } from './words/words.ts'

/** A decision in sentences. Its reasons are in the language that the server was asked for. */
export function explanationLines(e: ExplanationView, language: Language, zone: string): string[] {
  const { words, typeset } = dictionaryOf(language)
  const text = terminalWords(language).explain
  const reader: Reader = { language, zone, leadZone: e.zone, now: Date.now() }
  const when = e.next?.at ? text.on(sayMoment(Date.parse(e.next.at), reader)) : ''
  const place = e.outcome
    ? text.ended(words.outcome[e.outcome])
    : e.stage === 'nurture'
      ? text.inNurture
      : text.inStage(e.stage ?? '')
  const lines = [text.where(e.lead, words.aStanding[e.standing.value], place, e.cadence, e.version)]
  if (e.standing.missing.length > 0 && !e.outcome) lines.push(text.lacks(e.standing.missing))
  if (e.standing.says && !e.outcome) lines.push(text.looksAt(e.standing.says))
  if (e.standing.early && !e.outcome) lines.push(text.early)
  if (e.does === 'touch') lines.push(text.next(e.next?.step ?? '', when))
  if (e.does === 'skip') lines.push(text.skips(e.next?.step ?? '', when))
  if (e.does === 'pass') lines.push(text.passes(when))
  if (e.does === 'rest') lines.push(text.rests)
  lines.push(text.because(e.because))
  if (e.server) lines.push(text.server(e.server.says, e.server.remedy))
  if (e.why && e.next?.at) lines.push(text.whyThen(e.why))
  lines.push(...sooner(e, text))
  if (e.again && e.again !== e.next?.at) lines.push(text.again(sayMoment(Date.parse(e.again), reader)))
  if (e.asleep) lines.push(text.asleep(e.asleep.says))
  else if (e.from === 'record') lines.push(text.fromRecord)
  return lines.map(typeset)
}

/** What would change it before then. */
function sooner(e: ExplanationView, text: TerminalWords['explain']): string[] {
  switch (e.hold as HoldWord | null) {
    case 'paused':
      return [text.resume(e.lead)]
    case 'reply':
    case 'held':
      return [text.handled(e.lead)]
    case 'account':
      return [text.account]
    case 'out_of_office':
    case 'callback':
      return [text.away]
    default:
      return e.does === 'end' ? [] : [text.anySignal]
  }
}
