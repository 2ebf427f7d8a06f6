/**
 * Whose an address is: of the open leads' contacts, whatever their role, one at most has it. Whoever gives somebody an
 * address locks it first, so that two who do so at once see each other.
 */
import { sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import { accountIds, accountKey } from './accounts.ts'
import { leaveAccount, tellNewcomers } from './colleagues.ts'
import { anyOf, at, type Db, records, rows } from './db.ts'

/** Whoever has an address now. */
export interface Holder {
  lead: string
  cadence: string
  contact: string
}

/** Addresses share this many locks: a launch of a thousand takes all of them, not a thousand. */
const LOCKS = 64
/** Keeps these locks apart from other advisory locks. */
const FAMILY = 7352624

/**
 * Locks addresses (`emailKey`) until the transaction ends, in one order; before the leads' rows and the accounts.
 */
export async function lockAddresses(tx: Db, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  const list = keys.map((key) => ({ key }))
  await tx.execute(
    sql`select pg_advisory_xact_lock(${FAMILY}, n) from (
          select distinct hashtext(key) & ${LOCKS - 1} as n from ${records(list)} as r(key text) order by n) as locks`,
  )
}

/**
 * Who has these addresses: of the open leads' people, and of those of `within`, open or not.
 * @param within - ids of leads
 */
export async function holdersOf(
  db: Db,
  keys: readonly string[],
  within: readonly string[] = [],
): Promise<Map<string, Holder>> {
  if (keys.length === 0) return new Map()
  const found = await rows<Holder & { key: string }>(
    db,
    sql`select c.email_key as key, l.id as lead, l.cadence, c.id as contact
        from contacts c join leads l on l.id = c.lead_id
        where c.email_key = ${anyOf([...keys])} and (l.ended_at is null or l.id = ${anyOf([...within])})
        order by l.ended_at is null, c.id = ${MAIN}`,
  )
  return new Map(found.map(({ key, ...holder }) => [key, holder]))
}

/** A contact, and the address it has had until now. */
export interface Readdressed {
  lead: string
  contact: string
  before: string | null
}

/**
 * Carries out what follows from contacts' new addresses, which are in their rows: the old ones are kept as former; a
 * lead's row and its account follow its main contact, and what waits in the accounts is told. The leads are locked.
 */
export async function addressesChanged(tx: Db, list: readonly Readdressed[], now: number): Promise<void> {
  const left = list.filter(({ before }) => before !== null)
  if (left.length > 0) {
    await tx.execute(
      sql`insert into former_addresses (email_key, lead_id, contact, at)
          select before, lead, contact, ${at(now)} from ${records(left)} as r(before text, lead text, contact text)
          on conflict (email_key, lead_id, contact) do update set at = excluded.at`,
    )
  }
  for (const { lead, contact } of list) if (contact === MAIN) await followMain(tx, lead, now)
}

/** A lead's row and its account, as the main contact's address has them. */
export async function followMain(tx: Db, lead: string, now: number): Promise<void> {
  const [found] = await rows<{ email: string | null; company: string | null; account: string | null }>(
    tx,
    sql`update leads l set email_key = c.email_key from contacts c
        where l.id = ${lead} and c.lead_id = l.id and c.id = ${MAIN}
        returning c.email, l.company, l.account_id as account`,
  )
  if (!found || found.email === null) return
  const key = accountKey(found.email, found.company ?? undefined)
  const account = key === undefined ? null : ((await accountIds(tx, [key])).get(key) ?? null)
  if (account === found.account) return
  await leaveAccount(tx, lead, now)
  await tx.execute(sql`update leads set account_id = ${account} where id = ${lead}`)
  await tx.execute(sql`update slots set account_id = ${account} where lead_id = ${lead}`)
  await tellNewcomers(tx, [lead], now)
}
