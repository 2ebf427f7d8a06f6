/** Launches a file of leads: reads it, stores the leads, waits for their workflows. */
import { setImmediate } from 'node:timers/promises'
import type { RefusedRow, WarningData } from '../../cadence/leads-file.ts'
import { type Cadence, getCadence } from '../../store/cadences.ts'
import { emailKey } from '../../store/email-key.ts'
import { insertLeads, type Launched, type NewLead, pendingStarts } from '../../store/leads.ts'
import { lettersFor, readerOf } from '../check/letters.ts'
import { requireMailbox } from '../check/mailbox.ts'
import type { LaunchProgress } from '../contract/index.ts'
import type { LaunchOutcome } from '../contract/launch-report.ts'
import type { LeadDraft } from '../import/lead-draft.ts'
import { type Checked, LeadsFile } from '../import/read.ts'
import { Warnings } from '../import/warnings.ts'
import { isWide, zoneOfCountry } from '../import/zone.ts'
import { awaitDelivery, type Relay } from '../outbox/relay.ts'
import type { Deps } from './deps.ts'
import { unknownCadence } from './find.ts'
import { sayNo, undone } from './say-no.ts'

export interface LaunchRequest {
  cadence: string
  /** The file: CSV, or a workbook (XLSX). */
  csv: Uint8Array
  /** Field → column, over what is guessed. */
  map?: Record<string, string>
  /** Columns in which what looks like an opt-out, and isn't clearly one, is none. */
  ignore?: string[]
  /** How the file is written, where that is not to be found out. */
  encoding?: string
  /** A workbook's sheet, where that is not to be found out. */
  sheet?: string
  /** How dates as 01/03/2026 are written, in columns whose own dates don't say. */
  dates?: 'dmy' | 'mdy'
  dryRun?: boolean
  onProgress?: (progress: LaunchProgress) => void
}

/** Leads in one transaction. */
const CHUNK = 500
/** How long to wait for workflows to start after the last one that did, real time. They start in any case. */
const PATIENCE_MS = 15_000
/** How many leads that are still to be started are counted at most. */
const MOST_PENDING = 1_000_000

/**
 * Launches the leads of a file in the newest version of a cadence. What it reports as launched is durable: a
 * workflow that couldn't be started yet (`starting`) is started by the relay.
 * @throws RelanceError `cadence_unknown`, `mailbox_unknown`, and those of `LeadsFile`
 */
export async function launch(deps: Deps, request: LaunchRequest): Promise<LaunchOutcome> {
  const { map, ignore, encoding, sheet, dates, dryRun = false, onProgress } = request
  const cadence = await getCadence(deps.db, request.cadence)
  if (!cadence) throw unknownCadence(request.cadence)
  requireMailbox(cadence, deps.mailboxes)
  const file = await LeadsFile.open(request.csv, { map, ignore, encoding, sheet, dates })
  const read = await checked(file, lettersFor(cadence, await deps.clock.now()), onProgress)
  const refused: RefusedRow[] = [...read.refused]

  const counts = { launched: 0, already: 0, ended: 0 }
  const warnings = new Warnings()
  const noes = await keepNoes(deps, read.refused, dryRun)
  const starts = watchStarts(deps.relay, () => tell())
  const zone = zoneOf(cadence)
  let done = 0
  const tell = (): void =>
    onProgress?.({
      ...{ phase: dryRun ? 'checking' : 'launching', done, total: read.leads },
      started: starts.count(),
    })
  tell()
  try {
    for (const chunk of file.leads(CHUNK)) {
      const results = await store(deps, cadence, chunk, { zone, dryRun })
      results.forEach((result, index) => {
        const draft = chunk[index] as LeadDraft
        const refusal = refusalOf(result, draft)
        if (refusal) refused.push(refusal)
        else counts[result.kind === 'inserted' ? 'launched' : 'already'] += 1
        if (result.kind === 'already' && result.ended) counts.ended += 1
        const odd = oddZone(draft, result, zone)
        if (odd) warnings.add(odd, draft.row)
        if (result.kind === 'already' && result.former) {
          warnings.add({ code: 'address_corrected', values: {} }, draft.row)
        }
        if (result.kind === 'inserted' && !dryRun) starts.expect(result.id)
      })
      done += chunk.length
      // Workflows start while later leads are still being written.
      if (!dryRun) deps.relay.wake()
      tell()
      // The embedded database answers without a turn of the event loop: timers and other requests would wait for all of it.
      await setImmediate()
    }
    const starting = await starts.settle(deps)
    refused.sort((a, b) => a.row - b.row)
    const all = [...read.warnings, ...warnings.all()]
    return {
      ...counts,
      refused,
      warnings: all,
      encoding: read.encoding,
      columns: read.columns,
      ...noes,
      starting,
      dryRun,
    }
  } finally {
    starts.stop()
  }
}

/** Checks a file, and lets others have a turn now and then: a long one takes many seconds. */
async function checked(
  file: LeadsFile,
  unwritable: ReturnType<typeof lettersFor>,
  onProgress: LaunchRequest['onProgress'],
): Promise<Checked> {
  const steps = file.check((lead) => {
    const wrong = unwritable(readerOf(lead))
    if (!wrong) return undefined
    return 'gaps' in wrong
      ? { code: 'unfillable_template', values: wrong }
      : { code: 'unwritable_text', values: wrong }
  })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    onProgress?.({ phase: 'checking', ...step.value, started: 0 })
    await setImmediate()
  }
}

/** Follows which of this launch's workflows run; the relay may start one before its id is known here. */
function watchStarts(relay: Relay, changed: () => void) {
  const expected = new Set<string>()
  const running = new Set<string>()
  let count = 0
  const stop = relay.watch(({ started }) => {
    const before = count
    for (const id of started) {
      if (expected.has(id) && !running.has(id)) count += 1
      running.add(id)
    }
    if (count > before) changed()
  })
  return {
    stop,
    count: () => count,
    expect(id: string): void {
      expected.add(id)
      if (running.has(id)) count += 1
    },
    /** Waits for as long as workflows go on starting. @returns how many are still to be started */
    async settle({ db }: Deps): Promise<number> {
      while (count < expected.size) {
        const before = count
        await awaitDelivery(
          relay,
          [...expected].filter((id) => !running.has(id)),
          PATIENCE_MS,
        )
        if (count === before) break
      }
      if (count === expected.size) return 0
      return (await pendingStarts(db, MOST_PENDING)).filter(({ id }) => expected.has(id)).length
    },
  }
}

async function store(
  deps: Deps,
  cadence: Cadence,
  chunk: LeadDraft[],
  { zone, dryRun }: { zone: string; dryRun: boolean },
): Promise<Launched[]> {
  const into = { cadence: cadence.name, version: cadence.version, now: await deps.clock.now() }
  const leads = chunk.map((draft) => asNewLead(draft, zone))
  if (!dryRun) return insertLeads(deps.db, leads, into)
  // A dry run really inserts, so that it answers the same, and then rolls back.
  return undone(deps.db, (tx) => insertLeads(tx, leads, into))
}

/** Keeps what rows say of people who are not to be written to, before anybody is launched. */
async function keepNoes(
  deps: Deps,
  refused: readonly RefusedRow[],
  dryRun: boolean,
): Promise<Pick<LaunchOutcome, 'suppressed' | 'stopped'>> {
  const at = await deps.clock.now()
  const noes = refused.flatMap(({ row, email, code, values }) =>
    email !== undefined && code === 'suppressed' && values.kind === 'column'
      ? [{ email, reason: values.reason, at, source: 'row' as const, row }]
      : [],
  )
  const { added, told } = await sayNo(
    deps,
    noes.map(({ row, ...no }) => ({ ...no, note: `row ${row}` })),
    dryRun,
  )
  const rowOf = new Map(noes.map(({ email, row }) => [emailKey(email), row]))
  const stopped = told
    .filter(({ ends }) => ends)
    .map(({ key, lead, cadence }) => ({ row: rowOf.get(key) ?? 0, lead, cadence }))
  return { suppressed: added.length, stopped: stopped.sort((a, b) => a.row - b.row) }
}

function asNewLead({ row, zoneFrom, zone, ...lead }: LeadDraft, otherwise: string): NewLead {
  return { ...lead, zone: zone ?? otherwise }
}

/** Where the list says neither a zone nor a country: where the cadence's holidays are. */
function zoneOf({ plan }: Cadence): string {
  const country = plan.window.holidays?.slice(0, 2)
  return (country && zoneOfCountry(country)) || 'UTC'
}

/** What a person would want to know of a lead's zone: that the one of a row is not taken, or that it is a guess. */
function oddZone(draft: LeadDraft, result: Launched, otherwise: string): WarningData | undefined {
  const { zoneFrom, zone, country } = draft
  if (
    result.kind === 'already' &&
    zoneFrom === 'column' &&
    result.zone !== undefined &&
    zone !== result.zone
  ) {
    return { code: 'zone_kept', values: {} }
  }
  if (result.kind !== 'inserted') return undefined
  if (zoneFrom === 'default') return { code: 'zone_assumed', values: { zone: otherwise } }
  if (zoneFrom !== 'country' || !country || !zone || !isWide(country)) return undefined
  return { code: 'zone_guessed', values: { country, zone } }
}

function refusalOf(result: Launched, { row, email }: LeadDraft): RefusedRow | undefined {
  if (result.kind === 'suppressed') {
    return { row, email, code: 'suppressed', values: { kind: 'record', reason: result.reason } }
  }
  if (result.kind === 'contact') {
    const { cadence, id: lead, contact } = result
    return { row, email, code: 'contact_of_lead', values: { cadence, lead, contact } }
  }
  if (result.kind !== 'elsewhere') return undefined
  const { cadence, id: lead } = result
  return { row, email, code: 'already_launched', values: { cadence, lead } }
}
