/** What a language has to have for errors: what is wrong, and what would be right. Complete by type. */
import type { AddressFault, CliFault, Gap, ProcessEnd, TemplateFault, TextFault } from '../error-values.ts'
import type { ErrorCode, ErrorValues } from '../errors.ts'

/** A problem as a message tells it: in words, with its place. */
export interface ProblemLine {
  message: string
  remedy?: string
  file?: string
  line?: number
  column?: number
  severity?: string
}

/** A text, or how it is made of the values and of what `problems` says. */
export type ErrorText<Values> = string | ((values: Values, problems: readonly ProblemLine[]) => string)

export interface ErrorEntry<Values> {
  message: ErrorText<Values>
  remedy?: ErrorText<Values>
}

/** Phrases inside errors, for who says them elsewhere, too. */
export interface ErrorPhrases {
  /** What stands between two things that are wrong. */
  between: string
  /** What is wrong with a template, and what would be right. */
  template(fault: TemplateFault): { message: string; remedy?: string }
  /** What is wrong with an e-mail address. */
  address(fault: AddressFault): string
  /** Why a Temporal CLI can't be used. */
  cli(fault: CliFault): string
  /** How a process ended, or that it doesn't answer. */
  end(end: ProcessEnd): string
  /** What a text of a cadence lacks for somebody. */
  gap(gap: Gap): string
  /** Why a text of a cadence can't be written for somebody. */
  textFault(fault: TextFault): string
}

export type ErrorDictionary = { [Code in ErrorCode]: ErrorEntry<ErrorValues[Code]> }
