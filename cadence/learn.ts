/** Learning: how a signal changes the facts. Only signals do. */
import type { FactValue } from './condition.ts'
import {
  type Contact,
  type Credit,
  type Facts,
  MAIN,
  never,
  newer,
  type Objection,
  type Quiet,
} from './facts.ts'
import { isInbound } from './inbound.ts'
import type { Signal } from './signals.ts'
import { DAY, type Instant } from './time.ts'
import type { CreditState, Interest, Role, Theme } from './words.ts'

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
      | 'demoAt'
      | 'handled',
  >(
    key: K,
    value: Facts[K]['value'],
  ): boolean => {
    if (!newer(next[key], signal)) return false
    Object.assign(next, { [key]: { value, at, by } })
    return true
  }
  const decide = (state: CreditState): boolean => {
    const last = set('credit', creditOf(state, data))
    // An approval that is dated before the last request isn't the last word, but still a new decision.
    return (set('decided', creditOf(state, data)) && state === 'approved') || last
  }
  if (data.amount !== undefined) set('amount', Number(data.amount))
  const likes = (): void => {
    const theme = data.theme as Theme | undefined
    if (theme) next.themes = { ...next.themes, [theme]: (next.themes[theme] ?? 0) + 1 }
  }
  const stopWriting = (why: 'unsubscribed' | 'complained'): boolean => {
    if (!newer(next.out[contact], signal)) return false
    next.out = { ...next.out, [contact]: { value: why, at, by } }
    return true
  }
  /** Sets a register of instants when the signal is newer than what it holds. */
  const last = (key: 'bounced' | 'lifted' | 'readdressed'): boolean => {
    if (at <= (next[key][contact] ?? 0)) return false
    next[key] = { ...next[key], [contact]: at }
    return true
  }

  const keepQuiet = (why: keyof Quiet, until: Instant): boolean => {
    const quiet = next.quiet[contact]
    if (!newer(quiet?.[why], signal)) return false
    next.quiet = { ...next.quiet, [contact]: { ...quiet, [why]: { value: until, at, by } } }
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
      if (limit !== undefined && newer(monitored.limit, signal))
        next.monitored.limit = { value: limit, at, by }
      if (rating !== undefined && newer(monitored.rating, signal)) {
        next.monitored.rating = { value: rating, at, by }
      }
      return next.monitored.limit?.by === by || next.monitored.rating?.by === by
    }
    case 'reply.received':
      if (data.refuses === true) {
        next.refused = { ...next.refused, [contact]: Math.max(signal.seen, next.refused[contact] ?? 0) }
      }
      next.replied = Math.max(at, next.replied)
      next.replies = { ...next.replies, [by]: { at, seen: signal.seen, contact } }
      return !cover(next)
    case 'reply.handled': {
      const counts = set('handled', data.then as 'resume' | 'hold' | 'end')
      if (counts) cover(next)
      return counts
    }
    case 'reply.automatic':
      return keepQuiet(signal.type, data.returns === undefined ? at + ABSENCE : returning(at, data.returns))
    case 'callback.requested':
      return keepQuiet(signal.type, returning(at, data.until))
    case 'email.bounced':
      return data.hard === true ? last('bounced') : true
    case 'email.complained':
      return stopWriting('complained')
    case 'unsubscribed':
      return stopWriting('unsubscribed')
    case 'contact.identified': {
      if (!newer(next.contacts[contact], signal)) return false
      const known: Contact = { role: data.role as Role }
      if (data.stance !== undefined) known.stance = data.stance as NonNullable<Contact['stance']>
      next.contacts = { ...next.contacts, [contact]: { value: known, at, by } }
      return true
    }
    case 'contact.edited':
      return data.address === true ? last('readdressed') : true
    case 'suppression.lifted':
      return last('lifted')
    case 'contact.left':
      next.left = { ...next.left, [contact]: Math.max(at, next.left[contact] ?? 0) }
      return true
    case 'objection.raised':
    case 'objection.overcome':
      return argue(next, signal)
    case 'demo.booked':
      set('demoAt', Number(data.at ?? 0))
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
      next.extended = { ...next.extended, [offer]: { value: Number(data.until), at, by } }
      return true
    }
    case 'referral.given':
    case 'mailbox.resumed':
      return true
    case 'colleague.replied':
    case 'colleague.handled': {
      const key = signal.type === 'colleague.replied' ? 'replied' : 'handled'
      const lead = String(data.lead)
      const old = next.colleagues[lead] ?? { replied: 0, handled: 0 }
      // As with replies of their own: an answer covers what had come in when it was given.
      const counted = key === 'replied' ? signal.seen : at
      if (counted <= old[key]) return false
      next.colleagues = { ...next.colleagues, [lead]: { ...old, [key]: counted } }
      return true
    }
    case 'task.done': {
      const [step, visit] = [String(data.step), Number(data.visit)]
      const old = next.done[step]
      // A later visit's task counts; of one task, when it was done first.
      if (old && (old.visit > visit || (old.visit === visit && old.at <= at))) return false
      next.done = { ...next.done, [step]: { visit, at } }
      return true
    }
    case 'fact.recorded': {
      const name = String(data.name)
      if (!newer(next.named[name], signal)) return false
      next.named = { ...next.named, [name]: { value: data.value as FactValue, at, by } }
      return true
    }
  }
}

/** How long an absence is taken to last that names no date, and one whose date can't be meant. */
const ABSENCE = 14 * DAY

/** The date of a return. One over a year away is taken for a slip, and asked about (`decide.ts`). */
const returning = (at: Instant, date: unknown): Instant => {
  const until = Number(date)
  return isFar(at, until) ? at + ABSENCE : until
}

/** Whether a return is further away than anybody plans. */
export const isFar = (at: Instant, until: Instant): boolean => until - at > 366 * DAY

/**
 * Takes off what an answer covers: every reply that had come in when it was given. Who wrote it is back from wherever
 * they were.
 * @returns whether there was any.
 */
function cover(next: Facts): boolean {
  const { handled } = next
  const covered = Object.entries(next.replies).filter(([, { seen }]) => seen <= handled.at)
  if (covered.length === 0) return false
  next.replies = { ...next.replies }
  next.back = { ...next.back }
  for (const [id, { at, contact }] of covered) {
    delete next.replies[id]
    next.back[contact] = Math.max(at, next.back[contact] ?? 0)
  }
  return true
}

function argue(next: Facts, signal: Signal): boolean {
  const topic = String(signal.data.topic)
  const old: Objection = next.objections[topic] ?? { raised: never('unknown'), overcome: never('no') }
  const stamp = { at: signal.at, by: signal.id }
  const raises = signal.type === 'objection.raised'
  if (!newer(raises ? old.raised : old.overcome, signal)) return false
  const objection: Objection = raises
    ? {
        raised: { value: (signal.data.by as Role | undefined) ?? 'unknown', ...stamp },
        overcome: old.overcome,
      }
    : { ...old, overcome: { value: signal.data.override === true ? 'passed' : 'answered', ...stamp } }
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
