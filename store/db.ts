/** The one way to the database: PGlite and PostgreSQL behind the same type, and a helper for plain SQL. */
import type { SQL } from 'drizzle-orm'
import { sql } from 'drizzle-orm'
import type { PgColumn, PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** A database or a transaction in it. */
export type Db = PgDatabase<PgQueryResultHKT, Record<string, never>>

/** Runs one statement. Values come as the driver gives them: `ms()` turns instants into numbers. */
export async function rows<T>(db: Db, query: SQL): Promise<T[]> {
  const result = (await db.execute(query)) as unknown as { rows: T[] }
  return result.rows
}

/** An instant as epoch milliseconds, for plain SQL. */
export const ms = (at: PgColumn | SQL): SQL<number> => sql<number>`(extract(epoch from ${at}) * 1000)::float8`

/** Epoch milliseconds as an instant, for plain SQL. */
export const at = (instant: number): SQL => sql`${new Date(instant).toISOString()}::timestamptz`

/** As `at`, where there may be none. */
export const atOrNull = (instant: number | undefined): SQL =>
  instant === undefined ? sql`null::timestamptz` : at(instant)

/** Rows as one JSON parameter: `from jsonb_to_recordset(…) as r(a text, …)`; thousands of rows are one statement. */
export const records = (list: object[]): SQL => sql`jsonb_to_recordset(${JSON.stringify(list)}::jsonb)`

/** `column = ${anyOf(list)}`: a list as one parameter, which an index can be asked for. */
export const anyOf = (list: string[]): SQL =>
  sql`any(array(select jsonb_array_elements_text(${JSON.stringify(list)}::jsonb)))`

/** `list` in pieces of at most `size`. */
export function* pieces<T>(list: T[], size: number): Generator<T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size)
}

/** How many rows go into one statement. */
export const BATCH = 1000
