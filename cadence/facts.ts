/**
 * What we know of a lead. How a signal changes it is in `learn.ts`.
 *
 * Every fact is a register that remembers when it happened and which signal said so; the latest wins, ties by
 * signal id. So a signal that comes twice, late or out of order leaves the same facts (docs/design.md §4, promise 4).
 */
import type { FactValue } from './condition.ts'
import { FORMAT, type Format } from './format.ts'
import type { Signal } from './signals.ts'
import type { Instant } from './time.ts'
import type { CreditState, Deal, Demo, Interest, Need, Proposal, Role, Theme } from './words.ts'

/** A value, when it became so, and the signal that said so (the tie-break). */
export interface Dated<T> {
  value: T
  at: Instant
  by: string
}

/** A decision on credit, with what the provider gave along. */
export interface Credit {
  state: CreditState
  limit?: number
  rating?: string
  ref?: string
  provider?: string
}

/**
 * What keeps us from writing to a person, and until when. Each is a register of its own: an automatic reply must not
 * undo a call back that was asked for.
 */
export type Quiet = Partial<Record<'reply.automatic' | 'callback.requested', Dated<Instant>>>

/** `overcome.value`: `passed` when a person let it pass. `from`: the contact who raised it last. */
export interface Objection {
  raised: Dated<Role | 'unknown'>
  from?: string
  overcome: Dated<'no' | 'answered' | 'passed'>
}

/** `at`: when it was written; `seen`: when it came in. */
export interface Reply {
  at: Instant
  seen: Instant
  contact: string
}

export interface Contact {
  role?: Role
  stance?: 'for' | 'neutral' | 'against'
}

export interface Facts {
  format: Format
  interest: Dated<Interest>
  need: Dated<Need>
  /** The last word on credit: a decision, or that one was asked for. */
  credit: Dated<Credit>
  /** The last decision: asking again takes back none that is still good (`creditNow`). */
  decided: Dated<Credit>
  /** The limit and the rating that monitoring has reported; each counts while it is newer than the decision. */
  monitored: { limit?: Dated<number>; rating?: Dated<string> }
  /** The last word on demo and proposal; `milestones.ts` says how far they have come. */
  demo: Dated<Demo>
  proposal: Dated<Proposal>
  /** When the demo takes place that was booked last; 0 for not known. */
  demoAt: Dated<Instant>
  /** When a demo was held, and when the proposal was looked at; 0 for never. */
  held: Instant
  viewed: Instant
  deal: Dated<Deal>
  /** What the proposal or the deal is worth, as last said; 0 for not said. */
  amount: Dated<number>
  /** When we last heard from them; 0 for never. */
  heard: Instant
  /** When they last replied, as they wrote it; 0 for never. */
  replied: Instant
  /** Replies that wait for the seller, by signal id. */
  replies: Record<string, Reply>
  /** What the seller last did about replies: an answer covers all that had come in when it was given. */
  handled: Dated<'none' | 'resume' | 'hold' | 'end'>
  /** By contact id: the last reply of theirs that was handled. Who writes is back from where they were before it. */
  back: Record<string, Instant>
  /** Who said no to all of it, by contact id. */
  refused: Record<string, Instant>
  /** By contact id: out of office, or asked to be called later. */
  quiet: Record<string, Quiet>
  /** Leads of the same account by id: when a reply of theirs came in, and when it was handled. */
  colleagues: Record<string, { replied: Instant; handled: Instant }>
  /** The buying centre by contact id; the contact the lead was launched with is `main`. */
  contacts: Record<string, Dated<Contact>>
  /** Who left, by contact id. */
  left: Record<string, Instant>
  /** Who said no, by contact id, and how. */
  out: Record<string, Dated<'unsubscribed' | 'complained'>>
  /** By contact id: when an e-mail to their address came back for good, last. */
  bounced: Record<string, Instant>
  /** By contact id: when a person lifted what kept us from writing to them, and when they got another address. */
  lifted: Record<string, Instant>
  readdressed: Record<string, Instant>
  /** By topic token: last raised (and who by), last overcome. Open when raised after it was overcome. */
  objections: Record<string, Objection>
  /** By offer: its end as a person moved it. */
  extended: Record<string, Dated<Instant>>
  /** Which benefit they answer to, and how often. */
  themes: Partial<Record<Theme, number>>
  named: Record<string, Dated<FactValue>>
  /** By the id of a task's step: when it was last done, and in which visit. */
  done: Record<string, { visit: number; at: Instant }>
}

export const MAIN = 'main'

export const never = <T>(value: T): Dated<T> => ({ value, at: 0, by: '' })

/** What is known of somebody of whom nothing is known yet. */
export const noFacts = (): Facts => ({
  format: FORMAT,
  interest: never('none'),
  need: never('unknown'),
  credit: never({ state: 'unknown' }),
  decided: never({ state: 'unknown' }),
  monitored: {},
  demo: never('none'),
  proposal: never('none'),
  demoAt: never(0),
  held: 0,
  viewed: 0,
  deal: never('open'),
  amount: never(0),
  heard: 0,
  replied: 0,
  replies: {},
  handled: never('none'),
  back: {},
  refused: {},
  quiet: {},
  colleagues: {},
  contacts: {},
  left: {},
  out: {},
  bounced: {},
  lifted: {},
  readdressed: {},
  objections: {},
  extended: {},
  themes: {},
  named: {},
  done: {},
})

/** Whether a value said at `at` by signal `by` beats what is there. */
export const newer = (old: Dated<unknown> | undefined, signal: Signal): boolean =>
  old === undefined || signal.at > old.at || (signal.at === old.at && signal.id > old.by)

/** Open objections: topic tokens, oldest first. */
export function openObjections({ objections }: Facts): string[] {
  const raised = (topic: string): Instant => objections[topic]?.raised.at ?? 0
  const open = Object.keys(objections).filter((topic) => isOpen(objections[topic] as Objection))
  return open.length < 2 ? open : open.sort((a, b) => raised(a) - raised(b) || (a < b ? -1 : 1))
}

const isOpen = ({ raised, overcome }: Objection): boolean => raised.at > overcome.at

/** A reply came that the seller hasn't handled. */
export const replyWaits = (facts: Facts): boolean => {
  for (const _ in facts.replies) return true
  return false
}

/** The reply that has waited longest. */
export function oldestReply({ replies }: Facts): Reply | undefined {
  let oldest: Reply | undefined
  for (const id in replies) {
    const reply = replies[id] as Reply
    if (oldest === undefined || reply.seen < oldest.seen) oldest = reply
  }
  return oldest
}

/** Whether a contact is at the company: who left and is identified since is back. */
export const isThere = (facts: Facts, contact: string): boolean =>
  facts.left[contact] === undefined || (facts.contacts[contact]?.at ?? 0) > facts.left[contact]

/**
 * Why a contact must not be written to: they said no, or their address is none. Both count until a person lifts them,
 * a bounce until they have another address, too.
 */
export function outBecause(
  facts: Facts,
  contact: string,
): 'unsubscribed' | 'complained' | 'bounced' | undefined {
  const { out, bounced, lifted, readdressed } = facts
  const no = out[contact]
  const since = lifted[contact] ?? 0
  if (no && no.at > since) return no.value
  return (bounced[contact] ?? 0) > Math.max(since, readdressed[contact] ?? 0) ? 'bounced' : undefined
}

/** Somebody said no to all of it (as it came in), and the seller hasn't handled that. */
export const refusalWaits = (facts: Facts, contact: string): boolean =>
  (facts.refused[contact] ?? 0) > facts.handled.at

/** Which other lead of the account has a reply waiting for the seller, and since when; the one that waits longest. */
export function colleagueWaits(facts: Facts): { lead: string; since: Instant } | undefined {
  let first: { lead: string; since: Instant } | undefined
  for (const lead in facts.colleagues) {
    const { replied, handled } = facts.colleagues[lead] as Facts['colleagues'][string]
    if (replied <= handled) continue
    const sooner = !first || replied < first.since || (replied === first.since && lead < first.lead)
    if (sooner) first = { lead, since: replied }
  }
  return first
}

/**
 * Until when a contact is not to be written to, and why; 0 when nothing keeps us. Who has written since, and was
 * answered, is back.
 */
export function quietUntil({ quiet, back }: Facts, contact: string): { until: Instant; why: keyof Quiet } {
  const counts = (kept: Dated<Instant> | undefined) =>
    kept !== undefined && kept.at >= (back[contact] ?? Number.NEGATIVE_INFINITY) ? kept : undefined
  const away = counts(quiet[contact]?.['reply.automatic'])
  const asked = counts(quiet[contact]?.['callback.requested'])
  return (asked?.value ?? 0) >= (away?.value ?? 0)
    ? { until: asked?.value ?? 0, why: 'callback.requested' }
    : { until: away?.value ?? 0, why: 'reply.automatic' }
}
