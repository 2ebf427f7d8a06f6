/**
 * The moments mailboxes have promised. A slot is a multiple of the mailbox's spacing; it is taken while a lead has it
 * reserved, and for good once a touch was planned for it.
 */
import { type SQL, sql } from 'drizzle-orm'
import { DAY, type Instant } from '../cadence/time.ts'
import { at, type Db, ms, rows } from './db.ts'

/** How a mailbox wants to be used. */
export interface MailboxUse {
  name: string
  /** Milliseconds between two e-mails, on the environment's clock. */
  spacing: number
  /** E-mails in a day (UTC). */
  perDay?: number
}

/** Search hints: stretches in which a mailbox was found to have nothing free. */
type Stretch = { from: Instant; to: Instant }

/**
 * Stretches of a mailbox that were found full, so that ten thousand leads launched together don't each search them
 * again. Only a hint: a place that becomes free in one of them unseen goes unused until the hints are forgotten.
 */
export class FullStretches {
  private readonly known = new Map<string, { list: Stretch[]; since: number }>()
  private readonly real: () => number

  /** @param real - the machine's time, for tests. */
  constructor(real: () => number = Date.now) {
    this.real = real
  }

  /** The first instant from `from` on that isn't known to be full. */
  skip(mailbox: string, from: Instant): Instant {
    const { list } = this.of(mailbox)
    const stretch = list[upTo(list, from)]
    return stretch && from < stretch.to ? stretch.to : from
  }

  /** From one slot up to another, nothing is free. */
  add(mailbox: string, from: Instant, to: Instant): void {
    const { list } = this.of(mailbox)
    let first = upTo(list, from)
    if (first < 0 || (list[first] as Stretch).to < from) first += 1
    const last = upTo(list, to)
    const merged = list.slice(first, last + 1)
    const start = Math.min(from, ...merged.map((s) => s.from))
    list.splice(first, merged.length, { from: start, to: Math.max(to, ...merged.map((s) => s.to)) })
  }

  /** A slot became free. */
  open(mailbox: string, slot: Instant): void {
    const { list } = this.of(mailbox)
    const index = upTo(list, slot)
    const stretch = list[index]
    if (stretch && slot < stretch.to) list.splice(index, 1)
  }

  private of(mailbox: string): { list: Stretch[]; since: number } {
    const now = this.real()
    let known = this.known.get(mailbox)
    if (!known || now - known.since > KEPT_MS) {
      known = { list: [], since: now }
      this.known.set(mailbox, known)
    }
    return known
  }
}

const KEPT_MS = 60_000

/** The last stretch that begins at or before an instant; -1 when none does. They are sorted and apart. */
function upTo(list: Stretch[], at: Instant): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] as Stretch).from <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** How many taken slots are looked at in one go. */
const LOOK = 50

/**
 * The first slot from `from` on that nobody has taken.
 * @param from - a multiple of the mailbox's spacing.
 */
export async function firstFree(
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
    if (perDay === undefined || (await usedOn(db, name, free)) < perDay) return free
    slot = Math.ceil(((Math.floor(free / DAY) + 1) * DAY) / spacing) * spacing
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

/** Keeps others from planning for a mailbox until the transaction ends, so that its daily cap can't be overrun. */
export async function lockMailbox(tx: Db, name: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`mailbox ${name}`}, 0))`)
}

/** How many e-mails a mailbox has sent or promised on the day (UTC) of an instant. */
async function usedOn(db: Db, mailbox: string, instant: Instant): Promise<number> {
  const day = Math.floor(instant / DAY) * DAY
  const within = (column: SQL): SQL => sql`${column} >= ${at(day)} and ${column} < ${at(day + DAY)}`
  const [used] = await rows<{ n: number }>(
    db,
    sql`select count(*)::int as n from (
          select at from slots where mailbox = ${mailbox} and ${within(sql`at`)}
          union select slot from touches where mailbox = ${mailbox} and ${within(sql`slot`)}) as used`,
  )
  return used?.n ?? 0
}
