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
  /** The clock got another speed, and not all open leads have heard of it. */
  clockChanged: boolean
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
  const { id, ...found } = row
  return found
}

/**
 * Gives the clock another speed, from an anchor on. In the same statement it is remembered that leads have to be told,
 * whose timers are of the speed before: whatever is killed then, the next start tells them.
 */
export async function writeAnchor(
  db: Db,
  anchor: Pick<Environment, 'anchorReal' | 'anchorVirtual' | 'speed'>,
): Promise<void> {
  await db
    .update(environment)
    .set({ ...anchor, clockChanged: true })
    .where(eq(environment.id, 1))
}

/** All leads have heard of the clock's speed. */
export async function markClockTold(db: Db): Promise<void> {
  await db.update(environment).set({ clockChanged: false }).where(eq(environment.id, 1))
}
