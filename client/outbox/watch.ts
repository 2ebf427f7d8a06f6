/**
 * Noticing leads that no workflow works for: the open leads of the database and the running workflows of Temporal are
 * compared all the time, by one process at a time, and who sleeps is begun again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { publishedCadences } from '../../activities/touch/published.ts'
import { RelanceError } from '../../cadence/errors.ts'
import {
  behindFor,
  countOfRunning,
  markAsleep,
  markAwake,
  type Sleeper,
  type Suspect,
  shouldRunAfter,
  sleepers,
  suspectsAmong,
  withoutState,
} from '../../store/asleep.ts'
import { newId } from '../../store/ids.ts'
import { giveLeaseBack, takeLease } from '../../store/leases.ts'
import type { OutboxDeps } from './deps.ts'
import { eachLimit } from './each-limit.ts'
import type { Look, Lookout } from './lookout.ts'
import { mend } from './mend.ts'

/** How often it looks, real milliseconds; the lease outlives a look that takes long. */
const TICK_MS = 15_000
const LEASE = 'watch'
const LEASE_MS = 60_000
/** Temporal's visibility, and its clock, may be so far behind. */
const OVERLAP_MS = 120_000
/** Leads that Temporal is asked of at once. */
export const PAGE = 1000
/** A whole comparison takes so many looks; sooner, where the counts differ, but not all the time. */
const LOOKS_A_PASS = 20
const SWEEP_AGAIN_MS = 30_000
/** A turn of an execution that was given up is replaced by then. */
const BEHIND_MS = 20_000
/** Calls to Temporal at once, leads begun again in one look, and leads that are asked for their state. */
const AT_ONCE = 16
const MOST = 5_000
const MOST_ASKED = 200
/** How long a lead sleeps that falls asleep again without having taken a turn: doubled each time, up to an hour. */
const SHORTEST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 3_600_000

export interface WatchDeps extends OutboxDeps {
  lookout: Lookout
}

export interface Watch {
  /** Looks once, now, if no other process does. @returns how many leads were begun again */
  look(): Promise<number>
  /** Lets the look under way finish. */
  stop(): Promise<void>
}

/** Starts looking. `tickMs`: how often. */
export function startWatch(deps: WatchDeps, { tickMs = TICK_MS }: { tickMs?: number } = {}): Watch {
  const { db, log, lookout } = deps
  const mending = { ...deps, published: publishedCadences(db) }
  const holder = newId()
  let page = ''
  let looked = Date.now() - OVERLAP_MS
  let swept = 0
  let allHaveState = false
  let stopped = false
  const stop = new AbortController()

  /** Of the next pages, who isn't seen to run. */
  async function compare(pages: number): Promise<string[]> {
    const missing: string[] = []
    for (let n = 0; n < pages && !stopped; n++) {
      const leads = await shouldRunAfter(db, page, PAGE)
      page = leads.length < PAGE ? '' : (leads.at(-1) as string)
      if (leads.length === 0) break
      const running = await lookout.running(leads)
      missing.push(...leads.filter((lead) => !running.has(lead)))
      if (page === '') break
    }
    return missing
  }

  async function suspects(): Promise<Suspect[]> {
    const now = Date.now()
    const [closed, behind, before, open, running] = await Promise.all([
      lookout.closedSince(looked - OVERLAP_MS),
      behindFor(db, BEHIND_MS, MOST),
      sleepers(db, MOST),
      countOfRunning(db),
      lookout.count(),
    ])
    looked = now
    const all = Math.ceil(open / PAGE) + 1
    const sweep = running < open && now - swept >= SWEEP_AGAIN_MS
    if (sweep) {
      swept = now
      page = ''
    }
    const missing = await compare(sweep ? all : Math.ceil(all / LOOKS_A_PASS))
    const leads = new Set([...closed, ...behind, ...missing, ...before.map(({ lead }) => lead)])
    return suspectsAmong(db, [...leads])
  }

  /** Looks at each, and marks it. @returns how Temporal has those that sleep */
  async function confirm(list: Suspect[]): Promise<Map<string, Asleep>> {
    const asleep = new Map<string, Asleep>()
    const awake: string[] = []
    await eachLimit(list, AT_ONCE, async (suspect) => {
      const look = await lookout.look(suspect)
      if (look.awake) awake.push(suspect.lead)
      else asleep.set(suspect.lead, look)
    })
    await markAwake(db, awake)
    const found = [...asleep].map(([lead, { because }]) => ({ lead, because }))
    for (const lead of await markAsleep(db, found))
      log.warn({ lead, because: asleep.get(lead)?.because }, 'asleep: no workflow works for this lead')
    return asleep
  }

  async function wake(asleep: Map<string, Asleep>): Promise<number> {
    let begun = 0
    const due = (await sleepers(db, MOST)).filter((one) => one.for >= waitOf(one))
    await eachLimit(due, AT_ONCE, async (one) => {
      const look = asleep.get(one.lead)
      if (!look || stopped) return
      try {
        const { became } = await mend(mending, one, look, 'relance')
        if (became === 'begun') begun += 1
        log.info({ lead: one.lead, because: look.because, became }, 'begun again')
      } catch (error) {
        if (error instanceof RelanceError && error.code === 'temporal_away') throw error
        log.error({ lead: one.lead, kind: kindOf(error) }, 'asleep, and it could not be begun again')
      }
    })
    return begun
  }

  /** Leads whose last turn older code recorded take one, so that all of them is on record. */
  async function askForState(): Promise<void> {
    if (allHaveState) return
    const leads = await withoutState(db, MOST_ASKED)
    allHaveState = leads.length === 0
    await eachLimit(leads, AT_ONCE, async (lead) => void (await deps.workflows.clockChanged(lead)))
  }

  async function once(): Promise<number> {
    if (!(await takeLease(db, LEASE, holder, LEASE_MS))) return 0
    const begun = await wake(await confirm(await suspects()))
    await askForState()
    return begun
  }

  /** One look at a time. */
  let last: Promise<unknown> = Promise.resolve()
  const look = (): Promise<number> => {
    const mine = last.then(once, once)
    last = mine
    return mine
  }

  async function loop(): Promise<void> {
    while (!stopped) {
      await look().catch((error) => log.warn({ kind: kindOf(error) }, 'could not look for leads that sleep'))
      await sleep(tickMs, undefined, { signal: stop.signal }).catch(() => undefined)
    }
    await giveLeaseBack(db, LEASE, holder).catch(() => undefined)
  }

  const running = loop()
  return {
    look,
    async stop() {
      stopped = true
      stop.abort()
      await running
    },
  }
}

type Asleep = Extract<Look, { awake: false }>

/** How long a lead has to be asleep before it is begun again, milliseconds. */
export const waitOf = ({ begunAgain }: Pick<Sleeper, 'begunAgain'>): number =>
  begunAgain === 0 ? 0 : Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** Math.min(begunAgain - 1, 10))

const kindOf = (error: unknown): string =>
  error instanceof RelanceError ? error.code : error instanceof Error ? error.name : 'unknown'
