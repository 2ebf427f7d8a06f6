/** Rehearses a cadence's file for an imagined lead. */
import { readFileSync } from 'node:fs'
import { recipientRulesOf } from '../../cadence/calendar/recipient-rules.ts'
import { validZone } from '../../cadence/calendar/zone.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { hasErrors, type Problem } from '../../cadence/language/problem.ts'
import type { Language } from '../../cadence/reasons/dictionary.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { rehearse } from '../../cadence/rehearsal/rehearse.ts'
import { addFixed, type Instant } from '../../cadence/time.ts'
import { NO_CONFIG } from '../../worker/config.ts'
import { mailboxSender, type SenderOf } from '../../worker/senders.ts'
import { checkFile } from '../check/check.ts'
import type { Played } from '../contract/rehearsal.ts'
import { type Place, placeOf } from '../import/region.ts'
import { countryOfZone, zoneOfPlace } from '../import/zone.ts'
import { readInstant } from '../signals/fields.ts'
import { readSignals } from '../signals/file.ts'
import { playedView } from './rehearsal-view.ts'
import { imaginedWords } from './touch-preview.ts'

/** A lead that has not ended by then waits for something that doesn't come by itself. */
const LONGEST = { n: 5, unit: 'y' } as const

/**
 * Plays it.
 * @returns what would happen, or what is wrong with the files
 */
export function rehearseFile(
  file: string,
  options: {
    signals?: string
    from?: string
    until?: string
    zone?: string
    country?: string
    mailboxes?: readonly string[] | undefined
    /** The address that a mailbox sends from; as without a configuration when left out. */
    senderOf?: SenderOf
    language: Language
  },
): (Played & { warnings: Problem[] }) | { problems: Problem[] } {
  const { mailboxes, senderOf = mailboxSender(NO_CONFIG), language } = options
  const { plan, templates, problems } = checkFile(file, mailboxes ? { mailboxes } : {})
  if (!plan) return { problems }
  const asked = options.country === undefined ? undefined : askedPlace(options.country)
  const zone = zoneOf(options.zone, asked ?? (plan.window.holidays && placeOf(plan.window.holidays)))
  const country = asked?.country ?? countryOfZone(zone) ?? null
  const region = asked?.region ?? null
  const from = options.from === undefined ? Date.now() : dateOf('from', options.from, zone)
  const signals = options.signals
    ? readSignals(readFileSync(options.signals, 'utf8'), options.signals, { start: from, zone })
    : { signals: [], problems: [] }
  if (!signals.signals || hasErrors(signals.problems)) return { problems: signals.problems }

  const { holidays } = recipientRulesOf(plan, { zone, country, region })
  const played = rehearse(plan, {
    tasksDone: true,
    from,
    until: options.until === undefined ? addFixed(from, LONGEST) : dateOf('until', options.until, zone),
    zone,
    signals: signals.signals,
    country,
    region,
  })
  const reader: Reader = { language, zone, leadZone: zone, now: played.lead.now }
  const words = imaginedWords({ plan, files: templates }, zone, language, senderOf(plan.from))
  return {
    ...playedView(played, plan, from, reader, words, signals.signals),
    holidays: holidays ?? null,
    assumed: holidays !== undefined && asked === undefined,
    warnings: [...problems, ...signals.problems],
  }
}

function askedPlace(asked: string): Place {
  const place = placeOf(asked)
  if (place !== undefined) return place
  throw new RelanceError('usage', { kind: 'country', text: asked })
}

/** The zone that is asked for, else a country's: the imagined lead's, or that of the cadence's holidays, as at a launch. */
function zoneOf(asked: string | undefined, place: Place | undefined | ''): string {
  const zone = asked ?? (place ? zoneOfPlace(place).zone : undefined) ?? 'UTC'
  if (validZone(zone)) return zone
  throw new RelanceError('usage', { kind: 'zone', text: zone })
}

/** A date or a moment of an option. */
function dateOf(option: 'from' | 'until', text: string, zone: string): Instant {
  const at = readInstant(text, zone)
  if (at !== undefined) return at
  throw new RelanceError('usage', { kind: 'date', option, text })
}
