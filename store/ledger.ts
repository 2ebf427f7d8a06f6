/** The ledger: claiming a touch, handing it over, and what became of it. Each step holds only with its token. */
import { sql } from 'drizzle-orm'
import type { Delay, Failure, Gate } from '../cadence/reason.ts'
import type { Instant } from '../cadence/time.ts'
import type { Touch } from '../cadence/touch.ts'
import { at, type Db, ms, rows } from './db.ts'
import { closed } from './gate.ts'
import type { touches } from './schema.ts'

type Row = typeof touches.$inferSelect
export type TouchStatus = Row['status']

/** A touch to claim. */
export interface Claim {
  touch: Touch
  account: string | null
  cadence: string
  version: number
  slot: Instant
  token: string
  now: Instant
}

/** Statuses that leave a touch to be carried out. */
const STILL_TO_DO = sql`('claimed', 'deferred', 'closed')`

/**
 * Claims a touch for one attempt: whoever had claimed it before can't hand it over any more.
 * @returns false when it was handed over or settled in the meantime.
 */
export async function claimTouch(db: Db, claim: Claim): Promise<boolean> {
  const { touch, account, cadence, version, slot, token, now } = claim
  const claimed = await rows(
    db,
    sql`insert into touches as t (key, lead_id, account_id, visit, step, kind, name, contact, cadence, version, stage,
          urgency, theme, offer, status, token, slot, attempts, claimed_at)
        values (${touch.key}, ${touch.lead}, ${account}, ${touch.visit}, ${touch.step}, ${touch.kind}, ${touch.name},
          ${touch.contact}, ${cadence}, ${version}, ${touch.stage}, ${touch.urgency}, ${touch.theme ?? null},
          ${touch.offer ? JSON.stringify(touch.offer) : null}::jsonb, 'claimed', ${token}, ${at(slot)}, 1, ${at(now)})
        on conflict (key) do update set status = 'claimed', token = excluded.token, attempts = t.attempts + 1,
          contact = excluded.contact, urgency = excluded.urgency, cadence = excluded.cadence,
          version = excluded.version, name = excluded.name, offer = excluded.offer, slot = excluded.slot,
          claimed_at = excluded.claimed_at
        where t.status in ${STILL_TO_DO} returning key`,
  )
  return claimed.length > 0
}

/** A touch at the moment it is handed over. */
export interface HandOver {
  key: string
  token: string
  now: Instant
  email?: HandedEmail
}

/** What the ledger keeps of an e-mail. */
export interface HandedEmail {
  mailbox: string
  messageId: string
  /** Message-IDs of its thread, oldest first. */
  references: string[]
  subject: string
  variant: string | undefined
}

/**
 * What an attempt at handing over came to. `lost`: another attempt has claimed the touch; `unreserved`: an e-mail's
 * slot isn't its lead's any more.
 */
export type HandedOver = 'handed_over' | 'lost' | 'unreserved' | Gate

/**
 * The mark of docs/design.md: from here on the message may have been sent. The gate is asked in the marking statement, and
 * again after it: what was acknowledged while the statement ran is seen then, whatever the transactions' snapshots.
 *
 * An e-mail needs its slot: caps count what is reserved and what was handed over, so that one at any other moment
 * would be over them. Where a turn was recorded twice (a workflow task that was taken over while the first worker was
 * still at it), another moment can be on record than the workflow waits for. The slot is locked: whoever gives it up
 * does so before the mark, and there is none, or after it, and the e-mail counts.
 */
export async function handOver(db: Db, mark: HandOver): Promise<HandedOver> {
  const { key, token, now, email } = mark
  const gate = closed({ lead: sql`t.lead_id`, contact: sql`t.contact`, kind: sql`t.kind` })
  const reserved = sql`(t.kind <> 'email' or exists (
    select from slots s where s.lead_id = t.lead_id and s.at = t.slot for share))`
  await db.execute(
    sql`update touches t set status = 'handed_over', handed_over_at = ${at(now)},
          mailbox = ${email?.mailbox ?? null}::text, message_id = ${email?.messageId ?? null}::text,
          thread = ${email ? JSON.stringify(email.references) : null}::jsonb,
          subject = ${email?.subject ?? null}::text, variant = ${email?.variant ?? null}::text
        where key = ${key} and token = ${token} and status = 'claimed' and ${gate} is null
          and ${reserved}`,
  )
  const [found] = await rows<{ status: TouchStatus; closed: Gate | null; reserved: boolean }>(
    db,
    sql`select t.status, ${gate} as closed, ${reserved} as reserved from touches t where key = ${key} and token = ${token}`,
  )
  if (!found) return 'lost'
  const held = found.closed ?? (found.status === 'claimed' && !found.reserved ? 'unreserved' : null)
  if (held === null) return found.status === 'handed_over' ? 'handed_over' : 'lost'
  await settleTouch(db, { key, token, status: 'closed', now })
  return held
}

/** What became of a touch. The response may quote the address, so it stays here. */
export interface Settlement {
  key: string
  token: string
  status: Exclude<TouchStatus, 'claimed' | 'handed_over'>
  now: Instant
  /** The server's words. */
  response?: string
  hard?: boolean
  /** Why it failed, or was put off. */
  reason?: Failure | Delay
}

/**
 * Settles a touch that this token holds.
 * @returns what it was before, or undefined when the token doesn't hold it any more, or it was settled already. An
 * answer that comes late may still turn `unconfirmed` into what is now known.
 */
export async function settleTouch(db: Db, settlement: Settlement): Promise<TouchStatus | undefined> {
  const { key, token, status, now, response, hard, reason } = settlement
  const deferred = status === 'deferred'
  const [before] = await rows<{ status: TouchStatus }>(
    db,
    sql`with before as (
          select key, status from touches where key = ${key} and token = ${token}
            and status in ('claimed', 'handed_over', 'unconfirmed') for update
        )
        update touches t set status = ${status}, settled_at = ${at(now)}, response = ${response ?? null}::text,
          reason = ${reason ? JSON.stringify(reason) : null}::jsonb,
          hard = ${hard ?? null}::boolean, deferrals = t.deferrals + ${deferred ? 1 : 0},
          deferred_at = case when ${deferred} then coalesce(t.deferred_at, ${at(now)}) else t.deferred_at end
        from before where t.key = before.key returning before.status`,
  )
  return before?.status
}

/** Nobody knows whether the message of a given-up attempt was sent. */
export async function markUnconfirmed(db: Db, key: string, token: string, now: Instant): Promise<void> {
  await db.execute(
    sql`update touches set status = 'unconfirmed', settled_at = ${at(now)}
        where key = ${key} and token = ${token} and status = 'handed_over'`,
  )
}

/** Somebody answered a touch of which nobody knew whether it had arrived: it had. */
export async function confirmTouch(db: Db, key: string, now: Instant): Promise<void> {
  await db.execute(
    sql`update touches set status = 'accepted', settled_at = ${at(now)}
        where key = ${key} and status in ('handed_over', 'unconfirmed')`,
  )
}

/** One touch, for reports and tests. */
export type TouchRow = Pick<
  Row,
  'key' | 'step' | 'kind' | 'contact' | 'status' | 'subject' | 'messageId' | 'mailbox' | 'attempts' | 'hard'
> & { lead: string; slot: Instant; handedOverAt: Instant | null; settledAt: Instant | null }

/** The ledger of a lead, or of everybody, in the order of the slots. */
export async function listTouches(
  db: Db,
  { lead, status, limit = 10_000 }: { lead?: string; status?: TouchStatus; limit?: number } = {},
): Promise<TouchRow[]> {
  return rows(
    db,
    sql`select key, lead_id as lead, step, kind, contact, status, subject, message_id as "messageId", mailbox,
          attempts, hard, ${ms(sql`slot`)} as slot, ${ms(sql`handed_over_at`)} as "handedOverAt",
          ${ms(sql`settled_at`)} as "settledAt"
        from touches where ${lead === undefined ? sql`true` : sql`lead_id = ${lead}`}
          and ${status === undefined ? sql`true` : sql`status = ${status}`}
        order by touches.slot, key limit ${limit}`,
  )
}

/** The touch whose message has this Message-ID (with its angle brackets). */
export async function touchOfMessage(
  db: Db,
  messageId: string,
): Promise<{ key: string; lead: string; contact: string } | undefined> {
  const [found] = await rows<{ key: string; lead: string; contact: string }>(
    db,
    sql`select key, lead_id as lead, contact from touches where message_id = ${messageId}`,
  )
  return found
}
