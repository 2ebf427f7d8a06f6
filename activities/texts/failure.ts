/** Errors in writing a text, as reasons of a touch that failed: codes and values that name no person. */
import { RelanceError } from '../../cadence/errors.ts'
import type { Failure } from '../../cadence/reason.ts'

/** Codes whose own words name variables, paths and files, never values. */
const NAMES_NOBODY = ['unfillable_template', 'credit_unmappable']

/** @throws what isn't an error of ours */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof RelanceError)) throw error
  const { code, message } = error
  return { code: 'error', error: code, values: NAMES_NOBODY.includes(code) ? { message } : {} }
}
