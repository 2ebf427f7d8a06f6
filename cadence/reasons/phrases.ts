/**
 * What a dictionary says its sentences with: dates, waits and amounts in the reader's language and zone. The reader's
 * clock is what counts; where the lead's shows another time, that is said beside it.
 */
import { offsets } from '../calendar/zone.ts'
import type { Reason } from '../reason.ts'
import { DAY, HOUR, type Instant } from '../time.ts'
import type { Dictionary, Language, Phrases } from './dictionary.ts'

/** Who reads. */
export interface Reader {
  language: Language
  /** IANA zone of the reader. */
  zone: string
  /** The environment's now: how long ago something was is counted when it is read. */
  now: Instant
  /** IANA zone of the lead it is about, where there is one. */
  leadZone?: string
  /** What a contact is called; their id when left out. */
  contact?: (id: string) => string
}

/** BCP 47: English as it is written where dates are `23 Nov 2026`. */
const LOCALE: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR' }

const made = new Map<string, Intl.DateTimeFormat>()

function format(language: Language, zone: string, kind: 'day' | 'moment' | 'time'): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${kind}`
  const before = made.get(key)
  if (before) return before
  const date = { day: 'numeric', month: 'short', year: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const parts = { day: date, time, moment: { weekday: 'short', ...date, ...time } as const }[kind]
  const fresh = new Intl.DateTimeFormat(LOCALE[language], { timeZone: zone, ...parts })
  made.set(key, fresh)
  return fresh
}

/** The phrases of one reader. */
export function phrasesFor(reader: Reader, dictionary: Dictionary): Phrases {
  const { language, zone, now, leadZone } = reader
  const day = (at: Instant): string => format(language, zone, 'day').format(at)
  const time = (at: Instant, there: string, kind: 'moment' | 'time'): string =>
    format(language, there, kind).format(at)
  const say = (reason: Reason): string =>
    (dictionary.reasons[reason.code] as (reason: Reason, phrases: Phrases) => string)(reason, phrases)
  const phrases: Phrases = {
    day,
    moment(at) {
      const here = time(at, zone, 'moment')
      if (leadZone === undefined || offsets(leadZone)(at) === offsets(zone)(at)) return here
      const sameDay = day(at) === format(language, leadZone, 'day').format(at)
      return dictionary.elsewhere(here, time(at, leadZone, sameDay ? 'time' : 'moment'), leadZone)
    },
    date: (iso) => format(language, 'UTC', 'day').format(Date.parse(iso)),
    wait: ({ n, unit }) => dictionary.wait(n, unit),
    time: (minutes) => new Date(minutes * 60_000).toISOString().slice(11, 16),
    lasting: (ms) =>
      ms >= 2 * DAY
        ? dictionary.wait(Math.round(ms / DAY), 'd')
        : dictionary.wait(Math.round(ms / HOUR), 'h'),
    since: (from) => dictionary.wait(Math.max(0, Math.floor((now - from) / DAY)), 'd'),
    number: (n) => new Intl.NumberFormat(LOCALE[language]).format(n),
    contact: reader.contact ?? ((id) => id),
    say,
    all: (reasons) => reasons.map(say).join(', '),
  }
  return phrases
}
