/** The values that a text's variables have: what is known of a lead, and what the occasion brings. */
import type { Plan } from '../../cadence/plan.ts'
import type { Instant } from '../../cadence/time.ts'
import type { TouchContext } from '../../store/touch-context.ts'
import type { Address } from '../mail/address.ts'
import type { Variables } from './liquid.ts'

/** What is known of the reader of a text. */
export type Known = Pick<
  TouchContext,
  'custom' | 'company' | 'country' | 'contact' | 'topic' | 'referrer' | 'facts' | 'locale' | 'zone'
>

/** What a text is written for. */
export interface Occasion {
  urgency: string
  offer?: { name: string; ends: Instant }
  /** Left out of tasks, which nobody sends. */
  sender?: Address
  /** The text's, for dates that are written out. */
  language: string
}

/** The values, by group and name. */
export function valuesFor(known: Known, plan: Pick<Plan, 'locale'>, occasion: Occasion): Variables {
  const { custom, company, country, contact, topic, referrer, facts, locale, zone } = known
  const { urgency, offer, sender, language } = occasion
  const named = Object.entries(facts?.named ?? {})
  return {
    contact: { ...contact },
    lead: { ...custom, company, country, locale: locale ?? plan.locale },
    urgency,
    objection: { topic },
    referrer: { ...referrer },
    fact: Object.fromEntries(named.map(([name, { value }]) => [name, value])),
    ...(sender && { sender: { name: sender.name ?? sender.email, email: sender.email } }),
    ...(offer && { offer: { name: offer.name, ends: written(offer.ends, language, zone) } }),
  }
}

/** `30 November 2026`, in the language of the letter. */
function written(at: Instant, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(at)
}
