/** What a language has to have for problems in files: what is wrong, and what would be right. Complete by type. */
import type { OwnProblemValues } from '../problem-values.ts'
import type { ErrorPhrases } from './error-dictionary.ts'

/** What is wrong, and what would be right: phrases, without a full stop. */
export type Told = readonly [what: string, remedy?: string]

/** Both, or how they are made of the values. `phrases`: what errors say, too. */
export type ProblemText<Values> = Told | ((values: Values, phrases: ErrorPhrases) => Told)

export type Texts<Values> = { [Code in keyof Values]: ProblemText<Values[Code]> }

/** Problems that have the code of an error have its words. */
export type ProblemDictionary = Texts<OwnProblemValues>
