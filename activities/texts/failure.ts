/** Errors in writing a text, as data that names no person: why it can't be written, and why a touch failed by it. */
import type { TemplateFault, TextFault, TextPlace } from '../../cadence/error-values.ts'
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
  return { code: 'error', error: code, values: { ...place, fault: unquoted(fault) } }
}

/** A parser may quote the value it stumbled over. */
const unquoted = (fault: TemplateFault): TemplateFault =>
  fault.kind === 'syntax' ? { kind: 'syntax', says: '' } : fault

/**
 * Why a text of a cadence can't be written for somebody.
 * @throws what isn't about the text
 */
export function textFaultOf(error: unknown, text: TextPlace): TextFault {
  if (isError(error, 'invalid_template')) {
    const { fault, line, column } = error.values
    return { text, line, column, kind: 'template', fault: unquoted(fault) }
  }
  if (isError(error, 'link_without_address')) return { text, kind: 'link' }
  if (!isError(error, 'variable_without_value')) throw error
  const { line, column, variable } = error.values
  return { text, line, column, kind: 'value', ...(variable !== undefined && { variable }) }
}
