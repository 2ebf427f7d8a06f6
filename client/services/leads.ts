/** Looking at leads: lists, and one with all that is known of it. */
import { DAY } from '../../cadence/time.ts'
import { listContacts } from '../../store/contacts.ts'
import { type SignalWords, signalWords } from '../../store/lookup.ts'
import {
  listLeads,
  type LeadRow as Row,
  readTimeline,
  type LeadDetail as Stored,
  type TimelineLine,
} from '../../store/reads.ts'
import type { LeadDetail, LeadPage, LeadQuery, LeadRow } from '../contract/index.ts'
import type { Deps } from './deps.ts'
import { factsView, iso } from './facts-view.ts'
import { theLead } from './find.ts'

const PAGE = 500

/** One page of leads, in a stable order. */
export async function leads({ db }: Pick<Deps, 'db'>, query: LeadQuery): Promise<LeadPage> {
  const { open, limit, ...filter } = query
  const size = Number(limit ?? PAGE)
  const found = await listLeads(db, {
    ...filter,
    ...(open === undefined ? {} : { open: open === 'true' }),
    limit: size + 1,
  })
  const page = found.slice(0, size)
  return { leads: page.map(rowView), next: found.length > size ? (page.at(-1)?.id ?? null) : null }
}

/** A lead in a list, as the API shows it. */
export const rowView = (row: Row): LeadRow => ({ ...stateView(row), standing: row.standing })

/** What lists and the single lead have in common. */
function stateView(row: Row) {
  const { id, email, company, cadence, version, stage, urgency, hold, outcome } = row
  return {
    id,
    email,
    company,
    cadence,
    version,
    stage: stage || null,
    urgency: urgency || null,
    hold: hold ?? null,
    outcome,
    next: nextView(row),
  }
}

/** What comes next and why; null once nothing comes any more. */
export function nextView({ next, because, endedAt }: Row): LeadRow['next'] {
  if (endedAt !== null) return null
  return { step: next?.step ?? null, at: iso(next?.at), because }
}

/** Which standing it is, what the next one still lacks, and all of its rule. */
export const standingView = ({ standing, missing, progress }: Stored): LeadDetail['standing'] => ({
  is: standing,
  missing,
  says: progress?.says ?? '',
  early: progress?.early ?? false,
})

/** Days in each stage, as of the last turn. */
function stagesView({ progress, stage, asOf }: Stored): LeadDetail['stages'] {
  if (!progress || asOf === null) return []
  const { [stage]: before = 0, ...spent } = progress.spent
  const days = (ms: number): number => Math.round((ms / DAY) * 10) / 10
  return [
    ...Object.entries(spent).map(([of, ms]) => ({ stage: of, days: days(ms) })),
    { stage, days: days(before + asOf - progress.since) },
  ]
}

/** All that is known of a lead. @throws RelanceError `lead_unknown` */
export async function show({ db }: Pick<Deps, 'db'>, idOrEmail: string): Promise<LeadDetail> {
  const lead = await theLead({ db }, idOrEmail)
  const [timeline, people, words] = await Promise.all([
    readTimeline(db, lead.id),
    listContacts(db, lead.id),
    signalWords(db, lead.id),
  ])
  const topics = topicNames(words)
  const facts =
    lead.facts && factsView(lead.facts, topics, new Map(people.map((person) => [person.id, { ...person }])))
  return {
    ...stateView(lead),
    lead: personView(lead),
    standing: standingView(lead),
    stages: stagesView(lead),
    offers: Object.fromEntries(
      Object.entries(lead.progress?.offers ?? {}).map(([offer, ends]) => [
        offer,
        new Date(ends).toISOString(),
      ]),
    ),
    facts,
    timeline: timelineView(lead, timeline, words),
  }
}

function personView(lead: Stored): LeadDetail['lead'] {
  const { id, email, firstName, lastName, company, country, zone, locale, owner, source } = lead
  const { externalId, custom, referrer, cadence, version } = lead
  return {
    ...{ id, email, firstName, lastName, company, country, zone, locale, owner, source, externalId },
    ...{ custom, referrer, cadence, version },
    launchedAt: new Date(lead.launchedAt).toISOString(),
    outcomeAt: iso(lead.outcomeAt),
    outcomeBecause: lead.outcomeBecause,
  }
}

/** Objections travel as tokens; the name of each is in the signal that raised it. */
export function topicNames(words: SignalWords[]): Map<string, string> {
  return new Map(
    words.flatMap(({ data, personal }) =>
      data.topic !== undefined && personal.topic !== undefined
        ? [[String(data.topic), personal.topic] as const]
        : [],
    ),
  )
}

/** The timeline, with what people wrote beside the signals it came with. */
function timelineView(lead: Stored, lines: TimelineLine[], words: SignalWords[]): LeadDetail['timeline'] {
  const said = new Map(words.map((signal) => [signal.id, signal]))
  const shown = lines.map(({ seq, at, kind, happened, ...detail }) => {
    const signal = kind === 'signal' ? said.get(String(detail.id)) : undefined
    return {
      at: new Date(at).toISOString(),
      kind,
      ...detail,
      ...(typeof happened === 'number' ? { happened: new Date(happened).toISOString() } : {}),
      ...(signal ? { fields: { ...signal.data, ...signal.personal } } : {}),
    }
  })
  // Until the workflow has begun, the launch is all there is to tell.
  if (shown.length > 0) return shown
  return [{ at: new Date(lead.launchedAt).toISOString(), kind: 'launched' }]
}
