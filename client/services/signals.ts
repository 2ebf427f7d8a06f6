/**
 * Taking signals in. The database first, with everything that must hold at once; then Temporal. What is personal
 * stays in the database, what the rules need goes to the workflow.
 */

import { RelanceError } from '../../cadence/errors.ts'
import { MAIN } from '../../cadence/facts.ts'
import { quote } from '../../cadence/language/notation.ts'
import type { Signal } from '../../cadence/signals.ts'
import type { Instant } from '../../cadence/time.ts'
import { batcher } from '../../store/batcher.ts'
import type { Db } from '../../store/db.ts'
import { newId } from '../../store/ids.ts'
import { type FoundLead, findLeads, signalsById } from '../../store/lookup.ts'
import { type Referred, referredBy } from '../../store/referrals.ts'
import { concernsOthers, insertSignals, type NewSignal, saysNo } from '../../store/signals.ts'
import { suppressedContacts } from '../../store/suppressions.ts'
import type { SignalAnswer, SignalBody } from '../contract/index.ts'
import { eachLimit } from '../outbox/each-limit.ts'
import { IN_ONE_CALL } from '../outbox/poller.ts'
import { awaitDelivery, type Relay } from '../outbox/relay.ts'
import { signalKey } from '../outbox/signal-key.ts'
import { contactOf, type People, peopleOf } from '../signals/contact-of.ts'
import { parseSignalFields, readInstant } from '../signals/fields.ts'
import { sameContent } from '../signals/same-content.ts'
import { splitFields } from '../signals/split-fields.ts'
import { plainToken, type Tokens, tokensOf } from '../signals/tokens.ts'
import type { Deps } from './deps.ts'
import { unknownLead } from './find.ts'
import { referralOf } from './referrals.ts'

/** `estimated`: its time is our own guess, which may be another one when it is sent again. */
export type SignalRequest = SignalBody & { lead: string; estimated?: true }
export type SignalOutcome = { answer: SignalAnswer } | { error: unknown }

/** A signal that is in the database. */
type TakenIn =
  // `unheard`: a no that doesn't hold yet, because its id is another signal's.
  | { error: unknown; unheard?: true }
  | {
      lead: FoundLead
      id: string
      signal: Signal
      duplicate: boolean
      referral?: Referred
      suppressed?: boolean
    }

/** Clocks differ a little; a signal from further ahead is a mistake. */
const SLACK_MS = 60_000
/** How long an answer waits for Temporal, real time. The signal is safe in any case. */
const PATIENCE_MS = 2_000
/** Signals in one transaction, and calls to Temporal at once. */
const TOGETHER = 1_000
/** How long a batch of signals waits for more, in real milliseconds: a statement for ten costs little more than one. */
const GATHER_MS = 25
const AT_ONCE = 32

/**
 * Takes one signal in. When this returns it is durable, and an opt-out holds.
 * @throws RelanceError `lead_unknown`, `contact_unknown`, `address_taken`, `signal_conflict`, `signal_in_the_future`, and those of the fields' check and
 * of `referralOf`
 */
export async function sendSignal(deps: Deps, request: SignalRequest): Promise<SignalAnswer> {
  const [outcome] = await sendSignals(deps, [request])
  if (outcome && 'answer' in outcome) return outcome.answer
  throw outcome?.error
}

/** Takes many in; a wrong one doesn't keep the others out. The outcomes are in the order of the requests. */
export async function sendSignals(deps: Deps, requests: readonly SignalRequest[]): Promise<SignalOutcome[]> {
  const now = await deps.clock.now()
  const taken = await intakeOf(deps.db)(requests.map((request) => ({ request, now })))
  const later = await awaitDelivery(deps.relay, await handOver(deps.relay, taken), PATIENCE_MS)
  return taken.map((one) => {
    if ('error' in one) return one
    const { lead, id, signal, duplicate, referral, suppressed } = one
    const at = new Date(signal.at).toISOString()
    const delivered = !later.has(signalKey(lead.id, signal.id))
    const answer = { lead: lead.id, id, type: signal.type, at, duplicate, ended: lead.ended, delivered }
    return {
      answer: { ...answer, ...(suppressed !== undefined && { suppressed }), ...(referral && { referral }) },
    }
  })
}

/** @returns the keys of those that Temporal doesn't have yet, and of those that were there before. */
async function handOver(relay: Relay, taken: TakenIn[]): Promise<string[]> {
  const fresh = new Map<string, Signal[]>()
  const left: string[] = []
  for (const one of taken) {
    if ('error' in one) continue
    const { lead, signal, duplicate } = one
    if (duplicate) left.push(signalKey(lead.id, signal.id))
    else fresh.set(lead.id, [...(fresh.get(lead.id) ?? []), signal])
  }
  // What this wrote beside them, for other leads or for these, is the relay's to carry over.
  const own = (signal: Signal): boolean => signal.type === 'contact.identified' || concernsOthers(signal)
  if ([...fresh.values()].flat().some(own)) relay.wake()
  await eachLimit([...fresh], AT_ONCE, async ([lead, signals]) => {
    if (signals.length <= IN_ONE_CALL && (await relay.deliver(lead, signals))) return
    left.push(...signals.map(({ id }) => signalKey(lead, id)))
  })
  return left
}

interface Intake {
  request: SignalRequest
  now: Instant
}

const intakes = new WeakMap<Db, (items: readonly Intake[]) => Promise<TakenIn[]>>()

/** What comes in at the same time is written together. */
function intakeOf(db: Db): (items: readonly Intake[]) => Promise<TakenIn[]> {
  let intake = intakes.get(db)
  if (!intake) {
    intake = batcher((items: Intake[]) => takeIn(db, items), TOGETHER, GATHER_MS)
    intakes.set(db, intake)
  }
  return intake
}

async function takeIn(db: Db, items: Intake[]): Promise<TakenIn[]> {
  const [token, leads] = await Promise.all([
    tokensOf(db),
    findLeads(
      db,
      items.map(({ request }) => request.lead),
    ),
  ])
  const people = peopleOf(db, token)
  const taken: TakenIn[] = []
  const ready: Ready[] = []
  for (const [index, { request, now }] of items.entries()) {
    try {
      const lead = leads.get(request.lead)
      if (!lead) throw unknownLead(request.lead)
      const id = request.id ?? newId()
      ready.push({ index, lead, id, entry: await prepare(db, request, { lead, id, now, people, token }) })
    } catch (error) {
      if (!(error instanceof RelanceError)) throw error
      taken[index] = { error }
    }
  }
  await write(db, items, ready, taken)
  const unheard = ready.filter(({ index }) => 'unheard' in (taken[index] as TakenIn))
  if (unheard.length > 0) await takeNoesIn(db, items, unheard, { taken, token })
  return taken
}

/** A signal that is ready to be written, and which of the requests it is. */
interface Ready {
  index: number
  lead: FoundLead
  id: string
  entry: NewSignal
}

/**
 * Noes whose ids were used for something else: nobody is written to again for the want of an id. They get ids of their
 * own, made from what they say, so that the same again is the same; or else any.
 */
async function takeNoesIn(
  db: Db,
  items: readonly Intake[],
  list: readonly Ready[],
  { taken, token }: { taken: TakenIn[]; token: Tokens },
): Promise<void> {
  const withId = (one: Ready, id: string): Ready => {
    const { entry } = one
    return { ...one, id, entry: { ...entry, signal: { ...entry.signal, id } } }
  }
  const made = list.map((one) => {
    const { type, contact = MAIN, data } = one.entry.signal
    const said = [one.id, type, contact, data, timeSaid(items[one.index] as Intake, one.entry)]
    return withId(one, `no-${token('signal', JSON.stringify(said))}`)
  })
  await write(db, items, made, taken)
  const clashing = made.filter(({ index }) => 'error' in (taken[index] as TakenIn))
  if (clashing.length > 0) {
    await write(
      db,
      items,
      clashing.map((one) => withId(one, newId())),
      taken,
    )
  }
}

/** Writes signals, and notes by the index of its request what became of each. */
async function write(
  db: Db,
  items: readonly Intake[],
  ready: readonly Ready[],
  taken: TakenIn[],
): Promise<void> {
  const results = await insertSignals(
    db,
    ready.map(({ entry }) => entry),
  )
  const given = ready.filter(({ entry }) => entry.signal.type === 'referral.given')
  const referred = await referredBy(
    db,
    given.map(({ lead, entry }) => ({ lead: lead.id, id: entry.signal.id })),
  )
  const before = await signalsById(
    db,
    ready.flatMap(({ lead, entry }, n) =>
      results[n] === 'duplicate' ? [{ lead: lead.id, id: entry.signal.id }] : [],
    ),
  )
  const suppressed = await suppressedContacts(
    db,
    ready.flatMap(({ lead, entry: { signal } }) =>
      saysNo(signal) ? [{ lead: lead.id, contact: signal.contact ?? MAIN }] : [],
    ),
  )
  ready.forEach(({ index, lead, id, entry }, n) => {
    const { signal, personal = {} } = entry
    const result = results[n]
    if (typeof result === 'object') {
      taken[index] = { error: new RelanceError('address_taken', result.held) }
      return
    }
    const known = before.get(`${lead.id}/${signal.id}`)
    const no = saysNo(signal) ? suppressed.has(`${lead.id}/${signal.contact ?? MAIN}`) : undefined
    const timed = timeSaid(items[index] as Intake, entry)
    if (known && !sameContent(known, { ...signal, personal }, timed)) {
      const values = { lead: lead.id, id, before: known.type, now: signal.type }
      const error = new RelanceError('signal_conflict', values)
      const holds = no && known.type === signal.type && (known.contact ?? MAIN) === (signal.contact ?? MAIN)
      taken[index] = { error, ...(no !== undefined && !holds && { unheard: true }) }
      return
    }
    const referral = referred.get(`${lead.id}/${signal.id}`)
    const duplicate = result === 'duplicate'
    const came = { ...(referral && { referral }), ...(no !== undefined && { suppressed: no }) }
    taken[index] = { lead, id, signal, duplicate, ...came }
  })
}

/** When it happened, where whoever sent it said so. */
const timeSaid = ({ request: { at, estimated } }: Intake, { signal }: NewSignal): Instant | undefined =>
  at === undefined || estimated ? undefined : signal.at

async function prepare(
  db: Db,
  request: SignalRequest,
  of: { lead: FoundLead; id: string; now: Instant; people: People; token: Tokens },
): Promise<NewSignal> {
  const { lead, token } = of
  const { type, fields } = parseSignalFields(request.type, request.fields ?? {}, lead.zone)
  const { data, personal } = splitFields(type, fields, token)
  const at = timeOf(request.at, of.now, lead.zone, saysNo({ type, data }))
  // Asked for by the address of somebody else than the main contact, it is about them.
  const named = request.contact ?? (type === 'contact.identified' ? undefined : lead.contact)
  const contact = await contactOf(of.people, lead.id, type, named, personal)
  const signal: Signal = { id: plainToken(of.id, token), type, at, seen: of.now, data }
  if (contact !== MAIN) signal.contact = contact
  if (request.source !== undefined) personal.source = request.source
  const entry: NewSignal = { lead: lead.id, signal, personal }
  if (type === 'referral.given') {
    entry.referral = await referralOf(db, lead.id, { ...fields, ...personal }, of.now)
  }
  return entry
}

/** @param urgent - it is taken in, whatever the clock of whoever sends it says */
function timeOf(text: string | undefined, now: Instant, zone: string, urgent: boolean): Instant {
  if (text === undefined) return now
  const at = readInstant(text, zone)
  if (at === undefined) {
    throw new RelanceError('invalid_field', { field: 'at', value: quote(text), wanted: { kind: 'instant' } })
  }
  if (at > now && urgent) return now
  if (at > now + SLACK_MS) {
    throw new RelanceError('signal_in_the_future', { at: text, now: new Date(now).toISOString() })
  }
  return at
}
