/** What the schema is made of: texts with a parser, words of a list, and mappings that know their keys. */
import * as z from 'zod'
import { type Noun, type ProblemData, problem } from '../problem-values.ts'
import {
  NAME_PATTERN,
  readName,
  readSpan,
  readWait,
  SPAN_PATTERN,
  type TextParser,
  WAIT_PATTERN,
} from './notation.ts'

/** What is known of a mapping where something is wrong with it: `shape.ts` needs it for wrong keys. */
export interface MappingInfo {
  noun: Noun
  keys: string[]
}

/** How a mapping's errors carry what `shape.ts` makes of them: zod hands on nothing but a message. */
export const mappingIn = (message: string): MappingInfo | undefined => {
  const [mark, noun = '', keys = ''] = message.split('\n')
  return mark === MARK ? { noun: noun as Noun, keys: keys.split(' ') } : undefined
}
const MARK = '(mapping)'

/** The unions that aren't only mappings, by what is said of a value that is neither; their message is their name. */
export type UnionName = 'otherwise' | 'fact_test' | 'wait_for'

/** A mapping without other keys. */
export function mapping<Shape extends z.ZodRawShape>(noun: Noun, shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' || issue.code === 'invalid_type'
        ? [MARK, noun, Object.keys(shape).join(' ')].join('\n')
        : undefined,
  })
}

/** A problem as zod's issues carry it. */
export const problemIssue = (is: ProblemData) => ({ code: 'custom' as const, params: { ...is } })

/** A text that `read` understands; editors get the pattern, people what the parser finds wrong. */
export function text<T>(
  read: TextParser<T>,
  meta: { pattern?: string; examples: string[]; description: string },
) {
  return z
    .string()
    .superRefine((value, context) => {
      const result = read(value)
      if ('fault' in result) context.addIssue(problemIssue(result.fault))
    })
    .meta(meta)
}

/** A text of one's own words. */
export const words = (description: string) =>
  z
    .string()
    .superRefine((value, context) => {
      if (value.trim() === '') context.addIssue(problemIssue(problem('wrong_value', { kind: 'no_words' })))
    })
    .meta({ description, minLength: 1 })

/** An id, or the name of a file. */
export const name = (description: string, example: string, read: TextParser<string> = readName) =>
  text(read, { pattern: NAME_PATTERN, examples: [example], description })
/** A wait, as a step's. */
export const wait = (description: string, example: string, read: TextParser<unknown> = readWait) =>
  text(read, { pattern: WAIT_PATTERN, examples: [example], description })
/** A wait without business days. */
export const span = (description: string, example: string) =>
  text(readSpan, { pattern: SPAN_PATTERN, examples: [example], description })
/** A whole number within bounds. */
export const count = (least: number, most: number, description: string) =>
  z.int().min(least).max(most).meta({ description })
