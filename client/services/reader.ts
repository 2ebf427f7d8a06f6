/** The language and zone that a service's texts are made for; the lead's own zone where nobody asked for one. */
import type { Language } from '../../cadence/reasons/dictionary.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import type { Instant } from '../../cadence/time.ts'

export interface Audience {
  language: Language
  /** IANA; the lead's when left out. */
  zone?: string
}

/** English, in each lead's own zone. */
export const ENGLISH: Audience = { language: 'en' }

/** The reader of what is said of a lead at `now`. */
export const readerOf = ({ language, zone }: Audience, lead: { zone: string }, now: Instant): Reader => ({
  language,
  zone: zone ?? lead.zone,
  leadZone: lead.zone,
  now,
})
