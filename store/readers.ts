/** Open leads as their letters see them, read in pages: for trying a new version's texts out with them. */
import { sql } from 'drizzle-orm'
import type { Role } from '../cadence/words.ts'
import { type Db, rows } from './db.ts'
import type { TouchContext } from './touch-context.ts'

/** An open lead with its main contact. */
export type OpenReader = Pick<
  TouchContext,
  'company' | 'country' | 'zone' | 'locale' | 'custom' | 'contact' | 'referrer'
> & { id: string; role: Role | null }

/** A page of a cadence's open leads, by id. */
export function openReaders(db: Db, cadence: string, after: string, limit: number): Promise<OpenReader[]> {
  return rows<OpenReader>(
    db,
    sql`select l.id, l.company, l.country, l.zone, l.locale, l.custom, c.role,
          jsonb_build_object('email', c.email, 'first_name', c.first_name, 'last_name', c.last_name,
            'title', c.title, 'phone', c.phone) as contact,
          (select jsonb_build_object('first_name', rc.first_name, 'last_name', rc.last_name, 'company', rl.company)
             from leads rl join contacts rc on rc.lead_id = rl.id and rc.id = 'main'
             where rl.id = l.referrer) as referrer
        from leads l join contacts c on c.lead_id = l.id and c.id = 'main'
        where l.cadence = ${cadence} and l.outcome is null and l.id > ${after}
        order by l.id limit ${limit}`,
  )
}

/** The names of the lists' own columns that any lead has, whatever its cadence; undefined where there are no leads. */
export async function launchedColumns(db: Db): Promise<string[] | undefined> {
  const [any] = await rows<{ any: boolean }>(db, sql`select exists(select 1 from leads) as any`)
  if (!any?.any) return undefined
  const found = await rows<{ name: string }>(
    db,
    sql`select distinct jsonb_object_keys(custom) as name from leads`,
  )
  return found.map(({ name }) => name)
}
