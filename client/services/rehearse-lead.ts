/** Rehearses a running lead from where it is: what comes for the rest of its cadence if nothing happens. */
import type { Address } from '../../activities/mail/address.ts'
import type { Published } from '../../activities/touch/published.ts'
import { capsReachBack, recipientRulesOf } from '../../cadence/calendar/recipient-rules.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import { quote } from '../../cadence/language/notation.ts'
import type { Flaw } from '../../cadence/reason.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import { rehearse } from '../../cadence/rehearsal/rehearse.ts'
import { addFixed, type Instant } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import { writesToPerson } from '../../cadence/words.ts'
import { getCadence } from '../../store/cadences.ts'
import { slotsIn } from '../../store/slots.ts'
import { touchContext } from '../../store/touch-context.ts'
import type { SenderOf } from '../../worker/senders.ts'
import type { Played } from '../contract/rehearsal.ts'
import { readInstant } from '../signals/fields.ts'
import type { Deps } from './deps.ts'
import { requireLead } from './find.ts'
import { type Audience, readerOf } from './reader.ts'
import { playedView } from './rehearsal-view.ts'
import { wordsInTurn } from './touch-preview.ts'

/** What has not ended by then waits for something that doesn't come by itself. */
const LONGEST = { n: 5, unit: 'y' } as const

/**
 * Plays a lead on from its workflow's state, with the e-mails it and its account have had. Its mailbox's other e-mails
 * are not counted: where the mailbox is full, the real ones go out later. Texts are written by what is known today: at one
 * that can't be, the lead waits.
 * @param until - a date or a moment; five years from now when left out
 * @param senderOf - the address that a mailbox sends from
 * @throws RelanceError `lead_unknown`, `lead_ended`, `invalid_field`, and what keeps its workflow from answering
 */
export async function rehearseLead(
  deps: Deps,
  idOrEmail: string,
  until: string | undefined,
  senderOf: SenderOf,
  audience: Audience,
): Promise<Played> {
  const { db, clock, workflows } = deps
  const row = await requireLead(deps, idOrEmail)
  if (row.outcome !== null) throw new RelanceError('lead_ended', { outcome: row.outcome })
  const now = await clock.now()
  const end = until === undefined ? addFixed(now, LONGEST) : readInstant(until, row.zone)
  if (end === undefined) throw notATime(until ?? '')
  const { format, lead, version } = await workflows.explain(row.id)
  // A worker of another version tells of a lead in its own format, which isn't played here.
  if (format !== FORMAT) throw new RelanceError('no_worker', {})
  const published = await getCadence(db, row.cadence, version)
  if (!published) throw new RelanceError('cadence_unknown', { cadence: row.cadence, version })
  const { plan } = published
  const sent = await slotsIn(db).book({
    lead: row.id,
    account: row.accountId,
    since: capsReachBack(plan, now),
  })
  const { language } = audience
  const sender = senderOf(plan.from)
  const flaws = new Map<string, Flaw>()
  for (;;) {
    const played = rehearse(plan, {
      ...{ tasksDone: true, from: now, until: end, zone: row.zone, lead, sent },
      ...{ country: row.country, region: row.region },
      flawOf: ({ key }) => flaws.get(key),
    })
    const known = flaws.size
    const words = await wordsFor(deps, published, played.calendar, flaws, { language, sender })
    // What comes behind a letter that can't be written waits with it: played again, with what is known now.
    if (flaws.size > known) continue
    const { holidays } = recipientRulesOf(plan, row)
    return {
      ...playedView(played, plan, now, readerOf(audience, row, now), (touch) => words.get(touch.key)),
      holidays: holidays ?? null,
    }
  }
}

const notATime = (text: string): RelanceError =>
  new RelanceError('invalid_field', { field: 'until', value: quote(text), wanted: { kind: 'instant' } })

/** What each touch would say to this lead, by what is known today; what can't be written is put among the flaws. */
async function wordsFor(
  { db }: Deps,
  published: Published,
  calendar: readonly { at: Instant; touch: Touch }[],
  flaws: Map<string, Flaw>,
  { language, sender }: { language: Language; sender: Address },
): Promise<Map<string, string>> {
  const words = new Map<string, string>()
  const wordsOf = wordsInTurn(published, language, sender)
  for (const { at, touch } of calendar) {
    const context = await touchContext(db, touch)
    if (writesToPerson(touch.kind) && !context.contact?.email) {
      flaws.set(touch.key, { code: 'address_missing', contact: touch.contact })
      continue
    }
    const said = wordsOf(context, touch, at)
    if ('text' in said) words.set(touch.key, said.text)
    else flaws.set(touch.key, { code: 'text_unwritable', why: said.fault })
  }
  return words
}
