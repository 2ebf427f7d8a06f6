/**
 * Signals on their way in: written, with everything that must hold at once, before they are acknowledged; then
 * handed to the workflow. Until the workflow has recorded that it took one in, the lead's touches wait (`gate.ts`).
 */
import { sql } from 'drizzle-orm'
import { MAIN } from '../cadence/facts.ts'
import type { SuppressionReason } from '../cadence/leads-file.ts'
import type { Signal } from '../cadence/signals.ts'
import { type Holder, holdersOf, lockAddresses } from './addresses.ts'
import { colleaguesHear, lockAccountsOf, tellColleagues } from './colleagues.ts'
import { identify } from './contacts.ts'
import { anyOf, BATCH, type Db, pieces, records, rows } from './db.ts'
import { emailKey } from './email-key.ts'
import { type NewReferral, refer } from './referrals.ts'
import { type OptOut, suppressContacts } from './suppressions.ts'

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

/** What became of a signal. `held`: it gives a contact an address that somebody else has. */
export type Taken = 'inserted' | 'duplicate' | { held: Holder }

/**
 * Writes signals. In the same transaction: opt-outs, complaints and hard bounces suppress the address, identified
 * contacts get their row, who was referred becomes a lead, and an account's other leads hear of a reply. The id is unique for a lead: the same one twice is one signal.
 * @returns what became of each, in the order of the list.
 * @throws when a lead doesn't exist.
 */
export async function insertSignals(db: Db, list: NewSignal[]): Promise<Taken[]> {
  const results: Taken[] = []
  for (const piece of pieces(list, BATCH)) {
    // Most say nothing that must hold in the same moment: then it is one statement.
    const plain = piece.every(({ signal }) => signal.type !== 'contact.identified' && !concernsOthers(signal))
    results.push(...(await (plain ? insertPiece(db, piece) : db.transaction((tx) => insertPiece(tx, piece)))))
  }
  return results
}

/** Whether something comes of a signal for other leads: they hear of it, or begin with it. */
export const concernsOthers = (signal: Signal): boolean =>
  colleaguesHear(signal) || signal.type === 'referral.given' || saysNo(signal)

async function insertPiece(db: Db, list: NewSignal[]): Promise<Taken[]> {
  await lockAddresses(db, [
    ...list.flatMap((one) => newAddress(one) ?? []),
    ...list.flatMap(({ referral }) => (referral ? emailKey(referral.lead.email) : [])),
  ])
  const held = await clashes(db, list)
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
        select lead, id, type, at, seen, contact, data, personal
        from ${records(held.size === 0 ? drafts : drafts.filter((_, index) => !held.has(index)))}
          as r(lead text, id text, type text, at timestamptz, seen timestamptz, contact text, data jsonb,
               personal jsonb)
        on conflict do nothing returning lead_id as lead, id`,
  )
  const fresh = new Set(inserted.map(({ lead, id }) => `${lead}/${id}`))
  const results = list.map(({ lead, signal }, index): Taken => {
    const holder = held.get(index)
    if (holder) return { held: holder }
    return fresh.delete(`${lead}/${signal.id}`) ? 'inserted' : 'duplicate'
  })
  const news = list.filter((_, index) => results[index] === 'inserted')
  await identify(db, news)
  await suppressContacts(db, news.flatMap(optOut), 'signal')
  await tellColleagues(db, news)
  for (const { lead, signal, referral } of news) if (referral) await refer(db, lead, signal, referral)
  return results
}

/** The address that a signal gives a contact. */
const newAddress = ({ signal, personal }: NewSignal): string | undefined =>
  signal.type === 'contact.identified' && personal?.email !== undefined ? emailKey(personal.email) : undefined

/** By index: who has the address already that a signal gives to somebody else. What was taken in before is no clash. */
async function clashes(db: Db, list: NewSignal[]): Promise<Map<number, Holder>> {
  const held = new Map<number, Holder>()
  const given = list.flatMap((one, index) => {
    const key = newAddress(one)
    return key === undefined ? [] : [{ key, index, lead: one.lead, contact: one.signal.contact ?? MAIN, one }]
  })
  if (given.length === 0) return held
  const holders = await holdersOf(
    db,
    given.map(({ key }) => key),
    given.map(({ lead }) => lead),
  )
  for (const { key, index, lead, contact } of given) {
    const holder = holders.get(key)
    if (holder && (holder.lead !== lead || holder.contact !== contact)) held.set(index, holder)
    else holders.set(key, { lead, contact, cadence: holder?.cadence ?? '' })
  }
  if (held.size === 0) return held
  const known = await rows<{ lead: string; id: string }>(
    db,
    sql`select s.lead_id as lead, s.id
        from ${records([...held.keys()].map((index) => ({ lead: list[index]?.lead, id: list[index]?.signal.id })))}
          as r(lead text, id text) join signals s on s.lead_id = r.lead and s.id = r.id`,
  )
  const before = new Set(known.map(({ lead, id }) => `${lead}/${id}`))
  for (const index of held.keys()) {
    const { lead, signal } = list[index] as NewSignal
    if (before.has(`${lead}/${signal.id}`)) held.delete(index)
  }
  return held
}

/** Whether a signal says that somebody must not be written to any more. */
export const saysNo = (signal: Pick<Signal, 'type' | 'data'>): boolean => reasonOf(signal) !== undefined

function optOut({ lead, signal }: NewSignal): OptOut[] {
  const reason = reasonOf(signal)
  return reason ? [{ lead, contact: signal.contact ?? MAIN, reason, at: signal.at }] : []
}

function reasonOf({ type, data }: Pick<Signal, 'type' | 'data'>): SuppressionReason | undefined {
  if (type === 'unsubscribed') return 'unsubscribed'
  if (type === 'email.complained') return 'complained'
  return type === 'email.bounced' && data.hard === true ? 'bounced' : undefined
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
