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
  for (let start = full.skip(name, from); ; start = full.skip(name, start)) {
    const step = sql`${spacing} * interval '1 millisecond'`
    const isFree = (
      slot: SQL,
    ): SQL => sql`not exists (select from slots n where n.mailbox = ${name} and n.at = ${slot})
      and not exists (select from touches n where n.mailbox = ${name} and n.slot = ${slot})`
    const [found] = await rows<{ free: Instant }>(
      db,
      sql`select ${ms(sql`coalesce(
        (select ${at(start)} where ${isFree(at(start))}),
        least(
          (select s.at + ${step} from slots s where s.mailbox = ${name} and s.at >= ${at(start)}
             and ${isFree(sql`s.at + ${step}`)} order by s.at limit 1),
          (select s.slot + ${step} from touches s where s.mailbox = ${name} and s.slot >= ${at(start)}
             and ${isFree(sql`s.slot + ${step}`)} order by s.slot limit 1)))`)} as free`,
    )
    const free = found?.free ?? start
    if (free > from) full.add(name, from, free)
    if (perDay === undefined || (await usedOn(db, name, free)) < perDay) return free
    const tomorrow = Math.ceil(((Math.floor(free / DAY) + 1) * DAY) / spacing) * spacing
    full.add(name, free, tomorrow)
    start = tomorrow
  }
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
