/** Problems in words: the one way from a code and its values to what a person reads. */
import type { ErrorProblem, ErrorWords } from '../errors.ts'
import type { ProblemData } from '../problem-values.ts'
import type { Language } from './dictionary.ts'
import { problemsEn } from './en-problems.ts'
import type { ProblemLine } from './error-dictionary.ts'
import { errorPhrases, sayFault } from './error-words.ts'
import { problemsFr } from './fr-problems.ts'
import type { ProblemDictionary, ProblemText } from './problem-dictionary.ts'

const DICTIONARIES: Record<Language, ProblemDictionary> = { en: problemsEn, fr: problemsFr }

/** What a problem says in a language, as phrases: what is wrong, and what would be right. */
export function sayProblem({ code, values }: ProblemData, language: Language): ErrorWords {
  const dictionary: Partial<Record<string, ProblemText<never>>> = DICTIONARIES[language]
  const text = dictionary[code]
  // The rest are faults of signals, which errors have words for.
  if (text === undefined) return sayFault({ code, values } as Parameters<typeof sayFault>[0], language)
  const [message, remedy] = typeof text === 'function' ? text(values as never, errorPhrases(language)) : text
  return { message, ...(remedy === undefined ? {} : { remedy }) }
}

/** A problem with its words beside its data; one that came with words, from another process, keeps them. */
export const worded = <P extends ErrorProblem>(problem: P, language: Language): P & ProblemLine => ({
  ...problem,
  ...wordsOf(problem, language),
})

function wordsOf(problem: ErrorProblem, language: Language): ErrorWords {
  if (problem.message !== undefined) return { message: problem.message }
  return sayProblem(problem as ProblemData, language)
}
