/**
 * Reconciling by hand: all open leads of the database against all workflows of Temporal, whichever of the two was restored
 * from an earlier day, or is lost. Nothing is sent by it: it begins workflows again, and asks those that run to write down
 * what they know.
 */
import { publishedCadences } from '../../activities/touch/published.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { shouldRunAfter } from '../../store/asleep.ts'
import { readEnvironment } from '../../store/environment.ts'
import { freeSlots, type OnRecord, onRecord, unfoldedBefore } from '../../store/reconcile.ts'
import type { ReconcileBody, Reconciled } from '../contract/index.ts'
import { eachLimit } from '../outbox/each-limit.ts'
import type { Look } from '../outbox/lookout.ts'
import { putBack } from '../outbox/lost-record.ts'
import { mend } from '../outbox/mend.ts'
import type { WatchDeps } from '../outbox/watch.ts'

/** Leads read at once, and calls to Temporal at once. */
const PAGE = 500
const AT_ONCE = 16
/** How many leads of a kind are named. */
const NAMED = 20
/** What was heard later than this, in real milliseconds, may still be on its way. */
const UNDER_WAY_MS = 60_000

/**
 * @param options.asks - whether workflows that know more than is on record are asked, which takes a worker
 * @throws RelanceError `temporal_away`
 */
export async function reconcile(
  deps: WatchDeps,
  { dry = false }: ReconcileBody,
  { asks = true }: { asks?: boolean } = {},
): Promise<Reconciled> {
  const counts = newCounts()
  const running = new Set<string>()
  for await (const lead of deps.lookout.all()) running.add(lead)
  const work = workOn(deps, counts, { dry, asks })
  let open = 0
  for (let after: string | undefined = ''; after !== undefined; ) {
    const leads: string[] = await shouldRunAfter(deps.db, after, PAGE)
    open += leads.length
    for (const lead of leads) running.delete(lead)
    const rows = await onRecord(deps.db, leads)
    await eachLimit([...rows.values()], AT_ONCE, work.open)
    after = leads.at(-1)
  }
  const others = [...running]
  for (let n = 0; n < others.length; n += PAGE) {
    const leads = others.slice(n, n + PAGE)
    const rows = await onRecord(deps.db, leads)
    await eachLimit(leads, AT_ONCE, async (lead) => {
      const row = rows.get(lead)
      if (!row) counts.add('orphans', lead)
      else if (row.ended) await work.ended(row)
    })
  }
  await handOverAgain(deps, counts, dry)
  if (!dry) await freeSlots(deps.db)
  return { dry, open, running: await deps.lookout.count(), ...counts.all }
}

type Some = { n: number; leads: string[] }
type Kind = 'begunAgain' | 'asked' | 'ended' | 'stopped' | 'failed' | 'unknown' | 'orphans'

function newCounts() {
  const some = (): Some => ({ n: 0, leads: [] })
  const all = {
    ...{ begunAgain: some(), asked: some(), ended: some(), stopped: some(), failed: some(), unknown: some() },
    ...{ orphans: some(), signals: 0, touches: 0, lines: 0 },
  }
  const add = (kind: Kind, lead: string): void => {
    const of = all[kind]
    of.n += 1
    if (of.leads.length < NAMED) of.leads.push(lead)
  }
  return { all, add }
}
type Counts = ReturnType<typeof newCounts>

/** What is done about one lead. An error about it alone is counted, and the others go on. */
function workOn(deps: WatchDeps, counts: Counts, { dry, asks }: { dry: boolean; asks: boolean }) {
  const mending = { ...deps, published: publishedCadences(deps.db) }
  const safely = async (lead: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (error instanceof RelanceError && error.code === 'temporal_away') throw error
      const kind = error instanceof RelanceError ? error.code : (error as Error).name
      deps.log.error({ lead, kind }, 'could not be reconciled')
      counts.add('failed', lead)
    }
  }

  /** One whose workflow knows more than is on record writes all of it down with its next turn. */
  async function ask(row: OnRecord, { done }: Pick<Look, 'done'>): Promise<void> {
    const known = await deps.workflows.explain(row.lead)
    counts.add('asked', row.lead)
    // A touch that is put back has its line again.
    const touches = dry ? done.length : await putBack(mending, known, done)
    counts.all.touches += touches
    counts.all.lines += Math.max(0, known.lead.seq - row.seq - touches)
    if (dry) return
    await deps.workflows.recordAgain(row.lead)
  }

  /** Looks, and where the two differ, reads the row once more: it may have been recorded since. */
  async function sure(read: OnRecord): Promise<{ row: OnRecord; look: Look }> {
    const look = await deps.lookout.look(read)
    if (look.awake && !look.knowsMore) return { row: read, look }
    const row = (await onRecord(deps.db, [read.lead])).get(read.lead) ?? read
    return { row, look: await deps.lookout.look(row) }
  }

  return {
    open: (read: OnRecord) =>
      safely(read.lead, async () => {
        const { row, look } = await sure(read)
        if (look.knowsMore && !asks) return
        if (look.awake) {
          if (look.knowsMore) await ask(row, look)
          return
        }
        if (dry) return counts.add(look.because === 'completed' ? 'ended' : 'begunAgain', row.lead)
        const { became, touches } = await mend(mending, row, look, 'person')
        counts.all.touches += touches
        if (became === 'begun') counts.add('begunAgain', row.lead)
        if (became === 'ended' || became === 'unknown') counts.add(became, row.lead)
      }),

    /** A workflow runs, and the lead has ended on record: one of the two is of an earlier day. */
    ended: (read: OnRecord) =>
      safely(read.lead, async () => {
        const { row, look } = await sure(read)
        if (look.awake && look.knowsMore && asks) return ask(row, look)
        if (look.awake || look.because !== 'behind') return
        counts.add('stopped', row.lead)
        if (!dry) await deps.lookout.terminate(row.lead)
      }),
  }
}

/** Signals that no turn on record has taken in go to their workflows again: an id counts once. */
async function handOverAgain(
  { db, clock, workflows }: WatchDeps,
  counts: Counts,
  dry: boolean,
): Promise<void> {
  const { speed } = await readEnvironment(db)
  const waiting = await unfoldedBefore(db, (await clock.now()) - UNDER_WAY_MS * speed)
  await eachLimit([...waiting], AT_ONCE, async ([lead, signals]) => {
    counts.all.signals += signals.length
    if (!dry) await workflows.arrive(lead, signals)
  })
}
