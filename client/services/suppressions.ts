/** The do-not-contact list: looking at it, adding to it, reading and writing it as CSV, and lifting with a reason. */
import type { AddressFault } from '../../cadence/error-values.ts'
import { RelanceError } from '../../cadence/errors.ts'
import type { FileWarning } from '../../cadence/leads-file.ts'
import {
  liftSuppression,
  listSuppressions,
  type Suppression,
  suppressionHistory,
  suppressionsOf,
} from '../../store/suppression-list.ts'
import type { No, Told } from '../../store/suppressions.ts'
import type {
  ImportedList,
  LiftBody,
  Lifted,
  SuppressBody,
  SuppressedAnswer,
  SuppressionDetail,
  SuppressionPage,
  SuppressionQuery,
  SuppressionRow,
} from '../contract/index.ts'
import { parseEntry, readNoList, safeCell } from '../import/no-list.ts'
import type { Deps } from './deps.ts'
import { sayNo } from './say-no.ts'

const PAGE = 500
/** Rows of a file that are written together, and rows and leads that a report names at most. */
const TOGETHER = 1000
const NAMED = 100

/** One page of the list, in the order of the addresses. */
export async function suppressionPage(
  { db }: Pick<Deps, 'db'>,
  { limit, ...filter }: SuppressionQuery,
): Promise<SuppressionPage> {
  const size = Number(limit ?? PAGE)
  const found = await listSuppressions(db, { ...filter, limit: size + 1 })
  const page = found.slice(0, size)
  return { suppressions: page.map(view), next: found.length > size ? (page.at(-1)?.email ?? null) : null }
}

/** Whether an address or a domain is suppressed, by what, and all that was done to it. @throws RelanceError `invalid_email` */
export async function suppressionDetail({ db }: Pick<Deps, 'db'>, text: string): Promise<SuppressionDetail> {
  const key = entryOf(text)
  const [because, history] = await Promise.all([suppressionsOf(db, key), suppressionHistory(db, key)])
  return {
    entry: shownEntry(key),
    suppressed: because.length > 0,
    because: because.map(view),
    history: history.map(({ what, reason, at, source, who: by, note }) => ({
      ...{ what, reason, at: new Date(at).toISOString(), source, by, note },
    })),
  }
}

/** Puts addresses and domains on the list. @throws RelanceError `invalid_email` */
export async function addSuppressions(deps: Deps, { entries, by }: SuppressBody): Promise<SuppressedAnswer> {
  const at = await deps.clock.now()
  const noes = entries.map(
    ({ entry, reason = 'asked', note }): No => ({
      ...{ email: entryOf(entry), reason, at, source: 'person', who: by, note },
    }),
  )
  const { added, told } = await sayNo(deps, noes)
  const known = new Set(noes.map(({ email }) => email)).size - added.length
  return { added: added.length, known, stopped: stopped(told) }
}

/** What an import comes to, as data. */
export type ImportOutcome = Omit<ImportedList, 'refused' | 'warnings'> & {
  refused: { row: number; value: string; fault: AddressFault }[]
  warnings: FileWarning[]
}

export interface ImportRequest {
  by?: string
  /** A workbook's sheet, where several may be the list. */
  sheet?: string
  /** Only say what would come of it. */
  dryRun?: boolean
}

/**
 * Puts all entries of a file on the list, as they come in; what was read before something goes wrong stays.
 * @throws RelanceError those of `readNoList`
 */
export async function importSuppressions(
  deps: Deps,
  bytes: AsyncIterable<Uint8Array>,
  { by, sheet, dryRun = false }: ImportRequest = {},
): Promise<ImportOutcome> {
  const at = await deps.clock.now()
  const { columns, encoding, warnings, rows } = await readNoList(bytes, sheet)
  const report: Omit<ImportOutcome, 'columns' | 'encoding' | 'warnings' | 'dryRun'> = {
    ...{ added: 0, known: 0, stopped: [], rows: 0, addresses: 0, domains: 0, refused: [], more: 0 },
  }
  // What a dry run would have added by now.
  const before = new Set<string>()
  let noes: No[] = []
  const write = async (): Promise<void> => {
    const fresh = noes.filter(({ email }) => !before.has(email))
    const { added, told } = await sayNo(deps, fresh, dryRun)
    if (dryRun) for (const email of added) before.add(email)
    report.added += added.length
    report.known += noes.length - added.length
    report.stopped = [...report.stopped, ...stopped(told)].slice(0, NAMED)
    noes = []
  }
  for await (const row of rows) {
    report.rows += 1
    if ('fault' in row) {
      const { value, fault } = row
      if (report.refused.length < NAMED) report.refused.push({ row: row.row, value, fault })
      else report.more += 1
      continue
    }
    report[row.entry.startsWith('@') ? 'domains' : 'addresses'] += 1
    const { entry: email, reason = 'asked', note } = row
    noes.push({ email, reason, at, source: 'list', who: by, note })
    if (noes.length === TOGETHER) await write()
  }
  if (noes.length > 0) await write()
  return { ...report, columns: columns(), encoding, warnings, dryRun }
}

const HEADER = ['entry', 'kind', 'reason', 'at', 'source', 'by', 'note']

/** The whole list as CSV that `importSuppressions` reads back and no spreadsheet computes anything of. */
export async function* exportSuppressions({ db }: Pick<Deps, 'db'>): AsyncGenerator<string> {
  yield `${HEADER.join(',')}\r\n`
  for (let after: string | undefined; ; ) {
    const found = await listSuppressions(db, { limit: TOGETHER, ...(after !== undefined && { after }) })
    const lines = found
      .map(view)
      .map((row) => HEADER.map((name) => safeCell(String(row[name as 'entry'] ?? '').replace(/\s+/g, ' '))))
    if (lines.length > 0) yield lines.map((cells) => `${cells.join(',')}\r\n`).join('')
    after = found.at(-1)?.email
    if (found.length < TOGETHER) return
  }
}

/**
 * Takes an address or a domain off the list; why stays on record. Its leads are not resumed: an ended one begins again
 * only by `reopen`, and an open one may write to the contact at its next step.
 * @throws RelanceError `invalid_email`, `not_suppressed`, which names the domain that suppresses it all the same
 */
export async function lift(deps: Deps, text: string, { reason, by }: LiftBody): Promise<Lifted> {
  const key = entryOf(text)
  const now = await deps.clock.now()
  const leads = await liftSuppression(deps.db, key, { now, reason, who: by })
  if (!leads) {
    const [other] = await suppressionsOf(deps.db, key)
    throw new RelanceError('not_suppressed', {
      entry: shownEntry(key),
      domain: other && shownEntry(other.email),
    })
  }
  if (leads.length > 0) deps.relay.wake()
  return { entry: shownEntry(key), leads }
}

function entryOf(text: string): string {
  const parsed = parseEntry(text)
  if ('entry' in parsed) return parsed.entry
  throw new RelanceError('invalid_email', { fault: parsed.fault })
}

const shownEntry = (key: string): string => key.replace(/^@/, '')

const stopped = (told: readonly Told[]): SuppressedAnswer['stopped'] =>
  told
    .filter(({ ends }) => ends)
    .slice(0, NAMED)
    .map(({ key, lead, cadence }) => ({ entry: shownEntry(key), lead, cadence }))

function view({ email, reason, at, source, who: by, note }: Suppression): SuppressionRow {
  const kind = email.startsWith('@') ? 'domain' : 'address'
  return { entry: shownEntry(email), kind, reason, at: new Date(at).toISOString(), source, by, note }
}
