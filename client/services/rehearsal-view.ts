/** A rehearsal as the API shows it: its calendar with what would be written, its story, where the lead was left. */
import type { Plan } from '../../cadence/plan.ts'
import type { Reader } from '../../cadence/reasons/phrases.ts'
import { say, sayAll } from '../../cadence/reasons/say.ts'
import type { Rehearsal } from '../../cadence/rehearsal/rehearse.ts'
import { standingDetail } from '../../cadence/standing.ts'
import type { Instant } from '../../cadence/time.ts'
import type { Touch } from '../../cadence/touch.ts'
import type { Played } from '../contract/rehearsal.ts'
import type { FileSignal } from '../signals/file.ts'
import { storyOf } from './rehearsal-story.ts'

/**
 * @param words - what a touch would say: an e-mail's subject or a task's text
 * @param signals - what was made to happen
 */
export function playedView(
  played: Rehearsal,
  plan: Plan,
  from: Instant,
  reader: Reader,
  words: (touch: Touch, at: Instant) => string | undefined,
  signals: readonly FileSignal[] = [],
): Played {
  const iso = (at: Instant): string => new Date(at).toISOString()
  const roleOf = (contact: string): string => played.lead.facts.contacts[contact]?.value.role ?? contact
  const { standing, missing, next, early } = standingDetail(played.lead, plan)
  const rule = next?.rule ?? []
  const because = played.because()
  return {
    calendar: played.calendar.map(({ at, touch, because, why }) => {
      const reason = because()
      return {
        at: iso(at),
        stage: touch.stage,
        step: touch.step,
        kind: touch.kind,
        to: touch.contact === 'main' ? 'main' : roleOf(touch.contact),
        subject: words(touch, at) ?? null,
        urgency: touch.urgency,
        because: say(reason, reader),
        reason,
        why: sayAll(why, reader),
        timing: why,
      }
    }),
    story: storyOf(played, signals, reader),
    standing: {
      value: standing,
      missing: missing.map((one) => say(one, reader)),
      lacks: missing,
      next: next?.standing ?? null,
      says: sayAll(rule, reader),
      rule,
      early,
    },
    outcome: played.outcome ?? null,
    ends: played.ends === undefined ? null : iso(played.ends),
    waits:
      played.outcome === undefined
        ? {
            because: say(because, reader),
            reason: because,
            step: played.next?.step ?? null,
            at: played.next ? iso(played.next.at) : null,
          }
        : null,
    from: iso(from),
    zone: reader.zone,
    holidays: null,
    assumed: false,
  }
}
