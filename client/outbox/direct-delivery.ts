/**
 * Direct delivery: a signal that was just stored goes to Temporal at once, without being read back from the database.
 * Each lead's signals keep their order; what doesn't get through is left to the relay.
 */
import type { Signal } from '../../cadence/signals.ts'
import { batcher } from '../../store/batcher.ts'
import { markSignalsDelivered } from '../../store/signals.ts'
import type { OutboxDeps } from './deps.ts'

/** Signals marked in one statement. */
const MARKED_AT_ONCE = 1_000
/** How long a mark may wait to be batched. A lost mark only means a second delivery, which counts once. */
const MARK_MS = 500

export interface DirectDelivery {
  /** Leads with signals on their way; a relay's pass leaves them alone. */
  readonly inFlight: ReadonlyMap<string, unknown>
  /** @returns whether Temporal has them; where not, they are still in the database, undelivered. */
  deliver(lead: string, signals: Signal[]): Promise<boolean>
  /** Lets what is under way finish. */
  settle(): Promise<void>
}

export function directDelivery({ db, workflows, log }: OutboxDeps): DirectDelivery {
  /** Lead → its last hand-over: whether it got through, and when that is on record. */
  const inFlight = new Map<string, { taken: Promise<boolean>; marked: Promise<void> }>()
  const mark = batcher(
    async (refs: { lead: string; id: string }[]) => {
      await markSignalsDelivered(db, refs)
      return refs
    },
    MARKED_AT_ONCE,
    MARK_MS,
  )

  return {
    inFlight,
    async deliver(lead, signals) {
      const before = inFlight.get(lead)?.taken ?? Promise.resolve(true)
      // One that didn't get through keeps those behind it back.
      const taken = before.then(
        async (through) => through && (await workflows.arrive(lead, signals).catch(() => 'away')) === 'taken',
      )
      const marked = taken.then(async (through) => {
        if (!through) return
        await mark(signals.map(({ id }) => ({ lead, id }))).catch((error: Error) => {
          log.warn({ kind: error.name }, 'delivered signals could not be marked: they are delivered again')
        })
      })
      const handed = { taken, marked }
      inFlight.set(lead, handed)
      void marked.then(() => {
        if (inFlight.get(lead) === handed) inFlight.delete(lead)
      })
      return taken
    },
    async settle() {
      await Promise.all([...inFlight.values()].map(({ marked }) => marked))
    },
  }
}
