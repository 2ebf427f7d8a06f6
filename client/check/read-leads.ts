/** The list of leads that `check` and `preview` try a cadence's letters out with: one that is named, or `leads.csv` beside it. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { LeadsFile, readAll } from '../import/read.ts'
import type { SampleLeads } from './sample-leads.ts'

/** Names that templates can use, by the field that a column was read as. */
const FIELDS: Record<string, string> = { company: 'company', country: 'country', locale: 'locale' }

/**
 * Reads it.
 * @param named - the file that was asked for; left out: `leads.csv` beside the cadence, if there is one
 * @throws RelanceError where it can't be read
 */
export async function sampleLeads(cadence: string, named?: string): Promise<SampleLeads | undefined> {
  const beside = join(dirname(cadence), 'leads.csv')
  const file = named ?? (existsSync(beside) ? beside : undefined)
  if (file === undefined) return undefined
  const { leads, columns } = readAll(await LeadsFile.open(readFileSync(file)))
  const names = columns.flatMap(({ fields }) => fields.map((field) => FIELDS[field] ?? field))
  const own = leads.flatMap(({ custom }) => Object.keys(custom))
  return { file, leads, columns: [...new Set([...names, ...own])] }
}
