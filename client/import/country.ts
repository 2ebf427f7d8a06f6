/** Turns country names, as people write them in French or English, and ISO codes into ISO 3166-1 alpha-2. */
import { foldText, remembered } from './text.ts'

/** Names in use that CLDR doesn't list, and the alpha-3 codes that exports do hold. */
// biome-ignore format: one line a few countries
const ALIASES: Record<string, string> = {
  AE: 'uae;are;emirats', AT: 'aut', AU: 'aus', BE: 'bel', BG: 'bgr', BR: 'bra', CA: 'can',
  CD: 'rdc;drc;democratic republic of the congo;republique democratique du congo', CG: 'republic of the congo',
  CH: 'che', CI: 'ivory coast;civ', CN: 'chn;pr china', CZ: 'cze;czech republic;republique tcheque',
  DE: 'deu', DK: 'dnk', DZ: 'dza', ES: 'esp', FI: 'fin', FR: 'fra;france metropolitaine', 
  GB: 'uk;u k;gbr;great britain;grande bretagne;england;angleterre;scotland;ecosse;wales;pays de galles;northern ireland;irlande du nord',
  GR: 'grc', HK: 'hong kong', HU: 'hun', IE: 'irl;republic of ireland', IN: 'ind', IT: 'ita', JP: 'jpn',
  KR: 'kor;south korea;republic of korea;coree', LU: 'lux', MA: 'mar', MC: 'mco', MK: 'macedonia;macedoine',
  MM: 'burma;birmanie', MO: 'macao', MX: 'mex', NL: 'nld;holland;hollande;the netherlands', NO: 'nor', NZ: 'nzl',
  PL: 'pol', PT: 'prt', RE: 'la reunion', RO: 'rou', RU: 'rus;russian federation;federation de russie', SE: 'swe',
  SG: 'sgp', SK: 'svk', SN: 'sen', TN: 'tun', TR: 'tur;turkey;turquie', UA: 'ukr',
  US: 'usa;u s;u s a;united states of america;etats unis d amerique;amerique',
  VN: 'viet nam', ZA: 'zaf',
}

/** What Intl names, but isn't a country. */
const NOT_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

let byName: Map<string, string> | undefined

/** The code, or undefined for a name that isn't known. */
export const countryCode = remembered((text): string | undefined => {
  byName ??= index()
  return byName.get(key(text))
})

function index(): Map<string, string> {
  const names = new Map<string, string>()
  const languages = ['en', 'fr'].map((locale) => [
    new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }),
    new Intl.DisplayNames(locale, { type: 'region', fallback: 'none', style: 'short' }),
  ])
  for (const code of codes()) {
    for (const language of languages.flat()) {
      const name = language.of(code)
      if (name === undefined) continue
      names.set(key(name), code)
    }
    names.set(code.toLowerCase(), code)
  }
  for (const [code, aliases] of Object.entries(ALIASES)) {
    for (const alias of aliases.split(';')) names.set(key(alias), code)
  }
  return names
}

/** "Bosnia & Herzegovina" is also written with "and". Upper case keeps `foldText` from parting "McDonald". */
const key = (name: string): string => foldText(name.toUpperCase()).replace(/\b(?:and|et|the) /g, '')

/** Every two letters that are a region of today: a withdrawn code (DD) is canonically another (DE). */
function codes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  return letters
    .flatMap((a) => letters.map((b) => a + b))
    .filter((code) => names.of(code) !== undefined && !NOT_COUNTRIES.has(code))
    .filter((code) => new Intl.Locale(`und-${code}`).region === code)
}
