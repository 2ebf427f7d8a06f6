/**
 * Which benefit sells: how often each was argued, who answered to it, who of them bought. A theme is the benefit an
 * e-mail argues.
 */
import { sql } from 'drizzle-orm'
import type { Theme } from '../cadence/words.ts'
import { type Db, rows } from './db.ts'
import { WRITTEN_KINDS } from './step-kinds.ts'

export interface Benefit {
  theme: Theme
  /** E-mails that argued it, and to how many leads. */
  sent: number
  leads: number
  /** Leads that answered to it (interest expressed with the theme, or its link followed), and customers among them. */
  answered: number
  won: number
}

/** Every benefit that was argued or answered to, the one that most answered to first. */
export async function benefits(db: Db): Promise<Benefit[]> {
  return rows(
    db,
    sql`with argued as (
          select theme, count(*)::int as sent, count(distinct lead_id)::int as leads from touches
            where kind in ${WRITTEN_KINDS} and theme is not null and status in ('accepted', 'unconfirmed') group by theme
        ), liked as (
          select s.data ->> 'theme' as theme, count(distinct s.lead_id)::int as answered,
            count(distinct s.lead_id) filter (where l.standing = 'customer')::int as won
          from signals s join leads l on l.id = s.lead_id
          where s.type in ('interest.expressed', 'link.clicked') and s.data ? 'theme' group by 1
        )
        select coalesce(a.theme, k.theme) as theme, coalesce(a.sent, 0) as sent, coalesce(a.leads, 0) as leads,
          coalesce(k.answered, 0) as answered, coalesce(k.won, 0) as won
        from argued a full join liked k on k.theme = a.theme order by answered desc, sent desc, theme`,
  )
}
