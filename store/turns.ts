/** Writing one turn of a lead's loop: its timeline, what the screens show, and its next moment. */
import { type SQL, sql } from 'drizzle-orm'
import type { Instant } from '../cadence/time.ts'
import type { Turn } from '../cadence/turn.ts'
import { at, atOrNull, type Db, ms, records, rows } from './db.ts'

/** What a turn leaves behind, as the workflow sends it. */
export type TurnRecord = Turn['record']

/** A lead as its turn is being written. */
export interface OpenTurn {
  zone: string
  country: string | null
  account: string | null
  /** What is on record is newer than this turn: nothing of it may be written. */
  stale: boolean
  /** What is on record as the next moment. */
  next: { at: Instant; why: string | null } | null
  /** Slots of the lead's e-mails that were handed over since `since`. */
  sent: Instant[]
  /** The slot that this gave up. */
  freed: { mailbox: string; at: Instant } | null
}

/** Number of the last change of a turn, or of the last one before it when it has none. */
const lastOf = ({ seq, changes }: TurnRecord): number => seq + changes.length - 1

/**
 * Opens a turn in a transaction: locks the lead, and gives up the slot it had (unless the turn is stale).
 * @param since - how far back e-mails matter for the caps.
 * @param withAccount - locks the account, too: until the transaction ends, no other of its leads plans.
 * @throws when there is no such lead.
 */
export async function openTurn(
  tx: Db,
  input: TurnRecord,
  since: Instant,
  withAccount = false,
): Promise<OpenTurn> {
  const account = sql`(select id from accounts where id = (select account_id from l) for update)`
  const [turn] = await rows<OpenTurn>(
    tx,
    sql`with l as (
          select id, zone, country, account_id, next_at, next_why,
            (seq, coalesce(as_of, '-infinity')) > (${lastOf(input)}, ${at(input.now)}) as stale
          from leads where id = ${input.lead} for update
        ), freed as (
          delete from slots where lead_id in (select id from l where not stale) returning mailbox, at
        )
        select l.zone, l.country, ${withAccount ? account : sql`l.account_id`} as account, l.stale,
          case when l.next_at is null then null
            else jsonb_build_object('at', ${ms(sql`l.next_at`)}, 'why', l.next_why) end as next,
          (select coalesce(jsonb_agg(${ms(sql`t.slot`)}), '[]') from touches t
             where t.lead_id = l.id and t.slot > ${at(since)} and ${isSent}) as sent,
          (select jsonb_build_object('mailbox', f.mailbox, 'at', ${ms(sql`f.at`)}) from freed f) as freed
        from l`,
  )
  if (!turn) throw new Error(`there is no lead ${input.lead}`)
  return turn
}

/** E-mails that the caps count: those a server has, or may have. */
const isSent = sql`t.kind = 'email' and t.status in ('handed_over', 'accepted', 'unconfirmed')`

/**
 * Slots of an account's e-mails since `since`, sent and reserved. Read after the account was locked (`openTurn`), so
 * that two of its leads can't both take the last place under its cap.
 */
export async function accountBook(tx: Db, account: string, since: Instant): Promise<Instant[]> {
  const [book] = await rows<{ slots: Instant[] }>(
    tx,
    sql`select coalesce(jsonb_agg(${ms(sql`at`)}), '[]') as slots from (
          select t.lead_id, t.slot as at from touches t
            where t.account_id = ${account} and t.slot > ${at(since)} and ${isSent}
          union select s.lead_id, s.at from slots s where s.account_id = ${account}) as book`,
  )
  return book?.slots ?? []
}

/** The next moment of a lead. `mailbox`: the slot is an e-mail's, to be reserved. */
export interface NextMoment {
  at: Instant
  why: string
  mailbox?: string
}

/** Writes a turn whose next moment stays what it is, its slot with it: one statement, which nothing has to open. */
export async function writeKeptTurn(db: Db, input: TurnRecord): Promise<void> {
  const { parts, columns } = writing(input, sql`true`)
  await db.execute(
    sql`${parts.length > 0 ? sql`with ${sql.join(parts, sql`, `)}` : sql``}
        update leads set ${columns}
        where id = ${input.lead}
          and (seq, coalesce(as_of, '-infinity')) <= (${lastOf(input)}, ${at(input.now)})`,
  )
}

/**
 * Writes a turn that was opened in the same transaction.
 * @returns false when another lead has just taken the mailbox's slot; then nothing was written.
 */
export async function writeTurn(
  tx: Db,
  input: TurnRecord,
  account: string | null,
  next: NextMoment | undefined,
): Promise<boolean> {
  const { lead } = input
  let taken: SQL | undefined
  let when = sql`true`
  if (next?.mailbox !== undefined) {
    taken = sql`taken as (
      insert into slots (mailbox, at, lead_id, account_id)
      values (${next.mailbox}, ${at(next.at)}, ${lead}, ${account}) on conflict do nothing returning lead_id)`
    when = sql`exists (select from taken)`
  }
  const { parts, columns } = writing(input, when)
  const all = taken ? [taken, ...parts] : parts
  const written = await rows(
    tx,
    sql`${all.length > 0 ? sql`with ${sql.join(all, sql`, `)}` : sql``}
        update leads set ${columns}, next_at = ${atOrNull(next?.at)}, next_why = ${next?.why ?? null}::text
        where id = ${lead} and ${when} returning id`,
  )
  return written.length > 0
}

/** A turn's timeline and the signals it took in, as parts of a statement; and its columns of the lead's row. */
function writing(input: TurnRecord, when: SQL): { parts: SQL[]; columns: SQL } {
  const { lead, seq, view, changes, facts, now } = input
  const lines = changes.map(({ at, what, ...detail }, index) => ({
    seq: seq + index,
    at: new Date(at).toISOString(),
    what,
    detail,
  }))
  const signals = changes.flatMap(({ what, id }) => (what === 'signal' ? [String(id)] : []))
  const parts: SQL[] = []
  if (lines.length > 0) {
    parts.push(sql`lines as (
      insert into timeline (lead_id, seq, at, what, detail)
      select ${lead}, seq, at, what, detail
      from ${records(lines)} as r(seq int, at timestamptz, what text, detail jsonb)
      where ${when} on conflict do nothing)`)
  }
  if (signals.length > 0) {
    parts.push(sql`folded as (
      update signals set folded = true where lead_id = ${lead} and not folded and ${when}
      and id = any(array(select jsonb_array_elements_text(${JSON.stringify(signals)}::jsonb))))`)
  }
  const ended = changes.some(({ what }) => what === 'end')
  const columns = sql`seq = ${lastOf(input)}, as_of = ${at(now)}, cadence = ${view.cadence},
          version = ${view.version}, standing = ${view.standing}, missing = ${JSON.stringify(view.missing)}::jsonb,
          stage = ${view.stage}, urgency = ${view.urgency}, hold = ${view.hold ?? null}::text,
          outcome = ${view.outcome?.is ?? null}::text, outcome_at = ${atOrNull(view.outcome?.at)},
          outcome_because = ${view.outcome?.because ?? null}::text,
          ended_at = coalesce(ended_at, ${ended ? at(now) : sql`null::timestamptz`}), because = ${view.because},
          next_step = ${view.next?.step ?? null}::text, next_kind = ${view.next?.kind ?? null}::text,
          facts = ${JSON.stringify(facts)}::jsonb`
  return { parts, columns }
}
