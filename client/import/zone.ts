/** Turns time zones as exports write them, and countries, into IANA names that Intl knows. */
import { remembered } from './text.ts'

/** Where a lead's zone comes from. `country` may be a guess; `default` leaves it to the cadence or the team. */
export type ZoneFrom = 'column' | 'region' | 'country' | 'default'

/** Countries with several zones: the one most people live in. */
// biome-ignore format: one line a few countries
const MAIN_ZONE: Record<string, string> = {
  AQ: 'Antarctica/McMurdo', AR: 'America/Argentina/Buenos_Aires', AU: 'Australia/Sydney', BR: 'America/Sao_Paulo',
  CA: 'America/Toronto', CD: 'Africa/Kinshasa', CL: 'America/Santiago', CN: 'Asia/Shanghai', CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin', EC: 'America/Guayaquil', ES: 'Europe/Madrid', FM: 'Pacific/Pohnpei', GL: 'America/Nuuk',
  ID: 'Asia/Jakarta', KI: 'Pacific/Tarawa', KZ: 'Asia/Almaty', MH: 'Pacific/Majuro', MN: 'Asia/Ulaanbaatar',
  MX: 'America/Mexico_City', MY: 'Asia/Kuala_Lumpur', NZ: 'Pacific/Auckland', PF: 'Pacific/Tahiti',
  PG: 'Pacific/Port_Moresby', PS: 'Asia/Gaza', PT: 'Europe/Lisbon', RU: 'Europe/Moscow', UA: 'Europe/Kyiv',
  UM: 'Pacific/Wake', US: 'America/New_York', UZ: 'Asia/Tashkent',
}

/** Countries in which many people live in another zone than most do. */
const WIDE = new Set(['AU', 'BR', 'CA', 'CD', 'ID', 'MX', 'RU', 'US'])

/** Whether a country's main zone is no more than a guess at somebody's. */
export const isWide = (country: string): boolean => WIDE.has(country)

/** Intl still says these by their names of before 2008. */
// biome-ignore format: a table
const RENAMED: Record<string, string> = {
  'Asia/Calcutta': 'Asia/Kolkata', 'Asia/Katmandu': 'Asia/Kathmandu', 'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh', 'Atlantic/Faeroe': 'Atlantic/Faroe', 'Europe/Kiev': 'Europe/Kyiv',
}

/**
 * The IANA name of what a cell says, or undefined: `Europe/Paris`, HubSpot's `europe_paris` and
 * `europe_slash_paris`, Salesforce's `(GMT+01:00) … (Europe/Paris)`. No abbreviations or offsets: they
 * say nothing about daylight saving.
 */
export const zoneName = remembered((text) => findZone(text.toLowerCase()))

/** The zone of a country (alpha-2), or that of most of its people; undefined where nobody lives. Asking Intl takes half a millisecond. */
export const zoneOfCountry = remembered((code): string | undefined => {
  const main = MAIN_ZONE[code]
  if (main !== undefined) return main
  // An accessor at first, then a method: which one depends on Node's version.
  const locale = new Intl.Locale(`und-${code}`) as { timeZones?: string[]; getTimeZones?(): string[] }
  const zone = (locale.getTimeZones?.() ?? locale.timeZones)?.[0]
  return zone === undefined ? undefined : (RENAMED[zone] ?? zone)
})

/**
 * The zones of regions whose clocks differ from their country's main ones, by the codes of date-holidays; of one with
 * several, that most people live in.
 */
// biome-ignore format: one line a zone
const REGION_ZONE = new Map(
  Object.entries({
    'America/Anchorage': 'US-AK', 'America/Boise': 'US-ID',
    'America/Chicago': 'US-AL US-AR US-IA US-IL US-KS US-LA US-MN US-MO US-MS US-ND US-NE US-OK US-SD US-TN US-TX US-WI',
    'America/Denver': 'US-CO US-MT US-NM US-UT US-WY', 'America/Detroit': 'US-MI',
    'America/Indiana/Indianapolis': 'US-IN', 'America/Kentucky/Louisville': 'US-KY',
    'America/Los_Angeles': 'US-CA US-NV US-OR US-WA', 'America/Phoenix': 'US-AZ', 'Pacific/Honolulu': 'US-HI',
    'America/Edmonton': 'CA-AB CA-NT', 'America/Halifax': 'CA-NS CA-PE', 'America/Iqaluit': 'CA-NU',
    'America/Moncton': 'CA-NB', 'America/Regina': 'CA-SK', 'America/St_Johns': 'CA-NL',
    'America/Vancouver': 'CA-BC', 'America/Whitehorse': 'CA-YT', 'America/Winnipeg': 'CA-MB',
    'Australia/Adelaide': 'AU-SA', 'Australia/Brisbane': 'AU-QLD', 'Australia/Darwin': 'AU-NT',
    'Australia/Hobart': 'AU-TAS', 'Australia/Melbourne': 'AU-VIC', 'Australia/Perth': 'AU-WA',
    'America/Boa_Vista': 'BR-RR', 'America/Campo_Grande': 'BR-MS', 'America/Cuiaba': 'BR-MT',
    'America/Manaus': 'BR-AM', 'America/Porto_Velho': 'BR-RO', 'America/Rio_Branco': 'BR-AC',
    'Atlantic/Canary': 'ES-CN',
  }).flatMap(([zone, codes]) => codes.split(' ').map((code) => [code, zone] as const)),
)

/** Countries of which every region is among those, or has the country's main zone. */
const BY_REGION = new Set(['AU', 'BR', 'CA', 'ES', 'US'])

/** The zone of a region, where that is known, else its country's. @param place - codes, as `Place` has them */
export function zoneOfPlace({ country, region }: { country: string; region?: string | undefined }): {
  zone?: string
  from: ZoneFrom
} {
  const main = zoneOfCountry(country)
  if (main === undefined) return { from: 'default' }
  if (region === undefined || !BY_REGION.has(country)) return { zone: main, from: 'country' }
  return { zone: REGION_ZONE.get(region) ?? main, from: 'region' }
}

let countries: Map<string, string> | undefined

/** The country (alpha-2) that a zone is in, as CLDR has it; undefined for zones of no country, as UTC. */
export function countryOfZone(zone: string): string | undefined {
  countries ??= new Map(
    alphabetic2().flatMap((code) => {
      const main = zoneOfCountry(code)
      const locale = new Intl.Locale(`und-${code}`) as { timeZones?: string[]; getTimeZones?(): string[] }
      const zones = locale.getTimeZones?.() ?? locale.timeZones ?? []
      return [...zones.map((one) => RENAMED[one] ?? one), ...(main ? [main] : [])].map(
        (one) => [one, code] as const,
      )
    }),
  )
  return countries.get(zone)
}

/** AA to ZZ. */
const alphabetic2 = (): string[] => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  return letters.flatMap((a) => letters.map((b) => a + b))
}

let canonical: Map<string, string> | undefined

function findZone(text: string): string | undefined {
  if (text === 'utc' || text === 'etc/utc') return 'UTC'
  const inside = /\(([a-z]+\/[a-z_/+-]+)\)/.exec(text)?.[1]
  const name = (inside ?? text).replaceAll('_slash_', '/').replaceAll(' ', '_')
  canonical ??= new Map(Intl.supportedValuesOf('timeZone').map((zone) => [zone.toLowerCase(), zone]))
  for (const candidate of slashed(name)) {
    const zone = canonical.get(candidate) ?? (isZone(candidate) ? titleCase(candidate) : undefined)
    if (zone !== undefined) return RENAMED[zone] ?? zone
  }
  return undefined
}

/** `america_north_dakota_center`: any of the underscores may have been a slash, two at the most. */
function* slashed(name: string): Generator<string> {
  if (!/^[a-z]+[a-z_/+-]*$/.test(name)) return
  if (name.includes('/')) {
    yield name
    return
  }
  const words = name.split('_')
  yield words.join('_').replace('_', '/')
  for (let i = 2; i < words.length; i++) {
    yield [words[0], words.slice(1, i).join('_'), words.slice(i).join('_')].join('/')
  }
}

function isZone(name: string): boolean {
  if (!name.includes('/') || name.startsWith('etc/')) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const titleCase = (name: string): string =>
  name.replace(/(^|[/_-])[a-z]/g, (start) => start.toUpperCase()).replace(/^Us\//, 'US/')
