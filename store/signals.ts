/**
 * Signals on their way in: written, with everything that must hold at once, before they are acknowledged; then
 * handed to the workflow. Until the workflow has recorded that it took one in, the lead's touches wait (`gate.ts`).
 */
import { sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { SuppressionReason } from '../cadence/leads-file.ts'
import type { Signal } from '../cadence/signals.ts'
import { colleaguesHear, lockAccountsOf, tellColleagues } from './colleagues.ts'
import { anyOf, BATCH, type Db, pieces, records, rows } from './db.ts'
import { emailKey } from './email-key.ts'
import { type NewReferral, refer } from './referrals.ts'
import { type OptOut, suppressContacts, tellOfSuppressed } from './suppressions.ts'

/** A signal as it came in, split: `personal` stays here, the rest goes to the workflow. */
export interface NewSignal {
  lead: string
  signal: Signal
  personal?: Record<string, string>
  /** `referral.given`: whom they named. */
  referral?: NewReferral
}

/** A signal the workflow hasn't got. */
export interface PendingSignal {
  lead: string
  signal: Signal
}

/**
 * Writes signals. In the same transaction: opt-outs, complaints and hard bounces suppress the address, identified
 * contacts get their row, who was referred becomes a lead, and an account's other leads hear of a reply. The id is unique for a lead: the same one twice is one signal.
 * @returns for each, in the order of the list, whether it is new.
 * @throws when a lead doesn't exist.
 */
export async function insertSignals(db: Db, list: NewSignal[]): Promise<('inserted' | 'duplicate')[]> {
  const results: ('inserted' | 'duplicate')[] = []
  for (const piece of pieces(list, BATCH)) {
    // Most say nothing that must hold in the same moment: then it is one statement.
    const plain = piece.every(({ signal }) => signal.type !== 'contact.identified' && !concernsOthers(signal))
    results.push(...(await (plain ? insertPiece(db, piece) : db.transaction((tx) => insertPiece(tx, piece)))))
  }
  return results
}

/** Whether something comes of a signal for other leads: they hear of it, or begin with it. */
export const concernsOthers = (signal: Signal): boolean =>
  colleaguesHear(signal) || signal.type === 'referral.given' || reasonOf(signal) !== undefined

async function insertPiece(db: Db, list: NewSignal[]): Promise<('inserted' | 'duplicate')[]> {
  await lockAccountsOf(
    db,
    list.filter(({ signal }) => colleaguesHear(signal)).map(({ lead }) => lead),
  )
  const iso = (at: number): string => new Date(at).toISOString()
  const drafts = list.map(({ lead, signal, personal = {} }) => ({
    ...signal,
    lead,
    personal,
    at: iso(signal.at),
    seen: iso(signal.seen),
  }))
  const inserted = await rows<{ lead: string; id: string }>(
    db,
    sql`insert into signals (lead_id, id, type, at, seen, contact, data, personal)
        select lead, id, type, at, seen, contact, data, personal from ${records(drafts)}
          as r(lead text, id text, type text, at timestamptz, seen timestamptz, contact text, data jsonb,
               personal jsonb)
        on conflict do nothing returning lead_id as lead, id`,
  )
  const fresh = new Set(inserted.map(({ lead, id }) => `${lead}/${id}`))
  const results: ('inserted' | 'duplicate')[] = list.map(({ lead, signal }) =>
    fresh.delete(`${lead}/${signal.id}`) ? 'inserted' : 'duplicate',
  )
  const news = list.filter((_, index) => results[index] === 'inserted')
  await writeContacts(db, news)
  await suppressContacts(db, news.flatMap(optOut))
  await tellColleagues(db, news)
  for (const { lead, signal, referral } of news) if (referral) await refer(db, lead, signal, referral)
  return results
}

function optOut({ lead, signal }: NewSignal): OptOut[] {
  const reason = reasonOf(signal)
  return reason ? [{ lead, contact: signal.contact ?? MAIN, reason, at: signal.at }] : []
}

function reasonOf({ type, data }: Signal): SuppressionReason | undefined {
  if (type === 'unsubscribed') return 'unsubscribed'
  if (type === 'email.complained') return 'complained'
  return type === 'email.bounced' && data.hard === true ? 'bounced' : undefined
}

async function writeContacts(db: Db, list: NewSignal[]): Promise<void> {
  const people = new Map<string, { lead: string; id: string }>()
  for (const { lead, signal, personal = {} } of list) {
    if (signal.type !== 'contact.identified') continue
    const id = signal.contact ?? MAIN
    const key = personal.email === undefined ? undefined : emailKey(personal.email)
    people.set(`${lead}/${id}`, { ...personal, ...{ key, role: signal.data.role }, lead, id })
  }
  if (people.size === 0) return
  await db.execute(
    sql`insert into contacts (lead_id, id, email, email_key, first_name, last_name, title, role)
        select lead, id, email, key, first_name, last_name, title, role from ${records([...people.values()])}
          as r(lead text, id text, email text, key text, first_name text, last_name text, title text, role text)
        on conflict (lead_id, id) do update set
          email = coalesce(excluded.email, contacts.email),
          email_key = coalesce(excluded.email_key, contacts.email_key),
          first_name = coalesce(excluded.first_name, contacts.first_name),
          last_name = coalesce(excluded.last_name, contacts.last_name),
          title = coalesce(excluded.title, contacts.title),
          role = excluded.role`,
  )
  await tellOfSuppressed(db, [...people.values()])
}

/** Signals of leads that are started which Temporal hasn't got, in the order they came in. */
export async function pendingSignals(db: Db, limit: number): Promise<PendingSignal[]> {
  const found = await rows<Omit<Signal, 'contact'> & { lead: string; contact: string | null }>(
    db,
    sql`select s.lead_id as lead, s.id, s.type, s.contact, s.data,
               (extract(epoch from s.at) * 1000)::float8 as at, (extract(epoch from s.seen) * 1000)::float8 as seen
        from signals s join leads l on l.id = s.lead_id
        where not s.delivered and l.started order by s.n limit ${limit}`,
  )
  return found.map(({ lead, contact, ...signal }) => ({
    lead,
    signal: contact === null ? signal : { ...signal, contact },
  }))
}

/** Notes that Temporal has these signals. `gone`: the lead's workflow had ended, so nobody will take them in. */
export async function markSignalsDelivered(
  db: Db,
  list: { lead: string; id: string }[],
  { gone = false }: { gone?: boolean } = {},
): Promise<void> {
  for (const piece of pieces(list, BATCH)) {
    await db.execute(
      sql`update signals s set delivered = true, folded = s.folded or ${gone}
          from ${records(piece)} as r(lead text, id text)
          where s.lead_id = r.lead and s.id = r.id and (${gone} or not s.delivered)
            and s.lead_id = ${anyOf(piece.map(({ lead }) => lead))}`,
    )
  }
}
