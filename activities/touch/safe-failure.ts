/** Makes failures fit for histories and logs: errors of databases and mail servers may quote personal data. */
import { ApplicationFailure } from '@temporalio/common'
import { RelanceError } from '../../cadence/errors.ts'
import type { ActivityDeps } from './deps.ts'

/** Runs an activity; whatever it throws is told in our own words and an error code, and is retried. */
export async function safely<T>(
  log: ActivityDeps['log'],
  about: { lead: string; touch?: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ApplicationFailure) throw error
    const code = codeOf(error)
    log.error({ ...about, code }, 'an activity failed and is tried again')
    throw ApplicationFailure.retryable(`failed with ${code}`, code)
  }
}

/** SQLSTATE, a code of the system or of ours; else the kind of error. Never its message. */
function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown }
    if (cause instanceof RelanceError) return cause.code
    if (typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code)) return code
  }
  return error instanceof Error ? error.name : 'unknown'
}
