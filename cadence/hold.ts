/**
 * Whether a lead is on hold, and why: paused by a person, a reply waits for the seller, the seller said hold, a
 * colleague's reply waits, call back asked for, out of office. Nothing is written meanwhile (docs/design.md §1).
 */
import { addressee } from './addressee.ts'
import { colleagueWaits, MAIN, oldestReply, quietUntil } from './facts.ts'
import type { Lead } from './lead.ts'
import type { Plan } from './plan.ts'
import type { Because } from './reason.ts'
import type { Instant } from './time.ts'
import type { HoldWord } from './words.ts'

/** `held`: the seller answered a reply with `then: hold`; its reason is `kept_still`. */
/** A hold that is on; `until`: when it ends by itself. */
export interface Hold {
  hold: HoldWord
  because: Because
  until?: Instant
}

/** The hold that is on at `lead.now`; the first of them where there are several. */
export function holdOf(lead: Lead, plan: Plan): Hold | undefined {
  const { facts, now } = lead
  const { paused } = lead
  if (paused && now < (paused.until ?? Number.POSITIVE_INFINITY)) {
    return {
      hold: 'paused',
      because: { code: 'paused', ...paused },
      ...(paused.until !== undefined && { until: paused.until }),
    }
  }
  const reply = oldestReply(facts)
  if (reply) return { hold: 'reply', because: { code: 'reply_waits', since: reply.at } }
  if (facts.handled.value === 'hold') {
    return { hold: 'held', because: { code: 'kept_still', since: facts.handled.at } }
  }
  const colleague = plan.account === 'hold' ? colleagueWaits(facts) : undefined
  if (colleague !== undefined) return { hold: 'account', because: { code: 'colleague_waits', ...colleague } }
  // Being away is no hold once somebody else is written to, because the main contact left.
  const main = addressee(facts, undefined)
  const { until, why } = quietUntil(facts, MAIN)
  if (until <= now || (main !== undefined && main !== MAIN)) return undefined
  return why === 'callback.requested'
    ? { hold: 'callback', until, because: { code: 'callback', until } }
    : { hold: 'out_of_office', until, because: { code: 'out_of_office', until } }
}
