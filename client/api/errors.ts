/**
 * Turns whatever a route throws into the HTTP answer; unexpected errors are logged under a reference. Statuses are in
 * `contract/error-table.ts`.
 */
import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import { RelanceError } from '../../cadence/errors.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { short } from '../../cadence/language/notation.ts'
import { faultOf, isMissing } from '../../cadence/language/zod-faults.ts'
import { type ProblemData, problem } from '../../cadence/problem-values.ts'
import { bodyOf } from '../contract/error-body.ts'
import { statusOf } from '../contract/error-table.ts'
import type { Log } from '../outbox/deps.ts'
import { languageOf } from './audience.ts'

const UNSUPPORTED_MEDIA_TYPE = 415

/**
 * Any error as one for people. What was not expected gets a reference id: the log has the error's kind and its
 * stack under it, but not its message, because drivers put the values of a query there (personal data).
 */
export function asRelanceError(error: unknown, log: Log): RelanceError {
  if (error instanceof RelanceError) return error
  if (error instanceof HTTPException && error.status < 500) {
    if (error.status === UNSUPPORTED_MEDIA_TYPE) return new RelanceError('unsupported_media_type', {})
    return new RelanceError('bad_request', { says: error.message })
  }
  if (isDiskFull(error)) return new RelanceError('disk_full', {}, { cause: error })
  const reference = randomBytes(4).toString('hex')
  log.error({ reference, ...traceOf(error) }, 'unexpected error')
  return new RelanceError('internal', { reference })
}

/** PostgreSQL's `disk_full` (SQLSTATE 53100), or the system's. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return code === '53100' || code === 'ENOSPC' || isDiskFull(error.cause)
}

function traceOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const trace = {
    kind: error.name,
    code: (error as { code?: unknown }).code,
    at: frames.slice(0, 8).map((line) => line.trim()),
  }
  return error.cause instanceof Error ? { ...trace, cause: traceOf(error.cause) } : trace
}

/** An error as the answer to a request, in the language that it asks for. */
export function answer(c: Context, error: RelanceError): Response {
  const language = languageOf(c)
  c.header('Content-Language', language)
  return c.json(bodyOf(error, language), statusOf(error.code) as ContentfulStatusCode)
}

/** What is wrong with a request, field by field. */
export function invalidRequest(error: z.core.$ZodError, where: string): RelanceError {
  const problems = error.issues.flatMap((issue) => {
    const field = issue.path.map(String).join('.') || where
    return problemsOf(issue, field, where).map((is) => ({ ...is, field }))
  })
  return new RelanceError('invalid_request', {}, { problems })
}

function problemsOf(issue: z.core.$ZodIssue, field: string, where: string): ProblemData[] {
  if (issue.code === 'unrecognized_keys') {
    // A query's schema has the names there are in its message (`query` in contract/text.ts).
    const known = where === 'query' ? issue.message.split(' ').filter(Boolean) : []
    return issue.keys.map((key) => {
      const meant = nearest(key, known)
      const near = meant === undefined ? known.length > 0 && { known } : { meant }
      return problem('unknown_input', { field: short(key), ...near })
    })
  }
  if (isMissing(issue)) return [problem('missing_input', { field })]
  return [problem('wrong_input', { field, fault: faultOf(issue) })]
}
