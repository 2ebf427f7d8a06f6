/** Whether the mailbox that a cadence sends from is configured: a warning in a file, an error where it would send. */
import { RelanceError } from '../../cadence/errors.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { short } from '../../cadence/language/notation.ts'
import type { Problem } from '../../cadence/language/problem.ts'
import { type ReadCadence, readCadence } from '../../cadence/language/read.ts'
import { problem } from '../../cadence/problem-values.ts'
import type { Cadence } from '../../store/cadences.ts'

/**
 * What is wrong with `from:`, at its line; undefined where nothing is.
 * @param known - the mailboxes there are
 */
export function unknownMailbox(
  { draft: { from }, place }: Pick<ReadCadence, 'draft' | 'place'>,
  file: string,
  known: readonly string[],
  severity: Problem['severity'],
): Problem | undefined {
  return from === undefined || known.includes(from)
    ? undefined
    : { ...problemOf(from, known), file, ...place(['from']), severity }
}

const problemOf = (from: string, known: readonly string[]) => {
  const meant = nearest(from, known)
  return problem('unknown_mailbox', { mailbox: short(from), known, ...(meant !== undefined && { meant }) })
}

/**
 * Refuses leads of a published cadence that nothing can be sent from: their letters would only wait.
 * @param known - the mailboxes there are; undefined where nothing is configured, and any name will do
 * @throws RelanceError `mailbox_unknown`, with the cadence's line
 */
export function requireMailbox({ name, source, plan }: Cadence, known: readonly string[] | undefined): void {
  const { from } = plan
  if (known === undefined || known.includes(from)) return
  const file = `${name}.yaml`
  const at = unknownMailbox(readCadence(source, file), file, known, 'error')
  const problems: Problem[] = [
    at ?? { ...problemOf(from, known), file, line: 1, column: 1, severity: 'error' },
  ]
  throw new RelanceError('mailbox_unknown', { mailbox: from, known }, { problems })
}
