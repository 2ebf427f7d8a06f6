/** Errors in writing a text, as reasons of a touch that failed: codes and values that name no person. */
import { isError, RelanceError } from '../../cadence/errors.ts'
import type { Failure } from '../../cadence/reason.ts'

/** Codes whose values name variables, paths and files, never what a person wrote or is called. */
const NAMES_NOBODY: readonly string[] = [
  'variable_without_value',
  'link_without_address',
  'credit_unmappable',
]

/** @throws what isn't an error of ours */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof RelanceError)) throw error
  const { code, values } = error
  if (NAMES_NOBODY.includes(code)) return { code: 'error', error: code, values: { ...values } }
  if (!isError(error, 'invalid_template')) return { code: 'error', error: code, values: {} }
  const { fault, ...place } = error.values
  // A parser may quote the value it stumbled over.
  const said = fault.kind === 'syntax' ? { kind: 'syntax', says: '' } : fault
  return { code: 'error', error: code, values: { ...place, fault: said } }
}
