/** What a new version's letters would be for the leads that are open: told when it is published. */
import type { Gap, TextFault } from '../../cadence/error-values.ts'
import type { Problem } from '../../cadence/language/problem.ts'
import type { Plan } from '../../cadence/plan.ts'
import { type ProblemValues, problem } from '../../cadence/problem-values.ts'
import { launchedColumns, openReaders } from '../../store/readers.ts'
import { asAddressee, lettersFor } from '../check/letters.ts'
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
  const found = new Map<string, { leads: number; is: { gap: Gap } | { fault: TextFault } }>()
  let after = ''
  for (;;) {
    const page = await openReaders(db, published.plan.cadence, after, PAGE)
    for (const lead of page) {
      const wrong = check(asAddressee(lead))
      if (!wrong) continue
      const each =
        'gaps' in wrong ? wrong.gaps.map((gap) => ({ gap })) : wrong.faults.map((fault) => ({ fault }))
      for (const is of each) {
        const key = JSON.stringify(is)
        found.set(key, { leads: (found.get(key)?.leads ?? 0) + 1, is })
      }
    }
    if (page.length < PAGE) break
    after = page.at(-1)?.id ?? ''
  }
  const letters = [...found.values()].map(({ leads, is }): Problem => {
    const values = { leads, ...is } as ProblemValues['unwritable_leads']
    return { ...problem('unwritable_leads', values), file, line: 1, column: 1, severity: 'warning' }
  })
  const columns = await launchedColumns(db)
  if (!columns) return letters
  return [...letters, ...unknownColumns(published, 'templates', { columns, kind: 'launched' })]
}
