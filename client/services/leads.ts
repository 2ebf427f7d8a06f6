/** Lists of leads, and one lead with all that is known of it, as the API shows them. */
import type { Change } from '../../cadence/lead.ts'
import { sayFields } from '../../cadence/reasons/fields.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { dictionaryOf, say, sayAbout, sayAll, sayChange } from '../../cadence/reasons/say.ts'
import { DAY, type Instant } from '../../cadence/time.ts'
import { listContacts } from '../../store/contacts.ts'
import { type SignalWords, signalWords } from '../../store/lookup.ts'
import { repliesOf } from '../../store/mailbox-use.ts'
import {
  listLeads,
  readTimeline,
  type StoredLead,
  type StoredLeadRow,
  type TimelineLine,
} from '../../store/reads.ts'
import type { LeadDetail, LeadPage, LeadQuery, LeadRow } from '../contract/index.ts'
import type { Deps } from './deps.ts'
import { factsView, iso } from './facts-view.ts'
import { requireLead } from './find.ts'
import { serverSaid } from './mailboxes.ts'
import { type Audience, readerOf } from './reader.ts'

const PAGE = 500

/** One page of leads, in a stable order. */
export async function leads(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  query: Omit<LeadQuery, 'zone'>,
  audience: Audience,
): Promise<LeadPage> {
  const { open, limit, ...filter } = query
  const size = Number(limit ?? PAGE)
  const found = await listLeads(db, {
    ...filter,
    ...(open === undefined ? {} : { open: open === 'true' }),
    limit: size + 1,
  })
  const page = found.slice(0, size)
  const now = await clock.now()
  const rows = page.map((row) => rowView(row, readerOf(audience, row, now)))
  return { leads: rows, next: found.length > size ? (page.at(-1)?.id ?? null) : null }
}

/** A lead in a list, as the API shows it. */
export const rowView = (row: StoredLeadRow, reader: Reader): LeadRow => ({
  ...stateView(row, reader),
  standing: row.standing,
})

/** What lists and the single lead have in common. */
function stateView(row: StoredLeadRow, reader: Reader) {
  const { id, email, company, zone, cadence, version, stage, urgency, hold, outcome } = row
  return {
    id,
    email,
    company,
    zone,
    cadence,
    version,
    stage: stage || null,
    urgency: urgency || null,
    hold: hold ?? null,
    outcome,
    asleep: asleepView(row, reader),
    next: nextView(row, reader),
  }
}

/** Since when no workflow works for it, and why; null while one does. */
export function asleepView(
  { asleep }: Pick<StoredLeadRow, 'asleep'>,
  { language }: Reader,
): LeadRow['asleep'] {
  if (!asleep) return null
  const { since, because } = asleep
  const { words, typeset } = dictionaryOf(language)
  return { since: new Date(since).toISOString(), because, says: typeset(words.asleep[because]) }
}

/** What comes next and why; null once nothing comes any more. */
export function nextView({ next, because, endedAt }: StoredLeadRow, reader: Reader): LeadRow['next'] {
  if (endedAt !== null) return null
  return { step: next?.step ?? null, at: iso(next?.at), because: say(because, reader), reason: because }
}

/** Which standing it is, what the next one still lacks, and all of its rule. */
export function standingView(
  { standing, missing, progress }: StoredLead,
  reader: Reader,
): LeadDetail['standing'] {
  const rule = progress?.next?.rule ?? []
  return {
    value: standing,
    missing: missing.map((one) => say(one, reader)),
    lacks: missing,
    next: progress?.next?.standing ?? null,
    says: sayAll(rule, reader),
    rule,
    early: progress?.early ?? false,
  }
}

/** Days in each stage, counted now; those of an ended lead up to its last turn. */
function stagesView({ progress, stage, asOf, endedAt }: StoredLead, now: Instant): LeadDetail['stages'] {
  if (!progress || asOf === null) return []
  const { [stage]: before = 0, ...spent } = progress.spent
  const days = (ms: number): number => Math.round((ms / DAY) * 10) / 10
  return [
    ...Object.entries(spent).map(([of, ms]) => ({ stage: of, days: days(ms) })),
    { stage, days: days(before + (endedAt === null ? Math.max(now, asOf) : asOf) - progress.since) },
  ]
}

/** All that is known of a lead. @throws RelanceError `lead_unknown` */
export async function show(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  idOrEmail: string,
  audience: Audience,
): Promise<LeadDetail> {
  const lead = await requireLead({ db }, idOrEmail)
  const [now, timeline, people, words, replies] = await Promise.all([
    clock.now(),
    readTimeline(db, lead.id),
    listContacts(db, lead.id),
    signalWords(db, lead.id),
    repliesOf(db, lead.id),
  ])
  const server = await serverSaid({ db }, lead.id, lead.because, audience.language)
  const topics = topicNames(words)
  const names = new Map(people.map(({ id, firstName, lastName }) => [id, nameOf(firstName, lastName)]))
  const reader: Reader = {
    ...readerOf(audience, lead, now),
    contact: (id) => names.get(id) || id,
  }
  // Until the workflow has begun, the launch is all there is to tell.
  const lines: Change[] = timeline.length > 0 ? timeline : [{ at: lead.launchedAt, kind: 'launched' }]
  const late = lead.endedAt === null ? [] : afterEnd(timeline, words)
  const facts =
    lead.facts && factsView(lead.facts, topics, new Map(people.map((person) => [person.id, { ...person }])))
  return {
    ...stateView(lead, reader),
    lead: personView(lead, reader),
    standing: standingView(lead, reader),
    stages: stagesView(lead, now),
    offers: Object.fromEntries(
      Object.entries(lead.progress?.offers ?? {}).map(([offer, ends]) => [
        offer,
        new Date(ends).toISOString(),
      ]),
    ),
    facts,
    server,
    timeline: timelineView(lines, words, reader).map((line) => withReply(line, replies)),
    afterEnd: timelineView(late, words, reader),
  }
}

/** A line with what the mail server said, where it didn't take the e-mail. */
function withReply<Line extends { kind: string; text: string }>(
  line: Line,
  replies: Map<string, string>,
): Line {
  const { key, result } = line as { key?: string; result?: string }
  const says = key !== undefined && result !== 'done' ? replies.get(key) : undefined
  return says === undefined ? line : { ...line, says, text: `${line.text} — ${says}` }
}

/** Signals that nothing followed from: they came when the lead had ended. As lines of a timeline. */
function afterEnd(timeline: TimelineLine[], words: SignalWords[]): Change[] {
  const taken = new Set(timeline.map((line) => (line.kind === 'signal' ? line.id : undefined)))
  return words
    .filter(({ id }) => !taken.has(id))
    .map(({ id, type, at, seen, contact }) => ({
      ...{ at: seen, kind: 'signal' as const, type, id },
      ...(at !== seen && { happened: at }),
      ...(contact !== null && { contact }),
    }))
}

const nameOf = (first: string | null, last: string | null): string => [first, last].filter(Boolean).join(' ')

function personView(lead: StoredLead, reader: Reader): LeadDetail['lead'] {
  const { id, email, firstName, lastName, company, country, region, zone, locale, owner, source } = lead
  const { externalId, custom, referrer, cadence, version } = lead
  return {
    ...{ id, email, firstName, lastName, company, country, region, zone, locale, owner, source, externalId },
    ...{ custom, referrer, cadence, version },
    launchedAt: new Date(lead.launchedAt).toISOString(),
    outcomeAt: iso(lead.outcomeAt),
    outcomeBecause: lead.outcomeCause && say(lead.outcomeCause, reader),
    outcomeCause: lead.outcomeCause,
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

/** The timeline: each line as data and in words, with what people wrote beside the signals it came with. */
function timelineView(lines: Change[], words: SignalWords[], reader: Reader): LeadDetail['timeline'] {
  const said = new Map(words.map((signal) => [signal.id, signal]))
  return lines.map((line) => {
    const { seq, at, ...change } = line as TimelineLine
    const signal = change.kind === 'signal' ? said.get(change.id) : undefined
    const fields = signal && { ...signal.data, ...signal.personal }
    const text = sayChange({ at, ...change } as TimelineLine, reader)
    return {
      at: new Date(at).toISOString(),
      text: sayAbout(text, fields ? sayFields(fields, reader) : '', reader),
      ...change,
      ...('happened' in change && { happened: iso(change.happened) }),
      ...(fields && { fields }),
    }
  })
}
