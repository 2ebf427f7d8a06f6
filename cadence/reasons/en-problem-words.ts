/** What problems in English are made of: quotes, lists, sizes, and what things of a file are called. */
import type { Noun, Shown, StageName, Subject, TextUser, WantedType } from '../problem-values.ts'

export const quoted = (text: string): string => `"${text}"`

const MOST_LISTED = 14

/** `a, b or c`; not more than anybody reads. */
export function listed(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  if (words.length > MOST_LISTED) return `${words.slice(0, MOST_LISTED).join(', ')}, …`
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

export const didYouMean = (meant: string): string => `did you mean ${meant}?`

export const size = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${Math.round(bytes / 1024 / 1024)} MB`

/** The name of a country: `Germany`. */
export const countryName = (code: string): string =>
  new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code

/** What a problem is about. */
export function subject(of: Subject): string {
  if ('key' in of) return of.key
  if ('kind' in of) return 'the file'
  return of.of === undefined ? `item ${of.item}` : `item ${of.item} of ${of.of}`
}

export function shown(value: Shown): string {
  if (value === null) return 'empty'
  if (typeof value === 'object') return value.kind === 'list' ? 'a list' : 'a mapping'
  return typeof value === 'string' ? quoted(value) : String(value)
}

const WANTED: Record<Exclude<WantedType['kind'], 'keys'>, string> = {
  text: 'a text',
  number: 'a number',
  whole_number: 'a whole number',
  boolean: 'true or false',
  list: 'a list: [ … ]',
  mapping: 'a mapping: { … }',
}

export const wantedType = (wanted: WantedType): string =>
  wanted.kind === 'keys' ? `a mapping with ${listed(wanted.keys)}` : WANTED[wanted.kind]

export const NOUNS: Record<Noun, string> = {
  cadence: 'a cadence',
  condition: 'a condition',
  credit: 'credit',
  end: 'an end',
  escalation: 'an escalation',
  escalations: 'the escalations',
  exit: 'an exit',
  exits: 'the exits of a stage',
  fact_test: 'a fact to compare',
  level: 'a level of urgency',
  limits: 'the limits',
  nurture: 'a nurture',
  offer: 'an offer',
  play: 'a play',
  stage: 'a stage',
  step: 'a step',
  wait_for: 'what a step waits for',
  window: 'a window',
}

/** A stage's name as a sentence says it behind `stage`, or instead of it. */
export const stageName = (name: StageName): string =>
  typeof name === 'number' ? `number ${name}` : quoted(name)

export const step = (id: string | undefined): string =>
  id === undefined ? 'this step' : `step ${quoted(id)}`

/** Who asks for a text. */
export function user(of: TextUser): string {
  if ('kind' in of) return 'the nurture'
  return of.step === undefined ? 'a step' : `step ${quoted(of.step)}`
}
