/** A signal's fields, checked against the catalogue (cadence/signals.ts): what comes in as text goes on as data. */
import { DateTime } from 'luxon'
import { RelanceError } from '../../cadence/errors.ts'
import { nearest } from '../../cadence/language/nearest.ts'
import { type Fault, quote, type Read } from '../../cadence/language/notation.ts'
import { type Field, SIGNAL_TYPES, type Signal, type SignalType, specOf } from '../../cadence/signals.ts'
import type { Instant } from '../../cadence/time.ts'

/** A fault of one field; without `field` it is the type's. */
export interface FieldFault extends Fault {
  field?: string
}

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
    throw new RelanceError('own_signal', `${type} is said by Relance itself`, {
      remedy: 'Send what happened to the other lead: it follows from reply.received and reply.handled.',
    })
  }
  if (!('faults' in read)) return read
  const [first] = read.faults
  const message = read.faults.map((fault) => fault.message).join('; ')
  const remedy = [...new Set(read.faults.map((fault) => sentence(fault.remedy)))].join(' ')
  throw new RelanceError(first?.code ?? 'invalid_field', message, { remedy })
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

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
      const read = readField(field, value, zone)
      if ('value' in read) fields[name] = read.value
      else faults.push({ ...read.fault, message: `${name} ${read.fault.message}`, field: name })
    }
  }
  for (const [name, field] of Object.entries(known)) {
    if (!field.required || Object.hasOwn(fields, name) || faults.some((fault) => fault.field === name))
      continue
    const remedy = `add ${name}: ${field.about} (${wanted(field)})`
    faults.push({ code: 'missing_field', message: `${type} needs ${name}`, remedy, field: name })
  }
  return faults.length > 0 ? { faults } : { type, fields }
}

const isSignalType = (type: string): type is SignalType => (SIGNAL_TYPES as string[]).includes(type)

function unknownType(type: string): FieldFault {
  const meant = nearest(type, SIGNAL_TYPES)
  const remedy = meant ? `did you mean ${meant}? The types are ` : 'the types are '
  return {
    code: 'unknown_signal',
    message: `no signal is called ${quote(type)}`,
    remedy: `${remedy}${SIGNAL_TYPES.join(', ')}`,
  }
}

function unknownField(type: SignalType, name: string, known: string[]): FieldFault {
  const meant = nearest(name, known)
  const all = known.length > 0 ? `its fields are ${known.join(', ')}` : 'it has none'
  const remedy = meant ? `did you mean ${meant}?` : all
  return { code: 'unknown_field', message: `${type} has no field ${quote(name)}`, remedy, field: name }
}

/** What a field takes, in words. */
function wanted({ kind }: Field): string {
  switch (kind.kind) {
    case 'one_of':
      return kind.values.join(', ')
    case 'number':
      return 'a number, 0 or more'
    case 'boolean':
      return 'true or false'
    case 'instant':
      return 'a date as 2026-12-03, or a time as 2026-12-03T14:00'
    case 'code':
      return 'a short code of letters, digits and . _ : / + -'
    case 'text':
      return `a text of ${TEXT} characters at most`
    case 'topic':
      return `a few words, ${TOPIC} characters at most`
    case 'value':
      return 'a number, true, false or a short word'
  }
}

const TEXT = 20_000
const TOPIC = 200
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:/+-]{0,63}$/

function readField(field: Field, value: unknown, zone: string): Read<string | number | boolean> {
  const { kind } = field
  const is = fieldReader(kind, value, zone)
  if (is !== undefined) return { value: is }
  const meant = kind.kind === 'one_of' && typeof value === 'string' ? nearest(value, kind.values) : undefined
  const remedy = meant ? `write ${meant}; it is one of ${wanted(field)}` : `write ${wanted(field)}`
  return { fault: { code: 'invalid_field', message: `can't be ${quote(value)}`, remedy } }
}

/** The value, or undefined when it isn't one. */
function fieldReader(
  kind: Field['kind'],
  value: unknown,
  zone: string,
): string | number | boolean | undefined {
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
      return readInstant(text, zone)
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

/**
 * Reads `2026-12-03`, `2026-12-03T14:00`, `2026-12-03T14:00:00+01:00`.
 * @param zone - IANA zone of what has no offset of its own; a date is its midnight there.
 * @returns undefined when it is no such date or time
 */
export function readInstant(text: string, zone: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(text)) return undefined
  const time = DateTime.fromISO(text.replace(' ', 'T'), { zone })
  return time.isValid ? time.toMillis() : undefined
}
