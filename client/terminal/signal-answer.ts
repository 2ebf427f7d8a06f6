/** What became of a signal, in a sentence without its full stop. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { terminalWords } from './words/words.ts'

interface Answer {
  type: string
  duplicate: boolean
  ended: boolean
  delivered: boolean
  suppressed?: boolean | undefined
}

/** `demo.booked is recorded and acts now` */
export function signalAnswer(
  { type, duplicate, ended, delivered, suppressed }: Answer,
  language: Language,
): string {
  const { signal } = terminalWords(language)
  if (duplicate) return signal.duplicate(type)
  if (suppressed) return signal.suppressed(type, ended)
  if (ended) return signal.ended(type)
  return delivered ? signal.acts(type) : signal.waits(type)
}
