/** Published cadences and their templates; they never change, so those used last are kept. */
import type { Plan } from '../../cadence/plan.ts'
import { getCadence } from '../../store/cadences.ts'
import type { Db } from '../../store/db.ts'

export interface Published {
  plan: Plan
  /** Templates by file name. */
  files: Record<string, string>
}

const KEPT = 50

/** A look-up that remembers. @throws when there is no such version. */
export function publishedCadences(db: Db): (name: string, version: number) => Promise<Published> {
  const known = new Map<string, Published>()
  return async (name, version) => {
    const key = `${name}\n${version}`
    const found = known.get(key) ?? (await getCadence(db, name, version))
    if (!found) throw new Error(`version ${version} of cadence ${name} is not in the database`)
    known.delete(key)
    known.set(key, { plan: found.plan, files: found.files })
    if (known.size > KEPT) known.delete(known.keys().next().value as string)
    return found
  }
}
