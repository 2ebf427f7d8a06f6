/**
 * The straight way of a signal that was just stored: to Temporal at once, without looking it up again. Each lead's
 * signals keep their order; whatever doesn't get through is the relay's.
 */
import type { Signal } from '../../cadence/signals.ts'
import { markSignalsDelivered } from '../../store/signals.ts'
import { together } from '../../store/together.ts'
import type { OutboxDeps } from './deps.ts'

/** Signals marked in one statement. */
const MARKED_TOGETHER = 1_000
/**
 * A signal whose mark is lost is delivered once more, and counts once: the mark may wait for others. Meanwhile most are
 * recorded by their workflow, which marks them, too.
 */
const MARK_MS = 500

export interface Straight {
  /** Leads with signals on their way; a relay's pass leaves them alone. */
  readonly under: ReadonlyMap<string, unknown>
  /** @returns whether Temporal has them; where not, they are still in the database, undelivered. */
  hand(lead: string, signals: Signal[]): Promise<boolean>
  /** Lets what is under way finish. */
  settle(): Promise<void>
}

export function straightAway({ db, workflows, log }: OutboxDeps): Straight {
  /** Lead → its last hand-over: whether it got through, and when that is on record. */
  const under = new Map<string, { taken: Promise<boolean>; marked: Promise<void> }>()
  const mark = together(
    async (refs: { lead: string; id: string }[]) => {
      await markSignalsDelivered(db, refs)
      return refs
    },
    MARKED_TOGETHER,
    MARK_MS,
  )

  return {
    under,
    async hand(lead, signals) {
      const before = under.get(lead)?.taken ?? Promise.resolve(true)
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
      under.set(lead, handed)
      void marked.then(() => {
        if (under.get(lead) === handed) under.delete(lead)
      })
      return taken
    },
    async settle() {
      await Promise.all([...under.values()].map(({ marked }) => marked))
    },
  }
}
