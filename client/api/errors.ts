/** Errors on the wire: one shape for all of them, and nothing inside leaks out. */
import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import { RelanceError } from '../../cadence/errors.ts'
import type { ErrorBody, Problem } from '../contract/index.ts'
import type { Log } from '../outbox/deps.ts'

/** The body for an error that is meant for people. */
export function bodyOf(error: RelanceError): ErrorBody {
  const { code, message, remedy } = error
  const problems = (error as { problems?: readonly Problem[] }).problems
  return {
    error: { code, message, ...(remedy ? { remedy } : {}), ...(problems ? { problems: [...problems] } : {}) },
  }
}

/**
 * Any error as one for people. What was not expected gets a reference id: the log has the error's kind and its
 * stack under it, but not its message, because drivers put the values of a query there (personal data).
 */
export function asRelanceError(error: unknown, log: Log): RelanceError {
  if (error instanceof RelanceError) return error
  if (error instanceof HTTPException && error.status < 500) {
    return new RelanceError('bad_request', error.message || 'the request could not be read', {
      status: error.status,
    })
  }
  const reference = randomBytes(4).toString('hex')
  log.error({ reference, ...traceOf(error) }, 'unexpected error')
  return new RelanceError('internal', `Something unexpected happened here (reference ${reference}).`, {
    remedy: 'Look for the reference in the log of Relance; the request can be sent again.',
    status: 500,
  })
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

export function answer(c: Context, error: RelanceError): Response {
  return c.json(bodyOf(error), error.status as ContentfulStatusCode)
}

/** What is wrong with a request, field by field. */
export function invalidRequest(error: z.core.$ZodError, where: string): RelanceError {
  const problems = error.issues.map((issue) => {
    const field = issue.path.map(String).join('.')
    return { field: field || where, message: `${field || `the ${where}`}: ${issue.message}` }
  })
  const refused = new RelanceError('invalid_request', problems.map((p) => p.message).join('; '), {
    remedy: 'The reference of the API is at /openapi.json.',
  })
  return Object.assign(refused, { problems })
}
