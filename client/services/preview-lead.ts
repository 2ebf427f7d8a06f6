/** A running lead's letters as they would go to them now. */
import { type LetterStep, letterSteps } from '../../activities/mail/letter-steps.ts'
import type { LetterContext } from '../../activities/texts/write.ts'
import { addressee } from '../../cadence/addressee.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { openObjections } from '../../cadence/facts.ts'
import { FORMAT } from '../../cadence/format.ts'
import type { Lead } from '../../cadence/lead.ts'
import type { Plan } from '../../cadence/plan.ts'
import { offerEnds } from '../../cadence/verdict.ts'
import { getCadence } from '../../store/cadences.ts'
import { touchContext } from '../../store/touch-context.ts'
import type { SenderOf } from '../../worker/senders.ts'
import type { Preview } from '../contract/preview.ts'
import type { Deps } from './deps.ts'
import { requireLead } from './find.ts'
import { lettersView } from './preview-view.ts'
import { type Audience, readerOf } from './reader.ts'

/**
 * @param template - only letters of this template; all of the lead's version of its cadence when left out
 * @param senderOf - the address that a mailbox sends from
 * @throws RelanceError `lead_unknown`, `lead_ended`, `template_unknown`, and what keeps its workflow from answering
 */
export async function previewLead(
  deps: Deps,
  idOrEmail: string,
  template: string | undefined,
  senderOf: SenderOf,
  audience: Audience,
): Promise<Preview> {
  const { db, clock, workflows } = deps
  const row = await requireLead(deps, idOrEmail)
  if (row.outcome !== null) throw new RelanceError('lead_ended', { outcome: row.outcome })
  const { format, lead, version } = await workflows.explain(row.id)
  // A worker of another version tells of a lead in its own format, which isn't read here.
  if (format !== FORMAT) throw new RelanceError('no_worker', {})
  const published = await getCadence(db, row.cadence, version)
  if (!published) throw new RelanceError('cadence_unknown', { cadence: row.cadence, version })
  const { plan } = published
  const at = await clock.now()
  const whom = {
    contextFor: await contextsOf(deps, lead, plan),
    offerEnds: (offer: string) => offerEnds(lead, offer),
    sender: senderOf(plan.from),
    at,
  }
  const letters = lettersView(published, whom, template, readerOf(audience, row, at))
  return { cadence: row.cadence, version, letters }
}

/** What an attempt would read for each of the cadence's e-mails. */
async function contextsOf(
  { db }: Deps,
  lead: Lead,
  plan: Plan,
): Promise<(step: LetterStep) => LetterContext> {
  const contexts = new Map<string, LetterContext>()
  const keyOf = ({ to, thread }: LetterStep): string => JSON.stringify([to, thread])
  const [objection] = openObjections(lead.facts)
  for (const step of letterSteps(plan)) {
    if (contexts.has(keyOf(step))) continue
    const { to, thread } = step
    const context = await touchContext(db, {
      ...{ key: '', lead: lead.id, visit: 0, step: step.step ?? '', kind: 'email', name: step.template },
      ...{ stage: lead.stage, urgency: lead.urgency },
      // Where nobody has the role there is no contact.
      contact: addressee(lead.facts, to) ?? '',
      ...(thread !== undefined && { thread }),
      ...(objection !== undefined && { objection }),
    })
    contexts.set(keyOf(step), context)
  }
  return (step) => contexts.get(keyOf(step)) as LetterContext
}
