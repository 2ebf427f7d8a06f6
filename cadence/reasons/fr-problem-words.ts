/** What problems in French are made of: lists, sizes, and what things of a file are called. */
import type { Noun, Shown, StageName, Subject, TextUser, WantedType } from '../problem-values.ts'
import { quoted, t } from './fr-typography.ts'

/** Something to be typed. */
export const typed = (text: string): string => `\`${text}\``

const MOST_LISTED = 14

/** `a, b ou c` ; pas plus que ce que l'on lit. */
export function listed(words: readonly string[], last: 'ou' | 'et' = 'ou'): string {
  if (words.length > MOST_LISTED) return `${words.slice(0, MOST_LISTED).map(typed).join(', ')}…`
  const all = words.map(typed)
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)}`
}

export const didYouMean = (meant: string): string => t`vouliez-vous dire ${typed(meant)} ?`

export const size = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} Ko` : `${Math.round(bytes / 1024 / 1024)} Mo`

/** The name of a country: `Allemagne`. */
export const countryName = (code: string): string =>
  new Intl.DisplayNames('fr', { type: 'region' }).of(code) ?? code

/** What a problem is about. */
export function subject(of: Subject): string {
  if ('key' in of) return typed(of.key)
  if ('kind' in of) return 'le fichier'
  return of.of === undefined ? `l’élément ${of.item}` : `l’élément ${of.item} de ${typed(of.of)}`
}

export function shown(value: Shown): string {
  if (value === null) return 'vide'
  if (typeof value === 'object') return value.kind === 'list' ? 'une liste' : 'un ensemble de clés'
  return typeof value === 'string' ? quoted(value) : String(value)
}

const WANTED: Record<Exclude<WantedType['kind'], 'keys'>, string> = {
  text: 'un texte',
  number: 'un nombre',
  whole_number: 'un nombre entier',
  boolean: '`true` ou `false`',
  list: t`une liste : ${'`[ … ]`'}`,
  mapping: t`un ensemble de clés : ${'`{ … }`'}`,
}

export const wantedType = (wanted: WantedType): string =>
  wanted.kind === 'keys' ? `un ensemble de clés comme ${listed(wanted.keys)}` : WANTED[wanted.kind]

export const NOUNS: Record<Noun, string> = {
  cadence: 'une cadence',
  condition: 'une condition',
  credit: '`credit`',
  end: 'une fin',
  escalation: 'une alerte',
  escalations: 'les alertes',
  exit: 'une sortie',
  exits: 'la liste des sorties d’une phase',
  fact_test: 'un fait à comparer',
  level: 'un niveau d’urgence',
  limits: '`limits`',
  nurture: 'un entretien',
  offer: 'une offre',
  play: 'un scénario',
  stage: 'une phase',
  step: 'une étape',
  wait_for: 'ce qu’une étape attend',
  window: 'une plage d’envoi',
}

/** A stage, with its article. */
export const stage = (name: StageName): string =>
  typeof name === 'number' ? `la phase numéro ${name}` : `la phase ${quoted(name)}`

/** The same behind `de`. */
export const ofStage = (name: StageName): string => `de ${stage(name)}`

export const step = (id: string | undefined): string =>
  id === undefined ? 'cette étape' : `l’étape ${quoted(id)}`

/** Who asks for a text. */
export function user(of: TextUser): string {
  if ('kind' in of) return 'l’entretien'
  return of.step === undefined ? 'une étape' : `l’étape ${quoted(of.step)}`
}
