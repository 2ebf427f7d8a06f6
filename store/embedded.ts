/**
 * PGlite behind node-postgres: the same driver, with the same types and the same prepared statements, talks to the
 * database in the data folder and to a server. The connection is a stream that carries the protocol's bytes.
 */
import { Duplex } from 'node:stream'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { NamedStatements } from './named-statements.ts'

/** Frontend message `Terminate`: PGlite has nobody else to serve, and is closed by itself. */
const TERMINATE = 0x58

/** Tables that have grown are looked at, and statements planned again, this often: nothing else in here does. */
const REPLAN_MS = 5_000

/** What cleans up for autovacuum, which PGlite doesn't have; a fraction of a second for ten thousand leads. */
const TIDY_MS = 24 * 3_600_000

/**
 * There is one session for all connections, and the pool takes a new connection after an error: what the one before
 * prepared must go.
 */
const FRESH = 'rollback; deallocate all; set plan_cache_mode = force_generic_plan'

/** A pool of the one connection there is, so that transactions wait for each other. */
export async function openPglite(folder: string): Promise<{ pool: pg.Pool; close(): Promise<void> }> {
  const pglite = await PGlite.create(folder, { relaxedDurability: false })
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    stream: () => new Wire(pglite) as never,
    user: 'postgres',
    database: 'postgres',
    Client: NamedStatements,
  })
  await pool.query('vacuum analyze')
  const often = (work: () => Promise<unknown>, ms: number): NodeJS.Timeout =>
    setInterval(() => void work().catch(() => undefined), ms).unref()
  const timers = [often(() => replan(pool), REPLAN_MS), often(() => pool.query('vacuum analyze'), TIDY_MS)]
  const close = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer)
    await pool.end()
    await pglite.close()
  }
  return { pool, close }
}

/** Tables of a few pages are read through whatever is known of them. */
const FEW_PAGES = 16

/**
 * Has tables looked at that have doubled since they were, and statements planned anew. A database that takes tables for
 * empty reads all of the leads for each few hundred that are launched.
 * @returns the tables
 */
export async function replan(pool: Pick<pg.Pool, 'query'>): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
      where relkind = 'r' and relnamespace = current_schema()::regnamespace
        and pg_relation_size(oid) / current_setting('block_size')::int > greatest(2 * relpages, ${FEW_PAGES})`,
  )
  const grown = rows.map(({ name }) => name)
  await pool.query(grown.length > 0 ? `analyze ${grown.join(', ')}` : 'discard plans')
  return grown
}

/** The part of a `net.Socket` that node-postgres uses. */
class Wire extends Duplex {
  private readonly pglite: PGlite

  constructor(pglite: PGlite) {
    super()
    this.pglite = pglite
  }

  connect(): this {
    this.pglite.exec(FRESH).then(
      () => this.emit('connect'),
      (error: Error) => this.destroy(error),
    )
    return this
  }

  setNoDelay = (): this => this
  setKeepAlive = (): this => this
  ref = (): this => this
  unref = (): this => this

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (chunk[0] === TERMINATE) {
      this.push(null)
      done()
      return
    }
    this.pglite.execProtocolRaw(new Uint8Array(chunk)).then(
      (answer) => {
        if (answer.length > 0) this.push(Buffer.from(answer))
        done()
      },
      (error: Error) => done(error),
    )
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), '', done)
  }
}
