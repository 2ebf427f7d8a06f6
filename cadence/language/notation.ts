/**
 * The short texts of a cadence file: `3bd`, `mon-fri`, `09:00-17:30`, `2 per week`, names. Each has one reader,
 * which both the schema (is it right?) and the compiler (what does it mean?) use.
 */
import type { Cap, Window } from '../plan.ts'
import { formatWait, isFixed, parseWait, UNITS, type Unit, type Wait } from '../time.ts'

/** What is wrong with a text, and what would be right. `code` is stable. */
export interface Fault {
  code: string
  message: string
  remedy: string
}

export type Read<T> = { value: T } | { fault: Fault }
export type Reader<T> = (text: string) => Read<T>

const wrong = (code: string, message: string, remedy: string): { fault: Fault } => ({
  fault: { code, message, remedy },
})

/** A value as a sentence can quote it: short, and on one line. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= 60 ? text : `${text.slice(0, 56)}…"`
}

const WAITS = 'write 30m, 4h, 4bh (business hours), 3d, 3bd (business days), 2w, 6mo or 2y'
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
  if (!match || !unit) return wrong('impossible_wait', `${quote(text)} is no wait`, WAITS)
  const meant = `${match[1]}${unit}`
  if (parseWait(meant)) {
    return wrong('impossible_wait', `${quote(text)} is no wait`, `write ${meant}`)
  }
  return wrong('impossible_wait', `${quote(text)} is longer than ten years`, 'write ten years (10y) at most')
}

/** A wait that isn't nothing: how often nurture e-mails go out. */
export function readInterval(text: string): Read<Wait> {
  const read = readWait(text)
  if ('fault' in read || read.value.n > 0) return read
  return wrong('impossible_wait', `${quote(text)} is no time at all`, 'write at least 1h')
}

/** A stretch of time where there is no calendar: no business hours or days, and not nothing. */
export function readSpan(text: string): Read<Wait> {
  const read = readInterval(text)
  if ('fault' in read || isFixed(read.value)) return read
  const { n, unit } = read.value
  const [what, meant] =
    unit === 'bd'
      ? (['business days', { n: Math.ceil((n * 7) / 5), unit: 'd' }] as const)
      : (['business hours', { n, unit: 'h' }] as const)
  return wrong(
    'no_business_days',
    `${quote(text)} counts ${what}, and there is no calendar here to count them`,
    `write ${formatWait(meant)}`,
  )
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** `mon-fri`, `mon,wed,fri`, `sun-thu` → ISO weekdays, sorted. */
export function readDays(text: string): Read<number[]> {
  const days = new Set<number>()
  for (const part of text.split(',')) {
    const [from, to = from, ...more] = part.trim().split(/\s*-\s*/)
    const [first, last] = [DAYS.indexOf(from ?? ''), DAYS.indexOf(to ?? '')]
    if (first < 0 || last < 0 || more.length > 0) {
      return text.trim() === ''
        ? wrong('window_never_opens', 'the window has no days', 'write mon-fri')
        : wrong('wrong_days', `${quote(text)} names no days`, 'write mon-fri, mon-sat or mon,wed,fri')
    }
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day + 1)
      if (day === last) break
    }
  }
  return { value: [...days].sort((a, b) => a - b) }
}

const DAY_MINUTES = 24 * 60

/** `09:00-17:30` → minutes since midnight; of `22:00-06:00`, `to` is counted on: 1800. */
export function readHours(text: string): Read<Pick<Window, 'from' | 'to'>> {
  const match = /^\s*(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})\s*$/.exec(text)
  const [from, to] = match
    ? [minutes(match[1], match[2]), minutes(match[3], match[4])]
    : [undefined, undefined]
  if (from === undefined || to === undefined) {
    return wrong('wrong_hours', `${quote(text)} names no hours`, 'write "09:00-17:30"')
  }
  if (from < to) return { value: { from, to } }
  if (from > to && from < DAY_MINUTES) return { value: { from, to: to + DAY_MINUTES } }
  return wrong('window_never_opens', `the window ${text.trim()} ends when it begins`, 'write "00:00-24:00"')
}

function minutes(hours = '', minute = ''): number | undefined {
  const total = Number(hours) * 60 + Number(minute)
  return Number(minute) < 60 && total <= DAY_MINUTES ? total : undefined
}

const PER: Record<string, Wait> = {
  day: { n: 1, unit: 'd' },
  week: { n: 1, unit: 'w' },
  month: { n: 1, unit: 'mo' },
}

/** `2 per week`, `1 per day`, `4 per 10d`. */
export function readCap(text: string): Read<Cap> {
  const match = /^\s*(\d{1,4})\s+per\s+(.+?)\s*$/.exec(text)
  if (!match) return wrong('wrong_limit', `${quote(text)} is no limit`, 'write 2 per week or 4 per 10d')
  const [, digits, stretch = ''] = match
  const per = Object.hasOwn(PER, stretch) ? PER[stretch] : undefined
  const read = per ? { value: per } : readSpan(stretch)
  if ('fault' in read) {
    return read.fault.code === 'no_business_days'
      ? read
      : wrong('wrong_limit', `${quote(stretch)} is no stretch of time`, 'write per day, week, month or 10d')
  }
  const count = Number(digits)
  if (count > 0) return { value: { count, per: read.value } }
  return wrong('limit_of_none', `${quote(text)} never lets an e-mail out`, `write at least 1 per ${stretch}`)
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
  const remedy =
    NAME.test(plain) && plain !== text
      ? `write ${plain}`
      : 'use small letters, digits, "-" and "_", 64 at most'
  return wrong('wrong_name', `${quote(text)} can't be a name`, remedy)
}

/** A step's id; `find-`, `tell-` and `nurture-` begin the ids of steps that the rules make up. */
export function readStepId(text: string): Read<string> {
  const reserved = /^(find|tell|nurture)-/.exec(text)?.[0]
  if (!reserved) return readName(text)
  const remedy = `call it ${text.replace(reserved, `${reserved.slice(0, -1)}_`)}`
  return wrong(
    'reserved_name',
    `no step can be called ${quote(text)}: Relance makes such steps itself`,
    remedy,
  )
}

/** A stage's id; a lead in nurture, or through with every stage, is said to be at `nurture` or `done`. */
export function readStageId(text: string): Read<string> {
  if (text !== 'nurture' && text !== 'done') return readName(text)
  return wrong(
    'reserved_name',
    `no stage can be called "${text}": the word has a meaning`,
    'give it another name',
  )
}

const FACT = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/
export const FACT_PATTERN = FACT.source

/** The name of a fact of the team's own. */
export function readFactName(text: string): Read<string> {
  if (FACT.test(text) && !(text in Object.prototype)) return { value: text }
  return wrong(
    'wrong_name',
    `${quote(text)} can't be the name of a fact`,
    'use letters, digits, "-" and "_", 64 at most',
  )
}

/** A language by its BCP 47 tag: `fr`, `pt-BR`. */
export function readLocale(text: string): Read<string> {
  const tag = text.replace('_', '-')
  const canonical = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(tag) ? canonicalLocale(tag) : undefined
  if (canonical === text) return { value: text }
  const remedy = canonical ? `write ${canonical}` : 'write fr, en or pt-BR'
  return wrong('wrong_locale', `${quote(text)} is no language tag`, remedy)
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
