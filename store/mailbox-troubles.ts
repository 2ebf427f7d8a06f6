/**
 * Mailboxes in trouble: what each was refused for, one refusal after the other, and their pauses. A row begins with a
 * refusal and goes with the next e-mail that is taken. While a mailbox is paused, one e-mail is tried now and then.
 */
import { sql } from 'drizzle-orm'
import type { MailFault } from '../cadence/mail-faults.ts'
import type { Instant } from '../cadence/time.ts'
import { at, type Db, ms, rows } from './db.ts'

export interface MailboxTrouble {
  mailbox: string
  server: string | null
  verdict: string
  fault: MailFault
  /** Keys of the touches that were refused; the last few. */
  touches: string[]
  count: number
  firstAt: Instant
  lastAt: Instant
  says: string
  pausedAt: Instant | null
  probeAt: Instant | null
  probes: number
  told: boolean
  serverWide: boolean
}

const TROUBLE = sql`m.mailbox, m.server, m.verdict, m.fault, m.touches, m.count, ${ms(sql`m.first_at`)} as "firstAt",
  ${ms(sql`m.last_at`)} as "lastAt", m.says, ${ms(sql`m.paused_at`)} as "pausedAt", ${ms(sql`m.probe_at`)} as "probeAt",
  m.probes, m.told, m.server_wide as "serverWide"`

/** All of them, as a scalar of JSON: there are as many rows as mailboxes that were just refused, so mostly none. */
export const TROUBLES = sql`(select jsonb_agg(t) from (select ${TROUBLE} from mailbox_troubles m) t)`

/** How many keys of refused touches are kept. */
const KEPT = 20

export interface Refusal {
  mailbox: string
  server: string | null
  verdict: string
  fault: MailFault
  touch: string
  says: string
  now: Instant
}

/** When refusals are enough for a pause. */
export interface Enough {
  /** So many, one after the other. */
  count: number
  /** Each no longer than this after the one before, on the environment's clock. */
  within: number
  /** Whether one e-mail that is tried again counts once. */
  distinct: boolean
  /** Whether it counts together with the one before. */
  alike: (before: Pick<MailboxTrouble, 'verdict' | 'fault'>) => boolean
  /** How long after the pause began one e-mail is tried. */
  probeAfter: number
}

/**
 * Notes that a mailbox was refused; in the transaction that settles the touch. The refusals that are enough pause it.
 * @returns the trouble as it is now, and whether the pause has just begun
 */
export async function noteRefusal(
  tx: Db,
  refusal: Refusal,
  enough: Enough,
): Promise<{ trouble: MailboxTrouble; began: boolean }> {
  const { mailbox, server, verdict, fault, touch, says, now } = refusal
  await tx.execute(
    sql`insert into mailbox_troubles (mailbox, server, verdict, fault, touches, count, first_at, last_at, says)
        values (${mailbox}, ${server}, ${verdict}, ${fault}, '[]', 0, ${at(now)}, ${at(now)}, ${says})
        on conflict do nothing`,
  )
  const [before] = await rows<MailboxTrouble>(
    tx,
    sql`select ${TROUBLE} from mailbox_troubles m where m.mailbox = ${mailbox} for update`,
  )
  const known = before as MailboxTrouble
  const paused = known.pausedAt !== null
  const goesOn = paused || (now - known.lastAt <= enough.within && enough.alike(known))
  const touches = [...new Set([...(goesOn ? known.touches : []), touch])].slice(-KEPT)
  const count = (goesOn ? known.count : 0) + 1
  const began = !paused && (enough.distinct ? touches.length : count) >= enough.count
  const shared = sql`exists (select from mailbox_troubles o where o.mailbox <> ${mailbox} and o.server = ${server}
    and o.fault = ${fault} and o.paused_at is not null)`
  const [trouble] = await rows<MailboxTrouble>(
    tx,
    sql`update mailbox_troubles m set server = ${server}, touches = ${JSON.stringify(touches)}::jsonb,
          count = ${count}, last_at = ${at(now)}, says = ${says},
          ${paused ? sql`` : sql`verdict = ${verdict}, fault = ${fault},`}
          first_at = ${goesOn ? sql`m.first_at` : at(now)},
          paused_at = ${began ? at(now) : sql`m.paused_at`},
          probe_at = ${began ? at(now + enough.probeAfter) : sql`m.probe_at`},
          server_wide = m.server_wide or (${began} and ${shared})
        where m.mailbox = ${mailbox} returning ${TROUBLE}`,
  )
  return { trouble: trouble as MailboxTrouble, began }
}

/** Notes that the owner was told of a pause. */
export async function noteTold(tx: Db, mailbox: string): Promise<void> {
  await tx.execute(sql`update mailbox_troubles set told = true where mailbox = ${mailbox}`)
}

/**
 * Takes the right to try one e-mail while a mailbox is paused.
 * @returns whether it was free; the next one is at `next`
 */
export async function takeProbe(db: Db, mailbox: string, now: Instant, next: Instant): Promise<boolean> {
  const taken = await rows(
    db,
    sql`update mailbox_troubles set probes = probes + 1, probe_at = ${at(next)}
        where mailbox = ${mailbox} and paused_at is not null and probe_at <= ${at(now)} returning mailbox`,
  )
  return taken.length > 0
}

/**
 * An e-mail of the mailbox was taken, or a person lifts its pause: nothing is wrong with it. What was put off for it is
 * planned anew: its leads hear of it, all but one. A pause of the whole server is its other mailboxes' own from then on,
 * and mailboxes that had no trouble themselves go on, too.
 * @returns whether it was paused
 */
export async function endTrouble(
  tx: Db,
  mailbox: string,
  now: Instant,
  { server, but }: { server?: string | undefined; but?: string } = {},
): Promise<boolean> {
  const [gone] = await rows<{ paused: boolean; server: string | null }>(
    tx,
    sql`delete from mailbox_troubles where mailbox = ${mailbox} returning paused_at is not null as paused, server`,
  )
  const of = server ?? gone?.server
  if (of) await tx.execute(sql`update mailbox_troubles set server_wide = false where server = ${of}`)
  await tx.execute(
    sql`insert into signals (lead_id, id, type, at, seen, data, personal)
        select l.id, 'mailbox:' || w.mailbox || ':' || ${String(now)}::text, 'mailbox.resumed', ${at(now)}, ${at(now)},
          jsonb_build_object('mailbox', w.mailbox), '{}'
        from leads l, jsonb_to_record(l.reason -> 'delay') as w(code text, mailbox text)
        where l.ended_at is null and l.reason ->> 'code' = 'put_off' and l.id is distinct from ${but ?? null}::text
          and ((w.mailbox = ${mailbox} and w.code in ('mailbox_paused', 'mailbox_refused'))
            or (w.code = 'mailbox_paused'
              and not exists (select from mailbox_troubles o where o.mailbox = w.mailbox and o.paused_at is not null)))
        on conflict do nothing`,
  )
  return gone?.paused === true
}

/** Mailboxes in trouble, the paused ones first. */
export async function listTroubles(db: Db): Promise<MailboxTrouble[]> {
  return rows(db, sql`select ${TROUBLE} from mailbox_troubles m order by m.paused_at is null, m.mailbox`)
}
