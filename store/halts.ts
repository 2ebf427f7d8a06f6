/** Cadences that a person stopped: none of their leads is touched until they go on. */
import { sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, rows } from './db.ts'

export interface Halt {
  cadence: string
  at: Instant
  why: string
}

/** Halts a cadence. Halting it again changes nothing. */
export async function haltCadence(db: Db, cadence: string, why: string, now: Instant): Promise<void> {
  await db.execute(
    sql`insert into halts (cadence, at, why) values (${cadence}, ${at(now)}, ${why}) on conflict do nothing`,
  )
}

/** Lets a cadence go on. */
export async function releaseCadence(db: Db, cadence: string): Promise<void> {
  await db.execute(sql`delete from halts where cadence = ${cadence}`)
}

export async function listHalts(db: Db): Promise<Halt[]> {
  return rows(
    db,
    sql`select cadence, (extract(epoch from at) * 1000)::float8 as at, why from halts order by cadence`,
  )
}
