/**
 * Turns places as people write them, a country or a part of one, into codes that public holidays are known by: `DE-BY`
 * for Germany's Bayern, for `BY`, for "Bavaria" and for "Scotland" written as a country.
 */
import { region, regionNames } from '../../cadence/calendar/holidays.ts'
import { countryCode } from './country.ts'
import { foldText, remembered } from './text.ts'

export interface Place {
  /** ISO 3166-1 alpha-2. */
  country: string
  /** Country and part of it, as date-holidays spells them: `DE-BY`, mostly as in ISO 3166-2. */
  region?: string
}

/** English and French names in use that date-holidays doesn't list. */
// biome-ignore format: one line a few regions
const ALIASES: Record<string, Record<string, string>> = {
  AT: { W: 'vienne', T: 'tirol', K: 'carinthie', ST: 'styrie', NO: 'basse autriche', OO: 'haute autriche' },
  CA: { BC: 'colombie britannique', NL: 'terre neuve et labrador', NS: 'nouvelle ecosse', NB: 'nouveau brunswick', PE: 'ile du prince edouard' },
  DE: {
    BB: 'brandebourg', BW: 'bade wurtemberg', BY: 'bavaria;baviere', HB: 'breme', HE: 'hesse', HH: 'hambourg',
    MV: 'mecklenburg western pomerania;mecklembourg pomeranie occidentale', NI: 'lower saxony;basse saxe',
    NW: 'nrw;north rhine westphalia;rhenanie du nord westphalie', RP: 'rhineland palatinate;rhenanie palatinat',
    SL: 'sarre', SN: 'saxony;saxe', ST: 'saxony anhalt;saxe anhalt', TH: 'thuringia;thuringe',
  },
  ES: { AN: 'andalusia;andalousie', CT: 'catalonia;catalogne', CN: 'iles canaries', IB: 'iles baleares', PV: 'euskadi;pays basque', VC: 'valencia', MD: 'madrid' },
  GB: { ENG: 'angleterre', NIR: 'irlande du nord', SCT: 'ecosse', WLS: 'pays de galles' },
  IT: { 21: 'piemonte;piemont', 25: 'lombardia;lombardie', 32: 'south tyrol', 52: 'toscane', 62: 'latium', 82: 'sicilia;sicile' },
  US: { DC: 'washington dc;washington d c' },
}

/** What a name says of the kind of region it is: "Canton of Bern", "Kanton Bern". */
const KIND =
  /^(?:kanton|canton|land|hansestadt|freistaat|free state|departement(?: et region)?|state|province|provincia|ciudad|comunidad(?: foral)?|region)(?: d outre mer)?(?: of| de| du| des| d)? /

const bare = (name: string): string => foldText(name.toUpperCase()).replace(KIND, '')

const byName = remembered((country: string): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  const add = (name: string, code: string): void => {
    const key = bare(name)
    if (key !== '' && !names.has(key)) names.set(key, code)
  }
  for (const [code, name] of regionNames(country)) add(name, code)
  for (const [code, aliases] of Object.entries(ALIASES[country] ?? {})) {
    for (const alias of aliases.split(';')) add(alias, code)
  }
  return names
})

/**
 * The region that a text names: `DE-BY` with or without a country, `BY` or a name only with one.
 * @returns its code; undefined where no holidays of its own are known, or it is another country's
 */
export function regionOf(text: string, country?: string): string | undefined {
  const full = /^([a-z]{2})-[a-z\d]{1,5}(?:-[a-z\d]{1,8})?$/i.exec(text)
  if (full) {
    const known = region(text)
    return known?.includes('-') && (country ?? known.slice(0, 2)) === known.slice(0, 2) ? known : undefined
  }
  if (country === undefined) return undefined
  const known = region(country, text) ?? country
  if (known !== country) return known
  const code = byName(country).get(bare(text))
  return code === undefined ? undefined : region(country, code)
}

/** Whether holidays are known by region in a country. */
export const hasRegions = (country: string): boolean => byName(country).size > 0

/** The place that a text names: `France`, `DE-BY`, "Scotland"; undefined where that isn't known. */
export function placeOf(text: string): Place | undefined {
  const country = countryCode(text)
  const known = regionOf(text, country)
  if (known !== undefined) return { country: country ?? known.slice(0, 2), region: known }
  return country === undefined ? undefined : { country }
}
