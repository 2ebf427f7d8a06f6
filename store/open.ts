/** Opens the database: PGlite in the data folder, or PostgreSQL at an address. Brings its tables up to date. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { RelanceError } from '../cadence/errors.ts'
import { openDatabaseIn, useFolder } from './data-folder.ts'
import type { Db } from './db.ts'
import { openPglite } from './embedded.ts'
import { lockFolder } from './lock.ts'
import { migrate } from './migrate.ts'
import { NamedStatements } from './named-statements.ts'

export interface Store {
  db: Db
  kind: 'pglite' | 'postgres'
  close(): Promise<void>
}

/**
 * @param where - `dataDir`: PGlite in `pg/` inside it, for this process alone. `url`: a PostgreSQL server.
 * @throws RelanceError `data_folder_in_use`, `data_folder_unusable`, `data_folder_foreign`, `database_damaged`,
 *   `database_unreachable`, `database_too_new`
 */
export async function openStore(where: { dataDir: string } | { url: string }): Promise<Store> {
  return 'url' in where ? openPostgres(where.url) : openEmbedded(where.dataDir)
}

async function openEmbedded(dataDir: string): Promise<Store> {
  useFolder(dataDir)
  const unlock = lockFolder(dataDir)
  try {
    const { db, close } = await openDatabaseIn(dataDir, openMigrated)
    return {
      db,
      kind: 'pglite',
      close: async () => {
        await close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

async function openMigrated(folder: string): Promise<Omit<Store, 'kind'>> {
  // What a killed process leaves behind; the data folder's own lock has said that nobody is there.
  rmSync(join(folder, 'postmaster.pid'), { force: true })
  const { pool, close } = await openPglite(folder)
  const db = drizzle({ client: pool }) as unknown as Db
  try {
    await migrate(db)
  } catch (error) {
    await close()
    throw error
  }
  return { db, close }
}

async function openPostgres(url: string): Promise<Store> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    application_name: 'relance',
    Client: NamedStatements,
  })
  // An idle connection that the server drops is replaced at the next query; without a listener it ends the process.
  pool.on('error', () => undefined)
  const db = drizzle({ client: pool }) as unknown as Db
  try {
    await pool.query('select 1').catch((cause: Error) => {
      throw new RelanceError('database_unreachable', { says: cause.message }, { cause })
    })
    await migrate(db)
  } catch (error) {
    await pool.end()
    throw error
  }
  return { db, kind: 'postgres', close: () => pool.end() }
}
