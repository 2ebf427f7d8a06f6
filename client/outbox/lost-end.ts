/** The end of a lead that the database has lost: its workflow ended by its rules, and Temporal still knows how. */
import { recordEnd } from '../../activities/touch/record.ts'
import { turn } from '../../cadence/turn.ts'
import type { Db } from '../../store/db.ts'
import type { Explanation } from '../../workflows/contract.ts'
import type { WakeDeps } from './begin-again.ts'

/**
 * Writes the last turn of an ended lead down again.
 * @param known - what its workflow answers, which runs no more
 * @param position - where in its history the end was, behind all that is on record
 */
export async function recordLostEnd(
  { db, published }: Pick<WakeDeps, 'db' | 'published'>,
  { lead, cadence, version }: Pick<Explanation, 'lead' | 'cadence' | 'version'>,
  position: number,
): Promise<void> {
  const { ending } = lead
  if (!ending) throw new Error(`lead ${lead.id} has not ended`)
  const { plan } = await published(cadence, version)
  const { record } = turn(lead, plan, [])
  const { outcome, cause, at } = ending
  const end = { at, kind: 'end' as const, outcome, cause }
  await db.transaction((tx: Db) => recordEnd(tx, { ...record, seq: lead.seq, changes: [end], position }))
}
