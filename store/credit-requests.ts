/** What credit providers were asked, and which lead an answer is about. */
import { sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, ms, rows } from './db.ts'

export interface CreditRequestRow {
  /** Ours. */
  reference: string
  lead: string
  /** The touch's. */
  key: string
  provider: string
  /** The touch's own instant. */
  askedAt: Instant
  /** The provider's references of the check and of the company. */
  ref: string | null
  company: string | null
}

/** Writes down what is about to be asked; a later attempt of the touch writes the same row again. */
export async function writeCreditRequest(db: Db, request: Omit<CreditRequestRow, 'ref'>): Promise<void> {
  const { reference, lead, key, provider, askedAt, company } = request
  await db.execute(
    sql`insert into credit_requests (reference, lead_id, touch_key, provider, asked_at, company)
        values (${reference}, ${lead}, ${key}, ${provider}, ${at(askedAt)}, ${company})
        on conflict (reference) do update set provider = excluded.provider, asked_at = excluded.asked_at,
          company = coalesce(excluded.company, credit_requests.company)`,
  )
}

/** Keeps what the provider calls it. */
export async function nameCreditRequest(
  db: Db,
  reference: string,
  { ref, company }: { ref?: string | undefined; company?: string | undefined },
): Promise<void> {
  if (ref === undefined && company === undefined) return
  await db.execute(
    sql`update credit_requests set ref = coalesce(${ref ?? null}::text, ref),
          company = coalesce(${company ?? null}::text, company) where reference = ${reference}`,
  )
}

const COLUMNS = sql`reference, lead_id as lead, touch_key as key, provider, ${ms(sql`asked_at`)} as "askedAt", ref, company`

/** The check with our reference; only where there is none, the latest that the provider calls `ref`. */
export async function findCreditRequest(
  db: Db,
  provider: string,
  { reference, ref }: { reference?: string | undefined; ref?: string | undefined },
): Promise<CreditRequestRow | undefined> {
  const by = reference === undefined ? sql`ref = ${ref ?? ''}` : sql`reference = ${reference}`
  const [found] = await rows<CreditRequestRow>(
    db,
    sql`select ${COLUMNS} from credit_requests where provider = ${provider} and ${by}
        order by asked_at desc limit 1`,
  )
  return found
}

/** The latest check of every lead at a company, by the provider's reference of it. */
export async function creditRequestsOf(
  db: Db,
  provider: string,
  company: string,
): Promise<CreditRequestRow[]> {
  return rows(
    db,
    sql`select distinct on (lead_id) ${COLUMNS} from credit_requests
        where provider = ${provider} and company = ${company} order by lead_id, asked_at desc`,
  )
}
