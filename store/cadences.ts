/** Published cadences: numbered versions that never change. */
import { and, desc, eq, sql } from 'drizzle-orm'
import type { Stored } from '../cadence/format.ts'
import type { Plan } from '../cadence/plan.ts'
import type { Instant } from '../cadence/time.ts'
import { openPlan } from '../cadence/upgrade/stored.ts'
import { type Db, rows } from './db.ts'
import { cadences } from './schema.ts'

export interface Publication {
  name: string
  /** The YAML file as it was written. */
  source: string
  /** Templates by file name. */
  files: Record<string, string>
  /** Its `version` is filled in here. */
  plan: Plan
  /** Of source and files. */
  hash: string
  now: Instant
}

/** A published version. */
export type Cadence = Omit<typeof cadences.$inferSelect, 'plan'> & { plan: Plan }

/**
 * Publishes a version; the next launches use it. Content that was published before keeps its number.
 * @returns the version's number, and whether it was cut now.
 */
export async function publishCadence(
  db: Db,
  { name, source, files, plan, hash, now }: Publication,
): Promise<{ version: number; isNew: boolean }> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
    const all = await tx
      .select({ version: cadences.version, hash: cadences.hash, published: cadences.published })
      .from(cadences)
      .where(eq(cadences.name, name))
    const published = Math.max(0, ...all.map((c) => c.published)) + 1
    const same = all.find((c) => c.hash === hash)
    if (same) {
      if (same.published !== published - 1) {
        await tx
          .update(cadences)
          .set({ published })
          .where(and(eq(cadences.name, name), eq(cadences.version, same.version)))
      }
      return { version: same.version, isNew: false }
    }
    const version = Math.max(0, ...all.map((c) => c.version)) + 1
    await tx.insert(cadences).values({
      name,
      version,
      hash,
      published,
      publishedAt: now,
      source,
      files,
      plan: { ...plan, version } as Plan & Stored<Plan>,
    })
    return { version, isNew: true }
  })
}

/** A version of a cadence; without a number, the one launches use. */
export async function getCadence(db: Db, name: string, version?: number): Promise<Cadence | undefined> {
  const named = eq(cadences.name, name)
  const [found] = await db
    .select()
    .from(cadences)
    .where(version === undefined ? named : and(named, eq(cadences.version, version)))
    .orderBy(desc(cadences.published))
    .limit(1)
  return found && { ...found, plan: openPlan(found.plan) }
}

export interface CadenceSummary {
  name: string
  /** The one launches use. */
  version: number
  versions: number
  publishedAt: Instant
  open: number
  ended: number
  halted: boolean
}

/** Every cadence, with how many leads it has. */
export async function listCadences(db: Db): Promise<CadenceSummary[]> {
  return rows(
    db,
    sql`select c.name, c.version, c.versions, (extract(epoch from c.published_at) * 1000)::float8 as "publishedAt",
        coalesce(l.open, 0)::int as open, coalesce(l.ended, 0)::int as ended,
        exists (select from halts h where h.cadence = c.name) as halted
      from (select distinct on (name) name, version, published_at, count(*) over (partition by name)::int as versions
              from cadences order by name, published desc) c
      left join (select cadence, count(*) filter (where ended_at is null) as open,
                        count(*) filter (where ended_at is not null) as ended
                   from leads group by cadence) l on l.cadence = c.name
      order by c.name`,
  )
}
