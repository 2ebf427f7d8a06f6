/** The database in the data folder looks at tables that grow, as a server's autovacuum does. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { copyEmptyDatabase } from '../test/support/empty-database.ts'
import { openPglite, replan } from './embedded.ts'

test('a table that has doubled is looked at, once, and statements are planned by what it has now', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relance-embedded-'))
  await copyEmptyDatabase(folder)
  const { pool, close } = await openPglite(join(folder, 'pg'))
  const grow = (rows: number) =>
    pool.query(`insert into lists select i, md5(i::text) from generate_series(1, ${rows}) i`)
  const planned = async (): Promise<number> => {
    const { rows } = await pool.query('explain (format json) select * from lists')
    return rows[0]['QUERY PLAN'][0].Plan['Plan Rows']
  }
  try {
    await pool.query('create table lists (n int, text text)')
    expect(await replan(pool)).toEqual([])
    await grow(20_000)
    expect(await replan(pool)).toEqual(['lists'])
    expect(await planned()).toBe(20_000)
    await grow(1_000)
    expect(await replan(pool)).toEqual([])
    await grow(30_000)
    expect(await replan(pool)).toEqual(['lists'])
    expect(await planned()).toBe(51_000)
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
})
