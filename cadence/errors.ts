/**
 * The one error that people see: a code and its values, as data. `reasons/errors.ts` has the words, a language each;
 * the API makes a JSON body of both, the CLI two lines.
 */
import type { ErrorCode, ErrorValues } from './error-values.ts'

export type { ErrorCode, ErrorValues } from './error-values.ts'

/** An error as data. */
export type ErrorData<Code extends ErrorCode = ErrorCode> = {
  [C in Code]: { code: C; values: ErrorValues[C] }
}[Code]

/**
 * One of the things that are wrong, with its place: a problem as data (`problem-values.ts`), or one that came with
 * words.
 */
export interface ErrorProblem {
  code?: string
  values?: object
  message?: string
  remedy?: string
  file?: string
  line?: number
  column?: number
  severity?: string
  /** What it is about, in a request. */
  field?: string
}

/** What an error is in words: what is wrong and where, and what would be right. */
export interface ErrorWords {
  message: string
  remedy?: string
}

interface Options {
  cause?: unknown
  /** All that is wrong, where it is more than one thing. */
  problems?: readonly ErrorProblem[]
  /** What was found wrong beside it, to be told in one go. */
  also?: readonly ErrorData[]
  /** Words that come with it, from a process that knows more. */
  words?: ErrorWords
}

/** The arguments of a `RelanceError`: the values are those of the code. */
type Thrown = { [C in ErrorCode]: [code: C, values: ErrorValues[C], options?: Options] }[ErrorCode]

export class RelanceError extends Error {
  readonly code: ErrorCode
  readonly values: ErrorValues[ErrorCode]
  readonly problems: readonly ErrorProblem[] | undefined
  readonly also: readonly ErrorData[]
  /** What would be right; only where words came with it. */
  readonly remedy: string | undefined
  /** Whether `message` and `remedy` are words for people. Without, `message` is code and values, for logs. */
  readonly worded: boolean

  constructor(...[code, values, options = {}]: Thrown) {
    super(options.words?.message ?? plain(code, values), { cause: options.cause })
    this.name = 'RelanceError'
    this.code = code
    this.values = values
    this.problems = options.problems
    this.also = options.also ?? []
    this.remedy = options.words?.remedy
    this.worded = options.words !== undefined
  }

  /** An error whose code is found only when it happens; from a newer process, it may be one that is unknown here. */
  static of({ code, values }: ErrorData | { code: string; values: object }, options?: Options): RelanceError {
    return new RelanceError(...([code, values, options] as Thrown))
  }
}

/** Whether an error is the one of this code. */
export const isError = <Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is Omit<RelanceError, 'code' | 'values'> & ErrorData<Code> =>
  error instanceof RelanceError && error.code === code

const plain = (code: string, values: object): string =>
  Object.keys(values).length === 0 ? code : `${code} ${JSON.stringify(values)}`
