/**
 * The signals of a rehearsal: what happens to an imagined lead, and when.
 *
 * ```yaml
 * - { at: +9d, type: interest.expressed, level: general }
 * - { at: 2026-12-01T10:00, type: demo.booked, fields: { at: 2026-12-03T14:00 } }
 * - { at: +10d, seen: +11d, type: reply.received }          # it came in a day after it was written
 * ```
 */
import { createHash } from 'node:crypto'
import { MAIN } from '../../cadence/facts.ts'
import { readDocument } from '../../cadence/language/document.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { readName } from '../../cadence/language/notation.ts'
import { hasErrors, type Problem, sortProblems } from '../../cadence/language/problem.ts'
import { shown } from '../../cadence/language/shape.ts'
import { keyOffsetOf, offsetOf, type Path } from '../../cadence/language/tree.ts'
import { type ProblemData, problem } from '../../cadence/problem-values.ts'
import { SIGNALS, type Signal, type SignalType } from '../../cadence/signals.ts'
import { addFixed, type Instant, isFixed, parseWait } from '../../cadence/time.ts'
import { type Fields, fieldOf, readInstant, readSignalFields } from './fields.ts'
import { splitFields } from './split-fields.ts'

/** A signal of a file: as the workflow sees it, and what stays out of it. */
export interface FileSignal extends Signal {
  personal: Record<string, string>
}

export interface RehearsalStart {
  /** What `+9d` is counted from. */
  start: Instant
  /** IANA zone of dates and times that name none. */
  zone?: string
}

const KEYS = ['at', 'seen', 'type', 'id', 'contact', 'fields']

/** Without a database there is no secret to make tokens with, and nothing that leaves the machine either. */
const token = (kind: string, text: string): string =>
  createHash('sha256').update(`${kind}\n${text}`).digest('hex').slice(0, 16)

/**
 * Reads a signals file. Never throws.
 * @returns the signals, earliest first, when there are no errors; and every problem with its place.
 */
export function readSignals(
  source: string,
  file: string,
  { start, zone = 'UTC' }: RehearsalStart,
): { signals?: FileSignal[]; problems: Problem[] } {
  const { root, complaints, place } = readDocument(source)
  const problems: Problem[] = []
  const say = (offset: number, { code, values }: ProblemData): void => {
    problems.push({ file, ...place(offset), severity: 'error', code, values } as Problem)
  }
  for (const complaint of complaints) say(complaint.offset, complaint)
  if (!root) return { problems: sortProblems(problems) }
  // An empty file is an empty list: nothing happens.
  const entries = root.value ?? []
  if (!Array.isArray(entries)) {
    say(root.offset, problem('not_a_list', {}))
    return { problems }
  }
  const signals: FileSignal[] = []
  const ids = new Set<string>()
  entries.forEach((entry: unknown, i) => {
    const { signal, faults } = readEntry(entry, i, start, zone)
    for (const fault of faults) {
      say((fault.atKey ? keyOffsetOf : offsetOf)(root, [i, ...fault.path]), fault)
    }
    if (!signal) return
    if (ids.has(signal.id)) {
      say(offsetOf(root, [i, 'id']), problem('duplicate_id', { of: 'signal', id: signal.id }))
    }
    ids.add(signal.id)
    signals.push(signal)
  })
  sortProblems(problems)
  if (hasErrors(problems)) return { problems }
  return { signals: signals.sort((a, b) => a.at - b.at), problems }
}

type EntryFault = ProblemData & { path: Path; atKey: boolean }

function readEntry(
  entry: unknown,
  index: number,
  start: Instant,
  zone: string,
): { signal?: FileSignal; faults: EntryFault[] } {
  const faults: EntryFault[] = []
  const wrong: Wrong = (path, is, atKey = false) => {
    faults.push({ ...is, path, atKey })
  }
  if (!isMapping(entry)) {
    wrong([], problem('wrong_type', { kind: 'signal', value: shown(entry) }))
    return { faults }
  }
  for (const key of ['at', 'type'] as const) {
    if (entry[key] === undefined || entry[key] === null) {
      const add = key === 'at' ? 'at: +9d' : 'type: demo.held'
      wrong([], problem('missing_key', { subject: { key }, add }))
    }
  }
  const at = entry.at === undefined || entry.at === null ? undefined : readAt(entry.at, start, zone)
  if (at === undefined && entry.at !== undefined && entry.at !== null) {
    wrong(['at'], problem('wrong_value', { kind: 'moment', value: shown(entry.at) }))
  }
  const seen = entry.seen === undefined ? at : readAt(entry.seen, start, zone)
  if (seen === undefined && entry.seen !== undefined) {
    wrong(['seen'], problem('wrong_value', { kind: 'moment', value: shown(entry.seen) }))
  }
  if (seen !== undefined && at !== undefined && seen < at) {
    wrong(['seen'], problem('wrong_value', { kind: 'seen_before', value: shown(entry.seen) }))
  }
  const id = entry.id === undefined ? `signal-${index + 1}` : entry.id
  if (typeof id !== 'string' || !/^[\w.:/-]{1,80}$/.test(id)) {
    wrong(['id'], problem('wrong_value', { kind: 'id', value: shown(id) }))
  }
  const contact = contactOf(entry, index)
  if (typeof contact !== 'string' || 'fault' in readName(contact)) {
    wrong(['contact'], problem('wrong_value', { kind: 'contact', value: shown(contact) }))
  }
  const { fields, type } = fieldsOf(entry, start, zone, wrong)
  if (faults.length > 0 || at === undefined || seen === undefined || !fields || !type) return { faults }
  const { data, personal } = splitFields(type, fields, token)
  const signal: FileSignal = { id: String(id), type, at, seen: Math.max(seen, start), data, personal }
  if (contact !== MAIN) signal.contact = String(contact)
  return { signal, faults }
}

/** Somebody identified with an address is somebody else than the main contact, as when the API hears of them. */
function contactOf(entry: Record<string, unknown>, index: number): unknown {
  if (entry.contact !== undefined) return entry.contact
  const fields = isMapping(entry.fields) ? { ...entry, ...entry.fields } : entry
  return entry.type === 'contact.identified' && fields.email !== undefined ? `contact-${index + 1}` : MAIN
}

type Wrong = (path: Path, is: ProblemData, atKey?: boolean) => void

/** The fields, inline or under `fields:`; instants among them may be relative, as `at` is. */
function fieldsOf(
  entry: Record<string, unknown>,
  start: Instant,
  zone: string,
  wrong: Wrong,
): { type?: SignalType; fields?: Fields } {
  const type = entry.type
  if (type === undefined || type === null) return {}
  if (entry.fields !== undefined && !isMapping(entry.fields)) {
    const [subject, value] = [{ key: 'fields' }, shown(entry.fields)]
    wrong(['fields'], problem('wrong_type', { kind: 'value', subject, value, wanted: { kind: 'mapping' } }))
    return {}
  }
  const inline = Object.entries(entry).filter(([key]) => !KEYS.includes(key))
  const under = Object.entries((entry.fields as Record<string, unknown> | undefined) ?? {})
  const pathOf = (field: string): Path => (under.some(([key]) => key === field) ? ['fields', field] : [field])
  const raw = Object.fromEntries(
    [...inline, ...under].map(([key, value]) => [key, absolute(type, key, value, start)]),
  )
  const read = readSignalFields(String(type), raw, zone)
  if (!('faults' in read)) return read
  for (const found of read.faults) {
    const field = fieldOf(found)
    if (field === undefined) wrong(['type'], found)
    else if (found.code === 'unknown_field') {
      // Beside the type, it may be a key of the entry that is meant.
      const meant = found.values.meant ?? (under.length === 0 ? nearest(field, KEYS) : undefined)
      wrong(pathOf(field), { ...found, values: { ...found.values, meant } }, true)
    } else wrong(found.code === 'missing_field' ? [] : pathOf(field), found)
  }
  return {}
}

function absolute(type: unknown, key: string, value: unknown, start: Instant): unknown {
  if (typeof value !== 'string' || !value.startsWith('+')) return value
  const spec = Object.hasOwn(SIGNALS, String(type)) ? SIGNALS[type as SignalType] : undefined
  const fields = spec?.fields as Record<string, { kind: { kind: string } }> | undefined
  const at = fields?.[key]?.kind.kind === 'instant' ? after(value, start) : undefined
  return at === undefined ? value : new Date(at).toISOString()
}

const readAt = (value: unknown, start: Instant, zone: string): Instant | undefined =>
  typeof value !== 'string'
    ? undefined
    : value.startsWith('+')
      ? after(value, start)
      : readInstant(value, zone)

/** `+9d` from the start; there is no calendar here to count business hours and days. */
function after(text: string, start: Instant): Instant | undefined {
  const wait = parseWait(text.slice(1))
  return wait && isFixed(wait) ? addFixed(start, wait) : undefined
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
