/** A cadence's file, played through for an imagined lead. */
import { readFileSync } from 'node:fs'
import { placeOf } from '../../cadence/calendar/place.ts'
import { validZone } from '../../cadence/calendar/planner.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { hasErrors, type Problem } from '../../cadence/language/problem.ts'
import { rehearse } from '../../cadence/rehearsal/rehearse.ts'
import type { StandingVerdict } from '../../cadence/standing.ts'
import { addFixed, type Instant } from '../../cadence/time.ts'
import { checkFile } from '../check/check.ts'
import type { Played } from '../contract/rehearsal.ts'
import { zoneOfCountry } from '../import/zone.ts'
import { readInstant } from '../signals/fields.ts'
import { readSignals } from '../signals/file.ts'
import { imaginedWords } from './imagined.ts'
import { storyOf } from './story.ts'

/** A lead that has not ended by then waits for something that doesn't come by itself. */
const LONGEST = { n: 5, unit: 'y' } as const

/**
 * Plays it.
 * @returns what would happen, or what is wrong with the files
 */
export function rehearseFile(
  file: string,
  options: { signals?: string; from?: string; zone?: string; mailboxes?: readonly string[] | undefined },
): (Played & { warnings: Problem[] }) | { problems: Problem[] } {
  const { mailboxes } = options
  const { plan, templates, problems } = checkFile(file, mailboxes ? { mailboxes } : {})
  if (!plan) return { problems }
  const zone = zoneOf(options.zone, plan.window.holidays)
  const from = options.from === undefined ? Date.now() : fromOf(options.from, zone)
  const signals = options.signals
    ? readSignals(readFileSync(options.signals, 'utf8'), options.signals, { start: from, zone })
    : { signals: [], problems: [] }
  if (!signals.signals || hasErrors(signals.problems)) return { problems: signals.problems }

  const { holidays } = placeOf(plan, { zone, country: null })
  const played = inWords(() =>
    rehearse(plan, {
      from,
      until: addFixed(from, LONGEST),
      zone,
      signals: signals.signals,
      ...(holidays === undefined ? {} : { holidays }),
    }),
  )
  const words = imaginedWords({ plan, files: templates }, zone)
  const iso = (at: Instant): string => new Date(at).toISOString()
  const roleOf = (contact: string): string => played.lead.facts.contacts[contact]?.value.role ?? contact
  return {
    calendar: played.calendar.map(({ at, touch, because, why }) => ({
      at: iso(at),
      stage: touch.stage,
      step: touch.step,
      kind: touch.kind,
      to: touch.contact === 'main' ? 'main' : roleOf(touch.contact),
      subject: words(touch, at) ?? null,
      urgency: touch.urgency,
      because,
      why,
    })),
    story: storyOf(played, signals.signals),
    standing: standingOf(played.standing),
    outcome: played.outcome ?? null,
    ends: played.ends === undefined ? null : iso(played.ends),
    waits:
      played.outcome === undefined
        ? {
            because: played.because,
            step: played.next?.step ?? null,
            at: played.next ? iso(played.next.at) : null,
          }
        : null,
    from: iso(from),
    zone,
    warnings: [...problems, ...signals.problems],
  }
}

const standingOf = ({ standing: is, missing, says, early }: StandingVerdict) => ({ is, missing, says, early })

function zoneOf(asked: string | undefined, holidays: string | undefined): string {
  const zone = asked ?? (holidays && zoneOfCountry(holidays.slice(0, 2))) ?? machineZone()
  if (validZone(zone)) return zone
  throw new RelanceError('usage', `--zone ${zone} is not a time zone`, {
    remedy: 'Write an IANA name, such as Europe/Paris.',
  })
}

const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

function fromOf(text: string, zone: string): Instant {
  const at = readInstant(text, zone)
  if (at !== undefined) return at
  throw new RelanceError('usage', `--from ${text} is not a date`, {
    remedy: 'Write one like 2026-12-01 or 2026-12-01T09:00.',
  })
}

function inWords<T>(play: () => T): T {
  try {
    return play()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RelanceError('goes_in_circles', error.message, {
      remedy: 'Some stage or play begins anew each time it ends: give its steps a wait.',
    })
  }
}
