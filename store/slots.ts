/** The slots in the database: moments that mailboxes have promised, and what the caps of a lead count. */
import { type SQL, sql } from 'drizzle-orm'
import type { Book } from '../cadence/calendar/planner.ts'
import { dayOf, dayStart } from '../cadence/calendar/zone.ts'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, ms, rows } from './db.ts'
import { FullStretches } from './full-stretches.ts'
import type { BookOf, MailboxUse, Reservation, Slots } from './slots-port.ts'
import { WRITTEN_KINDS } from './step-kinds.ts'

/**
 * The slots as a database or a transaction sees them.
 * @param full - what this process knows of full mailboxes; nothing, when left out
 */
export function slotsIn(db: Db, full = new FullStretches()): Slots {
  const locked = new Set<string>()
  return {
    async firstFree(use, from) {
      if (use.perDay !== undefined && !locked.has(use.name)) {
        await lockMailbox(db, use.name)
        locked.add(use.name)
      }
      return firstFree(db, use, from, full)
    },
    async reserve(reservation) {
      return (await rows(db, reserving(reservation))).length > 0
    },
    async release(of) {
      const { freed, ...book } = await releaseSlot(db, of)
      if (freed) full.open(freed.mailbox, freed.at)
      return book
    },
    async book(of) {
      const [book] = await rows<Book>(db, sql`select ${bookColumns(of)}`)
      return book as Book
    },
  }
}

/** The statement that reserves a slot: a row when it did, none when the slot was taken or the lead had one. */
export const reserving = ({ mailbox, at: slot, lead, account }: Reservation): SQL => sql`
  insert into slots (mailbox, at, lead_id, account_id) values (${mailbox}, ${at(slot)}, ${lead}, ${account})
  on conflict do nothing returning lead_id`

/** How many taken slots are looked at in one go. */
const LOOK = 50

async function firstFree(
  db: Db,
  { name, spacing, perDay }: MailboxUse,
  from: Instant,
  full: FullStretches,
): Promise<Instant> {
  for (let slot = full.skip(name, from); ; slot = full.skip(name, slot)) {
    const { free, sure } = gap(await takenFrom(db, name, slot), slot, spacing)
    if (free > slot) full.add(name, slot, free)
    slot = free
    if (!sure) continue
    if (perDay === undefined) return free
    const day = dayOf(free, perDay.zone)
    const [begins, ends] = [dayStart(day, perDay.zone), dayStart(day + 1, perDay.zone)]
    if ((await usedWithin(db, name, begins, ends)) < perDay.count) return free
    slot = Math.ceil(ends / spacing) * spacing
    full.add(name, free, slot)
  }
}

interface Taken {
  slots: Instant[]
  touches: Instant[]
}

/** The next slots of a mailbox that are reserved, and those that touches were planned for. */
async function takenFrom(db: Db, mailbox: string, from: Instant): Promise<Taken> {
  const [taken] = await rows<Taken>(
    db,
    sql`select
      array_to_json(array(select ${ms(sql`at`)} from slots
        where mailbox = ${mailbox} and at >= ${at(from)} order by at limit ${LOOK})) as slots,
      array_to_json(array(select ${ms(sql`slot`)} from touches
        where mailbox = ${mailbox} and slot >= ${at(from)} order by slot limit ${LOOK})) as touches`,
  )
  return taken ?? { slots: [], touches: [] }
}

/** The first slot that isn't among the taken ones; not sure when there may be more than were looked at. */
function gap({ slots, touches }: Taken, from: Instant, spacing: number): { free: Instant; sure: boolean } {
  const seen = Math.min(
    ...[slots, touches].map((list) =>
      list.length < LOOK ? Number.POSITIVE_INFINITY : (list.at(-1) as Instant),
    ),
  )
  const taken = new Set([...slots, ...touches])
  let free = from
  while (taken.has(free)) free += spacing
  return { free, sure: free <= seen }
}

/** Keeps others from planning for a mailbox until the transaction ends. */
async function lockMailbox(tx: Db, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`mailbox ${name}`}, 0))`)
}

/** How many e-mails a mailbox has sent or promised from one instant on and before another. */
async function usedWithin(db: Db, mailbox: string, from: Instant, to: Instant): Promise<number> {
  const within = (column: SQL): SQL => sql`${column} >= ${at(from)} and ${column} < ${at(to)}`
  const [used] = await rows<{ n: number }>(
    db,
    sql`select count(*)::int as n from (
          select at from slots where mailbox = ${mailbox} and ${within(sql`at`)}
          union select slot from touches where mailbox = ${mailbox} and ${within(sql`slot`)}) as used`,
  )
  return used?.n ?? 0
}

/**
 * Gives a slot up and reads the book. A statement of its own after the one that locks the lead: one that had to wait
 * for a lock still sees the table as it was before, and would miss the slot that the same turn, recorded by another
 * worker, has just reserved, or the last place under the account's cap that a colleague has just taken.
 */
async function releaseSlot(
  db: Db,
  of: BookOf,
): Promise<Book & { freed: { mailbox: string; at: Instant } | null }> {
  const [released] = await rows<Awaited<ReturnType<typeof releaseSlot>>>(
    db,
    sql`with freed as (delete from slots where lead_id = ${of.lead} returning mailbox, at)
        select ${bookColumns(of)},
          (select jsonb_build_object('mailbox', f.mailbox, 'at', ${ms(sql`f.at`)}) from freed f) as freed`,
  )
  return released as NonNullable<typeof released>
}

/** What the caps count: what was written to a person and has gone out, or may have. */
const isSent = sql`t.kind in ${WRITTEN_KINDS} and t.status in ('handed_over', 'accepted', 'unconfirmed')`

/** The columns `lead` and `account`: what has gone out or may have, and what the account's others have reserved. */
function bookColumns({ lead, account, since }: BookOf): SQL {
  const sent = (whose: SQL): SQL =>
    sql`select t.lead_id, t.slot as at from touches t where ${whose} and t.slot > ${at(since)} and ${isSent}`
  const list = (book: SQL): SQL =>
    sql`(select coalesce(jsonb_agg(${ms(sql`at`)}), '[]') from (${book}) as book)`
  const mine = sent(sql`t.lead_id = ${lead}`)
  const all = sql`${sent(sql`t.account_id = ${account}`)}
    union select s.lead_id, s.at from slots s where s.account_id = ${account} and s.lead_id <> ${lead}`
  return sql`${list(mine)} as lead, ${list(account === null ? mine : all)} as account`
}
