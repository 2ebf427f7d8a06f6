/** Leads in a database, as far along as a test needs them. */
import { sql } from 'drizzle-orm'
import { insertLeads, markStarted, type NewLead } from '../../store/leads.ts'
import type { Store } from '../../store/open.ts'
import { NOW } from './api.ts'

/** A lead of the cadence `first` whose workflow is started. @returns its id */
export async function started(store: Store, email: string, more: Partial<NewLead> = {}): Promise<string> {
  const lead = { email, zone: 'Europe/Paris', firstName: 'Léa', company: 'Atelier', ...more }
  const [result] = await insertLeads(store.db, [lead], { cadence: 'first', version: 1, now: NOW })
  if (result?.kind !== 'inserted') throw new Error(`${email} can't be launched: ${result?.kind}`)
  await markStarted(store.db, [result.id])
  return result.id
}

/** Marks a lead as its workflow does when it ends. */
export async function ended(store: Store, id: string): Promise<void> {
  await store.db.execute(
    sql`update leads set outcome = 'lost', outcome_because = 'a test', ended_at = now() where id = ${id}`,
  )
}
