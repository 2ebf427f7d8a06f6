/** Leases: work that one process at a time does, of all that share a database. Whoever dies lets it go by not renewing. */
import { sql } from 'drizzle-orm'
import { type Db, rows } from './db.ts'

/**
 * Takes a lease, or renews it.
 * @param holder - the same for as long as a process lives
 * @param ms - how long it lasts, by the database's clock
 * @returns false while another holds it
 */
export async function takeLease(db: Db, name: string, holder: string, ms: number): Promise<boolean> {
  const until = sql`now() + ${ms} * interval '1 millisecond'`
  const taken = await rows(
    db,
    sql`insert into leases (name, holder, until) values (${name}, ${holder}, ${until})
        on conflict (name) do update set holder = excluded.holder, until = excluded.until
          where leases.holder = excluded.holder or leases.until < now()
        returning name`,
  )
  return taken.length > 0
}

/** Gives a lease back, if it is held. */
export async function giveLeaseBack(db: Db, name: string, holder: string): Promise<void> {
  await db.execute(sql`delete from leases where name = ${name} and holder = ${holder}`)
}
