/** What became of a demo, as the API tells it, and whether it holds together. */

import type { Plan } from '../../cadence/plan.ts'
import type { Delay } from '../../cadence/reason.ts'
import type { Instant } from '../../cadence/time.ts'
import type { HoldWord } from '../../cadence/words.ts'
import { STANDINGS, type Standing } from '../../cadence/words.ts'
import type { InboxMessage, LeadDetail, Summary } from '../contract/index.ts'
import type { RelanceClient } from '../library/client.ts'

export interface Findings {
  from: string
  now: string
  leads: number
  /** How many leads have ever been this or more. */
  funnel: { standing: Standing; leads: number }[]
  /** E-mails by step, in the order they were first sent. */
  emails: { step: string; theme: string | null; sent: number }[]
  /** Which benefit sells. */
  benefits: Summary['benefits']
  /** Leads by the state of their credit, where it was asked for. */
  credit: Record<string, number>
  outcomes: Record<string, number>
  /** Touches that came too late for their moment, and were planned again. */
  late: number
  open: {
    id: string
    company: string
    stage: string
    hold: HoldWord | null
    step: string | null
    at: string | null
    because: string
  }[]
  inbox: number
  /** What doesn't hold together; empty in a demo that went well. */
  problems: string[]
}

/** Asks for everything and adds it up. `rested`: no worker runs any more, so that all counts must agree. */
export async function findings(
  relance: RelanceClient,
  { plan, from, rested }: { plan: Plan; from: Instant; rested: boolean },
): Promise<Findings> {
  const [rows, mails, summary] = await Promise.all([relance.leads(), relance.inbox(), relance.summary()])
  const leads = await Promise.all(rows.map((row) => relance.show(row.id)))
  const waiting = leads.filter((lead) => lead.outcome === null)
  return {
    from: new Date(from).toISOString(),
    now: summary.now,
    leads: leads.length,
    funnel: funnel(leads),
    emails: emailsByStep(leads, plan),
    benefits: summary.benefits,
    credit: credit(leads),
    outcomes: summary.outcome,
    late: leads.flatMap((lead) => lead.timeline.filter(isLate)).length,
    open: waiting.map((lead) => ({
      id: lead.id,
      company: lead.company ?? '',
      stage: lead.stage ?? '',
      hold: lead.hold as HoldWord | null,
      step: lead.next?.step ?? null,
      at: lead.next?.at ?? null,
      because: lead.next?.because ?? '',
    })),
    inbox: mails.length,
    problems: problems(leads, mails, rested ? summary : undefined),
  }
}

/** Everybody was a lead at first. */
function funnel(leads: LeadDetail[]): Findings['funnel'] {
  const best = leads.map((lead) => {
    const was = lead.timeline.filter((line) => line.kind === 'standing').map((line) => String(line.standing))
    return Math.max(0, ...was.map((standing) => STANDINGS.indexOf(standing as (typeof STANDINGS)[number])))
  })
  return STANDINGS.map((standing, rank) => ({ standing, leads: best.filter((b) => b >= rank).length }))
}

function credit(leads: LeadDetail[]): Findings['credit'] {
  const states = leads.map((lead) => lead.facts?.credit.value.state ?? 'unknown')
  const asked = states.filter((state) => state !== 'unknown')
  return Object.fromEntries(
    [...new Set(asked)].map((state) => [state, asked.filter((s) => s === state).length]),
  )
}

const isLate = (line: LeadDetail['timeline'][number]): boolean =>
  line.kind === 'delayed' && (line.delay as Delay).code === 'moment_missed'

const isEmail = (line: LeadDetail['timeline'][number]): boolean =>
  line.kind === 'touch' &&
  line.channel === 'email' &&
  (line.result === 'done' || line.result === 'unconfirmed')

function emailsByStep(leads: LeadDetail[], plan: Plan): Findings['emails'] {
  const steps = [...plan.stages, ...plan.plays].flatMap((part) => part.steps)
  const theme = (id: string): string | null => steps.find((step) => step.id === id)?.theme ?? null
  const sent = new Map<string, { sent: number; first: string }>()
  for (const line of leads.flatMap((lead) => lead.timeline.filter(isEmail))) {
    const step = String(line.step)
    const known = sent.get(step)
    const first = known && known.first < line.at ? known.first : line.at
    sent.set(step, { sent: (known?.sent ?? 0) + 1, first })
  }
  return [...sent]
    .sort(([, a], [, b]) => (a.first < b.first ? -1 : 1))
    .map(([step, { sent }]) => ({ step, theme: theme(step), sent }))
}

/**
 * What would break a promise (docs/design.md §4): an e-mail twice, one after an exit, one that nobody recorded.
 * @param summary - the ledger's counts, when nothing moves any more
 */
export function problems(
  leads: Pick<LeadDetail, 'id' | 'lead' | 'timeline'>[],
  mails: Pick<InboxMessage, 'messageId' | 'to' | 'date'>[],
  summary?: Pick<Summary, 'emails'>,
): string[] {
  const found: string[] = []
  const seen = new Set<string>()
  for (const { messageId, to } of mails) {
    if (seen.has(messageId)) found.push(`${messageId} to ${to} came twice`)
    seen.add(messageId)
  }
  for (const { id, lead, timeline } of leads) {
    const end = timeline.find((line) => line.kind === 'end')
    const late =
      end && mails.filter((mail) => mail.to === lead.email && Date.parse(mail.date) > Date.parse(end.at))
    for (const mail of late ?? []) found.push(`${mail.messageId} to lead ${id} was sent after its end`)
  }
  const recorded = leads.flatMap((lead) => lead.timeline.filter(isEmail)).length
  if (summary && recorded !== mails.length) {
    found.push(`${recorded} e-mails are on the timelines, and ${mails.length} in the inbox`)
  }
  const accepted = summary?.emails.accepted ?? 0
  if (summary && accepted !== mails.length) {
    found.push(`${accepted} e-mails are accepted in the ledger, and ${mails.length} are in the inbox`)
  }
  return found
}
