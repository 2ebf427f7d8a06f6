/**
 * What we know of a lead, and how a signal changes it.
 *
 * Every fact is a register that remembers when it happened and which signal said so; the latest wins, ties by
 * signal id. So a signal that comes twice, late or out of order leaves the same facts (DESIGN.md §4, promise 4).
 */
import type { FactValue } from './condition.ts'
import { isInbound } from './inbound.ts'
import type { Signal } from './signals.ts'
import type { Instant } from './time.ts'
import type { CreditState, Deal, Demo, Interest, Need, Proposal, Role, Theme } from './words.ts'

/** A value, when it became so, and the signal that said so (the tie-break). */
export interface Dated<T> {
  is: T
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
 * What keeps us from writing to a person, and until when: each for itself, for an automatic reply takes back nothing
 * that was asked for.
 */
export type Quiet = Partial<Record<'reply.automatic' | 'callback.requested', Dated<Instant>>>

/** `overcome.is`: `passed` when a person let it pass. `from`: the contact who raised it last. */
export interface Objection {
  raised: Dated<Role | 'unknown'>
  from?: string
  overcome: Dated<'no' | 'answered' | 'passed'>
}

export interface Contact {
  role?: Role
  stance?: 'for' | 'neutral' | 'against'
}

export interface Facts {
  interest: Dated<Interest>
  need: Dated<Need>
  /** The last word on credit: a decision, or that one was asked for. */
  credit: Dated<Credit>
  /** The last decision: asking again takes back none that is still good (`creditNow`). */
  decided: Dated<Credit>
  /** What monitoring said of the decision since, each for itself; it counts while it is newer. */
  monitored: { limit?: Dated<number>; rating?: Dated<string> }
  /** The last word on demo and proposal; `milestones.ts` says how far they have come. */
  demo: Dated<Demo>
  proposal: Dated<Proposal>
  /** When a demo was held, and when the proposal was looked at; 0 for never. */
  held: Instant
  viewed: Instant
  deal: Dated<Deal>
  /** What the proposal or the deal is worth, as last said; 0 for not said. */
  amount: Dated<number>
  /** When we last heard from them; 0 for never. */
  heard: Instant
  /** Replies: when the last one came, and what the seller last did about one. */
  replied: Instant
  handled: Dated<'none' | 'resume' | 'hold' | 'end'>
  /** Who said no to all of it, by contact id. */
  refused: Record<string, Instant>
  /** By contact id: out of office, or asked to be called later. */
  quiet: Record<string, Quiet>
  /** Leads of the same account by id: when a reply of theirs came, and when it was handled. */
  colleagues: Record<string, { replied: Instant; handled: Instant }>
  /** The buying centre by contact id; the contact the lead was launched with is `main`. */
  contacts: Record<string, Dated<Contact>>
  /** Who left, by contact id. */
  left: Record<string, Instant>
  /** Who must not be written to any more, by contact id, and why. */
  out: Record<string, Dated<'unsubscribed' | 'complained' | 'bounced'>>
  /** By topic token: last raised (and who by), last overcome. Open when raised after it was overcome. */
  objections: Record<string, Objection>
  /** By offer: its end as a person moved it. */
  extended: Record<string, Dated<Instant>>
  /** Which benefit they answer to, and how often. */
  themes: Partial<Record<Theme, number>>
  named: Record<string, Dated<FactValue>>
}

export const MAIN = 'main'

const never = <T>(is: T): Dated<T> => ({ is, at: 0, by: '' })

/** What is known of somebody of whom nothing is known yet. */
export const noFacts = (): Facts => ({
  interest: never('none'),
  need: never('unknown'),
  credit: never({ state: 'unknown' }),
  decided: never({ state: 'unknown' }),
  monitored: {},
  demo: never('none'),
  proposal: never('none'),
  held: 0,
  viewed: 0,
  deal: never('open'),
  amount: never(0),
  heard: 0,
  replied: 0,
  handled: never('none'),
  refused: {},
  quiet: {},
  colleagues: {},
  contacts: {},
  left: {},
  out: {},
  objections: {},
  extended: {},
  themes: {},
  named: {},
})

/** Whether a value said at `at` by signal `by` beats what is there. */
const newer = (old: Dated<unknown> | undefined, signal: Signal): boolean =>
  old === undefined || signal.at > old.at || (signal.at === old.at && signal.id > old.by)

/** Open objections: topic tokens, oldest first. */
export const openObjections = (facts: Facts): string[] =>
  Object.entries(facts.objections)
    .filter(([, o]) => o.raised.at > o.overcome.at)
    .sort(([a, x], [b, y]) => x.raised.at - y.raised.at || (a < b ? -1 : 1))
    .map(([topic]) => topic)

/** A reply came that the seller hasn't handled. */
export const replyWaits = (facts: Facts): boolean => facts.replied > facts.handled.at

/** Whether a contact is at the company: who left and is identified since is back. */
export const isThere = (facts: Facts, contact: string): boolean =>
  facts.left[contact] === undefined || (facts.contacts[contact]?.at ?? 0) > facts.left[contact]

/** Somebody said no to all of it, and the seller hasn't handled that. */
export const refusalWaits = (facts: Facts, contact: string): boolean =>
  (facts.refused[contact] ?? 0) > facts.handled.at

/** Which other lead of the account has a reply waiting for the seller, and since when; the one that waits longest. */
export function colleagueWaits(facts: Facts): { lead: string; since: Instant } | undefined {
  const waiting = Object.entries(facts.colleagues).filter(([, { replied, handled }]) => replied > handled)
  const [first] = waiting.sort(([a, x], [b, y]) => x.replied - y.replied || (a < b ? -1 : 1))
  return first && { lead: first[0], since: first[1].replied }
}

/** Until when a contact is not to be written to, and why; 0 when nothing keeps us. */
export function quietUntil({ quiet }: Facts, contact: string): { until: Instant; why: keyof Quiet } {
  const { 'reply.automatic': away, 'callback.requested': asked } = quiet[contact] ?? {}
  return (asked?.is ?? 0) >= (away?.is ?? 0)
    ? { until: asked?.is ?? 0, why: 'callback.requested' }
    : { until: away?.is ?? 0, why: 'reply.automatic' }
}

/**
 * Applies one signal.
 * @returns the new facts (the old ones untouched), and whether the signal still counted: an older one that arrives
 * after a newer one of its kind changes nothing and must set nothing off.
 */
export function learn(facts: Facts, signal: Signal): { facts: Facts; counted: boolean } {
  const next: Facts = { ...facts }
  if (isInbound(signal.type)) next.heard = Math.max(next.heard, signal.at)
  const counted = apply(next, signal)
  return { facts: next, counted }
}

function apply(next: Facts, signal: Signal): boolean {
  const { data, at, id: by } = signal
  const contact = signal.contact ?? MAIN

  /** Sets one register when the signal is newer than what it holds. */
  const set = <
    K extends
      | 'interest'
      | 'need'
      | 'credit'
      | 'decided'
      | 'demo'
      | 'proposal'
      | 'deal'
      | 'amount'
      | 'handled',
  >(
    key: K,
    is: Facts[K]['is'],
  ): boolean => {
    if (!newer(next[key], signal)) return false
    Object.assign(next, { [key]: { is, at, by } })
    return true
  }
  const decide = (state: CreditState): boolean => {
    const last = set('credit', creditOf(state, data))
    // An approval dated before a second request is an answer all the same.
    return (set('decided', creditOf(state, data)) && state === 'approved') || last
  }
  if (data.amount !== undefined) set('amount', Number(data.amount))
  const likes = (): void => {
    const theme = data.theme as Theme | undefined
    if (theme) next.themes = { ...next.themes, [theme]: (next.themes[theme] ?? 0) + 1 }
  }
  const stopWriting = (why: 'unsubscribed' | 'complained' | 'bounced'): boolean => {
    if (!newer(next.out[contact], signal)) return false
    next.out = { ...next.out, [contact]: { is: why, at, by } }
    return true
  }

  const keepQuiet = (why: keyof Quiet, until: Instant): boolean => {
    const quiet = next.quiet[contact]
    if (!newer(quiet?.[why], signal)) return false
    next.quiet = { ...next.quiet, [contact]: { ...quiet, [why]: { is: until, at, by } } }
    return true
  }

  switch (signal.type) {
    case 'interest.expressed':
      likes()
      return set('interest', data.level as Interest)
    case 'link.clicked':
      likes()
      return true
    case 'need.verified':
      return set('need', 'verified')
    case 'need.dismissed':
      return set('need', 'dismissed')
    case 'credit.requested':
      return set('credit', creditOf('pending', data))
    case 'credit.approved':
      return decide('approved')
    case 'credit.refused':
      return decide('refused')
    case 'credit.review':
      return decide('review')
    case 'credit.changed': {
      const { limit, rating } = creditOf('approved', data)
      const { monitored } = next
      next.monitored = { ...monitored }
      if (limit !== undefined && newer(monitored.limit, signal)) next.monitored.limit = { is: limit, at, by }
      if (rating !== undefined && newer(monitored.rating, signal)) {
        next.monitored.rating = { is: rating, at, by }
      }
      return next.monitored.limit?.by === by || next.monitored.rating?.by === by
    }
    case 'reply.received':
      if (data.refuses === true) {
        next.refused = { ...next.refused, [contact]: Math.max(at, next.refused[contact] ?? 0) }
      }
      if (at <= next.replied) return false
      next.replied = at
      return true
    case 'reply.handled':
      return set('handled', data.then as 'resume' | 'hold' | 'end')
    case 'reply.automatic':
      return keepQuiet(signal.type, Number(data.returns))
    case 'callback.requested':
      return keepQuiet(signal.type, Number(data.until))
    case 'email.bounced':
      return data.hard === true ? stopWriting('bounced') : true
    case 'email.complained':
      return stopWriting('complained')
    case 'unsubscribed':
      return stopWriting('unsubscribed')
    case 'contact.identified': {
      if (!newer(next.contacts[contact], signal)) return false
      const known: Contact = { role: data.role as Role }
      if (data.stance !== undefined) known.stance = data.stance as NonNullable<Contact['stance']>
      next.contacts = { ...next.contacts, [contact]: { is: known, at, by } }
      return true
    }
    case 'contact.left':
      next.left = { ...next.left, [contact]: Math.max(at, next.left[contact] ?? 0) }
      return true
    case 'objection.raised':
    case 'objection.overcome':
      return argue(next, signal)
    case 'demo.booked':
      return set('demo', 'booked')
    case 'demo.held':
      next.held = Math.max(at, next.held)
      return set('demo', 'held')
    case 'demo.missed':
      return set('demo', 'missed')
    case 'proposal.sent':
      return set('proposal', 'sent')
    case 'proposal.viewed':
      if (at <= next.viewed) return false
      next.viewed = at
      return true
    case 'proposal.accepted':
      return set('proposal', 'accepted')
    case 'proposal.declined':
      return set('proposal', 'declined')
    case 'deal.won':
      return set('deal', 'won')
    case 'deal.lost':
      return set('deal', 'lost')
    case 'offer.extended': {
      const offer = String(data.offer)
      if (!newer(next.extended[offer], signal)) return false
      next.extended = { ...next.extended, [offer]: { is: Number(data.until), at, by } }
      return true
    }
    case 'referral.given':
      return true
    case 'colleague.replied':
    case 'colleague.handled': {
      const key = signal.type === 'colleague.replied' ? 'replied' : 'handled'
      const lead = String(data.lead)
      const old = next.colleagues[lead] ?? { replied: 0, handled: 0 }
      if (at <= old[key]) return false
      next.colleagues = { ...next.colleagues, [lead]: { ...old, [key]: at } }
      return true
    }
    case 'fact.recorded': {
      const name = String(data.name)
      if (!newer(next.named[name], signal)) return false
      next.named = { ...next.named, [name]: { is: data.value as FactValue, at, by } }
      return true
    }
  }
}

function argue(next: Facts, signal: Signal): boolean {
  const topic = String(signal.data.topic)
  const old: Objection = next.objections[topic] ?? { raised: never('unknown'), overcome: never('no') }
  const stamp = { at: signal.at, by: signal.id }
  const raises = signal.type === 'objection.raised'
  if (!newer(raises ? old.raised : old.overcome, signal)) return false
  const objection: Objection = raises
    ? { raised: { is: (signal.data.by as Role | undefined) ?? 'unknown', ...stamp }, overcome: old.overcome }
    : { ...old, overcome: { is: signal.data.override === true ? 'passed' : 'answered', ...stamp } }
  if (raises && signal.contact !== undefined) objection.from = signal.contact
  next.objections = { ...next.objections, [topic]: objection }
  return !raises || objection.raised.at > objection.overcome.at
}

function creditOf(state: CreditState, data: Signal['data']): Credit {
  const credit: Credit = { state }
  if (data.limit !== undefined) credit.limit = Number(data.limit)
  for (const key of ['rating', 'ref', 'provider'] as const) {
    if (data[key] !== undefined) credit[key] = String(data[key])
  }
  return credit
}
