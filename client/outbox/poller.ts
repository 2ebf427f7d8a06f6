/** The outbox's poller: one pass reads what Temporal lacks, starts those workflows and delivers those signals. */
import { publishedCadences } from '../../activities/touch/published.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { FORMAT } from '../../cadence/format.ts'
import { newLead } from '../../cadence/lead.ts'
import type { Signal } from '../../cadence/signals.ts'
import { openLead } from '../../cadence/upgrade/stored.ts'
import { markStarted, pendingStarts, type Start } from '../../store/leads.ts'
import { findLeads } from '../../store/lookup.ts'
import { heardMeanwhile } from '../../store/reopen.ts'
import { markSignalsDelivered, pendingSignals } from '../../store/signals.ts'
import type { OutboxDeps } from './deps.ts'
import { eachLimit } from './each-limit.ts'
import { signalKey, startKey } from './signal-key.ts'

/** Rows in one pass, and calls to Temporal at once. */
const MOST_STARTS = 500
const MOST_SIGNALS = 1000
const AT_ONCE = 32
/** Signals in one call: a few kilobytes each at most, and a call may have two megabytes. */
export const IN_ONE_CALL = 100
/** A lead that Temporal refuses is tried again after this long, real time; the others don't wait for it. */
const SET_ASIDE_MS = 60_000

/** Both say whether there was anything to do, and add what has arrived to `arrived`. */
export interface OutboxPoller {
  starts(arrived: Set<string>): Promise<boolean>
  /** Hands each signal to `told` as soon as Temporal has it: whoever waits for it needn't wait for the others. */
  signals(arrived: Set<string>, told: (keys: ReadonlySet<string>) => void): Promise<boolean>
  /** How many leads are set aside. */
  aside(): number
}

/** @param inFlight - leads whose signals are on their way already: left alone */
export function outboxPoller(
  { db, workflows, log }: OutboxDeps,
  inFlight: ReadonlyMap<string, unknown>,
): OutboxPoller {
  const published = publishedCadences(db)
  /** Lead → until when it is set aside, and how many rows of it are in the way. */
  const aside = new Map<string, { until: number; rows: number }>()

  /** Away ends the pass; anything else sets this one lead aside. */
  function refused(lead: string, rows: number, error: unknown): void {
    if (error instanceof RelanceError && error.code === 'temporal_away') throw error
    aside.set(lead, { until: Date.now() + SET_ASIDE_MS, rows })
    const kind = error instanceof Error ? error.name : typeof error
    log.error({ lead, kind }, 'Temporal refuses this lead; it is tried again in a minute')
  }

  function inTheWay(): number {
    const now = Date.now()
    let rows = 0
    for (const [lead, set] of aside) {
      if (set.until <= now) aside.delete(lead)
      else rows += set.rows
    }
    return rows
  }

  async function start(row: Start): Promise<void> {
    const { id, launchedAt, role, reopened } = row
    const { plan } = await published(row.cadence, row.version)
    const format = FORMAT
    if (!reopened)
      return workflows.start({ format, lead: newLead(id, launchedAt, role), plan, queue: [], events: 0 })
    const { at, position } = reopened
    const final = openLead(reopened.final)
    const meanwhile = await heardMeanwhile(db, id, final.ending?.at ?? at)
    await workflows.restart({
      format,
      lead: final,
      plan,
      queue: [...meanwhile, { format, kind: 'reopen', seen: at }],
      events: position,
    })
  }

  /** @returns false when the lead has ended: nobody takes them in any more. */
  async function deliver(lead: string, waiting: Signal[]): Promise<boolean> {
    for (let i = 0; i < waiting.length; i += IN_ONE_CALL) {
      if ((await workflows.arrive(lead, waiting.slice(i, i + IN_ONE_CALL))) === 'taken') continue
      // A workflow records its end before it ends: without that record it is missing, which is another matter.
      if (!(await findLeads(db, [lead])).get(lead)?.ended) throw new Error('its workflow is not there')
      return false
    }
    return true
  }

  return {
    aside: () => aside.size,

    async starts(arrived) {
      const pending = await pendingStarts(db, MOST_STARTS + inTheWay())
      const todo = pending.filter((row) => !aside.has(row.id))
      const done: Start[] = []
      try {
        await eachLimit(todo, AT_ONCE, async (row) => {
          try {
            await start(row)
            done.push(row)
          } catch (error) {
            refused(row.id, 1, error)
          }
        })
      } finally {
        if (done.length > 0) {
          await markStarted(
            db,
            done.map(({ id }) => id),
          )
        }
        for (const { id, reopened } of done) arrived.add(startKey(id, reopened?.at))
      }
      return todo.length > 0
    },

    async signals(arrived, told) {
      const byLead = new Map<string, Signal[]>()
      for (const { lead, signal } of await pendingSignals(db, MOST_SIGNALS + inTheWay())) {
        if (aside.has(lead) || inFlight.has(lead)) continue
        const same = byLead.get(lead)
        if (same) same.push(signal)
        else byLead.set(lead, [signal])
      }
      const taken: SignalRef[] = []
      const gone: SignalRef[] = []
      try {
        await eachLimit([...byLead], AT_ONCE, async ([lead, waiting]) => {
          try {
            const done = (await deliver(lead, waiting)) ? taken : gone
            done.push(...waiting.map(({ id }) => ({ lead, id })))
            const keys = waiting.map(({ id }) => signalKey(lead, id))
            for (const key of keys) arrived.add(key)
            told(new Set(keys))
          } catch (error) {
            refused(lead, waiting.length, error)
          }
        })
      } finally {
        if (taken.length > 0) await markSignalsDelivered(db, taken)
        if (gone.length > 0) await markSignalsDelivered(db, gone, { gone: true })
      }
      return byLead.size > 0
    },
  }
}

type SignalRef = { lead: string; id: string }
