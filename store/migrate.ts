/** Brings a database's tables up to date, once, whoever comes first. */
import { sql } from 'drizzle-orm'
import { RelanceError } from '../cadence/errors.ts'
import { type Db, rows } from './db.ts'
import { MIGRATIONS } from './migrations/index.ts'

/** Processes that start together wait for each other here. An arbitrary number: `relance` on a phone's keys. */
const LOCK = 7352623

/**
 * Runs the migrations that this database hasn't had, all or none.
 * @throws RelanceError `database_too_new` when a later Relance has been here.
 */
export async function migrate(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    await tx.execute(
      sql`create table if not exists relance_migrations (n integer primary key, name text not null, at timestamptz not null default now())`,
    )
    const done = (await rows<{ n: number }>(tx, sql`select n from relance_migrations`)).map(({ n }) => n)
    const latest = Math.max(0, ...done)
    if (latest > MIGRATIONS.length) {
      throw new RelanceError('database_too_new', `the database was made by a later Relance (${latest})`, {
        remedy: 'use that version, or a database of its own',
        status: 500,
      })
    }
    for (const [index, { name, statements }] of MIGRATIONS.entries()) {
      const n = index + 1
      if (done.includes(n)) continue
      for (const statement of statements) await tx.execute(sql.raw(statement))
      await tx.execute(sql`insert into relance_migrations (n, name) values (${n}, ${name})`)
    }
  })
}
