import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sql } from 'drizzle-orm'
import { KINDS, openDatabase } from '../test/support/database.ts'
import type { Db, Store } from './index.ts'
import { migrate } from './migrate.ts'
import { MIGRATIONS } from './migrations/index.ts'
import * as schema from './schema.ts'

const { generateDrizzleJson, generateMigration, pushSchema } = createRequire(import.meta.url)(
  'drizzle-kit/api',
) as typeof import('drizzle-kit/api')

describe.each(KINDS)('migrations on %s', (kind) => {
  let store: Store
  let db: Db

  beforeAll(async () => {
    store = await openDatabase(kind)
    db = store.db
  }, 120_000)
  afterAll(() => store.close())

  test('make the tables of the schema, column by column', async () => {
    // What drizzle-kit would still do to the database, apart from dropping what isn't ours.
    const { statementsToExecute } = await pushSchema(schema, db as never)
    expect(statementsToExecute.filter((statement) => !/relance_migrations/.test(statement))).toEqual([])
  })

  test('run once', async () => {
    await migrate(db)
    await Promise.all([migrate(db), migrate(db)])
    const { rows } = (await db.execute(sql`select n from relance_migrations`)) as unknown as {
      rows: unknown[]
    }
    expect(rows).toHaveLength(MIGRATIONS.length)
  })

  test('leave a later Relance’s database alone', async () => {
    await db.execute(sql`insert into relance_migrations (n, name) values (999, 'tomorrow')`)
    await expect(migrate(db)).rejects.toMatchObject({ code: 'database_too_new' })
    await db.execute(sql`delete from relance_migrations where n = 999`)
  })
})

test('a change to the schema that has no migration would be seen', async () => {
  const changed = { ...schema, leads: undefined, tasks: undefined }
  const statements = await generateMigration(generateDrizzleJson(changed), generateDrizzleJson({ ...schema }))
  expect(statements.join()).toContain('CREATE TABLE "leads"')
})
