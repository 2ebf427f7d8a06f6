/** Opens the database: PGlite in the data folder, or PostgreSQL at an address. Brings its tables up to date. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { RelanceError } from '../cadence/errors.ts'
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
 * @throws RelanceError `data_folder_in_use`, `database_unreachable`, `database_too_new`.
 */
export async function openStore(where: { dataDir: string } | { url: string }): Promise<Store> {
  return 'url' in where ? openPostgres(where.url) : openEmbedded(where.dataDir)
}

async function openEmbedded(dataDir: string): Promise<Store> {
  mkdirSync(dataDir, { recursive: true })
  const unlock = lockFolder(dataDir)
  try {
    const folder = join(dataDir, 'pg')
    // What a killed process leaves behind; the folder's own lock has just said that nobody is there.
    rmSync(join(folder, 'postmaster.pid'), { force: true })
    const { pool, close: closePool } = await openPglite(folder)
    const close = async (): Promise<void> => {
      await closePool()
      unlock()
    }
    const db = drizzle({ client: pool }) as unknown as Db
    try {
      await migrate(db)
    } catch (error) {
      await close()
      throw error
    }
    return { db, kind: 'pglite', close }
  } catch (error) {
    unlock()
    throw error
  }
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
