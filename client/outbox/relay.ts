/**
 * The outbox's relay: runs `poller.ts` again and again until Temporal has every launch and signal that is in the
 * database, and lets callers wait for theirs. A signal just stored goes through `direct-delivery.ts` first. Nothing
 * outside this folder starts workflows or signals them.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { RelanceError } from '../../cadence/errors.ts'
import type { Signal } from '../../cadence/signals.ts'
import type { Log, OutboxDeps } from './deps.ts'
import { directDelivery } from './direct-delivery.ts'
import { outboxPoller } from './poller.ts'
import { signalKey } from './signal-key.ts'

/** What one pass has done, or a part of one. */
export interface Pass {
  n: number
  /** Ids of leads whose workflow runs now. */
  started: ReadonlySet<string>
  /** `signalKey`s of what Temporal has now. */
  delivered: ReadonlySet<string>
  /** There was nothing left to do. */
  idle: boolean
  /** Leads that Temporal refuses, to be tried again in a while; the others don't wait for them. */
  aside: number
  /** Temporal or the database didn't answer. */
  away: boolean
}

export interface Relay {
  /**
   * Hands signals of a lead that were just stored to Temporal, straight away unless older work waits.
   * @returns whether it has them; where not, a pass carries them over.
   */
  deliver(lead: string, signals: Signal[]): Promise<boolean>
  /** There is new work. @returns the number of the first pass that will surely see it */
  wake(): number
  /** Whether this lead (by id) or signal (by `signalKey`) was carried over lately. */
  recent(key: string): boolean
  /**
   * Hears of every pass, and during one of each lead's signals as they arrive, until the function it returns is
   * called.
   */
  watch(listener: (pass: Pass) => void): () => void
  /** The last pass found Temporal (or the database) away; the next one is due in a while. */
  readonly away: boolean
  /** Lets the pass under way finish. */
  stop(): Promise<void>
}

/** Other processes leave work in the same database. */
const IDLE_MS = 5_000
const SHORTEST_MS = 250
/** How many arrivals are remembered for those who come to ask a little late. */
const REMEMBERED = 20_000
const LONGEST_MS = 10_000

/** Starts carrying over. `idleMs`: how often to look for what other processes left. */
export function startRelay(
  deps: OutboxDeps,
  { idleMs = IDLE_MS, shortestMs = SHORTEST_MS }: { idleMs?: number; shortestMs?: number } = {},
): Relay {
  const listeners = new Set<(pass: Pass) => void>()
  const direct = directDelivery(deps)
  const poller = outboxPoller(deps, direct.inFlight)
  const recent = new Set<string>()
  const remember = (keys: ReadonlySet<string>): void => {
    for (const key of keys) recent.add(key)
    for (const key of recent) {
      if (recent.size <= REMEMBERED) break
      recent.delete(key)
    }
  }
  let n = 0
  /** Older work may wait: nothing overtakes it. */
  let behind = true
  let woken = false
  let stopped = false
  let away = false
  let rouse = new AbortController()

  /** Waits; `stop` ends it, and so does new work, except while something is away. */
  const rest = async (ms: number): Promise<void> => {
    rouse = new AbortController()
    if (stopped || (woken && !away)) return
    await sleep(ms, undefined, { signal: rouse.signal }).catch(() => undefined)
  }

  async function loop(): Promise<void> {
    let failures = 0
    while (!stopped) {
      n += 1
      woken = false
      const soFar = { n, started: new Set<string>(), idle: false, aside: 0, away: false }
      const told = (delivered: ReadonlySet<string>): void => {
        for (const listener of [...listeners]) listener({ ...soFar, delivered })
      }
      const pass = { n, ...(await onePass(poller, told, deps.log)) }
      away = pass.away
      if (pass.idle && !woken) behind = pass.aside > 0
      remember(pass.started)
      remember(pass.delivered)
      for (const listener of [...listeners]) listener(pass)
      failures = away ? failures + 1 : 0
      if (away) await rest(Math.min(LONGEST_MS, shortestMs * 2 ** Math.min(failures - 1, 10)))
      else if (pass.idle) await rest(idleMs)
    }
  }

  const running = loop()
  const wake = (): number => {
    woken = true
    if (!away) rouse.abort()
    return n + 1
  }
  return {
    wake,
    async deliver(lead, signals) {
      if (!behind && !away && (await direct.deliver(lead, signals))) {
        remember(new Set(signals.map(({ id }) => signalKey(lead, id))))
        return true
      }
      behind = true
      wake()
      return false
    },
    recent: (key) => recent.has(key),
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get away() {
      return away
    },
    async stop() {
      stopped = true
      rouse.abort()
      await running
      await direct.settle()
    },
  }
}

async function onePass(
  poller: ReturnType<typeof outboxPoller>,
  told: (delivered: ReadonlySet<string>) => void,
  log: Log,
): Promise<Omit<Pass, 'n'>> {
  const started = new Set<string>()
  const delivered = new Set<string>()
  try {
    // Side by side: each of their statements waits its turn at the embedded database's one connection.
    const both = await Promise.allSettled([poller.starts(started), poller.signals(delivered, told)])
    const [starts, signals] = both.map((result) => {
      if (result.status === 'rejected') throw result.reason
      return result.value
    })
    return { started, delivered, idle: !starts && !signals, aside: poller.aside(), away: false }
  } catch (error) {
    const code = error instanceof RelanceError ? error.code : error instanceof Error ? error.name : 'unknown'
    log.warn({ code }, 'what is acknowledged waits in the database: it is carried over to Temporal later')
    return { started, delivered, idle: false, aside: poller.aside(), away: true }
  }
}

/**
 * Waits until what was just stored has been carried over.
 * @param keys - leads by id, signals by `signalKey`
 * @param ms - wait no longer than this, real time
 * @returns those that will arrive later
 */
export async function awaitDelivery(relay: Relay, keys: string[], ms: number): Promise<Set<string>> {
  const missing = new Set(keys.filter((key) => !relay.recent(key)))
  if (missing.size === 0 || relay.away) return missing
  const limit = new AbortController()
  let unwatch = (): void => undefined
  const settled = new Promise<void>((resolve) => {
    const since = relay.wake()
    unwatch = relay.watch((pass) => {
      for (const key of missing) if (pass.started.has(key) || pass.delivered.has(key)) missing.delete(key)
      // A pass that began after it was stored and found nothing to do: another process has carried it over.
      if (pass.n >= since && pass.idle && pass.aside === 0) missing.clear()
      if (missing.size === 0 || (pass.n >= since && (pass.idle || pass.away))) resolve()
    })
  })
  await Promise.race([settled, sleep(ms, undefined, { signal: limit.signal }).catch(() => undefined)])
  unwatch()
  limit.abort()
  return missing
}
