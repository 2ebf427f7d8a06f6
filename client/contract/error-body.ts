/** An error as it goes over the wire, and as `--json` prints it. */
import type { RelanceError } from '../../cadence/errors.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { sayError } from '../../cadence/reasons/errors.ts'
import type { ErrorBody } from './errors.ts'

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
      ...(problems ? { problems: problems.map((problem) => ({ ...problem })) } : {}),
    },
  }
}
