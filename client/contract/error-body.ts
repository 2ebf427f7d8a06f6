/** An error as it goes over the wire, and as `--json` prints it. */
import type { ErrorProblem, RelanceError } from '../../cadence/errors.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import { worded } from '../../cadence/reasons/problems.ts'
import type { ErrorBody, Problem } from './errors.ts'

/** The body of an error: its data, and its words in a language. */
export function bodyOf(error: RelanceError, language: Language): ErrorBody {
  const { code, values, problems } = error
  const { message, remedy } = sayError(error, language)
  return {
    error: {
      code,
      message,
      ...(remedy ? { remedy } : {}),
      values: { ...values },
      ...(problems ? { problems: problems.map((problem) => tellProblem(problem, language)) } : {}),
    },
  }
}

/** A problem on the wire: its data, and its words in a language. */
export const tellProblem = (problem: ErrorProblem, language: Language): Problem =>
  worded(problem, language) as Problem
