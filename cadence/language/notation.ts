/**
 * The short texts of a cadence file: `3bd`, `mon-fri`, `09:00-17:30`, `2 per week`, names. Each has one parser,
 * which both the schema (is it right?) and the compiler (what does it mean?) use.
 */
import type { Anchor, Cap, ClosedDays, DatedMoment, Window } from '../plan.ts'
import { type ProblemCode, type ProblemData, type ProblemValues, problem } from '../problem-values.ts'
import { DAY, formatWait, isFixed, parseWait, UNITS, type Unit, type Wait } from '../time.ts'

/** What a text means, or what is wrong with it. */
export type Read<T> = { value: T } | { fault: ProblemData }
export type TextParser<T> = (text: string) => Read<T>

const wrong = <Code extends ProblemCode>(
  code: Code,
  values: ProblemValues[Code],
): { fault: ProblemData } => ({
  fault: problem(code, values),
})

/** A text of the file as a problem has it: short, and on one line. */
export function short(text: string): string {
  const line = JSON.stringify(text).slice(1, -1)
  return line.length <= 58 ? line : `${line.slice(0, 55)}…`
}

/** A value as a sentence can quote it: short, and on one line. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= 60 ? text : `${text.slice(0, 56)}…"`
}

const UNIT_WORDS: [RegExp, Unit][] = [
  [/^(m|min|mins|minutes?)$/, 'm'],
  [/^(h|hours?|hrs?)$/, 'h'],
  [/^(bh|business ?hours?|working ?hours?)$/, 'bh'],
  [/^(d|days?|jours?|j)$/, 'd'],
  [/^(bd|business ?days?|working ?days?|wd)$/, 'bd'],
  [/^(w|weeks?|wks?)$/, 'w'],
  [/^(mo|months?)$/, 'mo'],
  [/^(y|years?|yrs?)$/, 'y'],
]

/** A wait of a step: `30m`, `4h`, `4bh`, `3d`, `3bd`, `2w`, `6mo`, `2y`; ten years at most. */
export function readWait(text: string): Read<Wait> {
  const wait = parseWait(text)
  if (wait) return { value: wait }
  const match = /^(\d+)\s*([a-z ]+?)\s*$/i.exec(text.trim().slice(0, 40))
  const unit = match && UNIT_WORDS.find(([words]) => words.test(match[2]?.toLowerCase() ?? ''))?.[1]
  if (!match || !unit) return wrong('impossible_wait', { kind: 'no_wait', text: short(text) })
  const meant = `${match[1]}${unit}`
  if (parseWait(meant)) return wrong('impossible_wait', { kind: 'no_wait', text: short(text), meant })
  return wrong('impossible_wait', { kind: 'too_long', text: short(text) })
}

/** A wait that isn't nothing: how often nurture e-mails go out. */
export function readInterval(text: string): Read<Wait> {
  const read = readWait(text)
  if ('fault' in read || read.value.n > 0) return read
  return wrong('impossible_wait', { kind: 'none', text: short(text) })
}

/** A stretch of time where there is no calendar: no business hours or days, and not nothing. */
export function readSpan(text: string): Read<Wait> {
  const read = readInterval(text)
  if ('fault' in read || isFixed(read.value)) return read
  const { n, unit } = read.value
  const instead = formatWait(unit === 'bd' ? { n: Math.ceil((n * 7) / 5), unit: 'd' } : { n, unit: 'h' })
  return wrong('no_business_days', { text: short(text), instead })
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** `mon-fri`, `mon,wed,fri`, `sun-thu` → ISO weekdays, sorted; `business` is the working week of a country. */
export function readDays(text: string): Read<number[] | 'business'> {
  if (text.trim() === 'business') return { value: 'business' }
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const [from, to = from, ...more] = part.trim().split(/\s*-\s*/)
    const [first, last] = [DAYS.indexOf(from ?? ''), DAYS.indexOf(to ?? '')]
    if (first < 0 || last < 0 || more.length > 0) {
      return text.trim() === ''
        ? wrong('window_never_opens', { kind: 'no_days' })
        : wrong('wrong_days', { text: short(text) })
    }
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day + 1)
      if (day === last) break
    }
  }
  return { value: [...days].sort((a, b) => a - b) }
}

/** So many days in a row are closed at most: a window that opens on no day for a year can't be planned in. */
const MOST_CLOSED = 100

/** `2026-12-24`, `2026-12-28..2026-12-31`. */
export function readClosed(text: string): Read<ClosedDays> {
  const [from = '', to = from, ...more] = text.trim().split(/\s*\.\.\s*/)
  const days = (Date.parse(to) - Date.parse(from)) / DAY
  if (more.length === 0 && isDate(from) && isDate(to) && days >= 0 && days < MOST_CLOSED)
    return { value: { from, to } }
  return wrong('wrong_closed', { text: short(text) })
}

/** A date of the calendar: 2027-02-29 is none. */
function isDate(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00Z`) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

const DAY_MINUTES = 24 * 60

/** `09:00-17:30` → minutes since midnight; of `22:00-06:00`, `to` is counted on: 1800. */
export function readHours(text: string): Read<Pick<Window, 'from' | 'to'>> {
  const match = /^\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*$/.exec(text)
  const [from, to] = match
    ? [minutes(match[1], match[2]), minutes(match[3], match[4])]
    : [undefined, undefined]
  if (from === undefined || to === undefined) {
    return wrong('wrong_hours', { text: short(text) })
  }
  if (from < to) return { value: { from, to } }
  if (from > to && from < DAY_MINUTES) return { value: { from, to: to + DAY_MINUTES } }
  return wrong('window_never_opens', { kind: 'empty', window: short(text.trim()) })
}

function minutes(hours = '', minute = ''): number | undefined {
  const total = Number(hours) * 60 + Number(minute)
  return Number(minute) < 60 && total <= DAY_MINUTES ? total : undefined
}

const MOMENT =
  /^(?:(offer|credit) ends|(demo)|fact ([A-Za-z][\w-]{0,63})|(\d{4}-\d\d-\d\d))(?:\s*([-+])\s*(\d+\s*[a-z]+))?(?:\s+(\d{1,2}):(\d{2}))?$/

/** A moment tied to a date: `offer ends - 9d`, `demo - 1d 09:00`, `credit ends - 14d`, `2027-03-01`, `fact renewal`. */
export function readMoment(text: string): Read<DatedMoment> {
  const fault = wrong('wrong_moment', { text: short(text) })
  const match = MOMENT.exec(text.trim())
  if (!match) return fault
  const [, ends, demo, fact, day, sign, span, hour, minute] = match
  const wait = span === undefined ? undefined : parseWait(span)
  const time = hour === undefined ? undefined : minutes(hour, minute)
  if (
    (span && !wait) ||
    (hour && (time === undefined || time >= DAY_MINUTES)) ||
    (day !== undefined && !isDate(day))
  )
    return fault
  const anchor: Anchor = ends
    ? { of: ends as 'offer' | 'credit' }
    : demo
      ? { of: 'demo' }
      : fact
        ? { of: 'fact', name: fact }
        : { of: 'day', day: day as string }
  return {
    value: {
      ...anchor,
      ...(wait && { shift: { ...wait, sign: sign === '-' ? -1 : 1 } }),
      ...(time !== undefined && { time }),
    },
  }
}

/** The stretches of a calendar. */
const PER: Record<string, Wait> = {
  day: { n: 1, unit: 'd' },
  week: { n: 1, unit: 'w' },
  month: { n: 1, unit: 'mo' },
}

/** `1 per day`, `2 per week`, `3 per month` of the calendar; `1 per 24h`, `4 per 10d` in any stretch of time. */
export function readCap(text: string): Read<Cap> {
  const match = /^\s*(\d{1,4})\s+per\s+(.+?)\s*$/.exec(text)
  if (!match) return wrong('wrong_limit', { kind: 'limit', text: short(text) })
  const [, digits, stretch = ''] = match
  const per = Object.hasOwn(PER, stretch) ? PER[stretch] : undefined
  const read = per ? { value: per } : readSpan(stretch)
  const kind = per ? 'calendar' : 'rolling'
  if ('fault' in read) {
    return read.fault.code === 'no_business_days'
      ? read
      : wrong('wrong_limit', { kind: 'stretch', text: short(stretch) })
  }
  const count = Number(digits)
  if (count > 0) return { value: { kind, count, per: read.value } }
  return wrong('limit_of_none', { text: short(text), stretch: short(stretch) })
}

const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/
export const NAME_PATTERN = NAME.source

/** An id or a file's name without its ending: it becomes part of keys and paths, so it is plain. */
export function readName(text: string): Read<string> {
  if (NAME.test(text) && !(text in Object.prototype)) return { value: text }
  const plain = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')
    .slice(0, 64)
  const meant = NAME.test(plain) && plain !== text ? plain : undefined
  return wrong('wrong_name', { of: 'anything', text: short(text), meant })
}

/** A step's id; `find-`, `mend-`, `tell-` and `nurture-` begin the ids of steps that the rules make up. */
export function readStepId(text: string): Read<string> {
  const reserved = /^(find|mend|tell|nurture)-/.exec(text)?.[0]
  if (!reserved) return readName(text)
  const instead = short(text.replace(reserved, `${reserved.slice(0, -1)}_`))
  return wrong('reserved_name', { of: 'step', text: short(text), instead })
}

/** A stage's id; a lead in nurture, or through with every stage, is said to be at `nurture` or `done`. */
export function readStageId(text: string): Read<string> {
  if (text !== 'nurture' && text !== 'done') return readName(text)
  return wrong('reserved_name', { of: 'stage', text })
}

const FACT = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
export const FACT_PATTERN = FACT.source

/** The name of a fact of the team's own. */
export function readFactName(text: string): Read<string> {
  if (FACT.test(text) && !(text in Object.prototype)) return { value: text }
  return wrong('wrong_name', { of: 'fact', text: short(text) })
}

/** A language by its BCP 47 tag: `fr`, `pt-BR`. */
export function readLocale(text: string): Read<string> {
  const tag = text.replace('_', '-')
  const canonical = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(tag) ? canonicalLocale(tag) : undefined
  if (canonical === text) return { value: text }
  return wrong('wrong_locale', { text: short(text), meant: canonical })
}

/** A language of `locales:`: its letters are there, and those of readers of other languages may be in it. */
export interface LocaleUse {
  locale: string
  /** Whose own it stands in for; `others`: everybody's that isn't named. */
  for?: string
}

/** `en`, `en for de`, `en for others`. */
export function readLocaleUse(text: string): Read<LocaleUse> {
  const [, name = text, reader] = /^(\S+)(?:\s+for\s+(\S+))?$/.exec(text.trim()) ?? []
  const locale = readLocale(name)
  if ('fault' in locale) return locale
  if (reader === undefined || reader === 'others')
    return { value: { locale: locale.value, ...(reader && { for: reader }) } }
  const other = readLocale(reader)
  return 'fault' in other ? other : { value: { locale: locale.value, for: other.value } }
}

function canonicalLocale(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0]
  } catch {
    return undefined
  }
}

export const WAIT_PATTERN = `^\\d{1,5} ?(${UNITS.join('|')})$`
export const SPAN_PATTERN = `^\\d{1,5} ?(${UNITS.filter((unit) => isFixed({ n: 1, unit })).join('|')})$`
