/**
 * Taking signals in. The database first, with everything that must hold at once; then Temporal. What is personal
 * stays in the database, what the rules need goes to the workflow.
 */
import { RelanceError } from '../../../cadence/errors.ts'
import { MAIN } from '../../../cadence/facts.ts'
import type { Signal } from '../../../cadence/signals.ts'
import type { Instant } from '../../../cadence/time.ts'
import { insertSignals, type NewSignal, newId } from '../../../store/index.ts'
import { type FoundLead, findLeads } from '../../../store/lookup.ts'
import type { SignalAnswer, SignalBody } from '../../api/shapes.ts'
import { parseSignalFields } from '../../check/signal-fields.ts'
import { contactOf, type People, peopleOf } from './contact-of.ts'
import type { Deps } from './deps.ts'
import { unknownLead } from './find.ts'
import { arrival, signalKey } from './relay.ts'
import { splitFields } from './split-fields.ts'
import { plainToken, type Tokens, tokensOf } from './tokens.ts'

export type SignalRequest = SignalBody & { lead: string }
export type SignalOutcome = { answer: SignalAnswer } | { error: unknown }

/** Clocks differ a little; a signal from further ahead is a mistake. */
const SLACK_MS = 60_000
/** How long an answer waits for Temporal, real time. The signal is safe in any case. */
const PATIENCE_MS = 2_000

/**
 * Takes one signal in. When this returns it is durable, and an opt-out holds.
 * @throws RelanceError `lead_unknown`, `contact_unknown`, `signal_in_the_future`, and those of the fields' check
 */
export async function sendSignal(deps: Deps, request: SignalRequest): Promise<SignalAnswer> {
  const [outcome] = await sendSignals(deps, [request])
  if (outcome && 'answer' in outcome) return outcome.answer
  throw outcome?.error
}

/** Takes many in; a wrong one doesn't keep the others out. The outcomes are in the order of the requests. */
export async function sendSignals(deps: Deps, requests: readonly SignalRequest[]): Promise<SignalOutcome[]> {
  const [now, token, leads] = await Promise.all([
    deps.clock.now(),
    tokensOf(deps.db),
    findLeads(
      deps.db,
      requests.map(({ lead }) => lead),
    ),
  ])
  const people = peopleOf(deps.db, token)
  const outcomes: SignalOutcome[] = []
  const ready: { index: number; lead: FoundLead; id: string; entry: NewSignal }[] = []
  for (const [index, request] of requests.entries()) {
    try {
      const lead = leads.get(request.lead)
      if (!lead) throw unknownLead(request.lead)
      const id = request.id ?? newId()
      const entry = await prepare(request, { lead: lead.id, id, now, people, token })
      ready.push({ index, lead, id, entry })
    } catch (error) {
      outcomes[index] = { error }
    }
  }
  const missing = new Set(ready.map(({ entry }) => signalKey(entry.lead, entry.signal.id)))
  const waiting = arrival(
    deps.relay,
    ({ delivered }) => {
      for (const key of missing) if (delivered.has(key)) missing.delete(key)
      return missing.size === 0
    },
    PATIENCE_MS,
  )
  try {
    const results = await insertSignals(
      deps.db,
      ready.map(({ entry }) => entry),
    )
    const delivered = ready.length > 0 && (await waiting.stored())
    ready.forEach(({ index, lead, id, entry: { signal } }, n) => {
      outcomes[index] = {
        answer: {
          lead: lead.id,
          id,
          type: signal.type,
          at: new Date(signal.at).toISOString(),
          duplicate: results[n] === 'duplicate',
          ended: lead.ended,
          delivered: delivered || !missing.has(signalKey(lead.id, signal.id)),
        },
      }
    })
  } finally {
    waiting.cancel()
  }
  return outcomes
}

async function prepare(
  request: SignalRequest,
  of: { lead: string; id: string; now: Instant; people: People; token: Tokens },
): Promise<NewSignal> {
  const { type, fields } = parseSignalFields(request.type, request.fields ?? {})
  const at = request.at === undefined ? of.now : Date.parse(request.at)
  if (at > of.now + SLACK_MS) {
    throw new RelanceError('signal_in_the_future', `at ${request.at} has not come yet`, {
      remedy: `Here it is ${new Date(of.now).toISOString()}; leave the time out for now.`,
    })
  }
  const { data, personal } = splitFields(type, fields, of.token)
  const contact = await contactOf(of.people, of.lead, type, request.contact, personal)
  const signal: Signal = { id: plainToken(of.id, of.token), type, at, seen: of.now, data }
  if (contact !== MAIN) signal.contact = contact
  if (request.source !== undefined) personal.source = request.source
  return { lead: of.lead, signal, personal }
}
