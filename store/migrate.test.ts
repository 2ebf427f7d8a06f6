import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { KINDS, openDatabase } from '../test/support/database.ts'
import { type Db, rows } from './db.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'
import { openStore, type Store } from './open.ts'
import * as schema from './schema.ts'

const { generateDrizzleJson, generateMigration } = createRequire(import.meta.url)(
  'drizzle-kit/api',
) as typeof import('drizzle-kit/api')

/** What a database is made of, one line for each column, index and constraint. */
const CATALOG = `
  select table_name || '.' || column_name || ' ' || data_type || coalesce(datetime_precision::text, '') ||
      ' null: ' || is_nullable || ' default: ' || coalesce(column_default, '') as line
    from information_schema.columns where table_schema = 'public'
  union all select indexdef from pg_indexes where schemaname = 'public'
  union all select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and contype <> 'n'
  order by 1`

const ours = (lines: { line: string }[]): string[] =>
  lines.map(({ line }) => line).filter((line) => !line.includes('relance_migrations'))

/** The tables as `schema.ts` has them, made from nothing. */
async function fromSchema(tables: Record<string, unknown>): Promise<string[]> {
  const database = await PGlite.create()
  for (const statement of await generateMigration(generateDrizzleJson({}), generateDrizzleJson(tables))) {
    await database.exec(statement)
  }
  const found = await database.query<{ line: string }>(CATALOG)
  await database.close()
  return ours(found.rows)
}

const wanted = fromSchema(schema)

describe.each(KINDS)('migrations on %s', (kind) => {
  let store: Store
  let db: Db

  beforeAll(async () => {
    store = await openDatabase(kind)
    db = store.db
  }, 120_000)
  afterAll(() => store.close())

  test('make the tables of the schema, column by column', async () => {
    const made = ours(await rows(db, sql.raw(CATALOG)))
    expect(made).toContain('leads.email_key text null: YES default: ')
    expect(made).toEqual(await wanted)
  }, 120_000)

  test('run once', async () => {
    await migrate(db)
    await Promise.all([migrate(db), migrate(db)])
    expect(await rows(db, sql`select n from relance_migrations`)).toHaveLength(MIGRATIONS.length)
  })

  test('of a later Relance are no matter, unless one says that it breaks this one', async () => {
    await db.execute(sql`insert into relance_migrations (n, name) values (998, 'tomorrow')`)
    await migrate(db)
    const breaking = [...MIGRATIONS, { name: 'break', statements: [], breaks: true as const }]
    await migrate(db, breaking)
    await expect(migrate(db)).rejects.toMatchObject({ code: 'database_too_new' })
    await migrate(db, breaking)
    await db.execute(sql`delete from relance_migrations where n > ${MIGRATIONS.length}`)
  })
})

test('an empty folder gets the tables of the schema when it is opened', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'relance-migrate-'))
  const { db, close } = await openStore({ dataDir })
  expect(ours(await rows(db, sql.raw(CATALOG)))).toEqual(await wanted)
  await close()
  rmSync(dataDir, { recursive: true })
}, 120_000)
