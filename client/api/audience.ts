/**
 * The language and zone of a request's answer: the language by `Accept-Language` (RFC 9110 §12.5.4), and the zone it
 * asks for.
 */
import type { Context } from 'hono'
import { accepts } from 'hono/accepts'
import { validZone } from '../../cadence/calendar/zone.ts'
import { RelanceError } from '../../cadence/errors.ts'
import { LANGUAGES, type Language } from '../../cadence/reasons/dictionary.ts'
import type { Audience } from '../services/reader.ts'

export const languageOf = (c: Context): Language =>
  accepts(c, {
    header: 'Accept-Language',
    supports: [...LANGUAGES],
    default: 'en',
    match: primary,
  }) as Language

/** The most wanted language that there are words in, by its primary subtag: `fr-CA` is `fr`. */
function primary(
  wanted: { type: string; q: number }[],
  { supports, default: otherwise }: { supports: string[]; default: string },
): string {
  const byWeight = wanted.filter(({ q }) => q > 0).sort((a, b) => b.q - a.q)
  for (const { type } of byWeight) {
    const tag = type.trim().toLowerCase().split('-')[0] as string
    if (supports.includes(tag)) return tag
  }
  return otherwise
}

/** @throws RelanceError `unknown_zone` */
export function audienceOf(c: Context, zone: string | undefined): Audience {
  const language = languageOf(c)
  if (zone === undefined) return { language }
  if (validZone(zone)) return { language, zone }
  throw new RelanceError('unknown_zone', { zone })
}
