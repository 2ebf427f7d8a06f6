/** The terminal's language, from its environment, and the zone of printed times. */
import { validZone } from '../../cadence/calendar/zone.ts'
import { RelanceError } from '../../cadence/errors.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { languageOf } from '../../cadence/reasons/say.ts'

/**
 * The language that a POSIX environment asks for: LC_ALL before LC_MESSAGES before LANG, the first that is set
 * (POSIX.1-2017, 8.2). English where there are no words in it.
 */
export function terminalLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  const asked = env.LC_ALL || env.LC_MESSAGES || env.LANG
  return languageOf(asked ? [asked] : [])
}

/** The zone of times that are printed: `--zone`, or the machine's. @throws RelanceError `usage` */
export function terminalZone(asked?: string): string {
  if (asked === undefined) return Intl.DateTimeFormat().resolvedOptions().timeZone
  if (validZone(asked)) return asked
  throw new RelanceError('usage', { kind: 'zone', text: asked })
}
