/** What the schema is made of: texts with a reader, words of a list, and mappings that know their keys. */
import * as z from 'zod'
import {
  NAME_PATTERN,
  type Reader,
  readName,
  readSpan,
  readWait,
  SPAN_PATTERN,
  WAIT_PATTERN,
} from './notation.ts'

/** What a step, a stage … is called in a sentence about it, by schema: `problems.ts` needs it for wrong keys. */
export interface Noun {
  is: string
  keys: string[]
}

/** How a mapping's errors carry what `problems.ts` says of them: zod hands on nothing but a message. */
export const nounIn = (message: string): Noun | undefined => {
  const [mark, is = '', keys = ''] = message.split('\n')
  return mark === MARK ? { is, keys: keys.split(' ') } : undefined
}
const MARK = '(mapping)'

/** A mapping without other keys; `noun` is what it is in a sentence: `a step`. */
export function mapping<Shape extends z.ZodRawShape>(noun: string, shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys' || issue.code === 'invalid_type'
        ? [MARK, noun, Object.keys(shape).join(' ')].join('\n')
        : undefined,
  })
}

/** A text that `read` understands; editors get the pattern, people the reader's own words. */
export function text<T>(
  read: Reader<T>,
  meta: { pattern?: string; examples: string[]; description: string },
) {
  return z
    .string()
    .superRefine((value, context) => {
      const result = read(value)
      if (!('fault' in result)) return
      const { message, ...params } = result.fault
      context.addIssue({ code: 'custom', message, params })
    })
    .meta(meta)
}

/** A text of one's own words. */
export const words = (description: string) =>
  z
    .string()
    .superRefine((value, context) => {
      if (value.trim() !== '') return
      context.addIssue({
        code: 'custom',
        message: 'it is empty',
        params: { code: 'wrong_value', remedy: 'write some words' },
      })
    })
    .meta({ description, minLength: 1 })

/** An id, or the name of a file. */
export const name = (description: string, example: string, read: Reader<string> = readName) =>
  text(read, { pattern: NAME_PATTERN, examples: [example], description })
/** A wait, as a step's. */
export const wait = (description: string, example: string, read: Reader<unknown> = readWait) =>
  text(read, { pattern: WAIT_PATTERN, examples: [example], description })
/** A wait without business days. */
export const span = (description: string, example: string) =>
  text(readSpan, { pattern: SPAN_PATTERN, examples: [example], description })
/** A whole number within bounds. */
export const count = (least: number, most: number, description: string) =>
  z.int().min(least).max(most).meta({ description })
