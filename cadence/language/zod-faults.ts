/** What zod finds wrong with a value that was given, as a fault of ours: zod has English words only. */
import type * as z from 'zod'
import type { InputFault } from '../input-fault.ts'

type Issue = z.core.$ZodIssue

/** The types of zod, as faults have them. */
const TYPES: Record<string, (InputFault & { kind: 'type' })['wanted']> = {
  record: 'mapping',
  object: 'mapping',
  array: 'list',
  string: 'text',
  number: 'number',
  int: 'whole_number',
  boolean: 'boolean',
}

/** A fault as zod's issues carry it. */
export const faultIssue = (fault: InputFault) => ({ code: 'custom' as const, params: { fault } })

/** Whether there is no value at all. */
export const isMissing = (issue: Issue): boolean =>
  issue.code === 'invalid_type' && issue.message.includes('undefined')

/** Formats that say with their message which fault it is. */
const NAMED: readonly InputFault['kind'][] = ['not_storable']

/** What is wrong with a value. */
export function faultOf(issue: Issue): InputFault {
  switch (issue.code) {
    case 'custom':
      return (issue.params?.fault as InputFault | undefined) ?? { kind: 'other' }
    case 'invalid_type':
      return { kind: 'type', wanted: TYPES[issue.expected] ?? 'other' }
    case 'invalid_key':
      return { kind: 'name' }
    case 'invalid_value':
      return { kind: 'one_of', words: issue.values.map(String) }
    case 'invalid_format':
      if (NAMED.includes(issue.message as InputFault['kind'])) return { kind: 'not_storable' }
      return { kind: 'pattern', pattern: String(issue.pattern ?? issue.format) }
    case 'too_small':
      return issue.origin === 'string'
        ? { kind: 'empty' }
        : { kind: 'at_least', bound: Number(issue.minimum) }
    case 'too_big':
      return { kind: issue.origin === 'string' ? 'longest' : 'at_most', bound: Number(issue.maximum) }
    default:
      return { kind: 'other' }
  }
}
