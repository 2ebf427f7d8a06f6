/** A signal's fields, checked against the catalogue (cadence/signals.ts): what comes in as text goes on as data. */
import { DateTime } from 'luxon'
import { endOfDay, instantOf, validZone } from '../../cadence/calendar/zone.ts'
import type { Wanted } from '../../cadence/error-values.ts'
import { type ErrorData, RelanceError } from '../../cadence/errors.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { quote } from '../../cadence/language/notation.ts'
import { type Field, SIGNAL_TYPES, type Signal, type SignalType, specOf } from '../../cadence/signals.ts'
import type { Instant } from '../../cadence/time.ts'

/** A fault of the type, or of one field. */
export type FieldFault = ErrorData<'unknown_signal' | 'unknown_field' | 'missing_field' | 'invalid_field'>

/** The field a fault is about; nothing where it is the type. */
export const fieldOf = ({ values }: FieldFault): string | undefined =>
  'field' in values ? values.field : undefined

/** Checked fields. Instants are milliseconds; topics and texts still the words they were. */
export type Fields = Signal['data']

/**
 * Checks a signal.
 * @param raw - as JSON, YAML or a command line has them: numbers and booleans may be texts.
 * @param zone - IANA zone of dates and times that don't name one.
 * @throws RelanceError `unknown_signal`, `own_signal`, `unknown_field`, `missing_field`, `invalid_field`, naming all that is wrong
 */
export function parseSignalFields(
  type: string,
  raw: Record<string, unknown>,
  zone = 'UTC',
): { type: SignalType; fields: Fields } {
  const read = readSignalFields(type, raw, zone)
  if (isSignalType(type) && specOf(type).own) {
    throw new RelanceError('own_signal', { type })
  }
  if (!('faults' in read)) return read
  const [first, ...also] = read.faults as [FieldFault, ...FieldFault[]]
  throw RelanceError.of(first, { also })
}

/** The same, for those who tell each fault with its place. */
export function readSignalFields(
  type: string,
  raw: Record<string, unknown>,
  zone = 'UTC',
): { type: SignalType; fields: Fields } | { faults: FieldFault[] } {
  if (!isSignalType(type)) return { faults: [unknownType(type)] }
  const known = specOf(type).fields
  const faults: FieldFault[] = []
  const fields: Fields = {}
  for (const [name, value] of Object.entries(raw)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined
    if (!field) {
      faults.push(unknownField(type, name, Object.keys(known)))
    } else if (value !== undefined && value !== null && value !== '') {
      const read = readField(field.kind, value, zone)
      if (read !== undefined) fields[name] = read
      else faults.push(invalid(name, field, value))
    }
  }
  for (const [name, field] of Object.entries(known)) {
    if (!field.required || Object.hasOwn(fields, name) || faults.some((fault) => fieldOf(fault) === name))
      continue
    faults.push({ code: 'missing_field', values: { type, field: name, wanted: wanted(field) } })
  }
  return faults.length > 0 ? { faults } : { type, fields }
}

const isSignalType = (type: string): type is SignalType => (SIGNAL_TYPES as string[]).includes(type)

function unknownType(type: string): FieldFault {
  return { code: 'unknown_signal', values: { type, meant: nearest(type, SIGNAL_TYPES) } }
}

function unknownField(type: SignalType, field: string, known: string[]): FieldFault {
  return { code: 'unknown_field', values: { type, field, known, meant: nearest(field, known) } }
}

function invalid(name: string, field: Field, value: unknown): FieldFault {
  const { kind } = field
  const meant = kind.kind === 'one_of' && typeof value === 'string' ? nearest(value, kind.values) : undefined
  return {
    code: 'invalid_field',
    values: { field: name, value: quote(value), wanted: wanted(field), meant },
  }
}

/** What a field takes. */
function wanted({ kind }: Field): Wanted {
  switch (kind.kind) {
    case 'text':
      return { kind: 'text', most: TEXT }
    case 'topic':
      return { kind: 'topic', most: TOPIC }
    case 'instant':
      return { kind: 'instant' }
    default:
      return kind
  }
}

const TEXT = 20_000
const TOPIC = 200
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:/+-]{0,63}$/

/** The value, or undefined when it isn't one. */
function readField(kind: Field['kind'], value: unknown, zone: string): string | number | boolean | undefined {
  const text = typeof value === 'number' ? String(value) : value
  switch (kind.kind) {
    case 'number':
      return numberOf(value)
    case 'boolean':
      return value === true || value === 'true'
        ? true
        : value === false || value === 'false'
          ? false
          : undefined
    case 'value':
      return factValue(value)
  }
  if (typeof text !== 'string') return undefined
  switch (kind.kind) {
    case 'one_of':
      return kind.values.includes(text) ? text : undefined
    case 'instant':
      return kind.whole && DATE.test(text) ? endOfDate(text, zone) : readInstant(text, zone)
    case 'code':
      // It becomes a key of the facts.
      return CODE.test(text) && !(text in Object.prototype) ? text : undefined
    case 'text':
      return text.length <= TEXT && isStorable(text) ? text : undefined
    case 'topic': {
      const topic = text.trim()
      return topic !== '' && topic.length <= TOPIC && isStorable(topic) ? topic : undefined
    }
  }
}

/** PostgreSQL takes neither NUL nor half of a surrogate pair. */
const isStorable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text)

function numberOf(value: unknown): number | undefined {
  const isDigits = typeof value === 'string' && /^\d{1,15}(\.\d{1,6})?$/.test(value)
  const number = isDigits ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : undefined
}

/** A fact of the team's own; texts that plainly are numbers are numbers, so that conditions can compare them. */
function factValue(value: unknown): string | number | boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string') return undefined
  if (value === 'true' || value === 'false') return value === 'true'
  if (String(Number(value)) === value && Number.isFinite(Number(value))) return Number(value)
  return CODE.test(value) ? value : undefined
}

const DATE = /^\d{4}-\d\d-\d\d$/
const MOMENT = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/

/**
 * Reads `2026-12-03`, `2026-12-03T14:00`, `2026-12-03T14:00:00+01:00`.
 * @param zone - IANA zone of what has no offset of its own; a date is its midnight there. A time that clocks show twice
 * is the first, one that they skip is as much later as they skip.
 * @returns undefined when it is no such date or time
 */
export function readInstant(text: string, zone: string): Instant | undefined {
  const match = MOMENT.exec(text)
  if (!match || !validZone(zone)) return undefined
  // Luxon, too, would look at today's clocks to read a time that is shown twice.
  const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: 'UTC' })
  if (!time.isValid) return undefined
  return match[4] === undefined ? instantOf(time.toMillis(), zone) : time.toMillis()
}

/** The last instant of a date there. */
function endOfDate(text: string, zone: string): Instant | undefined {
  const begins = readInstant(text, zone)
  return begins === undefined ? undefined : endOfDay(begins, zone)
}
