/** Begins the workflow of a lead again that none works for: from all of it that is on record, and what it hasn't taken in. */
import type { Published } from '../../activities/touch/published.ts'
import { offerEnd } from '../../cadence/calendar/deadline.ts'
import type { Arrival } from '../../cadence/fold.ts'
import { FORMAT } from '../../cadence/format.ts'
import { type Lead, newLead } from '../../cadence/lead.ts'
import type { Plan } from '../../cadence/plan.ts'
import { withPlanned } from '../../cadence/touch.ts'
import { turn } from '../../cadence/turn.ts'
import { openLead } from '../../cadence/upgrade/stored.ts'
import type { AsleepWord, Wakener } from '../../cadence/words.ts'
import { type Lost, markAwake, takeFromRuns, unfoldedSignals } from '../../store/asleep.ts'
import { heardMeanwhile } from '../../store/reopen.ts'
import type { LeadInput, Planned } from '../../workflows/contract.ts'
import type { OutboxDeps } from './deps.ts'

/** How it went: `unknown`: what it was at is not on record, and nobody else knows it; `gone`: it has ended meanwhile. */
export type Begun = 'begun' | 'unknown' | 'gone'

export interface WakeDeps extends Pick<OutboxDeps, 'db' | 'workflows' | 'clock'> {
  /** A version of a cadence. @throws when it isn't in the database */
  published: (cadence: string, version: number) => Promise<Published>
}

export interface Again {
  because: AsleepWord
  by: Wakener
  /** The lead as Temporal knows it, where that is further on than the record. */
  known?: { lead: Lead; cadence: string; version: number }
}

/**
 * Begins a lead's workflow again. Nothing is sent by that, and no step is passed by: the ledger says what was carried out.
 * Whatever ran for it must have ended. Dying half-way does no harm: it is asleep still, and begun again at the next look.
 * @throws RelanceError `temporal_away`; anything else is about this lead alone
 */
export async function beginAgain(
  { db, workflows, clock, published }: WakeDeps,
  lead: string,
  { because, by, known }: Again,
): Promise<Begun> {
  const lost = await takeFromRuns(db, lead)
  if (!lost) return 'gone'
  const { cadence, version } = known ?? lost
  const { plan } = await published(cadence, version)
  const from = known ? { lead: known.lead, queue: [] } : await asRecorded(db, lost)
  if (!from) return 'unknown'
  const seen = await clock.now()
  const { paused } = lost
  // A pause that was acknowledged while nobody could hear of it.
  const pause: Arrival[] =
    paused && !from.lead.paused
      ? [
          {
            ...{ format: FORMAT, kind: 'pause', seen: paused.at },
            ...(paused.until !== null && { until: paused.until }),
          },
        ]
      : []
  const planned = known ? undefined : plannedFor(from.lead, plan, lost)
  const input: LeadInput = {
    ...{ format: FORMAT, lead: from.lead, plan, events: lost.position },
    queue: [
      { format: FORMAT, kind: 'begin_again', seen, because, by },
      ...from.queue,
      ...pause,
      ...(await unfoldedSignals(db, lead)),
    ],
    ...(planned && { planned }),
  }
  await workflows.restart(input)
  await markAwake(db, [lead])
  return 'begun'
}

/** A lead as it is on record. Where its first turn isn't, it begins as it did, or as it was reopened. */
async function asRecorded(
  db: OutboxDeps['db'],
  { id, launchedAt, role, state, seq, reopened }: Lost,
): Promise<{ lead: Lead; queue: Arrival[] } | undefined> {
  if (state) {
    const lead = openLead(state)
    // A worker of older code has recorded turns since.
    return lead.seq < seq ? undefined : { lead, queue: [] }
  }
  if (seq === 0) return { lead: newLead(id, launchedAt, role ?? undefined), queue: [] }
  if (!reopened) return undefined
  const final = openLead(reopened.final)
  if (final.seq < seq) return undefined
  const meanwhile = await heardMeanwhile(db, id, final.ending?.at ?? reopened.at)
  return { lead: final, queue: [...meanwhile, { format: FORMAT, kind: 'reopen', seen: reopened.at }] }
}

/** The touch that was planned when it was lost: it may have been carried out just then. */
function plannedFor(lead: Lead, plan: Plan, { next, zone }: Lost): Planned | undefined {
  if (next === null) return undefined
  const { decision } = turn(lead, plan, [])
  if (decision.kind !== 'touch') return undefined
  const { want, touch } = decision
  const ends = want.lasts && offerEnd(next, want.lasts, zone)
  return { touch: withPlanned(touch, ends === undefined ? {} : { ends }), slot: next }
}
