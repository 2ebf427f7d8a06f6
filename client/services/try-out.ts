/** What a new version's letters would be for the leads that are open: told when it is published. */
import type { Problem } from '../../cadence/language/problem.ts'
import type { Plan } from '../../cadence/plan.ts'
import { type ProblemValues, problem } from '../../cadence/problem-values.ts'
import { launchedColumns, openReaders } from '../../store/readers.ts'
import { lettersFor, WrongCount } from '../check/letters.ts'
import { unknownColumns } from '../check/sample-leads.ts'
import type { Deps } from './deps.ts'

/** Leads read at once. */
const PAGE = 1_000

/**
 * Tries a version's texts out with the cadence's open leads. Open leads stay on their version until somebody moves them,
 * so what fails is a warning; rows of a launch are refused.
 */
export async function tryOnOpenLeads(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  published: { plan: Plan; files: Record<string, string> },
  file: string,
): Promise<Problem[]> {
  const check = lettersFor(published, await clock.now())
  const wrong = new WrongCount<string>()
  let after = ''
  for (;;) {
    const page = await openReaders(db, published.plan.cadence, after, PAGE)
    for (const { id, role, ...known } of page) {
      wrong.note(id, check({ ...known, role: role ?? undefined, topic: null, facts: null }))
    }
    if (page.length < PAGE) break
    after = page.at(-1)?.id ?? ''
  }
  const letters = wrong.all().map(({ is, count: leads }): Problem => {
    const values = { leads, ...is } as ProblemValues['unwritable_leads']
    return { ...problem('unwritable_leads', values), file, line: 1, column: 1, severity: 'warning' }
  })
  const columns = await launchedColumns(db)
  if (!columns) return letters
  return [...letters, ...unknownColumns(published, 'templates', { columns, kind: 'launched' })]
}
