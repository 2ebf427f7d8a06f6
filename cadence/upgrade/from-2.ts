/**
 * From format 2 to format 3: held time counts for nothing, replies wait by their ids, an offer is quoted last a while
 * before its end, what waits for people is told of, caps say whether they follow the calendar, a cadence says which
 * language stands in for a reader's own, and bounces are kept apart from noes. What was so under format 2 goes on as it
 * was left: the waits of an open visit count from its last touch, holds that are over count for nothing any more, caps
 * are rolling.
 */
import { noFacts, oldestReply } from '../facts.ts'
import { newLead } from '../lead.ts'
import { type Json, object } from './from-1.ts'

/** A reply that waited has no id any more, but for this one. */
const WAITING = 'waiting'

export function facts(old: Json): Json {
  const { replied = 0, handled, refused } = old
  const at = Number(replied)
  const waits = at > Number(object(handled).at ?? 0)
  return {
    ...noFacts(),
    ...old,
    ...outOf(object(old.out)),
    refused: object(refused),
    replies: waits ? { [WAITING]: { at, seen: at, contact: 'main' } } : {},
    format: 3,
  }
}

/** Who said no, and whose address bounced, were one list. */
function outOf(out: Json): { out: Json; bounced: Json } {
  const entries = Object.entries(out).map(([contact, said]) => [contact, object(said)] as const)
  const bounced = entries.filter(([, { value }]) => value === 'bounced')
  return {
    out: Object.fromEntries(entries.filter(([, { value }]) => value !== 'bounced')),
    bounced: Object.fromEntries(bounced.map(([contact, { at }]) => [contact, at])),
  }
}

export function lead(old: Json): Json {
  const { resumed, asked = [], ...rest } = old
  const now = Number(old.now)
  const upgraded = {
    ...newLead(String(old.id), Number(old.launchedAt)),
    ...rest,
    facts: facts(object(old.facts)),
    asked: (asked as Json[]).map((one) => ({ at: now, ...one })),
    format: 3,
  }
  const since = heldSince(upgraded)
  if (since === undefined) return upgraded
  const reply = oldestReply(upgraded.facts as never) !== undefined
  return { ...upgraded, held: { since, ...(reply && { reply: true }) } }
}

/** Since when a lead is held, by what was known of holds: the earliest, where there are several. */
function heldSince(lead: Json): number | undefined {
  const { paused, facts: known, now } = lead
  const { replies, quiet, colleagues } = object(known)
  const away = Object.values(object(object(quiet).main)).map(object)
  const begun = [
    ...(paused ? [object(paused).since] : []),
    ...Object.values(object(replies)).map((reply) => object(reply).seen),
    ...away.filter(({ value }) => Number(value) > Number(now)).map(({ at }) => at),
    ...Object.values(object(colleagues))
      .map(object)
      .filter(({ replied, handled }) => Number(replied) > Number(handled))
      .map(({ replied }) => replied),
  ]
  return begun.length > 0 ? Math.min(...begun.map(Number)) : undefined
}

export function plan(old: Json): Json {
  const parts = (list: unknown): Json[] =>
    ((list ?? []) as Json[]).map((part) => ({ ...part, steps: ((part.steps ?? []) as Json[]).map(step) }))
  return {
    ...old,
    owner: old.from,
    // Letters that weren't there in a reader's language went out in the cadence's.
    locales: { written: [], standIn: {}, others: old.locale },
    limits: Object.fromEntries(
      Object.entries(object(old.limits)).map(([whose, cap]) => [whose, { kind: 'rolling', ...object(cap) }]),
    ),
    escalate: {
      reply: { owner: { n: 1, unit: 'd' }, manager: { n: 3, unit: 'd' } },
      role: { owner: { n: 3, unit: 'd' }, manager: { n: 7, unit: 'd' } },
      task: { owner: { n: 1, unit: 'd' }, manager: { n: 3, unit: 'd' } },
    },
    stages: parts(old.stages),
    plays: parts(old.plays),
    format: 3,
  }
}

function step(old: Json): Json {
  const { offer } = old
  return offer ? { ...old, offer: { notice: { n: 1, unit: 'bd' }, ...object(offer) } } : old
}

export const command = (old: Json): Json => ({ ...old, format: 3 })
export const answer = (old: Json): Json => ({ ...old, format: 3 })
