/** Brings a database's tables up to date, once, whoever comes first. */
import { sql } from 'drizzle-orm'
import { RelanceError } from '../cadence/errors.ts'
import { type Db, rows } from './db.ts'
import { MIGRATIONS, type Migration } from './migrations/index.ts'

/** Processes that start together wait for each other here. An arbitrary number: `relance` on a phone's keys. */
const LOCK = 7352623

/**
 * Runs the migrations that this database hasn't had, all or none. One that a later Relance has made is no matter, as
 * in a rolling deploy, unless it says that older processes can't work with it.
 * @param known - the migrations of this Relance
 * @throws RelanceError `database_too_new` when one of a later Relance breaks this one
 */
export async function migrate(db: Db, known: readonly Migration[] = MIGRATIONS): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    await tx.execute(
      sql`create table if not exists relance_migrations (n integer primary key, name text not null, at timestamptz not null default now())`,
    )
    await tx.execute(
      sql`alter table relance_migrations add column if not exists breaks boolean not null default false`,
    )
    const done = await rows<{ n: number; name: string; breaks: boolean }>(
      tx,
      sql`select n, name, breaks from relance_migrations order by n`,
    )
    const breaking = done.find(({ n, breaks }) => n > known.length && breaks)
    if (breaking) {
      const { n, name } = breaking
      throw new RelanceError('database_too_new', { n, name })
    }
    for (const [index, { name, statements, breaks = false }] of known.entries()) {
      const n = index + 1
      if (done.some((one) => one.n === n)) continue
      for (const statement of statements) await tx.execute(sql.raw(statement))
      await tx.execute(
        sql`insert into relance_migrations (n, name, breaks) values (${n}, ${name}, ${breaks})`,
      )
    }
  })
}
