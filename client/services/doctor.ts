/** What `relance doctor` finds: the checker over the store, in words. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { dictionaryOf } from '../../cadence/reasons/say.ts'
import { readEnvironment } from '../../store/environment.ts'
import { findings } from '../../store/findings.ts'
import type { DoctorReport } from '../contract/index.ts'
import type { Deps } from './deps.ts'

/** What is younger, in real milliseconds, may still be under way. */
const UNDER_WAY_MS = 60_000

/** What must not be, and is. */
export async function doctor(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  language: Language,
): Promise<DoctorReport> {
  const { speed } = await readEnvironment(db)
  const found = await findings(db, (await clock.now()) - UNDER_WAY_MS * speed)
  const { words, typeset } = dictionaryOf(language)
  return {
    ok: found.length === 0,
    findings: found.map((finding) => ({
      ...finding,
      says: typeset(words.finding[finding.code]),
      remedy: typeset(words.findingRemedy[finding.code]),
    })),
  }
}
