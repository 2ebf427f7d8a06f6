/** Reasons as an English reader in UTC sees them, for tests that ask what is said. */
import type { Reason } from '../../cadence/reason.ts'
import { say, sayAll } from '../../cadence/reasons/say.ts'
import type { Instant } from '../../cadence/time.ts'

/** @param now - ago is counted from it */
export const inEnglish = (reason: Reason | (() => Reason), now: Instant = 0): string =>
  say(typeof reason === 'function' ? reason() : reason, { language: 'en', zone: 'UTC', now })

export const allInEnglish = (reasons: readonly Reason[], now: Instant = 0): string =>
  sayAll(reasons, { language: 'en', zone: 'UTC', now })
