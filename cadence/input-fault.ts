/** What can be wrong with a value that was given: a setting of relance.yaml, or a field of a request. */
import type { TemplateFault } from './error-values.ts'

export type InputFault =
  | { kind: 'type'; wanted: 'mapping' | 'list' | 'text' | 'number' | 'whole_number' | 'boolean' | 'other' }
  | { kind: 'one_of'; words: readonly string[] }
  | { kind: 'at_least' | 'at_most' | 'longest'; bound: number }
  | { kind: 'pattern'; pattern: string }
  | { kind: 'liquid'; line: number; column: number; fault: TemplateFault }
  /** A text that asks for what a provider isn't told. */
  | { kind: 'unknown_variable'; variable: string }
  /** A key that providers of another kind have. */
  | { kind: 'not_for'; provider?: string }
  | {
      kind:
        | 'empty'
        /** Characters that a database or a line can't hold. */
        | 'not_storable'
        | 'name'
        | 'spacing'
        | 'zone'
        | 'address'
        | 'smtp_url'
        | 'url'
        | 'path'
        | 'limit_path'
        | 'values'
        | 'timeout'
        | 'no_kind'
        | 'only_manual'
        | 'company_twice'
        | 'two_secrets'
        | 'no_reference'
        | 'other'
    }
