/** The environment's clock anchor and its secret: one row, made at the first start. */
import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import { environment } from './schema.ts'

export interface Environment {
  /** The environment's time was `anchorVirtual` when the machine's was `anchorReal`; both epoch milliseconds. */
  anchorReal: number
  anchorVirtual: number
  /** Seconds of the environment in one real second. */
  speed: number
  /** Makes Message-IDs that nobody can guess. */
  salt: string
}

/** Reads the environment; the first call makes it, at speed 1 and at the machine's time. */
export async function readEnvironment(db: Db): Promise<Environment> {
  return (await find(db)) ?? create(db)
}

async function create(db: Db): Promise<Environment> {
  const now = Date.now()
  const salt = randomBytes(32).toString('hex')
  await db
    .insert(environment)
    .values({ id: 1, anchorReal: now, anchorVirtual: now, speed: 1, salt })
    .onConflictDoNothing()
  const created = await find(db)
  if (!created) throw new Error('the environment has no row')
  return created
}

async function find(db: Db): Promise<Environment | undefined> {
  const [row] = await db.select().from(environment)
  if (!row) return undefined
  const { anchorReal, anchorVirtual, speed, salt } = row
  return { anchorReal, anchorVirtual, speed, salt }
}

/** Moves the clock's anchor. */
export async function writeAnchor(db: Db, anchor: Omit<Environment, 'salt'>): Promise<void> {
  await db.update(environment).set(anchor).where(eq(environment.id, 1))
}
