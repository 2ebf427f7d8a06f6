/** Lines of progress while Relance or a demo starts, in a language. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { dictionaryOf } from '../../cadence/reasons/say.ts'
import type { StartProgress } from '../contract/start-progress.ts'
import { terminalWords } from './words/words.ts'

/** `Temporal: embedded, server 1.29.1 (/usr/local/bin/temporal)` */
export function progressLine<P extends StartProgress>(progress: P, language: Language): string {
  const line = terminalWords(language).start[progress.kind] as (progress: P) => string
  return progress.kind === 'line' ? line(progress) : dictionaryOf(language).typeset(line(progress))
}
