/** The ledger in the database: one row a touch, every step a statement that looks at the status and the token. */
import { sql } from 'drizzle-orm'
import type { Gate } from '../cadence/reason.ts'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, ms, rows } from './db.ts'
import { closed } from './gate.ts'
import type {
  HandedOver,
  HandOver,
  Ledger,
  Settlement,
  TouchClaim,
  TouchFilter,
  TouchRow,
  TouchStatus,
} from './ledger-port.ts'
import { MAILBOX_KINDS } from './step-kinds.ts'

/** The ledger as a database or a transaction sees it. */
export const ledgerIn = (db: Db): Ledger => ({
  claim: (claim) => claimTouch(db, claim),
  handOver: (mark) => handOver(db, mark),
  settle: (settlement) => settleTouch(db, settlement),
  markUnconfirmed: (key, token, now) => markUnconfirmed(db, key, token, now),
  confirm: (key, now) => confirmTouch(db, key, now),
  list: (filter = {}) => listTouches(db, filter),
})

/** Statuses that leave a touch to be carried out. */
const STILL_TO_DO = sql`('claimed', 'deferred', 'closed')`

async function claimTouch(db: Db, claim: TouchClaim): Promise<boolean> {
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

/**
 * The gate is asked in the marking statement, and again after it: what was acknowledged while the statement ran is seen
 * then, whatever the transactions' snapshots. Only the call that made the mark may take it back: after that, the message
 * may have been sent.
 *
 * An e-mail needs its slot: caps count what is reserved and what was handed over, so that one at any other moment
 * would be over them. Where a turn was recorded twice (a workflow task that was taken over while the first worker was
 * still at it), another moment can be on record than the workflow waits for. The slot is locked: whoever gives it up
 * does so before the mark, and there is none, or after it, and the e-mail counts.
 */
async function handOver(db: Db, mark: HandOver): Promise<HandedOver> {
  const { key, token, now, email } = mark
  const gate = closed({ lead: sql`t.lead_id`, contact: sql`t.contact`, kind: sql`t.kind` })
  const reserved = sql`(t.kind not in ${MAILBOX_KINDS} or exists (
    select from slots s where s.lead_id = t.lead_id and s.at = t.slot for share))`
  const marked = await rows(
    db,
    sql`update touches t set status = 'handed_over', handed_over_at = ${at(now)},
          mailbox = ${email?.mailbox ?? null}::text, address = ${email?.address ?? null}::text, message_id = ${email?.messageId ?? null}::text,
          thread = ${email ? JSON.stringify(email.references) : null}::jsonb,
          subject = ${email?.subject ?? null}::text, variant = ${email?.variant ?? null}::text
        where key = ${key} and token = ${token} and status = 'claimed' and ${gate} is null
          and ${reserved} returning key`,
  )
  const [found] = await rows<{ status: TouchStatus; closed: Gate | null; reserved: boolean }>(
    db,
    sql`select t.status, ${gate} as closed, ${reserved} as reserved from touches t where key = ${key} and token = ${token}`,
  )
  if (!found || (marked.length === 0 && found.status !== 'claimed')) return 'lost'
  const held = found.closed ?? (found.status === 'claimed' && !found.reserved ? 'unreserved' : null)
  if (held === null) return found.status === 'handed_over' ? 'handed_over' : 'lost'
  await settleTouch(db, { key, token, status: 'closed', now })
  return held
}

async function settleTouch(db: Db, settlement: Settlement): Promise<TouchStatus | undefined> {
  const { key, token, status, now, response, hard, reason, ours } = settlement
  const deferred = status === 'deferred' && !ours
  const [before] = await rows<{ status: TouchStatus }>(
    db,
    sql`with before as (
          select key, status from touches where key = ${key} and token = ${token}
            and status in ('claimed', 'handed_over', 'unconfirmed') for update
        )
        update touches t set status = ${status}, settled_at = ${at(now)}, response = ${response ?? null}::text,
          reason = ${reason ? JSON.stringify(reason) : null}::jsonb,
          hard = ${hard ?? null}::boolean, deferrals = case when ${ours === true} then 0 else t.deferrals + ${deferred ? 1 : 0} end,
          deferred_at = case when ${deferred} then coalesce(t.deferred_at, ${at(now)})
            when ${ours === true} then null else t.deferred_at end
        from before where t.key = before.key returning before.status`,
  )
  return before?.status
}

async function markUnconfirmed(db: Db, key: string, token: string, now: Instant): Promise<void> {
  await db.execute(
    sql`update touches set status = 'unconfirmed', settled_at = ${at(now)}
        where key = ${key} and token = ${token} and status = 'handed_over'`,
  )
}

async function confirmTouch(db: Db, key: string, now: Instant): Promise<void> {
  await db.execute(
    sql`update touches set status = 'accepted', settled_at = ${at(now)}
        where key = ${key} and status in ('handed_over', 'unconfirmed')`,
  )
}

/** Keys are ordered by their bytes, whatever the database's language. */
async function listTouches(db: Db, { lead, status, limit = 10_000 }: TouchFilter): Promise<TouchRow[]> {
  return rows(
    db,
    sql`select key, lead_id as lead, step, kind, contact, status, subject, message_id as "messageId", mailbox,
          attempts, hard, ${ms(sql`slot`)} as slot, ${ms(sql`handed_over_at`)} as "handedOverAt",
          ${ms(sql`settled_at`)} as "settledAt"
        from touches where ${lead === undefined ? sql`true` : sql`lead_id = ${lead}`}
          and ${status === undefined ? sql`true` : sql`status = ${status}`}
        order by touches.slot, key collate "C" limit ${limit}`,
  )
}
