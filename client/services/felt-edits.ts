/** What a new version does to the ids of steps that open leads have done, should they be moved to it. */
import { editsOf, type FeltEdit } from '../../cadence/edits.ts'
import type { Plan } from '../../cadence/plan.ts'
import { getCadence } from '../../store/cadences.ts'
import type { Db } from '../../store/db.ts'
import { stepsDoneIn } from '../../store/done-steps.ts'

/** Every edit since the versions that open leads are on, with how many of them have done its step. */
export async function feltEdits(db: Db, plan: Plan): Promise<FeltEdit[]> {
  const done = await stepsDoneIn(db, plan.cadence)
  const felt = new Map<string, FeltEdit>()
  for (const version of new Set(done.map((one) => one.version))) {
    const before = version === plan.version ? undefined : await getCadence(db, plan.cadence, version)
    if (!before) continue
    for (const edit of editsOf(before.plan, plan)) {
      const by = done.find((one) => one.version === version && one.step === edit.values.step)
      if (!by) continue
      const key = JSON.stringify(edit)
      felt.set(key, { ...edit, leads: by.leads + (felt.get(key)?.leads ?? 0) })
    }
  }
  return [...felt.values()]
}
